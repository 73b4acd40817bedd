// Asks the browser to keep the card (worker.js), and says so once it is kept. Without it the page is a plain page.
"use strict";

async function keep() {
  await navigator.serviceWorker.register("/card/worker.js", { scope: "/card" });
  const cache = await caches.open("rolig-card");
  const styles = [...document.querySelectorAll("link[rel=stylesheet], link[rel=icon], script[src]")].map((one) => one.href || one.src);
  for (const old of await cache.keys()) {
    if (old.url.includes("/static/") && !styles.includes(old.url)) await cache.delete(old);
  }
  await cache.addAll([location.pathname, ...styles].filter(Boolean));
  await navigator.serviceWorker.ready;
}

if ("serviceWorker" in navigator) {
  const said = navigator.onLine ? "card-kept" : "card-offline";
  const show = (id) => document.getElementById(id)?.removeAttribute("hidden");
  if (said === "card-offline") show(said);
  else keep().then(() => show(said), () => {});
}

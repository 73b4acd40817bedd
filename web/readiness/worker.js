// Keeps the readiness card on this device: the network's answer when there is one within three seconds, else the kept one.
// A card that may no longer be read (signed out, a new address) is forgotten as soon as the network says so.
"use strict";

const KEPT = "rolig-card";
const PAGE = /^\/card(\/[A-Za-z0-9_-]{43})?$/;
const PATIENCE = 3000;

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== self.location.origin) return;
  if (request.mode === "navigate" && PAGE.test(url.pathname)) {
    const answer = fetchAndKeep(request, url.pathname);
    event.respondWith(inTime(answer, url.pathname));
    event.waitUntil(answer.catch(() => {}));
  } else if (url.pathname.startsWith("/static/")) {
    event.respondWith(caches.match(request).then((kept) => kept ?? fetch(request)));
  }
});

async function fetchAndKeep(request, path) {
  const answer = await fetch(request);
  const cache = await caches.open(KEPT);
  if (answer.ok) await cache.put(path, answer.clone());
  else if (answer.status < 500) await cache.delete(path);
  return answer;
}

async function inTime(answer, path) {
  const kept = await (await caches.open(KEPT)).match(path);
  if (!kept) return answer;
  const late = new Promise((done) => setTimeout(done, PATIENCE, kept));
  return Promise.race([answer.then((got) => (got.status < 500 ? got : kept), () => kept), late]);
}

// From a finding to its line: puts the cursor there and shows it. Without scripts the link leads to the field.
document.addEventListener("click", (event) => {
  const link = event.target.closest("a[data-line]");
  const field = link && document.getElementById(link.hash.slice(1));
  if (!field) return;
  event.preventDefault();
  const lines = field.value.split("\n");
  const line = Math.min(Number(link.dataset.line), lines.length) - 1;
  const start = lines.slice(0, line).join("\n").length + (line > 0 ? 1 : 0);
  field.focus();
  field.setSelectionRange(start, start + lines[line].length);
  // The browser scrolls to a cursor only when one types, so the line is brought to the upper third by its share of the text.
  field.scrollTop = Math.max(0, (field.scrollHeight * line) / lines.length - field.clientHeight / 3);
  field.scrollIntoView({ block: "nearest" });
});

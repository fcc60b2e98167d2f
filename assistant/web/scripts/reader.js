/* The source reader: a whole article with the quotes of an answer marked in it. */
let lastFocus = null;

async function openReader(documentId, quotes, current) {
  const dialog = one("#reader") || makeReader();
  const body = one(".reader-body", dialog);
  lastFocus = document.activeElement;
  body.replaceChildren();
  dialog.dataset.current = "";
  if (!dialog.open) dialog.showModal();
  const address = `page/reader/${encodeURIComponent(documentId)}?language=${language}&current=${current}&quotes=${encodeURIComponent(quotes)}`;
  try {
    const response = await fetch(address);
    body.innerHTML = await response.text();
  } catch {
    body.append(make("p", { className: "empty", textContent: word("server_gone") }));
  }
  const numbers = quoteNumbers();
  dialog.classList.toggle("several", numbers.length > 1);
  if (current) goTo(current); else body.scrollTop = 0;
  body.focus({ preventScroll: true });
}
function makeReader() {
  const button = (name, key) => act(make("button", { type: "button", className: "tool", textContent: word(key) }), name);
  const body = make("div", { className: "reader-body", tabIndex: 0 });
  body.setAttribute("role", "document");
  const dialog = make("dialog", { id: "reader" },
    make("div", { className: "reader-bar" }, make("span", { className: "where", textContent: word("reader") }),
      button("previous", "reader_previous"), button("next", "reader_next"), button("close-reader", "close")), body);
  dialog.setAttribute("aria-label", word("reader"));
  dialog.addEventListener("click", (event) => { if (event.target === dialog) dialog.close(); });
  dialog.addEventListener("close", () => lastFocus?.focus?.());
  dialog.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "n" || event.key === "j") step(1);
    if (event.key === "p" || event.key === "k") step(-1);
  });
  (one("gradio-app") || document.body).append(dialog);
  return dialog;
}
function quoteNumbers() {
  const found = [];
  for (const mark of all("#reader mark"))
    for (const number of mark.dataset.numbers.split(" ")) if (!found.includes(number)) found.push(number);
  return found;
}
function goTo(number) {
  one("#reader").dataset.current = number;
  let first = null;
  for (const mark of all("#reader mark")) {
    const mine = mark.dataset.numbers.split(" ").includes(String(number));
    mark.classList.toggle("current", mine);
    if (mine) first = first || mark;
  }
  first?.scrollIntoView({ block: "center" });
  one("#reader .where").textContent = word("quote").replace("{number}", number);
}
function step(by) {
  const numbers = quoteNumbers();
  if (!numbers.length) return;
  const now = numbers.indexOf(one("#reader").dataset.current);
  goTo(numbers[(now + by + numbers.length) % numbers.length]);
}
function readCard(shown) {
  const mine = all(`#side .card[data-turn="${shown.dataset.turn}"]`).filter((c) => c.dataset.document === shown.dataset.document);
  const quotes = mine.map((c) => `${c.dataset.number}:${c.dataset.start}-${c.dataset.end}`).join(",");
  openReader(shown.dataset.document, quotes, shown.dataset.number);
}

Object.assign(actions, {
  read: (button) => readCard(button.closest(".card")),
  open: (button) => openReader(button.dataset.document, "", 0),
  previous: () => step(-1),
  next: () => step(1),
  "close-reader": () => one("#reader").close(),
});

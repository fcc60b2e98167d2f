/* Events of the whole page, and whether the server is still there. */
let gone = false;

document.addEventListener("click", (event) => {
  const element = event.target.closest?.("[data-act]");
  if (element && Object.hasOwn(actions, element.dataset.act)) {
    event.preventDefault();
    actions[element.dataset.act](element);
    return;
  }
  const shown = event.target.closest?.(".card");
  if (shown && !String(getSelection())) readCard(shown);
});
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && !one("dialog[open]")) document.body.classList.remove("sheet");
  if (event.key === "Enter" && event.target.classList?.contains("card")) {
    event.preventDefault(); /* else the same key press would work the reader's first button */
    readCard(event.target);
  }
});
new MutationObserver(() => {
  if (document.body?.dataset.busy) scrollDown(false);
  one("#upload button[aria-label][aria-dropeffect]")?.removeAttribute("aria-label"); /* its visible words are its name */
})
  .observe(document.documentElement, { childList: true, subtree: true });

async function lookAlive() {
  if (document.hidden) return;
  let answers = false;
  try { answers = (await fetch("page/alive", { cache: "no-store" })).ok; } catch { /* told below */ }
  if (!answers && !gone) {
    const banner = make("div", { id: "gone", textContent: word("server_gone") });
    banner.setAttribute("role", "alert");
    document.body.prepend(banner);
  }
  if (answers) one("#gone")?.remove(); else delete document.body.dataset.busy;
  gone = !answers;
}
setInterval(lookAlive, 10000);

window.yiju = { connect, arrive, arrived, busy, done, stopping, stopped, opened, opening: (chosen) => [opening, chosen], word };

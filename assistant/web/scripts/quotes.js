/* Quotes: marks in the answer and cards in the panel light up together. */
const card = (turn, number) => one(`#quote-${turn}-${number}`);
function showTurn(turn) {
  for (const section of all("#side .quotes")) section.hidden = section.dataset.turn !== String(turn);
}
function light(turn, number, stay) {
  for (const lit of all(".lit")) lit.classList.remove("lit");
  if (!turn) return;
  const shown = card(turn, number);
  shown?.classList.add("lit");
  for (const mark of all(`.cite[data-turn="${turn}"][data-number="${number}"]`)) mark.classList.add("lit");
  if (stay && shown) shown.scrollIntoView({ block: "nearest" });
}
function pressMark(mark) {
  showTurn(mark.dataset.turn);
  document.body.classList.add("sheet");
  light(mark.dataset.turn, mark.dataset.number, true);
  card(mark.dataset.turn, mark.dataset.number)?.focus({ preventScroll: true });
}

Object.assign(actions, {
  mark: (mark) => pressMark(mark),
  quotes: (button) => { showTurn(button.dataset.turn); document.body.classList.add("sheet"); one("#side .panel-head")?.scrollIntoView({ block: "nearest" }); },
  "close-quotes": () => document.body.classList.remove("sheet"),
});
document.addEventListener("mouseover", (event) => {
  const near = event.target.closest?.(".cite, .card");
  if (!near?.dataset.number) return;
  if (near.classList.contains("cite")) showTurn(near.dataset.turn);
  light(near.dataset.turn, near.dataset.number, near.classList.contains("cite"));
});
document.addEventListener("focusin", (event) => {
  const near = event.target.closest?.(".cite, .card");
  if (near?.dataset.number) light(near.dataset.turn, near.dataset.number, false);
});

/* Asking: what the page does while a question is on its way, and when it is stopped or asked again. */
const PENDING = "yiju-pending"; /* the question on its way, so that a reload gives it back */
const CANCELLED_WITHIN = 3000; /* milliseconds that a stop waits for the server's word that the answer was cancelled */
let offered = "", asked = "", cancelled = false;

function fill(question) {
  const box = one("#ask textarea");
  if (!box) return;
  box.value = question;
  box.dispatchEvent(new Event("input", { bubbles: true }));
  box.focus();
}
function busy(given) {
  document.body.dataset.busy = "yes";
  asked = offered || given[0] || "";
  offered = "";
  write(sessionStorage, PENDING, asked);
  requestAnimationFrame(() => scrollDown(true));
  return given;
}
function done(given) {
  delete document.body.dataset.busy;
  forget(sessionStorage, PENDING);
  keep(given);
  document.body.classList.remove("sheet");
}
function stopping(given) {
  cancelled = false;
  return given;
}
async function stopped() {
  delete document.body.dataset.busy;
  forget(sessionStorage, PENDING);
  const question = asked; /* not from the storage: the stopped event may have cleared it already */
  for (let waited = 0; !cancelled && waited < CANCELLED_WITHIN; waited += 50) await new Promise((go) => setTimeout(go, 50));
  return question; /* what the answer still said until then is painted over next */
}
function turnedAway() {
  delete document.body.dataset.busy; /* the question still stands in its box */
  forget(sessionStorage, PENDING);
  toast(word("busy"));
}
const plainFetch = window.fetch;
window.fetch = async (...given) => {
  const response = await plainFetch(...given);
  if (response.status === 503 && response.url.includes("/queue/join")) turnedAway();
  if (response.url.endsWith("/cancel")) cancelled = true;
  return response;
};
function scrollDown(force) {
  const log = one("#log");
  if (log && (force || log.scrollHeight - log.scrollTop - log.clientHeight < 160)) log.scrollTop = log.scrollHeight;
}

Object.assign(actions, {
  ask: (button) => { offered = button.dataset.question; triggers.log("input", { act: "ask", question: offered }); },
  retry: (button) => triggers.log("input", { act: "retry", turn: Number(button.dataset.turn) }),
  undo: (button) => triggers.log("input", { act: "undo", turn: Number(button.dataset.turn) }),
  edit: (button) => { triggers.log("input", { act: "edit", turn: Number(button.dataset.turn) }); one("#ask textarea").focus(); },
});

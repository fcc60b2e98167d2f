/* Feedback: a thumb, a reason, a comment. */
async function sendFeedback(turn, rating, reason, comment) {
  const answer = talk?.answers[turn - 1];
  if (!answer) return;
  try {
    const response = await fetch("page/feedback", {
      method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify({ rating, reason, comment, answer }) });
    if (!response.ok) throw new Error(String(response.status));
    toast(word("feedback_saved"));
    for (const thumb of all(`.turn[data-turn="${turn}"] .thumb`))
      thumb.setAttribute("aria-pressed", String(thumb.classList.contains(rating === "up" ? "good" : "bad")));
  } catch { toast(word("server_gone")); }
}
function askFeedback(turn) {
  const reasons = ["wrong", "quote", "missed", "language", "other"].map((reason, index) => {
    const radio = make("input", { type: "radio", name: "reason", value: reason, checked: index === 0 });
    return make("label", {}, radio, ` ${word(`reason_${reason}`)}`);
  });
  const comment = make("textarea", { rows: 3, maxLength: 4000 });
  const form = make("form", { method: "dialog" }, make("h2", { textContent: word("feedback") }), ...reasons,
    make("label", { className: "comment" }, word("feedback_comment"), comment),
    make("p", { className: "hint", textContent: word("feedback_kept") }),
    make("div", { className: "form-tools" }, make("button", { value: "", className: "tool", textContent: word("cancel") }),
      make("button", { value: "save", className: "tool strong", textContent: word("save") })));
  openDialog(form, "feedback", () => sendFeedback(turn, "down", new FormData(form).get("reason"), comment.value));
}

Object.assign(actions, {
  good: (button) => sendFeedback(Number(button.dataset.turn), "up", "", ""),
  bad: (button) => askFeedback(Number(button.dataset.turn)),
});

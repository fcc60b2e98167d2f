/* Conversations: kept in this browser, opened, named, deleted, exported. */
const TALK = "yiju-talk-", CURRENT = "yiju-current";
let talk = null, opening = null;

function readTalk(id) { try { return JSON.parse(read(localStorage, TALK + id)); } catch { return null; } }
function savedTalks() {
  const found = [];
  for (let i = 0; i < localStorage.length; i += 1) {
    const key = localStorage.key(i);
    const saved = key.startsWith(TALK) ? readTalk(key.slice(TALK.length)) : null;
    if (saved && Array.isArray(saved.answers)) found.push(saved);
  }
  return found.sort((a, b) => (b.saved || 0) - (a.saved || 0) || (a.id < b.id ? -1 : 1));
}
function keep(given) {
  talk = given;
  if (!talk) return;
  write(sessionStorage, CURRENT, talk.id);
  if (talk.answers.length === 0 && !readTalk(talk.id)) return;
  if (!write(localStorage, TALK + talk.id, JSON.stringify({ ...talk, saved: Date.now() }))) toast(word("storage_full"));
  listTalks();
}
function listTalks() {
  const list = one("#talks-list");
  if (!list) return;
  const saved = savedTalks();
  const head = make("div", { className: "panel-head" }, make("h2", { textContent: word("talks") }),
    act(make("button", { type: "button", className: "tool strong", textContent: word("new_talk") }), "new"));
  const rows = saved.map((item) => {
    const open = act(make("button", { type: "button", className: "talk-name", textContent: item.name || word("conversation") }), "talk", item.id);
    if (talk && item.id === talk.id) open.setAttribute("aria-current", "true");
    return make("li", {}, open);
  });
  const body = saved.length ? make("ul", {}, ...rows) : make("p", { className: "empty", textContent: word("talks_empty") });
  const tools = make("div", { className: "talk-tools" });
  if (talk && talk.answers.length) {
    for (const name of ["rename", "delete", "export_markdown", "export_json"])
      tools.append(act(make("button", { type: "button", className: "tool", textContent: word(name) }), name));
  }
  list.replaceChildren(head, body, tools);
}
function openTalk(id) { opening = id ? readTalk(id) : null; triggers.log("select", {}); }
function arrive() {
  const id = read(sessionStorage, CURRENT);
  return [id ? readTalk(id) : null, language];
}
function arrived(given) {
  markLanguage(); /* Gradio has set its own meanwhile */
  opened(given);
  const pending = read(sessionStorage, PENDING);
  if (pending) fill(pending);
  if (matchMedia("(min-width: 861px)").matches) one("#ask textarea")?.focus();
}
function opened(given) { keep(given); listTalks(); scrollDown(true); }
async function download(name, type, content) {
  const address = URL.createObjectURL(new Blob([content], { type }));
  make("a", { href: address, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(address), 10000);
}
const fileName = () => (talk.name.replace(/[^\p{L}\p{N}]+/gu, "-").slice(0, 40) || "yiju");

Object.assign(actions, {
  copy: async (button) => {
    const answer = talk.answers[button.dataset.turn - 1];
    const text = [answer.text, ...answer.quotes.map((quote) => `[${quote.number}] ${quote.text}\n${[quote.article.publisher, quote.article.title, quote.article.published].filter(Boolean).join(", ")}`)].join("\n\n");
    try { await navigator.clipboard.writeText(text); toast(word("copied")); } catch { toast(text); }
  },
  new: () => openTalk(null),
  talk: (button) => openTalk(button.dataset.talk),
  rename: () => {
    const field = make("input", { type: "text", value: talk.name, maxLength: 60 });
    field.setAttribute("aria-label", word("talk_name"));
    confirmFirst(word("rename"), word("save"), () => {
      keep({ ...talk, name: field.value.trim() || talk.name });
      openTalk(talk.id);
    }, field);
  },
  delete: () => confirmFirst(word("delete_talk"), word("delete"), () => { forget(localStorage, TALK + talk.id); openTalk(null); }),
  export_json: () => download(`${fileName()}.json`, "application/json", JSON.stringify(talk, null, 2)),
  export_markdown: async () => {
    try {
      const response = await fetch("page/markdown", { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(talk) });
      await download(`${fileName()}.md`, "text/markdown", await response.text());
    } catch { toast(word("server_gone")); }
  },
});

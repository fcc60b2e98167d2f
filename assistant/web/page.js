"use strict";
/* The page's own script: language, conversations kept in the browser, quotes, source reader, feedback, exports.
   YIJU_WORDS stands before it. Text from articles only ever comes as escaped HTML from the server or goes through textContent. */
const yiju = (() => {
  const LANGUAGE_KEY = "yiju-language", TALK = "yiju-talk-", CURRENT = "yiju-current", PENDING = "yiju-pending";
  const kept = read(localStorage, LANGUAGE_KEY);
  const language = kept || (navigator.language.toLowerCase().startsWith("zh") ? "zh" : "en");
  if (kept) {
    Object.defineProperty(navigator, "language", { get: () => (kept === "zh" ? "zh-CN" : "en") });
    Object.defineProperty(navigator, "languages", { get: () => [kept === "zh" ? "zh-CN" : "en"] });
  }
  const markLanguage = () => { document.documentElement.lang = language === "zh" ? "zh-Hans" : "en"; };
  markLanguage();
  const triggers = {};
  let talk = null, opening = null, gone = false, lastFocus = null, offered = "", asked = "";
  const word = (key) => YIJU_WORDS[key][language];
  const one = (selector, root = document) => root.querySelector(selector);
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];

  function read(storage, key) { try { return storage.getItem(key); } catch { return null; } }
  function write(storage, key, value) {
    try { storage.setItem(key, value); return true; } catch { return false; }
  }
  function forget(storage, key) { try { storage.removeItem(key); } catch { /* private mode */ } }
  function make(tag, properties = {}, ...children) {
    const element = Object.assign(document.createElement(tag), properties);
    element.append(...children);
    return element;
  }
  function connect(element, trigger) { triggers[element.closest("#log, #articles-table").id] = trigger; }
  function toast(message) {
    one("#toast")?.remove();
    const shown = make("div", { id: "toast", textContent: message });
    shown.setAttribute("role", "status");
    document.body.append(shown);
    setTimeout(() => shown.remove(), 5000);
  }

  /* Conversations */
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
  function act(button, name, id) { button.dataset.act = name; if (id) button.dataset.talk = id; return button; }
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
  function fill(question) {
    const box = one("#ask textarea");
    if (!box) return;
    box.value = question;
    box.dispatchEvent(new Event("input", { bubbles: true }));
    box.focus();
  }
  async function download(name, type, content) {
    const address = URL.createObjectURL(new Blob([content], { type }));
    make("a", { href: address, download: name }).click();
    setTimeout(() => URL.revokeObjectURL(address), 10000);
  }
  const fileName = () => (talk.name.replace(/[^\p{L}\p{N}]+/gu, "-").slice(0, 40) || "yiju");

  /* Asking */
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
  function stopped() {
    delete document.body.dataset.busy;
    forget(sessionStorage, PENDING);
    return asked; /* not from the storage: the stopped event may have cleared it already */
  }
  function scrollDown(force) {
    const log = one("#log");
    if (log && (force || log.scrollHeight - log.scrollTop - log.clientHeight < 160)) log.scrollTop = log.scrollHeight;
  }

  /* Quotes */
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

  /* Source reader */
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

  /* Feedback */
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
    ask(form, "feedback", () => sendFeedback(turn, "down", new FormData(form).get("reason"), comment.value));
  }
  function ask(form, id, save) {
    const dialog = make("dialog", { id, className: "small-dialog" }, form);
    dialog.setAttribute("aria-label", one("h2", form).textContent);
    dialog.addEventListener("close", () => { if (dialog.returnValue === "save") save(); dialog.remove(); });
    (one("gradio-app") || document.body).append(dialog);
    dialog.showModal();
  }
  function confirmFirst(question, yes, save, extra) {
    ask(make("form", { method: "dialog" }, make("h2", { textContent: question }), ...(extra ? [extra] : []),
      make("div", { className: "form-tools" }, make("button", { value: "", className: "tool", textContent: word("cancel") }),
        make("button", { value: "save", className: "tool strong", textContent: yes }))), "confirm", save);
  }

  /* Articles */
  const selected = () => all("#articles-table input:checked").map((box) => box.value);
  function withSelected(then) {
    const ids = selected();
    if (ids.length) then(ids); else toast(word("none_selected"));
  }

  const actions = {
    switch: (button) => { write(localStorage, LANGUAGE_KEY, button.dataset.language); location.reload(); },
    mark: (mark) => pressMark(mark),
    quotes: (button) => { showTurn(button.dataset.turn); document.body.classList.add("sheet"); one("#side .panel-head")?.scrollIntoView({ block: "nearest" }); },
    "close-quotes": () => document.body.classList.remove("sheet"),
    read: (button) => readCard(button.closest(".card")),
    open: (button) => openReader(button.dataset.document, "", 0),
    previous: () => step(-1),
    next: () => step(1),
    "close-reader": () => one("#reader").close(),
    copy: async (button) => {
      const answer = talk.answers[button.dataset.turn - 1];
      const text = [answer.text, ...answer.quotes.map((quote) => `[${quote.number}] ${quote.text}\n${[quote.article.publisher, quote.article.title, quote.article.published].filter(Boolean).join(", ")}`)].join("\n\n");
      try { await navigator.clipboard.writeText(text); toast(word("copied")); } catch { toast(text); }
    },
    ask: (button) => { offered = button.dataset.question; triggers.log("input", { act: "ask", question: offered }); },
    retry: (button) => triggers.log("input", { act: "retry", turn: Number(button.dataset.turn) }),
    undo: (button) => triggers.log("input", { act: "undo", turn: Number(button.dataset.turn) }),
    edit: (button) => { triggers.log("input", { act: "edit", turn: Number(button.dataset.turn) }); one("#ask textarea").focus(); },
    good: (button) => sendFeedback(Number(button.dataset.turn), "up", "", ""),
    bad: (button) => askFeedback(Number(button.dataset.turn)),
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
    sort: (button) => triggers["articles-table"]("select", { column: button.dataset.column }),
    remove: () => withSelected((ids) => confirmFirst(word("remove_confirm").replace("{number}", ids.length), word("remove_these"),
      () => triggers["articles-table"]("delete", { ids }))),
    restrict: () => withSelected((ids) => triggers["articles-table"]("input", { ids })),
  };

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
    if (event.key === "Escape") document.body.classList.remove("sheet");
    if (event.key === "Enter" && event.target.classList?.contains("card")) {
      event.preventDefault(); /* else the same key press would work the reader's first button */
      readCard(event.target);
    }
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

  return { connect, arrive, arrived, busy, done, stopped, opened, opening: (chosen) => [opening, chosen], word };
})();
window.yiju = yiju;

/* Words, storage, elements and small dialogs: what every other room of the page's script uses.
   All rooms share one scope; YIJU_WORDS stands before them. Text from articles only ever comes as escaped HTML from the server or goes
   through textContent. */
const LANGUAGE_KEY = "yiju-language";
const kept = read(localStorage, LANGUAGE_KEY);
const language = kept || (navigator.language.toLowerCase().startsWith("zh") ? "zh" : "en");
if (kept) {
  Object.defineProperty(navigator, "language", { get: () => (kept === "zh" ? "zh-CN" : "en") });
  Object.defineProperty(navigator, "languages", { get: () => [kept === "zh" ? "zh-CN" : "en"] });
}
const markLanguage = () => { document.documentElement.lang = language === "zh" ? "zh-Hans" : "en"; };
markLanguage();
const actions = {}; /* what pressing an element with `data-act` does; each room adds its own */
const triggers = {}; /* ways to a component's Python handlers, by the component's id */
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
function act(button, name, id) { button.dataset.act = name; if (id) button.dataset.talk = id; return button; }
function connect(element, trigger) { triggers[element.closest("#log, #articles-table").id] = trigger; }
function toast(message) {
  one("#toast")?.remove();
  const shown = make("div", { id: "toast", textContent: message });
  shown.setAttribute("role", "status");
  document.body.append(shown);
  setTimeout(() => shown.remove(), 5000);
}

function openDialog(form, id, save) {
  const dialog = make("dialog", { id, className: "small-dialog" }, form);
  dialog.setAttribute("aria-label", one("h2", form).textContent);
  dialog.addEventListener("close", () => { if (dialog.returnValue === "save") save(); dialog.remove(); });
  (one("gradio-app") || document.body).append(dialog);
  dialog.showModal();
}
function confirmFirst(question, yes, save, extra) {
  openDialog(make("form", { method: "dialog" }, make("h2", { textContent: question }), ...(extra ? [extra] : []),
    make("div", { className: "form-tools" }, make("button", { value: "", className: "tool", textContent: word("cancel") }),
      make("button", { value: "save", className: "tool strong", textContent: yes }))), "confirm", save);
}

actions.switch = (button) => { write(localStorage, LANGUAGE_KEY, button.dataset.language); location.reload(); };

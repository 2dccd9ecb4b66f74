// What was saved here: said with "Undo", taken back by Ctrl+Z, done again by Ctrl+Shift+Z, also on the next page.
import { send } from "./api.js";
import { el } from "./dom.js";
import { proof } from "./proof.js";
import { t } from "./texts.js";

// Another session of this browser begins anew: nobody takes back what somebody else did.
const session = (proof()["X-CSRF-Token"] ?? "").slice(0, 12);
if ((sessionStorage.getItem("session") ?? "") !== session) {
  for (const name of ["done", "undone"]) sessionStorage.removeItem(name);
  sessionStorage.setItem("session", session);
}

const KEPT = 50;
const QUIET_AFTER = 12_000;

const stack = (name) => ({
  all: () => JSON.parse(sessionStorage.getItem(name) ?? "[]"),
  keep: (rows) => sessionStorage.setItem(name, JSON.stringify(rows.slice(-KEPT))),
  push(row) {
    this.keep([...this.all(), row]);
  },
  pop() {
    const rows = this.all();
    const row = rows.pop();
    this.keep(rows);
    return row;
  },
});
const past = stack("done");
const future = stack("undone");

/** Makes the key of a request: the same one until it is carried out, however often it is sent. */
export function key() {
  const made = [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return () => made;
}

/** Notes a change set and says what was done; `about` goes with the event, `more` is a second button. */
export function done(changeSet, said, about, more = null) {
  past.push({ changeSet, said });
  future.keep([]);
  toast(said, t("Undo"), undo, "", more);
  tell(about);
}

/** Says that something failed; nothing is kept. */
/** Says what was done, with a button if there is something to do about it. */
export const said = (text, action = null, act = null) => toast(text, action, act);

export function failed(said) {
  toast(said, null, null, "failed");
}

export const undo = () => reverse(past, future, (said) => [t("Undone: {what}", { what: said }), t("Redo"), redo]);
export const redo = () => reverse(future, past, (said) => [said, t("Undo"), undo]);

async function reverse(from, to, words) {
  const row = from.pop();
  if (!row) {
    toast(t("Nothing of this session is left to take back."));
    return;
  }
  try {
    const path = `/api/v1/changesets/${encodeURIComponent(row.changeSet)}/undo`;
    const { changeSet } = await send("POST", path, undefined, { "Idempotency-Key": key()() });
    to.push({ changeSet, said: row.said });
    toast(...words(row.said));
    tell({});
  } catch (error) {
    if (error.status !== 409 && error.status !== 404) from.push(row);
    failed(error.message);
  }
}

/** Tells the page that something was saved. */
export const tell = (about) => document.dispatchEvent(new CustomEvent("saved", { detail: about }));

let shown = null;

function toast(said, action = null, act = null, kind = "", more = null) {
  shown ??= place();
  clearTimeout(shown.timer);
  const close = () => {
    shown.element.replaceChildren();
    shown.element.className = "toast";
  };
  const button = action ? el("button", { type: "button", onclick: act }, action) : null;
  const other = more ? el("button", { type: "button", onclick: more.act }, more.label) : null;
  const cross = el("button", { type: "button", class: "toast-close", "aria-label": t("Close"), onclick: close }, "×");
  shown.element.className = `toast open ${kind}`;
  shown.element.replaceChildren(el("span", {}, said), ...[other, button, cross].filter(Boolean));
  const wait = () => {
    shown.timer = setTimeout(() => (shown.element.matches(":hover, :focus-within") ? wait() : close()), QUIET_AFTER);
  };
  if (kind !== "failed") wait();
}

function place() {
  const element = el("div", { class: "toast", role: "status", "aria-live": "polite" });
  document.body.append(element);
  return { element, timer: 0 };
}

document.addEventListener("keydown", (event) => {
  const typing = event.target.closest?.("input, select, textarea, dialog");
  if (typing || !(event.ctrlKey || event.metaKey) || event.altKey || event.key.toLowerCase() !== "z") return;
  event.preventDefault();
  (event.shiftKey ? redo : undo)();
});

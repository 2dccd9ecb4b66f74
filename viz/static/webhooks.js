// Webhooks: added, tested, changed, given a new secret, switched off and on, removed; a secret is shown once.
import { ask, faultOf, send } from "./api.js";
import { ask as question, Dialog } from "./dialog.js";
import { byId, dataBlock, el } from "./dom.js";
import { formDialog } from "./edit.js";
import { FormBody, patchOf } from "./form_body.js";
import { tellOnce } from "./once.js";
import { number, t } from "./texts.js";
import { failed, key } from "./undo.js";

const API = "/api/v1/webhooks";
const place = ({ id }, what = "") => `${API}/${encodeURIComponent(id)}${what}`;
const etag = ({ revision }) => ({ "If-Match": `"r${revision}"` });
const { fields, rotation, outcomes } = dataBlock("form");
const LISTS = ["kinds", "events", "accounts"];

/** What a form says, as the service takes it: a list with nothing in it is none. */
const said = (values) =>
  Object.fromEntries(Object.entries(values).map(([name, value]) => [name, LISTS.includes(name) && !value?.length ? null : value]));

const acts = { ping, change, rotate, remove, off: (hook) => turned(hook, false), on: (hook) => turned(hook, true) };

byId("add-hook").addEventListener("click", add);
document.addEventListener("click", async ({ target }) => {
  const button = target.closest("button[data-hook]");
  if (!button) return;
  button.disabled = true;
  try {
    await acts[button.dataset.do](await ask(place({ id: button.dataset.hook })));
  } catch (error) {
    failed(faultOf(error));
  } finally {
    button.disabled = false;
  }
});

async function add() {
  const body = new FormBody({ fields }, {});
  const once = key();
  const save = async () => (await send("POST", API, said(body.read()), { "Idempotency-Key": once() })).body;
  const made = await formDialog({ title: t("Add a webhook"), body, save });
  if (made) await told(made);
}

async function change(hook) {
  const form = { fields: fields.filter(({ name }) => name !== "accounts") };
  const body = new FormBody(form, hook);
  const save = async () => {
    const patch = said(patchOf(form, body));
    return Object.keys(patch).length ? (await send("PATCH", place(hook), { ...patch, active: hook.active }, etag(hook))).body : hook;
  };
  const saved = await formDialog({ title: t("Change {name}", { name: hook.name }), body, save });
  if (saved && saved !== hook) location.reload();
}

async function rotate(hook) {
  const body = new FormBody(rotation, { keep_old_hours: rotation.fields[0].default });
  const save = async () => (await send("POST", place(hook, "/rotate-secret"), body.read())).body;
  const made = await formDialog({ title: t("New secret for {name}", { name: hook.name }), body, save });
  if (made) await told(made);
}

async function told({ name, secret }) {
  const says = t("Give it to {name}: signatures are checked with it. It is not shown again.", { name });
  await tellOnce({ title: t("The secret"), says, secret });
  location.reload();
}

async function ping(hook) {
  const { outcome, status, took_ms: took } = (await send("POST", place(hook, "/ping"))).body;
  const facts = [status ? t("answer {status}", { status }) : null, t("{count} ms", { count: number(took) })].filter(Boolean).join(" · ");
  const dialog = new Dialog({
    title: t("Test {name}", { name: hook.name }),
    body: el("div", { class: "form-body" }, el("p", { role: "status" }, el("b", { class: outcome === "delivered" ? "good" : "bad" }, outcomes[outcome])), el("p", { class: "note" }, facts)),
    yes: t("Close"),
    kind: "question",
    act: async () => true,
    resolve: () => location.reload(),
  });
  dialog.no.hidden = true;
  dialog.yes.focus();
}

async function turned(hook, active) {
  const title = active ? t("Switch {name} on?", { name: hook.name }) : t("Switch {name} off?", { name: hook.name });
  const says = active ? t("It goes on where it stopped: what changed meanwhile is told first.") : t("Nothing is sent until it is switched on; then what changed meanwhile is told.");
  const act = () => send("PATCH", place(hook), { active }, etag(hook));
  if (await question({ title, says, yes: active ? t("Switch on") : t("Switch off"), grave: !active, act })) location.reload();
}

async function remove(hook) {
  const says = t("It is told nothing from now on, and its deliveries are forgotten. This cannot be undone.");
  const act = () => send("DELETE", place(hook), undefined, etag(hook));
  if (await question({ title: t("Remove {name}?", { name: hook.name }), says, yes: t("Remove"), grave: true, act })) location.reload();
}

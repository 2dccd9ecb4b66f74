// Users: added, changed, switched off and on, each in a form; the one-time link is shown once.
import { ask, faultOf, send } from "./api.js";
import { ask as question } from "./dialog.js";
import { byId, dataBlock } from "./dom.js";
import { formDialog } from "./edit.js";
import { FormBody, patchOf } from "./form_body.js";
import { tellOnce } from "./once.js";
import { t } from "./texts.js";
import { failed, key } from "./undo.js";

const API = "/api/v1/users";
const place = (name) => `${API}/${encodeURIComponent(name)}`;
const { fields } = dataBlock("form");
const etag = ({ revision }) => ({ "If-Match": `"r${revision}"` });

const acts = { change, invite, off: (user) => turned(user, false), on: (user) => turned(user, true) };

byId("add-user").addEventListener("click", add);
document.addEventListener("click", async ({ target }) => {
  const button = target.closest("button[data-user]");
  if (!button) return;
  try {
    await acts[button.dataset.do](await ask(place(button.dataset.user)));
  } catch (error) {
    failed(faultOf(error));
  }
});

async function add() {
  const form = { fields };
  const body = new FormBody(form, {});
  const once = key();
  const made = await formDialog({
    title: t("Add a user"),
    body,
    save: async () => {
      const given = Object.entries(body.read()).filter(([, value]) => value !== null);
      return (await send("POST", API, Object.fromEntries(given), { "Idempotency-Key": once() })).body;
    },
  });
  if (made) await told(made.name, made.link);
}

async function change(user) {
  const form = { fields: fields.filter(({ name }) => name !== "name") };
  const body = new FormBody(form, user);
  const saved = await formDialog({
    title: t("Change {name}", { name: user.name }),
    body,
    save: async () => {
      const patch = patchOf(form, body);
      return Object.keys(patch).length ? (await send("PATCH", place(user.name), patch, etag(user))).body : user;
    },
  });
  if (saved && saved !== user) location.reload();
}

async function invite(user) {
  const says = t("Older links of this user end. Their password works until they choose another one.");
  const act = async () => (await send("POST", `${place(user.name)}/link`)).body;
  const made = await question({ title: t("One-time link for {name}?", { name: user.name }), says, yes: t("Make a link"), act });
  if (made) await told(made.name, made.link);
}

async function turned(user, active) {
  const title = active ? t("Switch {name} on?", { name: user.name }) : t("Switch {name} off?", { name: user.name });
  const says = active
    ? t("They sign in again with the password they had.")
    : t("They are signed out at once, and their keys open nothing. The name stays in logs.");
  const act = () => send("PATCH", place(user.name), { active }, etag(user));
  if (await question({ title, says, yes: active ? t("Switch on") : t("Switch off"), grave: !active, act })) location.reload();
}

async function told(name, link) {
  const says = t("Give this link to {name}. It works once, for a day, and is not shown again.", { name });
  await tellOnce({ title: t("One-time link"), says, secret: `${location.origin}${link}` });
  location.reload();
}

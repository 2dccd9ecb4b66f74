// The menu of named views: listed as links, saved from what is shown, renamed, shared, replaced, deleted; presented.
import { query } from "./address.js";
import { ask, faultOf, send } from "./api.js";
import { Dialog } from "./dialog.js";
import { byId, el } from "./dom.js";
import { note } from "./facts.js";
import { map } from "./map.js";
import { date, page, t, word } from "./texts.js";
import { failed, said } from "./undo.js";

const API = "/api/v1/saved-views";
const SHOWN = ["opportunity_id", "step", "on", "as_of", "contact", "unfold", "hide", "target_id", "source_id", "chain", "if", "since", "known"];
const list = byId("saved-views");
const menu = list.closest("details");

/** The address of a saved view. */
const placeOf = ({ id, view, query: shown }) => `/accounts/${encodeURIComponent(page.account.id)}/${view}?${new URLSearchParams({ ...shown, saved: id })}`;

/** Where a view stands: where somebody put it, else when it was made. */
const standing = ({ place, created_at: made }) => place ?? Date.parse(made) / 1000;

/** The views of the account, in the order they are presented. */
async function views() {
  const { items } = await ask(`${API}?account_id=${encodeURIComponent(page.account.id)}&limit=200`);
  return items.sort((one, other) => standing(one) - standing(other) || (one.id < other.id ? -1 : 1));
}

async function show() {
  try {
    const found = await views();
    list.replaceChildren(...found.map((view, at) => row(view, at, found)));
    if (!found.length) list.replaceChildren(el("li", {}, note(t("None yet. Save what is on screen under a name: step, day, filters, lens and places."))));
  } catch (error) {
    list.replaceChildren(el("li", {}, note(error.message)));
  }
}

/** Moves a view by one place, between its new neighbours; the button that did it keeps the focus. */
async function move(view, by, found) {
  const others = found.filter(({ id }) => id !== view.id);
  const at = found.indexOf(view) + by;
  const [before, after] = [others[at - 1], others[at]];
  if (!before && !after) return;
  const place = !before ? standing(after) - 1 : !after ? standing(before) + 1 : (standing(before) + standing(after)) / 2;
  try {
    await send("PATCH", `${API}/${view.id}`, { place }, { "If-Match": `"r${view.revision}"` });
  } catch (error) {
    failed(faultOf(error));
  }
  await show();
  const mine = list.querySelector(`[data-view="${CSS.escape(view.id)}"]`);
  (mine?.querySelector(`[data-by="${by}"]:not(:disabled)`) ?? mine?.querySelector("a"))?.focus();
  byId("live").textContent = t("{name} is now number {at} of {count}", { name: view.name, at: at + 1, count: found.length });
}

function row(view, at, found) {
  const facts = [word("view", view.view), view.shared ? t("shared") : null].filter(Boolean).join(" · ");
  const link = el("a", { href: placeOf(view), "aria-current": query.get("saved") === view.id ? "page" : null }, view.name, el("small", {}, facts));
  const change = el("button", { type: "button", class: "view-change", "aria-label": t("Change {name}", { name: view.name }), title: t("Rename, share, delete"), onclick: () => form(view) }, "…");
  const arrow = (by, sign, says, off) =>
    el("button", { type: "button", class: "view-change", "data-by": by, "aria-label": says, title: says, disabled: off, onclick: () => move(view, by, found) }, sign);
  const arrows = [
    arrow(-1, "↑", t("Move {name} up", { name: view.name }), at === 0),
    arrow(1, "↓", t("Move {name} down", { name: view.name }), at === found.length - 1),
  ];
  const onkeydown = (event) => {
    const by = { ArrowUp: -1, ArrowDown: 1 }[event.key];
    const there = found[at + by];
    if (!event.altKey || !by || !there || !view.may_change) return;
    event.preventDefault();
    move(view, by, found);
  };
  return el("li", { class: "view-row", "data-view": view.id, onkeydown }, link, view.may_change ? [found.length > 1 ? arrows : null, change] : null);
}

/** What the map shows now, as a view has it. */
const shownNow = () => ({
  view: page.view,
  query: Object.fromEntries(SHOWN.filter((name) => query.get(name)).map((name) => [name, query.get(name)])),
  pins: map.shown.pins,
});

/** The form of a new view, or of one that is there. */
function form(view = null) {
  menu.open = false;
  const name = el("input", { type: "text", id: "view-name", maxlength: 200, value: view?.name ?? suggestion(), autocomplete: "off" });
  const shared = el("input", { type: "checkbox", checked: view?.shared });
  const replace = el("input", { type: "checkbox" });
  const check = (box, text) => el("label", { class: "check" }, box, el("span", {}, text));
  const body = el(
    "div",
    { class: "form-body" },
    el("div", { class: "form-field" }, el("label", { for: "view-name" }, t("Name")), name),
    page.may_write || view?.shared ? check(shared, t("Shared with all who see the account")) : null,
    view ? check(replace, t("Replace it with what is on the map now")) : null,
  );
  const headers = view ? { "If-Match": `"r${view.revision}"` } : {};
  const fields = () => ({ name: name.value, shared: shared.checked });
  const act = async () => {
    try {
      if (!view) return (await send("POST", API, { account_id: page.account.id, ...fields(), ...shownNow() })).body;
      return (await send("PATCH", `${API}/${view.id}`, { ...fields(), ...(replace.checked && replaced(view)) }, headers)).body;
    } catch (error) {
      throw new Error(faultOf(error));
    }
  };
  const dialog = new Dialog({
    title: view ? t("Saved view") : t("Save this view"),
    body,
    yes: t("Save"),
    act,
    kind: "question",
    extra: view ? el("button", { type: "button", class: "danger", onclick: () => remove(view, headers, dialog) }, t("Delete")) : null,
    resolve: (done) => done?.name && said(t("{what}: saved", { what: done.name })),
  });
  name.select();
}

/** The patch that puts what is shown in place of what was: in a merge patch null takes a name out. */
function replaced(view) {
  const now = shownNow();
  const without = (old) => Object.fromEntries(Object.keys(old).map((name) => [name, null]));
  return { view: now.view, query: { ...without(view.query), ...now.query }, pins: { ...without(view.pins), ...now.pins } };
}

const suggestion = () => [word("view", page.view), query.get("step") ? word("step", query.get("step")) : null, date(query.get("on"))].filter(Boolean).join(" · ");

async function remove(view, headers, dialog) {
  try {
    await send("DELETE", `${API}/${view.id}`, undefined, headers);
    dialog.close(null);
    const { id, account_id, name, view: map, query: shown, pins, shared, place } = view;
    const back = () => send("POST", API, { id, account_id, name, view: map, query: shown, pins, shared, place }).then(() => said(t("Undone: {what}", { what: name })));
    said(t("{what} deleted", { what: name }), t("Undo"), back);
  } catch (error) {
    dialog.say(error.message);
  }
}

byId("save-view").addEventListener("click", () => form());
byId("present").addEventListener("click", async () => {
  menu.open = false;
  const [{ present }, found] = await Promise.all([import("./present.js"), views()]);
  present(found);
});
menu.addEventListener("toggle", () => menu.open && show());
if (menu.open) show();

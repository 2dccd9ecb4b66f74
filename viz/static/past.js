// What was said with a person, and what was noted of him or of a tie: asked for when the panel's fold is opened.
import { query } from "./address.js";
import { ask } from "./api.js";
import { el } from "./dom.js";
import { lines, note } from "./facts.js";
import { colon, date, page, separator, t } from "./texts.js";

/** The fold that stands open: it stays so when the panel is drawn anew. */
let opened = null;

/** A fold that fills itself once it is opened; `key` tells it from others. */
function fold(key, title, fill) {
  const place = el("div", {}, note(t("Asking…")));
  let asked = false;
  const open = async ({ target }) => {
    if (asked || !target.open) return;
    asked = true;
    place.replaceChildren(...(await fill().catch((error) => [note(error.message)])));
  };
  // Noted as it is pressed: the panel may be drawn anew before the browser tells that the fold is open.
  const press = ({ currentTarget }) => (opened = currentTarget.parentElement.open ? null : key);
  return el("details", { class: "past", open: opened === key, ontoggle: open }, el("summary", { onclick: press }, title), place);
}

/** Interactions and history of a person, as the person's own page tells them. */
export const personPast = (id) =>
  fold(`contact ${id}`, t("Interactions and history"), async () => {
    const kept = ["opportunity_id", "on", "as_of"].filter((name) => query.get(name)).map((name) => [name, query.get(name)]);
    const asked = new URLSearchParams([...kept, ["lang", page.lang]]);
    const place = `/accounts/${encodeURIComponent(page.account.id)}/contacts/${encodeURIComponent(id)}?${asked}`;
    const answer = await fetch(place, { headers: { Accept: "text/html" } });
    if (!answer.ok) throw new Error(t("You have no right to this."));
    const whole = new DOMParser().parseFromString(await answer.text(), "text/html");
    const part = (name) => {
      const found = whole.querySelector(`[aria-labelledby="${name}"]`);
      for (const one of found.querySelectorAll("button, .tools, h2")) one.remove();
      return [...found.children].map((one) => document.importNode(one, true));
    };
    return [el("h4", {}, t("Interactions")), ...part("spoken"), el("h4", {}, t("History")), ...part("happened")];
  });

/** What was done to a tie's record, the newest first. */
export const tiePast = (kind, id) =>
  fold(`${kind} ${id}`, t("History"), async () => {
    const { items } = await ask(`/api/v1/edges/${kind}/${encodeURIComponent(id)}/history?limit=10`);
    const { fields } = await ask(`/forms/${kind}?lang=${page.lang}`);
    const label = (name) => fields.find((one) => one.name === name)?.label;
    return [lines(items.map(({ at, actor, before, after }) => [el("span", {}, date(at), el("small", {}, `${actor} · ${done(before, after, label)}`)), null])) ?? note("–")];
  });

function done(before, after, label) {
  if (!before) return t("added");
  if (!after) return t("removed");
  const differing = [...new Set([...Object.keys(before), ...Object.keys(after)])].filter((name) => JSON.stringify(before[name]) !== JSON.stringify(after[name]));
  return `${t("changed")}${colon}${differing.map(label).filter(Boolean).join(separator)}`;
}

// The lens of time: what differs between the map now and on a day before, by the words the map itself has for it.
import { query, remember } from "./address.js";
import { el } from "./dom.js";
import { lines, note, section } from "./facts.js";
import { look as lookAgain } from "./lens.js";
import { map } from "./map.js";
import { number, t } from "./texts.js";

const WEEKS = 78;
const dayBefore = (weeks) => new Date(Date.now() - weeks * 7 * 864e5).toISOString().slice(0, 10);

const given = () => query.get("since") ?? query.get("known");

export function bar(begin) {
  if (begin && !given()) remember("since", dayBefore(13));
  const kind = el(
    "select",
    { "aria-label": t("What is compared"), onchange: set },
    el("option", { value: "since" }, t("What held on")),
    el("option", { value: "known" }, t("What was known on")),
  );
  kind.value = query.has("known") ? "known" : "since";
  const day = el("input", { type: "date", "aria-label": t("The day before"), max: dayBefore(0), value: given(), onchange: set });
  const weeks = el("input", {
    type: "range",
    min: -WEEKS,
    max: 0,
    value: -13,
    "aria-label": t("Weeks back"),
    onchange: () => {
      day.value = dayBefore(-weeks.value);
      set();
    },
  });
  function set() {
    if (!day.value) return;
    remember(kind.value === "known" ? "since" : "known", null);
    remember(kind.value, day.value);
    lookAgain();
  }
  return [el("b", {}, t("What has changed")), kind, day, weeks, el("span", { class: "note" }, t("compared with what is on the map"))];
}

export const asks = () => (given() ? { [query.has("known") ? "known" : "since"]: given() } : null);

export async function look(seeing) {
  const { title, says, differing, counts } = await seeing;
  const nameOf = ({ id, name, tie }, gone) => (tie || gone ? name : map.panel.link(id, name));
  const told = (rows, gone) => lines(rows.map((row) => [el("span", {}, nameOf(row, gone), row.kind_label ? el("small", {}, row.kind_label) : null, row.fields.map((said) => el("div", { class: "note" }, said))), null]));
  const more = (count) => (count ? note(t("{count} more", { count: number(count) })) : null);
  const part = (label, name) => section(`${label} (${number(counts[name])})`, told(differing[name], name === "removed"), more(counts[name] - differing[name].length));
  const parts = [part(t("Changed"), "changed"), part(t("New"), "added"), part(t("Gone"), "removed")];
  return { sections: [el("h2", { class: "panel-title" }, title), note(says), ...parts], says };
}

// The lens of time: what differs between the map now and on a day before, by the words the map itself has for it.
import { answer, query, remember } from "./address.js";
import { ask } from "./api.js";
import { el } from "./dom.js";
import { lines, note, section } from "./facts.js";
import { look as lookAgain } from "./lens.js";
import { map } from "./map.js";
import { date, page, percent, t, whole } from "./texts.js";

const WEEKS = 78;
const LEAST = { strength: 10, weight: 0.1, rank: 3 };
const FIRST = 20;
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

export async function look(view) {
  const day = given();
  if (!day) return null;
  const then = query.has("known") ? { as_of: `${day}T23:59:59Z`, on: null } : { on: day };
  const more = { lang: page.lang, ...(page.view === "org-chart" && { unfold: "all" }), ...then };
  const address = answer(`views/${page.view}`, more, ["opportunity_id", "step", "as_of"].filter((one) => !(one in then)));
  const old = await ask(address).catch((error) => {
    if (error.status === 404) return { tables: { people: [], ties: [] } };
    throw error;
  });
  const people = compared(old.tables.people, view.tables.people, personDiffers);
  const ties = compared(old.tables.ties, view.tables.ties.filter(({ kind }) => kind !== "messages"), tieDiffers);
  const nameOf = ({ id, name, from, from_name: one, to_name: other }) => (from ? `${one} → ${other}` : map.panel.people.has(id) ? map.panel.link(id) : name);
  const told = (rows) => lines(rows.map(({ row, fields = [] }) => [el("span", {}, nameOf(row), row.kind_label ? el("small", {}, row.kind_label) : null, fields.map((said) => el("div", { class: "note" }, said))), null]));
  const part = (title, one, other) => section(`${title} (${one.length + other.length})`, told(one), told(other));
  const counts = ["added", "removed", "changed"].map((name) => people[name].length + ties[name].length);
  const says = counts.some(Boolean)
    ? t("{added} new, {removed} gone, {changed} changed since {day}", { added: counts[0], removed: counts[1], changed: counts[2], day: date(day) })
    : t("Nothing differs from {day}", { day: date(day) });
  return {
    people: marks(people),
    ties: marks(ties),
    sections: [
      el("h2", { class: "panel-title" }, t("What has changed")),
      note(says),
      part(t("Changed"), people.changed, ties.changed),
      part(t("New"), people.added, ties.added),
      part(t("Gone"), people.removed, ties.removed),
    ],
    says,
  };
}

/** Rows of two tables by id: {added, removed, changed}, each [{row, fields, tone}]. */
function compared(before, after, differs) {
  const old = new Map(before.map((row) => [row.id, row]));
  const now = new Set(after.map(({ id }) => id));
  const changed = after.filter(({ id }) => old.has(id)).map((row) => ({ row, ...differs(old.get(row.id), row) }));
  return {
    added: after.filter(({ id }) => !old.has(id)).map((row) => ({ row })),
    removed: before.filter(({ id }) => !now.has(id)).map((row) => ({ row })),
    changed: changed.filter(({ fields }) => fields.length),
  };
}

const marks = ({ added, changed }) =>
  new Map([
    ...added.map(({ row }) => [row.id, { text: "+", tone: "other" }]),
    ...changed.map(({ row, tone }) => [row.id, { text: tone === "up" ? "▲" : tone === "down" ? "▼" : "≠", tone }]),
  ]);

const arrow = (label, was, is) => `${label}: ${was ?? "–"} → ${is ?? "–"}`;
const tone = (by) => (by > 0 ? "up" : by < 0 ? "down" : "other");

function personDiffers(was, is) {
  const words = [
    [t("Attitude"), "attitude_label"],
    [t("Job"), "job"],
    [t("Department"), "department_name"],
    [t("Level"), "level_label"],
    [t("Buying roles"), "roles_label"],
    [t("Our owner"), "owner_name"],
  ];
  const fields = words.filter(([, name]) => (was[name] ?? null) !== (is[name] ?? null)).map(([label, name]) => arrow(label, was[name], is[name]));
  if (was.left !== is.left) fields.push(is.left ? t("left the firm") : t("back"));
  const up = (was.rank ?? 1e3) - (is.rank ?? 1e3);
  if (Math.abs(up) >= LEAST.rank && Math.min(was.rank ?? 1e3, is.rank ?? 1e3) <= FIRST) fields.push(arrow(t("Rank"), was.rank, is.rank));
  return { fields, tone: tone((is.attitude ?? 0) - (was.attitude ?? 0)) };
}

function tieDiffers(was, is) {
  const fields = [];
  const stronger = (is.strength ?? 0) - (was.strength ?? 0);
  const heavier = is.strength === null ? (is.weight ?? 0) - (was.weight ?? 0) : 0;
  if (Math.abs(stronger) >= LEAST.strength) fields.push(arrow(t("Strength"), whole(was.strength ?? 0), whole(is.strength ?? 0)));
  if (Math.abs(heavier) >= LEAST.weight) fields.push(arrow(t("Weight"), percent(was.weight ?? 0), percent(is.weight ?? 0)));
  return { fields, tone: tone(stronger || heavier) };
}

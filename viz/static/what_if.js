// The lens "what if": changes that are only thought of, in the address; answers before and after, beside the map and on it.
import { query, remember } from "./address.js";
import { send } from "./api.js";
import { choices, labelOf, learnLabels } from "./choices.js";
import { byId, el } from "./dom.js";
import { lines, note, section } from "./facts.js";
import { look as lookAgain } from "./lens.js";
import { map } from "./map.js";
import { Picker } from "./picker.js";
import { colon, page, percent, separator, t, whole, word } from "./texts.js";

const ANSWERS = ["influencers", "chains", "forecast", "coverage"];
const FIRST = 15;
const SHORT = 6;
const LEARNT = 100;
const GRADES = ["familiar", "trusted", "ally"];
const ATTITUDES = ["2", "1", "0", "-1", "-2"];
const WEIGHTS = ["0.3", "0.5", "0.8"];

/** The kinds of changes: who, whom and how much are asked for; `made` is what the service is asked, `said` the words. */
const KINDS = () => ({
  leave: {
    label: t("leaves"),
    asks: [everybody],
    made: ([who]) => ({ kind: "leave", [isOurs(who) ? "member_id" : "contact_id"]: who }),
    said: ([who]) => t("{name} leaves", { name: nameOf(who) }),
  },
  tie: {
    label: t("gets to know"),
    asks: [ours, theirs, () => GRADES.map((grade) => [grade, word("grade", grade)])],
    made: ([who, whom, grade]) => ({ kind: "tie", member_id: who, contact_id: whom, grade }),
    said: ([who, whom, grade]) => `${nameOf(who)} – ${nameOf(whom)}${colon}${word("grade", grade)}`,
  },
  attitude: {
    label: t("thinks of us"),
    asks: [theirs, () => ATTITUDES.map((one) => [one, word("attitude", one)]), deals],
    made: ([who, attitude, deal]) => ({ kind: "attitude", contact_id: who, opportunity_id: deal, attitude: Number(attitude) }),
    said: ([who, attitude, deal]) => `${nameOf(who)}${colon}${word("attitude", attitude)} (${dealName(deal)})`,
  },
  influences: {
    label: t("influences"),
    asks: [theirs, theirs, () => WEIGHTS.map((one) => [one, percent(one)])],
    made: ([who, whom, weight]) => ({ kind: "edge", edge: "influences", source_id: who, target_id: whom, fields: { weight: Number(weight) } }),
    said: ([who, whom, weight]) => `${nameOf(who)} → ${nameOf(whom)} ${percent(weight)}`,
  },
});

let members = [];
const isOurs = (id) => labelOf("members", id, null) !== null;
const nameOf = (id) => (isOurs(id) ? labelOf("members", id) : labelOf("contacts", id, map.panel.nameOf(id)));
const ours = () => members.map(({ id, label }) => [id, label]);
const theirs = () => map.view.tables.people.filter(({ left, kind }) => !left && kind !== "ours" && kind !== "rival").map(({ id, name }) => [id, name]);
const everybody = () => [...ours(), ...theirs()];
const dealName = (id) => [...byId("opportunity").options].find(({ value }) => value === id)?.textContent ?? id;
const deals = () => {
  const chosen = query.get("opportunity_id");
  const rows = page.opportunities.map(({ id }) => [id, dealName(id)]);
  return chosen ? rows.filter(([id]) => id === chosen) : rows;
};

/** The changes of the address: [kind, who, …]. Neither sign stands in an id. */
const assumed = () => (query.get("if") ?? "").split(",").filter(Boolean).map((one) => one.split("~")).filter(([kind]) => kind in KINDS());

function assume(changes) {
  remember("if", changes.map((one) => one.join("~")).join(","));
  showChips();
  lookAgain();
}

const option = ([value, label]) => el("option", { value }, label);

/** People of a large account are not all in the view: they are searched for. */
const isLarge = () => Boolean(map.view.tables.groups);

/** A field of a change: {element, read}. `give` gives its options; people of a large account are typed. */
function fieldOf(give, label, name, chosen = null) {
  if (isLarge() && (give === everybody || give === theirs)) {
    const of = give === everybody ? ["contacts", "members"] : "contacts";
    const picker = new Picker({ of, many: false, chosen: chosen ? [chosen] : [], id: `lens-${name}`, labelled: `lens-${name}-label`, words: label });
    picker.element.prepend(el("span", { class: "unseen", id: `lens-${name}-label` }, label));
    picker.input.setAttribute("aria-labelledby", `lens-${name}-label`);
    return { element: picker.element, read: () => picker.read() };
  }
  const list = el("select", { "aria-label": label, class: name === "who" ? "lens-who" : null }, give().map(option));
  if ([...list.options].some(({ value }) => value === chosen)) list.value = chosen;
  return { element: list, read: () => list.value };
}

export function bar(begin) {
  const kinds = KINDS();
  const first = el("span", { class: "lens-fields" });
  const rest = el("span", { class: "lens-fields" });
  const kind = el("select", { "aria-label": t("What happens"), onchange: () => ask() }, Object.entries(kinds).map(([value, { label }]) => option([value, label])));
  let fields = [];
  function ask(chosen = fields[0]?.read()) {
    const [give, ...others] = kinds[kind.value].asks;
    const labels = { tie: [t("Whom"), t("How well")], attitude: [t("Attitude"), t("Opportunity")], influences: [t("Whom"), t("Weight")], leave: [] };
    const more = others.map((one, at) => fieldOf(one, labels[kind.value][at], `more-${at}`));
    fields = [fieldOf(give, t("Who"), "who", chosen), ...more];
    first.replaceChildren(fields[0].element);
    rest.replaceChildren(...more.map(({ element }) => element));
  }
  const add = el("button", { type: "button", class: "primary", onclick: added }, t("Add"));
  function added() {
    const values = fields.map((field) => field.read());
    if (values.every(Boolean)) {
      assume([...assumed(), [kind.value, ...values]]);
      if (isLarge()) ask(null);
    } else fields[values.findIndex((value) => !value)].element.querySelector("input")?.focus();
  }
  ask(begin?.who);
  choices("members", "").then((found) => {
    members = found;
    if (!isLarge() || kind.value === "tie") ask(begin?.who); // what is being typed stays
    showChips();
  });
  queueMicrotask(showChips);
  return [el("b", {}, t("What if")), first, kind, rest, add, el("ul", { id: "assumed", class: "chips" }), el("span", { class: "note" }, t("Nothing is saved; the link shows the same."))];
}

function showChips() {
  const place = byId("assumed");
  const kinds = KINDS();
  place?.replaceChildren(
    ...assumed().map((one, at, all) => {
      const said = kinds[one[0]].said(one.slice(1));
      return el("li", {}, said, el("button", { type: "button", "aria-label": t("Take back: {what}", { what: said }), onclick: () => assume(all.filter((_, place) => place !== at)) }, "×"));
    }),
  );
}

export const asks = () => (assumed().length ? { if: query.get("if") } : null);

export async function look() {
  if (!members.length) members = await choices("members", "");
  const changes = assumed();
  await learn(changes.flatMap(([kind, who, whom]) => (kind === "attitude" ? [who] : [who, whom])));
  showChips();
  const kinds = KINDS();
  const asked = { changes: changes.map(([kind, ...rest]) => kinds[kind].made(rest)), answers: ANSWERS, limit: 200 };
  for (const name of ["opportunity_id", "step", "on", "as_of"]) if (query.get(name)) asked[name] = query.get(name);
  const place = `/api/v1/accounts/${encodeURIComponent(page.account.id)}/what-if`;
  const { body } = await send("POST", place, asked);
  const moved = body.moved.filter(({ answer }) => answer !== "forecast").flatMap(({ ids }) => ids);
  await learn([...moved, ...[body.before, body.after].flatMap(({ forecast }) => forecast.vetoes)]);
  return told(body);
}

/** Learns the names of people of a large account, who are not all in the view. */
const learn = (ids) => learnLabels("contacts", [...new Set(ids)].filter((id) => id && !isOurs(id) && !map.panel.people.has(id)).slice(0, LEARNT));

function told({ before, after, moved }) {
  const by = (name) => moved.filter(({ answer }) => answer === name);
  const value = (one) => (one === null ? "–" : percent(one));
  const ranks = ranked(before.influencers.items, after.influencers.items);
  const chains = by("chains");
  const rooms = [before, after].map(({ forecast: { room } }) => room);
  const vetoes = [before, after].map(({ forecast: { vetoes: who } }) => who.map(nameOf).join(separator) || "–");
  const both = (one, other, form) => [form(one), form(other)].join(" → ");
  const room = lines([
    [t("for us"), both(rooms[0].for_us, rooms[1].for_us, percent)],
    [t("undecided"), both(rooms[0].undecided, rooms[1].undecided, percent)],
    [t("against us"), both(rooms[0].against_us, rooms[1].against_us, percent)],
    [t("Veto"), vetoes[0] === vetoes[1] ? vetoes[0] : vetoes.join(" → ")],
  ]);
  const chain = lines(chains.map(({ ids, before: was, after: is }) => [map.panel.link(ids.at(-1), nameOf(ids.at(-1))), both(was, is, value)]));
  const rank = lines(ranks.slice(0, SHORT).map(({ id, was, is }) => [map.panel.link(id, nameOf(id)), `#${was} → #${is}`]));
  const ties = by("coverage").slice(0, SHORT).map(({ ids, before: was, after: is }) => [ids.map(nameOf).join(" – "), both(was, is, (one) => (one === null ? "–" : whole(one)))]);
  const shape = [t("Shape, bow-tie to diamond"), both(before.coverage.shape, after.coverage.shape, (one) => (one === null ? "–" : one.toFixed(2)))];
  const none = () => note(t("Nothing moves."));
  return {
    sections: [
      el("h2", { class: "panel-title" }, t("What if")),
      note(t("Before → after; nothing is saved.")),
      section(t("Forecast"), room),
      section(t("Decision chains"), chain ?? none()),
      section(t("Key influencers"), rank ?? none()),
      section(t("Coverage"), lines([shape, ...ties])),
    ],
    says: t("What if: for us {before} → {after}", { before: percent(rooms[0].for_us), after: percent(rooms[1].for_us) }),
  };
}

/** Who of the first moves to another rank, the largest moves first. */
function ranked(before, after) {
  const was = new Map(before.map(({ contact_id: id, rank }) => [id, rank]));
  return after
    .map(({ contact_id: id, rank }) => ({ id, was: was.get(id), is: rank }))
    .filter(({ was: from, is }) => from && from !== is && Math.min(from, is) <= FIRST)
    .sort((one, other) => Math.abs(other.was - other.is) - Math.abs(one.was - one.is) || one.is - other.is);
}

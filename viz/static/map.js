// A map page: asks for the view, draws it, and joins legend, search, panel, tables and keys around it.
import { forget } from "./answers.js";
import { ask } from "./api.js";
import { carry, FOLDED, query, remember, turnTo, viewAddress, whenAddressTurns } from "./address.js";
import { byId, el } from "./dom.js";
import { Drag } from "./drag.js";
import { showFields, whenFieldsChange } from "./fields.js";
import { Hint, spoken } from "./hint.js";
import { listenToKeys } from "./keyboard.js";
import { Legend } from "./legend.js";
import { chooseBoss, drawLine, editNode, mayEdit, noLine, notOnGroups } from "./map_editing.js";
import { Panel } from "./panel.js";
import { pressMenu } from "./press.js";
import { Search, seatOf } from "./search.js";
import { Shown } from "./shown.js";
import { SidePanels } from "./sides.js";
import { Stage } from "./stage.js";
import { Tables } from "./tables.js";
import { page, t, tn, word } from "./texts.js";
import { useThemes, whenSurroundingsChange } from "./theme.js";
import { failed } from "./undo.js";

const WIDE = window.matchMedia("(min-width: 1501px)");
/** A chart needs the width for its cards: unfolded, they are then large enough to say all they have to say. */
const ROOM_BESIDE = page.view === "org-chart" ? window.matchMedia("(min-width: 2401px)") : WIDE;
const ROOM_FOR = 80;
const READABLE = 0.42;
let crowded = false;

const roomy = () => WIDE.matches && page.people <= ROOM_FOR && !crowded;

const shown = new Shown();
const live = byId("live");
const message = byId("map-message");
const sides = new SidePanels(ROOM_BESIDE);
const stage = new Stage(byId("map"), shown, { pick: (id) => pick(id), pickTie, fold, point });
stage.covered = () => sides.covered();
const hint = new Hint(byId("hint"), stage);
const panel = new Panel(byId("panel-body"), { go: (id) => pick(id), focus, fold, edit: editNode, move: (id) => chooseBoss(panel.people, id), think: (who) => throughLens("if", { who }), may: mayEdit });
const drag = new Drag(stage, shown, {
  may: () => Boolean(moving) && mayEdit(),
  pick: (id) => pick(id),
  below: (id) => moving.below(panel.people, id),
  refusal: (id, other, line) => notOnGroups(stage.byId.get(other)) ?? (line ? noLine(id, stage.byId.get(other)) : moving.refusal(panel.people, id, other)),
  drop: (id, other, line) => (line ? drawLine(stage.byId.get(id), other) : moving.moveUnder(panel.people, id, other)),
  refuse: failed,
  draw: (id) => drawLine(stage.byId.get(id)),
  menu: (node, at) => pressMenu(stage.element, at, node, panel),
});
const legend = new Legend([byId("legend"), byId("legend-strip")], shown, () => stage.redraw());
const tables = new Tables(byId("tables"), (id) => toMap(() => pick(id)), (id) => toMap(() => pickTie(id)));
const search = new Search(byId("search"), byId("found"), live, (id) => {
  byId("map").focus();
  pick(id, { closer: true });
});
function toMap(act) {
  byId("map").scrollIntoView({ block: "nearest" });
  act();
}

let view = null;
let asking = null;
let moving = null;
/** The tie in the panel, which stays there when the map is drawn anew. */
let pickedTie = null;
/** The group in the panel, and the person to whom the way was asked for last. */
let pickedGroup = null;
let sought = null;
let lens = null;
/** What of the address a lens looks by. */
const LENSES = ["if", "since", "known"];
const whenIdle = (work) =>
  window.requestIdleCallback ? requestIdleCallback(work, { timeout: 500 }) : setTimeout(work, 50);

/** Loads the view the address names and draws it; `steady` keeps place and zoom, `bring` is somebody to open the way to. */
async function load(steady = false, bring = null) {
  asking?.abort();
  asking = new AbortController();
  const { signal } = asking;
  byId("map").setAttribute("aria-busy", "true");
  if (!view) say(t("Drawing the map…"));
  try {
    const waiting = () => say(t("A large account: the service is still working on its map…"));
    const found = await ask(viewAddress("", roomy(), bring), signal, waiting);
    await document.fonts.ready;
    if (!signal.aborted) await draw(found, steady);
  } catch (error) {
    if (error.name === "AbortError") return;
    if (bring && error.status === 422) await load(steady); // nobody of this account who may be named
    else fail(error);
  } finally {
    if (!signal.aborted) byId("map").removeAttribute("aria-busy");
  }
}

async function draw(found, steady) {
  if (found.tables.groups ? await openFor(query.get("contact"), found, steady) : unfoldFor(query.get("contact"), found)) {
    if (!found.tables.groups) await load(steady);
    return;
  }
  if (!query.get("unfold") && roomy() && stage.scaleFor(found.bounds) < READABLE) {
    crowded = true;
    await load(steady);
    return;
  }
  const first = !view;
  view = found;
  useThemes(view.theme);
  shown.index(view);
  panel.use(view);
  search.people = view.tables.people;
  search.remote = isGrouped();
  say(view.nodes.length ? null : t("Nobody is on this map yet. Import people and ties, or choose another day."));
  if (view.nodes.length) stage.show(view, steady);
  legend.show(view);
  for (const link of document.querySelectorAll("a[data-file]")) link.href = viewAddress(link.dataset.file, roomy());
  byId("subtitle").textContent = view.texts.subtitle ?? "";
  byId("subtitle").title = view.texts.subtitle ?? "";
  byId("all-people").hidden = !isGrouped();
  byId("unfold-all").hidden = isGrouped() || !view.nodes.some((node) => node.fold && !node.fold.open);
  byId("fold-all").hidden = !view.nodes.some((node) => node.fold?.open);
  if (view.nodes.length) restorePick();
  if (first && shown.selected) pick(shown.selected);
  carry();
  whenIdle(() => tables.show(view.tables));
  if (lens || LENSES.some((name) => query.has(name))) throughLens();
  document.documentElement.dataset.ready = view.version;
  document.dispatchEvent(new Event("drawn"));
}

/** Whether the account is so large that its people stand in groups. */
const isGrouped = () => Boolean(view?.tables.groups);

/** Opens the way to somebody looked at who stands in a closed group: asks for the view once more. What stands open then
 * is noted in the address. False if the view can be drawn. */
async function openFor(contact, { nodes, summary }, steady) {
  if (summary.refused.length) failed(t("The map is full: close a group before you open another."));
  const there = nodes.some((node) => node.id === contact);
  if (contact && !there && sought !== contact) {
    sought = contact;
    await load(steady, contact);
    return true;
  }
  if (sought || summary.refused.length) unfold(summary.opened);
  sought = null;
  return false;
}

/** Asks to unfold the department of somebody looked at; false if he is on the map, or cannot be. */
function unfoldFor(contact, { nodes, tables: { people } }) {
  const key =
    contact && !nodes.some((node) => node.id === contact) && people.find((person) => person.id === contact)?.fold_key;
  if (!key || unfolded().includes(key)) return false;
  unfold([...unfolded(), key]);
  return true;
}

function restorePick() {
  const contact = query.get("contact");
  if (pickedTie && tieOf(pickedTie)) {
    showTie(pickedTie);
    return;
  }
  const wanted = contact ?? pickedGroup;
  shown.tie = null;
  shown.selected = wanted && stage.byId.has(wanted) ? wanted : null;
  if (shown.selected) panel.showPerson(wanted);
  else panel.showOverview();
  stage.redraw();
}

function say(text) {
  message.hidden = !text;
  message.replaceChildren(...(text ? [el("p", {}, text)] : []));
}

function fail(error) {
  const again = el("button", { type: "button", onclick: () => load() }, t("Try again"));
  message.hidden = false;
  message.replaceChildren(el("p", { role: "alert" }, error.message), again);
}

/** Picks a person by id, or nobody. Somebody folded away is unfolded first. `opening`: also open the panel. */
function pick(id, { closer = false, opening = true } = {}) {
  hint.hide();
  if (id && !stage.byId.has(id)) {
    bringIn(id);
    return;
  }
  shown.selected = id;
  shown.tie = null;
  pickedTie = null;
  pickedGroup = stage.byId.get(id)?.kind === "group" ? id : null;
  remember("contact", pickedGroup ? null : id);
  if (id) {
    panel.showPerson(id);
    if (opening) sides.openPanel();
    stage.reveal(id, sides.covered(), closer);
    if (closer) stage.pulse(id);
    live.textContent = spoken(stage.byId.get(id), shown.ties.get(id).length);
  } else {
    shown.focusOn(null);
    panel.showOverview();
  }
  stage.redraw();
}

/** Whoever is picked stands beside the panel, not behind it. */
function keepInSight() {
  if (shown.selected) stage.reveal(shown.selected, sides.covered());
}

async function bringIn(id) {
  pickedTie = null;
  remember("contact", id);
  await load(!isGrouped());
  if (stage.byId.has(id)) pick(id, { closer: true });
  else if (panel.people.has(id)) {
    panel.showPerson(id);
    sides.openPanel();
    live.textContent = t("{name} is not on this map", { name: panel.nameOf(id) });
  } else failed(t("{name} is not on this map", { name: id }));
}

/** A tie as it is drawn, else as the table has it. */
function tieOf(edgeId) {
  const drawn = view.edges.find((one) => one.id === edgeId && !shown.edgeLook(one).gone);
  return drawn ?? view.tables.ties.find((one) => one.id === edgeId);
}

function pickTie(edgeId) {
  if (!tieOf(edgeId)) return;
  pickedTie = edgeId;
  remember("contact", null);
  showTie(edgeId);
  sides.openPanel();
}

function showTie(edgeId) {
  const edge = tieOf(edgeId);
  shown.selected = null;
  shown.tie = view.edges.includes(edge) ? edgeId : null;
  panel.showTie(edge);
  stage.redraw();
}

/** The keys that stand unfolded now, `all` spelled out. */
function unfolded() {
  const said = query.get("unfold") || "";
  if (isGrouped() && said !== FOLDED) return view.summary.opened;
  if (said === "all" || (!said && roomy()))
    return (view?.nodes ?? []).filter((node) => node.fold?.open).map((node) => node.fold.key);
  return said === FOLDED ? [] : said.split(",").filter(Boolean);
}

const unfold = (keys, step = false) => remember("unfold", [...new Set(keys)].join(",") || FOLDED, step);

/** Opens a head or a group, or shuts it; a group shuts with all in it, and "back" takes either back. */
function fold({ fold: { key, open } }) {
  const within = open && isGrouped() ? inside(key) : new Set([key]);
  const contact = query.get("contact");
  const keys = open ? unfolded().filter((one) => !within.has(one)) : [...unfolded(), key];
  unfold(keys, isGrouped());
  if (open && within.has(view.tables.people.find(({ id }) => id === contact)?.fold_key)) remember("contact", null);
  load(!isGrouped()).then(() => byId("map").focus());
}

/** The keys of a group and of all open ones in it. */
function inside(key) {
  const found = new Set([key]);
  for (const { id, parent } of view.tables.groups) if (found.has(parent)) found.add(id);
  return found;
}

function point(id) {
  drag.hover(id);
  byId("map").classList.toggle("pointing", id !== null);
  if (id === null) hint.hide();
  else hint.show(stage.byId.get(id), seatOf(stage.byId.get(id)));
}

function focus(id) {
  const off = shown.focus === id;
  shown.focusOn(off ? null : id);
  stage.redraw();
  live.textContent = off
    ? t("All people shown")
    : t("Only {name} and direct ties; + and − widen and narrow", { name: stage.byId.get(id).name });
}

function widen(by) {
  shown.focusOn(shown.focus, Math.max(1, shown.degrees + by));
  stage.redraw();
  live.textContent = tn("{count} step from {name}", "{count} steps from {name}", shown.degrees, {
    name: stage.byId.get(shown.focus).name,
  });
}

function close() {
  if (shown.focus) {
    shown.focusOn(null);
    stage.redraw();
  } else if (shown.only) {
    legend.clear();
    stage.redraw();
  } else pick(null);
}

/** Looks at the map through the lens that is open or that the address names, or opens one. */
async function throughLens(name = null, begin = {}) {
  lens = await import("./lens.js");
  await (name ? lens.open(name, begin) : lens.look());
}

/** Shows a saved view in place of what is shown; it may be of the other map. */
async function showSaved({ id, view: kind, query: said, pins }) {
  turnTo(kind, { ...said, saved: id });
  page.title = word("view", kind);
  Object.assign(shown, { pins: { ...pins }, hidden: new Set((said.hide ?? "").split(",").filter(Boolean)), only: null });
  shown.focusOn(null);
  showFields();
  pickedTie = null;
  crowded = false;
  await load();
  await lens?.turned();
}

async function newPerson() {
  const made = await (await import("./new_person.js")).newPerson();
  if (made) pick(made, { closer: true });
}

listenToKeys(byId("map"), stage, shown, {
  edit: editNode,
  editTie: async () => {
    const edge = view.edges.find(({ id }) => id === shown.tie);
    if (edge && !edge.bundle && mayEdit()) (await import("./person_tools.js")).editTie(edge);
  },
  line: (node) => mayEdit() && drawLine(node),
  focus,
  widen,
  close,
  fold,
  pick: (id) => pick(id, { opening: false }),
  open: () => {
    sides.openPanel();
    keepInSight();
    byId("panel").focus();
  },
});
byId("panel").addEventListener("keydown", (event) => event.key === "Escape" && byId("map").focus());
byId("toggle-panel").addEventListener("click", keepInSight);
byId("unfold-all").addEventListener("click", () => {
  remember("unfold", "all");
  load();
});
byId("fold-all").addEventListener("click", () => {
  remember("contact", null);
  unfold([]);
  load();
});
whenFieldsChange((name) => load(name === "step"));
whenSurroundingsChange(() => {
  stage.redraw();
  legend.show(view);
});
byId("new-person").addEventListener("click", newPerson);
whenIdle(async () => {
  moving = await import("./moving.js");
  byId("new-person").hidden = !mayEdit();
  if (view) stage.redraw();
  import("./saved_views.js");
});
document.addEventListener("saved", () => {
  forget();
  load(true);
});
whenAddressTurns(() => {
  showFields();
  shown.hidden = new Set((query.get("hide") ?? "").split(",").filter(Boolean));
  load();
});
showFields();
for (const button of document.querySelectorAll("[data-lens]"))
  button.addEventListener("click", () => {
    button.closest("details").open = false;
    throughLens(button.dataset.lens, {});
  });

/** What lenses, saved views and pictures work with. */
export const map = { stage, shown, panel, sides, live, roomy, through: null, turnTo: showSaved, get view() { return view; } };

const saved = query.get("saved");
if (saved)
  ask(`/api/v1/saved-views/${encodeURIComponent(saved)}`)
    .then(({ pins }) => (shown.pins = pins), () => remember("saved", null))
    .then(() => load());
else load();

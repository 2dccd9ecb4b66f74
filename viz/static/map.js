// A map page: asks for the view, draws it, and joins legend, search, panel, tables and keys around it.
import { ask } from "./api.js";
import { carry, query, remember, viewAddress } from "./address.js";
import { byId, el } from "./dom.js";
import { Hint } from "./hint.js";
import { listenToKeys } from "./keyboard.js";
import { Legend } from "./legend.js";
import { Panel } from "./panel.js";
import { saveAs, wholeMap } from "./picture.js";
import { Search, seatOf } from "./search.js";
import { Shown } from "./shown.js";
import { SidePanels } from "./sides.js";
import { Stage } from "./stage.js";
import { Tables } from "./tables.js";
import { page, separator, t, tn, whole, word } from "./texts.js";
import { attitudeKey, useThemes, whenSurroundingsChange } from "./theme.js";

const WIDE = window.matchMedia("(min-width: 1501px)");

const shown = new Shown();
const live = byId("live");
const message = byId("map-message");
const sides = new SidePanels(WIDE);
const stage = new Stage(byId("map"), shown, { pick: (id) => pick(id), pickTie, fold, point });
const hint = new Hint(byId("hint"), stage);
const panel = new Panel(byId("panel-body"), (id) => pick(id));
const legend = new Legend([byId("legend"), byId("legend-strip")], shown, () => stage.redraw());
const tables = new Tables(byId("tables"), (id) => { byId("map").scrollIntoView({ block: "nearest" }); pick(id); });
const search = new Search(byId("search"), byId("found"), live, (id) => { byId("map").focus(); pick(id, { closer: true }); });
let view = null;
let asking = null;

/** Loads the view the address names and draws it; `steady` keeps place and zoom. */
async function load(steady = false) {
  asking?.abort();
  asking = new AbortController();
  const { signal } = asking;
  byId("map").setAttribute("aria-busy", "true");
  if (!view) say(t("Drawing the map…"));
  try {
    const found = await ask(viewAddress(), signal);
    await document.fonts.ready;
    if (!signal.aborted) draw(found, steady);
  } catch (error) {
    if (error.name !== "AbortError") fail(error);
  } finally {
    if (!signal.aborted) byId("map").removeAttribute("aria-busy");
  }
}

function draw(found, steady) {
  view = found;
  useThemes(view.theme);
  shown.index(view);
  panel.use(view);
  search.people = view.tables.people;
  say(view.nodes.length ? null : t("Nobody is on this map yet. Import people and ties, or choose another day."));
  stage.show(view, steady);
  legend.show(view);
  byId("svg").href = viewAddress(".svg");
  byId("subtitle").textContent = view.texts.subtitle ?? "";
  byId("unfold-all").hidden = !view.nodes.some((node) => node.fold && !node.fold.open);
  byId("fold-all").hidden = !query.get("unfold");
  restorePick();
  carry();
  document.documentElement.dataset.ready = view.version;
  requestIdleCallback(() => tables.show(view.tables), { timeout: 500 });
}

function restorePick() {
  const contact = query.get("contact");
  if (contact && stage.byId.has(contact)) {
    shown.selected = contact;
    panel.showPerson(contact);
    stage.redraw();
  } else {
    shown.selected = null;
    panel.showOverview();
  }
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
  remember("contact", id);
  if (id) {
    panel.showPerson(id);
    if (opening) sides.openPanel();
    stage.reveal(id, sides.covered(), closer);
    live.textContent = spoken(stage.byId.get(id));
  } else {
    shown.focusOn(null);
    panel.showOverview();
  }
  stage.redraw();
}

async function bringIn(id) {
  const row = view.tables.people.find((person) => person.id === id);
  if (!row?.fold_key) return;
  remember("contact", id);
  unfold([...unfolded(), row.fold_key]);
  await load(true);
  if (stage.byId.has(id)) pick(id, { closer: true });
}

function pickTie(edgeId) {
  const edge = view.edges.find((one) => one.id === edgeId);
  if (!edge) return;
  shown.selected = null;
  remember("contact", null);
  panel.showTie(edge);
  sides.openPanel();
  stage.redraw();
}

function spoken(node) {
  const ties = shown.ties.get(node.id).length;
  const parts = [node.name, node.job, node.department_name];
  if (node.kind === "card" || node.kind === "person") {
    parts.push(attitudeKey(node.attitude) === "unknown" ? t("attitude unknown") : word("attitude", node.attitude));
    parts.push(node.met ? t("strength {points}", { points: whole(node.strength ?? 0) }) : t("not met"));
    if (node.rank) parts.push(t("rank {rank}", { rank: node.rank }));
  }
  parts.push(tn("{count} tie", "{count} ties", ties));
  return parts.filter(Boolean).join(separator);
}

const unfolded = () => (query.get("unfold") || "").split(",").filter(Boolean);

function unfold(keys) {
  remember("unfold", [...new Set(keys)].join(","));
}

function fold(node) {
  const { key, open } = node.fold;
  if (open && query.get("unfold") === "all") unfold(view.nodes.filter((one) => one.fold?.open && one.fold.key !== key).map((one) => one.fold.key));
  else unfold(open ? unfolded().filter((one) => one !== key) : [...unfolded(), key]);
  load(true).then(() => byId("map").focus());
}

function point(id) {
  byId("map").classList.toggle("pointing", id !== null);
  if (id === null) hint.hide();
  else hint.show(stage.byId.get(id), seatOf(stage.byId.get(id)));
}

function focus(id) {
  const off = shown.focus === id;
  shown.focusOn(off ? null : id);
  stage.redraw();
  live.textContent = off ? t("All people shown") : t("Only {name} and direct ties; + and − widen and narrow", { name: stage.byId.get(id).name });
}

function widen(by) {
  shown.focusOn(shown.focus, Math.max(1, shown.degrees + by));
  stage.redraw();
  live.textContent = tn("{count} step from {name}", "{count} steps from {name}", shown.degrees, { name: stage.byId.get(shown.focus).name });
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

async function savePicture() {
  const button = byId("png");
  button.disabled = true;
  try {
    const blob = await wholeMap(view, shown, `${page.account.name} · ${page.title}`, byId("facts").textContent.trim());
    saveAs(blob, `${page.account.id}-${page.view}.png`);
  } finally {
    button.disabled = false;
  }
}

function onChange(id, name, also = () => {}) {
  byId(id).addEventListener("change", (event) => {
    remember(name, event.target.value);
    also(event.target);
    load();
  });
}

function showStage() {
  const chosen = page.opportunities.find((one) => one.id === byId("opportunity").value);
  byId("stage").textContent = chosen ? t("our stage: {stage}", { stage: word("stage", chosen.stage) }) : "";
  const own = byId("step").options[0];
  own.textContent = chosen ? t("its own: {step}", { step: word("step", chosen.step) }) : t("no step");
}

listenToKeys(byId("map"), stage, shown, {
  focus, widen, close, fold,
  pick: (id) => pick(id, { opening: false }),
  open: () => { sides.openPanel(); byId("panel").focus(); },
  zoomBy: (factor) => stage.zoomBy(factor),
  fit: () => stage.fit(),
  actualSize: () => stage.actualSize(),
});
byId("panel").addEventListener("keydown", (event) => event.key === "Escape" && byId("map").focus());
byId("zoom-in").addEventListener("click", () => stage.zoomBy(1.25));
byId("zoom-out").addEventListener("click", () => stage.zoomBy(0.8));
byId("zoom-fit").addEventListener("click", () => stage.fit());
byId("zoom-one").addEventListener("click", () => stage.actualSize());
byId("png").addEventListener("click", savePicture);
byId("print").addEventListener("click", () => window.print());
byId("unfold-all").addEventListener("click", () => { remember("unfold", "all"); load(); });
byId("fold-all").addEventListener("click", () => { remember("unfold", null); load(); });
onChange("opportunity", "opportunity_id", showStage);
onChange("step", "step");
onChange("on", "on");
whenSurroundingsChange(() => { stage.redraw(); legend.show(view); });
showStage();
load();

// A lens over the map, one at a time: a bar above it, signs on people and ties, what it found in the panel.
import { query, remember, viewAddress } from "./address.js";
import { ask } from "./api.js";
import { foldChip } from "./card.js";
import { byId, el } from "./dom.js";
import { note } from "./facts.js";
import { spotOf } from "./ground.js";
import { map } from "./map.js";
import { pill } from "./marks.js";
import { colours } from "./theme.js";
import { t } from "./texts.js";

/** A lens: `bar(begin)` gives what stands in its bar, `asks()` what the service is asked for signs and files (null:
 * nothing yet), `look(seeing)` what it says, also of what is seen (a promise): {sections, says}. */
const LENSES = { steps: "./steps.js", if: "./what_if.js", since: "./then.js" };
const NAMES = ["if", "since", "known"];
const NOTHING = { people: {}, ties: {}, folded: {}, lines: [], title: "", says: "" };

const bar = byId("lens");
let name = null;
let lens = null;
let found = NOTHING;
let turn = 0;
/** What was asked last of what the panel has shown. */
let answered = null;

map.stage.overlays.push((context) => draw(context, { view: map.view, scale: map.stage.scale, placeOf: (id) => map.stage.placeOf(id) }));
const named = () => (query.has("if") ? "if" : NAMES.some((one) => query.has(one)) ? "since" : null);

/** Opens a lens in place of another; null closes it. `begin` is for its bar. */
export async function open(wanted, begin = null) {
  name = wanted;
  document.body.dataset.lens = wanted ?? "";
  const own = { if: ["if"], since: ["since", "known"] }[wanted] ?? [];
  for (const one of NAMES) if (!own.includes(one)) remember(one, null);
  if (!wanted) {
    lens = null;
    bar.hidden = true;
    bar.replaceChildren();
    return look();
  }
  lens = await import(LENSES[wanted]);
  const close = el("button", { type: "button", class: "lens-close", "aria-label": t("Close the lens"), onclick: () => open(null) }, "×");
  bar.replaceChildren(...lens.bar(begin), el("span", { class: "spring" }), close);
  bar.hidden = false;
  if (begin) bar.querySelector("select, input").focus();
  return look();
}

/** Looks anew at what is drawn, through the lens that is open or that the address names. */
export async function look() {
  const wanted = named();
  if (wanted && wanted !== name) return open(wanted);
  turn += 1;
  const mine = turn;
  let seen = NOTHING;
  let told = { sections: [], says: "" };
  const asked = lens?.asks() ?? null;
  try {
    if (asked) {
      const seeing = ask(throughAddress(asked)).then((view) => view.lens);
      [seen, told] = await Promise.all([seeing, lens.look(seeing)]);
    }
  } catch (error) {
    seen = NOTHING;
    told = { sections: [note(error.message)], says: error.message };
  }
  if (mine !== turn || (!lens && found === NOTHING)) return;
  if (told.sections.length && !map.panel.extra.length) {
    map.sides.openPanel();
    if (map.stage.atFit) map.stage.fit(false);
  }
  found = seen;
  map.through = asked && { asked, says: seen.title && t("{kind}: {name}", { kind: seen.title, name: seen.says }), draw };
  map.panel.extra = told.sections.filter(Boolean);
  const question = asked && `${JSON.stringify(asked)} ${query.get("step")}`;
  if (question !== answered || !(map.shown.selected || map.shown.tie)) map.panel.showOverview(); // an answer is seen, whoever is picked
  answered = question;
  map.live.textContent = told.says;
  bar.dataset.says = told.says;
  map.stage.redraw();
  document.dispatchEvent(new Event("looked"));
}

/** Another view was turned to: its lens opens, or none. */
export const turned = () => (named() === name ? look() : open(named()));

/** Whether a person's name stands at the left, so that the sign has to be at the right. */
const beside = ({ label }) => label?.align === "right";

/** The view once more, with what the lens sees. */
function throughAddress(asked) {
  const place = new URL(viewAddress("", map.roomy()), location.href);
  for (const [name, value] of Object.entries(asked)) place.searchParams.set(name, value);
  return place.pathname + place.search;
}

/** Draws the signs over a drawing, on screen or in a picture: `placeOf` gives where a mark is, `scale` its size. */
function draw(context, { view, scale, placeOf }) {
  const large = Math.max(1, ...view.nodes.map(({ label }) => label?.grown ?? 1)); // labels grown for the whole map's sake
  const height = Math.max(22 * large, 17 / scale);
  const byId = new Map(view.nodes.map((node) => [node.id, node]));
  const sign = ({ text, tone }, x, y, fromRight = false) => pill(context, text, x, y, { size: height * 0.66, height, colour: colours().sign[tone], weight: 700, fromRight });
  drawThought(context, byId, placeOf);
  for (const edge of view.edges) {
    const mark = found.ties[edge.id];
    if (!mark || map.shown.edgeLook(edge).gone) continue;
    const spot = spotOf(edge, placeOf);
    sign(mark, spot.x - height * 0.6, spot.y - height / 2);
  }
  for (const node of view.nodes) {
    const [own, below] = [found.people[node.id], found.folded[node.id]];
    if ((!own && !below) || !map.shown.isThere(node)) continue;
    const { x, y } = placeOf(node.id);
    const low = y + node.h / 2 - height * 0.45;
    if (!node.w) sign(own ?? below, x + (beside(node) ? node.r : -node.r) * 0.55, y - height * 0.3, !beside(node));
    else if (node.kind === "group") sign(below, x - node.w / 2, low);
    else {
      const chip = below && foldChip(context, node, x, y, scale);
      if (below) sign(below, chip.left - 4, chip.top + (chip.height - height) / 2, true);
      if (own) sign(own, x - node.w / 2 - height * 0.4, below ? y - node.h / 2 - height * 0.7 : low + height * 0.3);
    }
  }
}

/** Ties that are only thought of. */
function drawThought(context, byId, placeOf) {
  for (const [from, to] of found.lines) {
    if (!byId.has(from) || !byId.has(to)) continue;
    const [start, end] = [placeOf(from), placeOf(to)];
    context.setLineDash([10, 7]);
    context.lineWidth = 4;
    context.strokeStyle = colours().accent;
    context.beginPath();
    context.moveTo(start.x, start.y);
    context.lineTo(end.x, end.y);
    context.stroke();
    context.setLineDash([]);
  }
}

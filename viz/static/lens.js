// A lens over the map, one at a time: a bar above it, marks on people and ties, what it found in the panel.
import { query, remember } from "./address.js";
import { byId, el } from "./dom.js";
import { note } from "./facts.js";
import { spotOf } from "./ground.js";
import { map } from "./map.js";
import { pill } from "./marks.js";
import { colours } from "./theme.js";
import { t } from "./texts.js";

/** A lens: `bar(begin)` gives what stands in its bar, `look(view)` what it finds. */
const LENSES = { steps: "./steps.js", if: "./what_if.js", since: "./then.js" };
const NAMES = ["if", "since", "known"];
const TONES = { up: ["#00695c", "#fff"], down: ["#a8380a", "#fff"], other: ["#0b5cad", "#fff"] };
const NOTHING = { people: new Map(), ties: new Map(), lines: [], sections: [], says: "" };

const bar = byId("lens");
let name = null;
let lens = null;
let found = NOTHING;
let turn = 0;

map.stage.overlays.push(draw);
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
  try {
    seen = (await lens?.look(map.view)) ?? NOTHING;
  } catch (error) {
    seen = { ...NOTHING, sections: [note(error.message)], says: error.message };
  }
  if (mine !== turn || (!lens && found === NOTHING)) return;
  if (seen.sections.length && !map.panel.extra.length) {
    map.sides.openPanel();
    if (map.stage.atFit) map.stage.fit(false);
  }
  found = seen === NOTHING ? seen : { ...NOTHING, ...seen };
  map.panel.extra = found.sections.filter(Boolean);
  if (!map.shown.selected && !map.shown.tie) map.panel.showOverview();
  map.live.textContent = found.says;
  bar.dataset.says = found.says;
  map.stage.redraw();
  document.dispatchEvent(new Event("looked"));
}

/** Another view was turned to: its lens opens, or none. */
export const turned = () => (named() === name ? look() : open(named()));

/** Whether a person's name stands at the left, so that the sign has to be at the right. */
const beside = ({ label }) => label?.align === "right";

function draw(context) {
  const { stage } = map;
  const height = Math.max(22, 17 / stage.scale);
  const placeOf = (id) => stage.placeOf(id);
  const sign = ({ text, tone }, x, y, fromRight = false) => pill(context, text, x, y, { size: height * 0.66, height, colour: TONES[tone], weight: 700, fromRight });
  for (const { from, to } of found.lines) {
    if (!stage.byId.has(from) || !stage.byId.has(to)) continue;
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
  for (const edge of map.view.edges) {
    const mark = found.ties.get(edge.id);
    if (!mark || map.shown.edgeLook(edge).gone) continue;
    const spot = spotOf(edge, placeOf);
    sign(mark, spot.x - height * 0.6, spot.y - height / 2);
  }
  for (const [id, mark] of found.people) {
    const node = stage.byId.get(id);
    if (!node || !map.shown.isThere(node)) continue;
    const { x, y } = placeOf(id);
    if (node.w) sign(mark, x - node.w / 2, y + node.h / 2 - height * 0.45);
    else sign(mark, x + (beside(node) ? node.r : -node.r) * 0.55, y - height * 0.3, !beside(node));
  }
}

// The map by keyboard: arrows go to the nearest person in that direction, Enter opens, E edits, I draws a line, F focuses, + − 0 zoom.
import { byId } from "./dom.js";

const DIRECTIONS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
const SIDEWAYS = 2.2;
/** The mark that stands for all lesser groups together. */
const REST = "~rest";

/** The person nearest to `from` in a direction: the way along plus 2.2 times the way aside. Null at the rim. */
function nearest(nodes, from, [dx, dy]) {
  let best = null;
  let least = Infinity;
  for (const node of nodes) {
    const along = (node.x - from.x) * dx + (node.y - from.y) * dy;
    if (node.id === from.id || along < 8) continue;
    const aside = Math.abs((node.x - from.x) * dy) + Math.abs((node.y - from.y) * dx);
    const cost = along + SIDEWAYS * aside;
    if (cost < least) [best, least] = [node, cost];
  }
  return best;
}

/** Whom to begin with: the best ranked on the map, else the largest group of its own, else the first. */
function firstPerson(nodes) {
  const ranked = nodes.filter((node) => node.rank);
  const groups = nodes.filter((node) => node.kind === "group" && node.id !== REST);
  if (!ranked.length && groups.length) return groups.reduce((one, other) => (other.people > one.people ? other : one));
  return ranked.length ? ranked.reduce((one, other) => (other.rank < one.rank ? other : one)) : (nodes[0] ?? null);
}

/** Listens on the stage, and to the buttons that zoom. `act`: pick, open, edit, editTie, line, close, focus, widen, fold; each
 * says what it does. */
export function listenToKeys(element, stage, shown, act) {
  byId("zoom-in").addEventListener("click", () => stage.zoomBy(1.25));
  byId("zoom-out").addEventListener("click", () => stage.zoomBy(0.8));
  byId("zoom-fit").addEventListener("click", () => stage.fit());
  byId("zoom-one").addEventListener("click", () => stage.actualSize());
  element.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || !stage.view) return;
    if (handle(event, stage, shown, act)) event.preventDefault();
  });
}

function handle({ key }, stage, shown, act) {
  if (key in DIRECTIONS) {
    go(DIRECTIONS[key], stage, shown, act);
    return true;
  }
  const selected = shown.selected && stage.byId.get(shown.selected);
  switch (key) {
    case "Enter":
      if (selected) act.open();
      else act.pick(firstPerson(there(stage, shown))?.id ?? null);
      return true;
    case " ":
      if (selected?.fold) act.fold(selected);
      return true;
    case "f":
    case "F":
      if (selected) act.focus(selected.id);
      return true;
    case "e":
    case "E":
      if (selected) act.edit(selected);
      else if (shown.tie) act.editTie();
      return true;
    case "i":
    case "I":
      if (selected) act.line(selected);
      return true;
    case "Escape":
      act.close();
      return true;
    case "+":
    case "=":
      if (shown.focus) act.widen(1);
      else stage.zoomBy(1.25);
      return true;
    case "-":
      if (shown.focus) act.widen(-1);
      else stage.zoomBy(0.8);
      return true;
    case "0":
      stage.fit();
      return true;
    case "1":
      stage.actualSize();
      return true;
    default:
      return false;
  }
}

const there = (stage, shown) => stage.view.nodes.filter((node) => shown.isThere(node));

function go(direction, stage, shown, act) {
  const people = there(stage, shown);
  const from = shown.selected && stage.byId.get(shown.selected);
  const next = from ? nearest(people, from, direction) : firstPerson(people);
  if (next) act.pick(next.id);
}

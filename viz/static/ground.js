// What lies under and over the people: bands or department panels, reporting lines, the decision chain.
import { centredText, fitText, roundedBox } from "./marks.js";
import { colours, font } from "./theme.js";

const LEAST_NAME = 11.5;

/** Where a curved tie bends, for the same geometry as the drawing library's and the server's pictures. */
function bend(edge, from, to) {
  if (!edge.smooth) return { x: (from.x + to.x) / 2, y: (from.y + to.y) / 2 };
  const turn = edge.smooth.type === "curvedCCW" ? -1 : 1;
  const { roundness } = edge.smooth;
  const angle = Math.atan2(from.y - to.y, to.x - from.x) + ((turn * roundness + 1) / 2) * Math.PI;
  const reach = ((roundness + 1) / 2) * Math.hypot(to.x - from.x, to.y - from.y);
  return { x: from.x + reach * Math.sin(angle), y: from.y + reach * Math.cos(angle) };
}

const middle = (from, via, to) => ({
  x: 0.25 * from.x + 0.5 * via.x + 0.25 * to.x,
  y: 0.25 * from.y + 0.5 * via.y + 0.25 * to.y,
});

/** Where a tie's sign stands: in the middle of its curve, or of its last stretch. */
export function spotOf(edge, placeOf) {
  if (edge.points) {
    const [[x0, y0], [x1, y1]] = edge.points.slice(-2);
    return { x: (x0 + x1) / 2, y: (y0 + y1) / 2 };
  }
  const [from, to] = [placeOf(edge.from), placeOf(edge.to)];
  return middle(from, bend(edge, from, to), to);
}

/** Level bands of the influence map, their names written upwards at the left. */
export function drawBands(context, panels, scale) {
  const { panel, panel_other: panelOther, muted } = colours();
  panels.forEach((band, place) => {
    roundedBox(context, band.x0, band.y0, band.x1 - band.x0, band.y1 - band.y0, 14);
    context.fillStyle = place % 2 ? panelOther : panel;
    context.fill();
    context.save();
    context.translate(band.x0 + 24, (band.y0 + band.y1) / 2);
    context.rotate(-Math.PI / 2);
    centredText(context, band.label, 0, 0, font(Math.max(20, Math.min(28, 12 / scale)), 600), muted);
    context.restore();
  });
}

/** Department panels of the org chart. */
export function drawDepartments(context, panels) {
  const { line, panel, panel_other: other } = colours();
  for (const unit of panels) {
    roundedBox(context, unit.x0, unit.y0, unit.x1 - unit.x0, unit.y1 - unit.y0, 12);
    context.fillStyle = unit.depth % 2 ? other : panel;
    context.fill();
    if (unit.depth === undefined) continue;
    context.lineWidth = 1.2;
    context.strokeStyle = line;
    context.stroke();
  }
}

/** The names of the panels at their top, over the lines that come in there. */
export function nameDepartments(context, panels, scale) {
  const { panel, muted } = colours();
  context.font = font(Math.max(16, Math.min(26, LEAST_NAME / scale)), 600);
  context.textAlign = "left";
  context.textBaseline = "middle";
  context.lineJoin = "round";
  context.lineWidth = 8;
  context.strokeStyle = panel;
  context.fillStyle = muted;
  for (const unit of panels) {
    const label = fitText(context, unit.label, unit.x1 - unit.x0 - 20);
    context.strokeText(label, unit.x0 + 10, unit.y0 + 20);
    context.fillText(label, unit.x0 + 10, unit.y0 + 20);
  }
}

/** Reporting lines along the corners the server gave. */
export function drawReporting(context, edges, lookOf) {
  const { wire } = colours();
  context.lineJoin = "round";
  for (const edge of edges) {
    if (!edge.points) continue;
    const look = lookOf(edge);
    if (look.gone) continue;
    context.globalAlpha = look.alpha;
    context.strokeStyle = wire;
    context.lineWidth = 1.8;
    context.setLineDash(edge.dashes || []);
    context.beginPath();
    edge.points.forEach(([x, y], place) => (place ? context.lineTo(x, y) : context.moveTo(x, y)));
    context.stroke();
  }
  context.setLineDash([]);
  context.globalAlpha = 1;
}

/** The pale broad stroke under the steps of the decision chain. */
export function drawChain(context, steps, placeOf) {
  context.strokeStyle = colours().halo;
  context.lineWidth = 19;
  context.lineCap = "round";
  for (const edge of steps) {
    const from = placeOf(edge.from);
    const to = placeOf(edge.to);
    context.beginPath();
    if (edge.points) edge.points.forEach(([x, y], place) => (place ? context.lineTo(x, y) : context.moveTo(x, y)));
    else {
      const via = bend(edge, from, to);
      context.moveTo(from.x, from.y);
      context.quadraticCurveTo(via.x, via.y, to.x, to.y);
    }
    context.stroke();
  }
  context.lineCap = "butt";
}

/** The numbered discs on the steps of the decision chain. */
export function drawDiscs(context, steps, placeOf, scale) {
  const {
    surface,
    badge: [fill, ink],
  } = colours();
  const radius = Math.max(15, Math.min(24, 9 / scale));
  for (const edge of steps) {
    const spot = spotOf(edge, placeOf);
    context.beginPath();
    context.arc(spot.x, spot.y, radius, 0, 2 * Math.PI);
    context.fillStyle = fill;
    context.fill();
    context.lineWidth = 2;
    context.strokeStyle = surface;
    context.stroke();
    centredText(context, String(edge.chain + 1), spot.x, spot.y + 1, font(radius * 1.15, 700), ink);
  }
}

/** A ring around a person that grows and fades as `share` goes from 0 to 1. */
export function drawPulse(context, node, { x, y }, share) {
  const grown = 8 + 34 * share;
  context.save();
  context.globalAlpha = Math.max(0, 1 - share);
  context.lineWidth = 5;
  context.strokeStyle = colours().accent;
  if (node.w)
    roundedBox(
      context,
      x - node.w / 2 - grown,
      y - node.h / 2 - grown,
      node.w + 2 * grown,
      node.h + 2 * grown,
      9 + grown,
    );
  else {
    context.beginPath();
    context.arc(x, y, node.r + grown, 0, 2 * Math.PI);
  }
  context.stroke();
  context.restore();
}

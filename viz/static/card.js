// A person as a card of the org chart, in three degrees of detail: the smaller it is on screen, the less it says.
import { attitudeMark, centredText, clock, fitText, pill, roundedBox, strengthBar } from "./marks.js";
import { attitudeKey, colours, font } from "./theme.js";
import { t } from "./texts.js";

const FULL_FROM = 0.6;
const NAMES_FROM = 0.25;
const RADIUS = 9;
const LEAST_NAME = 11.5;
const SMALLEST_NAME = 11.05;

const clamp = (value, low, high) => Math.min(high, Math.max(low, value));

/** Draws the card of `node` around (x, y). `look`: alpha, picked, hovered; `scale`: screen pixels per unit. */
export function drawCard(context, node, x, y, look, scale) {
  const box = { left: x - node.w / 2, top: y - node.h / 2, width: node.w, height: node.h };
  context.save();
  context.globalAlpha = look.alpha;
  if (scale >= FULL_FROM || look.exported) {
    frame(context, node, box, look, true);
    fullBody(context, node, box, scale);
  } else {
    frame(context, node, box, look, scale > 0.4);
    if (scale > NAMES_FROM) briefBody(context, node, box, scale);
  }
  if (node.left) strike(context, box);
  context.restore();
}

function frame(context, node, box, look, shadow) {
  const { surface, line, accent, hidden, shadow: shade, stripe, dashed } = colours();
  const { left, top, width, height } = box;
  if (node.hidden) {
    roundedBox(context, left - 5, top - 5, width + 10, height + 10, RADIUS + 5);
    context.fillStyle = hidden;
    context.fill();
  }
  if (shadow) {
    context.shadowColor = shade;
    context.shadowBlur = look.picked || look.hovered ? 14 : 5;
    context.shadowOffsetY = 2;
  }
  roundedBox(context, left, top, width, height, RADIUS);
  context.fillStyle = surface;
  context.fill();
  context.shadowColor = "transparent";
  context.shadowBlur = 0;
  context.shadowOffsetY = 0;
  context.save();
  context.clip();
  const known = attitudeKey(node.attitude) !== "unknown";
  context.fillStyle = known ? colours().attitude[attitudeKey(node.attitude)].fill : stripe;
  context.fillRect(left, top, 7, height);
  context.restore();
  roundedBox(context, left, top, width, height, RADIUS);
  context.lineWidth = look.picked ? 3 : node.met ? 1 : 1.6;
  context.strokeStyle = look.picked ? accent : node.met ? line : dashed;
  context.setLineDash(node.met || look.picked ? [] : [6, 4]);
  context.stroke();
  context.setLineDash([]);
  if (node.placeholder) {
    roundedBox(context, left + 3.5, top + 3.5, width - 7, height - 7, RADIUS - 3);
    context.lineWidth = 1;
    context.strokeStyle = dashed;
    context.stroke();
  }
}

function fullBody(context, node, { left, top, width }, scale) {
  const { ink, muted } = colours();
  const right = left + width - 10;
  attitudeMark(context, node.attitude, left + 29, top + 28, 14);
  const text = left + 51;
  context.textBaseline = "alphabetic";
  context.textAlign = "left";
  context.fillStyle = ink;
  fitName(context, node.name, right - text, 20, SMALLEST_NAME / scale);
  context.fillText(fitText(context, node.name, right - text), text, top + 30);
  if (node.badge) {
    pill(context, `#${node.rank}`, right + 14, top - 10, {
      size: 13.5,
      height: 21,
      colour: colours().badge,
      fromRight: true,
      weight: 700,
    });
  }
  context.textBaseline = "alphabetic";
  context.textAlign = "left";
  context.fillStyle = ink;
  context.font = font(clamp(10.5 / scale, 14.5, 16), 500);
  context.fillText(fitText(context, node.job || "", right - text), text, top + 50);
  thirdLine(context, node, text, right, top + 58, scale);
  strengthBar(context, node.met ? node.strength : 0, text, top + 82, right - text - 34, 8);
  context.font = font(14, 600);
  context.textAlign = "right";
  context.textBaseline = "middle";
  context.fillStyle = node.met ? ink : muted;
  context.fillText(node.met && node.strength !== null ? String(Math.round(node.strength)) : "–", right, top + 86.5);
}

/** Buying role at the left (else the other name), our owner and the clock at the right. */
function thirdLine(context, node, left, right, top, scale) {
  const { muted, owner_fill: ownerFill, stale } = colours();
  let edge = right;
  if (node.owner) {
    context.font = font(11, 600);
    const width = Math.max(19, context.measureText(node.owner).width + 10);
    roundedBox(context, edge - width, top, width, 18, 9);
    context.fillStyle = ownerFill;
    context.fill();
    centredText(context, node.owner, edge - width / 2, top + 9.6, context.font, muted);
    edge -= width + 6;
  }
  if (node.stale) {
    clock(context, edge - 8, top + 9, 6.5, stale);
    edge -= 22;
  }
  if (node.role_label) {
    context.font = font(12.5, 600);
    const label = fitText(context, node.role_label, edge - left - 16);
    pill(context, label, left, top - 1, { size: clamp(9 / scale, 12.5, 13), height: 20, colour: roleColour(node) });
    return;
  }
  context.textAlign = "left";
  context.textBaseline = "middle";
  context.fillStyle = muted;
  context.font = font(12.5);
  const second = node.placeholder ? t("Name not known") : node.other_name || "";
  context.fillText(fitText(context, second, edge - left), left, top + 9);
}

export const roleColour = (node) => colours().role[node.roles[0]] ?? colours().role.other;

/** Sets letters in which a name fits into the room: of `size`, else smaller ones down to `least`. */
function fitName(context, name, room, size, least) {
  context.font = font(size, 700);
  const wide = context.measureText(name).width;
  if (wide > room) context.font = font(Math.max(Math.min(size, least), size * 0.75, (size * room) / wide), 700);
}

/** A name in as many lines as it needs, two at most: it is parted where both halves fit best. */
function linesOf(context, name, room) {
  const words = name.split(" ");
  if (words.length < 2 || context.measureText(name).width <= room) return [name];
  const parted = words.slice(1).map((_, at) => [words.slice(0, at + 1).join(" "), words.slice(at + 1).join(" ")]);
  const widest = (pair) => Math.max(...pair.map((line) => context.measureText(line).width));
  return parted.reduce((best, pair) => (widest(pair) < widest(best) ? pair : best));
}

/** Where a card is small: name, in two lines if it is long, job while there is room for it, mark and bar; at last the name alone. */
function briefBody(context, node, { left, top, width, height }, scale) {
  const { ink, muted, badge } = colours();
  const size = clamp(LEAST_NAME / scale, 21, 46);
  const text = left + 20;
  const room = width - 26;
  const rows = size <= 28 ? [0.2, 0.5, 0.82] : size <= 38 ? [0.36, null, 0.76] : [0.5, null, null];
  context.textAlign = "left";
  context.textBaseline = "middle";
  context.fillStyle = ink;
  fitName(context, node.name, room, size, SMALLEST_NAME / scale);
  const names = size <= 38 ? linesOf(context, node.name, room) : [node.name];
  const places = names.length === 1 ? [rows[0]] : size <= 28 ? [0.2, 0.5] : [0.28, 0.68];
  if (names.length === 2 && size > 28) rows[2] = null; // both lines take the room of the bar
  names.forEach((line, at) => context.fillText(fitText(context, line, room), text, top + height * places[at]));
  if (rows[1] && node.job && names.length === 1) {
    context.fillStyle = muted;
    context.font = font(clamp(10.5 / scale, 16, 20.5), 500);
    context.fillText(fitText(context, node.job, room), text, top + height * rows[1]);
  }
  if (rows[2]) {
    attitudeMark(context, node.attitude, text + 12, top + height * rows[2], 13);
    strengthBar(context, node.met ? node.strength : 0, text + 36, top + height * rows[2] - 5, width - 72, 10);
  }
  if (node.badge && size <= 38) {
    const tall = clamp(15 / scale, 22, 40);
    const place = { size: tall * 0.66, height: tall, colour: badge, fromRight: true, weight: 700 };
    pill(context, `#${node.rank}`, left + width + 6, top - tall * 0.86, place);
  }
}

function strike(context, { left, top, width, height }) {
  context.strokeStyle = colours().muted;
  context.lineWidth = 2.2;
  context.beginPath();
  context.moveTo(left + 8, top + height - 6);
  context.lineTo(left + width - 6, top + 6);
  context.stroke();
}

/** The chip on the head of a department that folds away its people. */
export function foldChip(context, node, x, y, scale) {
  const { fold, w, h } = node;
  const size = clamp(LEAST_NAME / scale, 13, 22) * (fold.open ? 0.85 : 1);
  context.font = font(size, 600);
  const label = chipLabel(fold, node.kind === "group");
  const width = context.measureText(label).width + size * 1.3;
  const height = size * 1.75;
  return { label, size, width, height, left: x + w / 2 - width - 6, top: y + h / 2 - 4 };
}

export function drawFoldChip(context, node, x, y, look, scale) {
  const chip = foldChip(context, node, x, y, scale);
  const {
    surface,
    accent,
    muted,
    wire,
    chip: [fill, ink],
  } = colours();
  context.save();
  context.globalAlpha = look.alpha;
  roundedBox(context, chip.left, chip.top, chip.width, chip.height, chip.height / 2);
  context.fillStyle = node.fold.open ? surface : fill;
  context.fill();
  context.lineWidth = 1.2;
  context.strokeStyle = node.fold.open ? wire : accent;
  context.stroke();
  centredText(
    context,
    chip.label,
    chip.left + chip.width / 2,
    chip.top + chip.height / 2 + 0.5,
    font(chip.size, 600),
    node.fold.open ? muted : ink,
  );
  context.restore();
}

function chipLabel({ open, count, keys }, group) {
  if (open) return "–";
  if (group) return keys ? t("unfold ({keys} key)", { keys }) : t("unfold");
  return keys ? t("+{count} ({keys} key)", { count, keys }) : `+${count}`;
}

// A person on the influence map: a mark whose size is the score, and a label beside it.
import { attitudeMark, centredText, fitText, oursMark, pill, rivalMark } from "./marks.js";
import { colours, font } from "./theme.js";
import { roleColour } from "./card.js";
import { t } from "./texts.js";

const LEADING = 1.24;
const NAME = 22;
const JOB = 18;
const ROLE = 17;
const LEAST_NAME = 11.4;
const LEAST_JOB = 8.2;
const MOST_GROWN = 1.55;
// A name a little wider than its box stays whole: half a name is worth less than a tight neighbour. One that has to
// be cut all the same is cut at its box.
const MOST_OVER = 1.35;

/** Draws the mark of `node` at (x, y); its radius is `node.r`. */
export function drawPerson(context, node, x, y, look) {
  const { accent, chain, hidden, surface, dashed } = colours();
  context.save();
  context.globalAlpha = look.alpha;
  if (node.hidden) ring(context, x, y, node.r + 9, 13, hidden);
  if (look.onChain) ring(context, x, y, node.r + 6.5, 5, chain);
  if (look.picked || look.hovered) ring(context, x, y, node.r + 12, 3, accent);
  if (node.kind === "ours") {
    oursMark(context, x, y, node.r);
    centredText(context, t("us"), x, y + 1, font(node.r * 0.72, 700), surface);
  } else if (node.kind === "rival") {
    rivalMark(context, x, y, node.r);
    centredText(context, t("them"), x, y + 1, font(node.r * (t("them").length > 2 ? 0.55 : 0.7), 700), surface);
  } else {
    attitudeMark(context, node.attitude, x, y, node.r, node.met ? 2 : null);
    if (!node.met) ring(context, x, y, node.r, 2, dashed, [5, 4]);
    if (node.placeholder) ring(context, x, y, node.r + 5, 1.5, dashed);
  }
  context.restore();
}

function ring(context, x, y, radius, width, colour, dashes = []) {
  context.beginPath();
  context.arc(x, y, radius, 0, 2 * Math.PI);
  context.lineWidth = width;
  context.strokeStyle = colour;
  context.setLineDash(dashes);
  context.stroke();
  context.setLineDash([]);
}

/** Draws name, job and role in the box the server found free, moved along if the mark was moved. Where the
 * letters would be too small the name grows and the lines below give way, so that nothing leaves the box; a name
 * for which that is not enough is drawn only if `important`. */
export function drawLabel(context, node, x, y, look, scale, important = true) {
  const { ink, muted, canvas } = colours();
  const rows = labelRows(context, node, look.exported ? 1 : scale);
  if (!rows.fits && !important) return;
  const { label } = node;
  const left = label.x + (x - node.x);
  const anchor = label.align === "left" ? left : label.align === "right" ? left + label.w : left + label.w / 2;
  let top = topOf(node, rows) + (y - node.y);
  context.save();
  context.globalAlpha = look.alpha;
  context.textAlign = label.align;
  context.textBaseline = "alphabetic";
  context.lineJoin = "round";
  context.strokeStyle = canvas;
  context.lineWidth = 6;
  context.font = font(rows.name, 700);
  const wide = context.measureText(node.name).width;
  const name = rows.fits && wide > label.w * MOST_OVER ? fitText(context, node.name, label.w + 2) : node.name;
  line(context, name, anchor, top + rows.name * 0.9, context.font, ink);
  top += rows.name * LEADING;
  if (rows.job) {
    context.font = font(rows.job, 500);
    line(
      context,
      fitText(context, node.job, label.w + 2),
      anchor,
      top + rows.job * 0.9,
      context.font,
      muted,
    );
    top += rows.job * LEADING;
  }
  if (rows.role) {
    const height = rows.role * 1.5;
    context.font = font(rows.role, 600);
    const width = context.measureText(node.role_label).width + height * 0.72;
    const start = label.align === "left" ? anchor : label.align === "right" ? anchor - width : anchor - width / 2;
    pill(context, node.role_label, start, top + 2, { size: rows.role, height, colour: roleColour(node) });
  }
  if (node.badge) {
    const height = Math.max(22, 16 / scale);
    const place = { size: height * 0.68, height, colour: colours().badge, weight: 700 };
    pill(context, `#${node.rank}`, x + node.r * 0.5, y - node.r - height * 0.55, place);
  }
  context.restore();
}

/** Which lines a label has at a scale and how tall their letters are; `fits`: all of it stays in its box. */
function labelRows(context, node, scale) {
  const { label } = node;
  const usual = NAME * label.grown;
  const name = usual * Math.min(MOST_GROWN, Math.max(1, LEAST_NAME / (usual * scale)));
  const rows = { name: narrowed(context, node.name, name, label.w, LEAST_NAME / scale), job: 0, role: 0 };
  let left = label.h - rows.name * LEADING + 1;
  rows.fits = left >= 0 || name === usual;
  const job = JOB * label.grown;
  const legible = job * scale >= LEAST_JOB;
  if (legible && node.job && job * LEADING <= left) {
    rows.job = job;
    left -= job * LEADING;
  }
  const role = ROLE * label.grown;
  if (legible && node.role_label && node.kind === "person" && role * 1.5 + 2 <= left) rows.role = role;
  return rows;
}

/** A size at which `text` fits into `width`, not below three quarters of `size` nor below `least` if it was above. */
function narrowed(context, text, size, width, least) {
  context.font = font(size, 700);
  const wide = context.measureText(text).width;
  if (wide <= width + 2) return size;
  return Math.max((size * width) / wide, size * 0.75, Math.min(size, least));
}

/** Where the text begins: close to the mark, where the box has room for more lines than are drawn. */
function topOf({ label, y, r }, rows) {
  const height = (rows.name + rows.job) * LEADING + (rows.role ? rows.role * 1.5 + 2 : 0);
  const spare = label.h - height;
  if (label.y + label.h <= y) return label.y + spare;
  if (label.y >= y + r * 0.7) return label.y;
  return Math.min(label.y + Math.max(0, spare), Math.max(label.y, y - height / 2));
}

function line(context, text, x, y, textFont, fill) {
  context.font = textFont;
  context.strokeText(text, x, y);
  context.fillStyle = fill;
  context.fillText(text, x, y);
}

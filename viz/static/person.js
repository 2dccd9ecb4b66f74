// A person on the influence map: a mark whose size is the score, and a label beside it.
import { attitudeMark, centredText, fitText, oursMark, pill, rivalMark } from "./marks.js";
import { colours, font } from "./theme.js";
import { roleColour } from "./card.js";
import { t } from "./texts.js";

const JOBS_FROM = 0.56;
const LEAST_NAME = 11.5;

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

/** Draws name, job and role in the box the server found free, moved along if the mark was moved. */
export function drawLabel(context, node, x, y, look, scale) {
  const { ink, muted, canvas } = colours();
  const detailed = scale >= JOBS_FROM || look.exported;
  const size = detailed ? 22 : Math.min(34, Math.max(22, LEAST_NAME / scale));
  const label = node.label;
  const align = label.align;
  const left = label.x + (x - node.x);
  const anchor = align === "left" ? left : align === "right" ? left + label.w : left + label.w / 2;
  const top = label.y + (y - node.y);
  context.save();
  context.globalAlpha = look.alpha;
  context.textAlign = align;
  context.textBaseline = "alphabetic";
  context.lineJoin = "round";
  context.strokeStyle = canvas;
  context.lineWidth = 6;
  line(context, node.name, anchor, top + size * 0.86, font(size, 700), ink);
  if (detailed && node.job) {
    context.font = font(17, 500);
    line(context, fitText(context, node.job, Math.max(label.w, 120)), anchor, top + 41, context.font, muted);
  }
  if (detailed && node.role_label && node.kind === "person") {
    context.font = font(15, 600);
    const width = context.measureText(node.role_label).width + 23 * 0.72;
    const start = align === "left" ? anchor : align === "right" ? anchor - width : anchor - width / 2;
    pill(context, node.role_label, start, top + 50, { size: 15, height: 23, colour: roleColour(node) });
  }
  if (node.badge) {
    const height = Math.max(22, 16 / scale);
    const place = { size: height * 0.68, height, colour: colours().badge, weight: 700 };
    pill(context, `#${node.rank}`, x + node.r * 0.5, y - node.r - height * 0.55, place);
  }
  context.restore();
}

function line(context, text, x, y, textFont, fill) {
  context.font = textFont;
  context.strokeText(text, x, y);
  context.fillStyle = fill;
  context.fillText(text, x, y);
}

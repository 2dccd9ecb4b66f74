// The signs of the drawing, the same on the map, in the legend and in exported pictures.
import { attitudeKey, colours, font } from "./theme.js";

export function roundedBox(context, x, y, width, height, radius) {
  context.beginPath();
  context.roundRect(x, y, width, height, radius);
}

/** `text` cut to a width, with an ellipsis where something is missing. */
export function fitText(context, text, width) {
  if (context.measureText(text).width <= width) return text;
  const letters = Array.from(text);
  let low = 0;
  let high = letters.length;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (context.measureText(`${letters.slice(0, middle).join("").trimEnd()}…`).width <= width) low = middle;
    else high = middle - 1;
  }
  return low > 0 ? `${letters.slice(0, low).join("").trimEnd()}…` : "";
}

function star(context, x, y, radius) {
  context.beginPath();
  for (let corner = 0; corner < 10; corner += 1) {
    const reach = corner % 2 === 0 ? radius : radius * 0.42;
    const angle = -Math.PI / 2 + (corner * Math.PI) / 5;
    context.lineTo(x + reach * Math.cos(angle), y + reach * Math.sin(angle));
  }
  context.closePath();
  context.fill();
}

function triangle(context, x, y, radius, up) {
  const tip = up ? -1 : 1;
  context.beginPath();
  context.moveTo(x, y + tip * radius);
  context.lineTo(x + radius * 0.92, y - tip * radius * 0.66);
  context.lineTo(x - radius * 0.92, y - tip * radius * 0.66);
  context.closePath();
  context.fill();
}

function cross(context, x, y, radius) {
  const arm = radius * 0.68;
  context.lineWidth = radius * 0.44;
  context.lineCap = "round";
  context.beginPath();
  context.moveTo(x - arm, y - arm);
  context.lineTo(x + arm, y + arm);
  context.moveTo(x + arm, y - arm);
  context.lineTo(x - arm, y + arm);
  context.stroke();
  context.lineCap = "butt";
}

/** A person's attitude: a coloured disc with a sign of its own, so that colour is never alone.
 * `rim`: width of a light rim; null for no rim at all. */
export function attitudeMark(context, attitude, x, y, radius, rim = 0) {
  const key = attitudeKey(attitude);
  const { fill, sign, rim: edge } = colours().attitude[key];
  context.beginPath();
  context.arc(x, y, radius, 0, 2 * Math.PI);
  context.fillStyle = fill;
  context.fill();
  if (key === "unknown" && rim !== null) {
    context.lineWidth = Math.max(1.4, radius * 0.07);
    context.strokeStyle = edge;
    context.stroke();
  } else if (rim) {
    context.lineWidth = rim;
    context.strokeStyle = colours().surface;
    context.stroke();
  }
  context.fillStyle = sign;
  context.strokeStyle = sign;
  if (key === "2") star(context, x, y - radius * 0.03, radius * 0.68);
  else if (key === "1") triangle(context, x, y - radius * 0.02, radius * 0.6, true);
  else if (key === "-1") triangle(context, x, y + radius * 0.02, radius * 0.6, false);
  else if (key === "-2") cross(context, x, y, radius * 0.6);
  else if (key === "0") {
    context.beginPath();
    context.arc(x, y, radius * 0.46, 0, 2 * Math.PI);
    context.fill();
  } else centredText(context, "?", x, y + radius * 0.06, font(radius * 1.2, 700), sign);
}

export function centredText(context, text, x, y, textFont, fill) {
  context.font = textFont;
  context.fillStyle = fill;
  context.textAlign = "center";
  context.textBaseline = "middle";
  context.fillText(text, x, y);
}

/** A label in a rounded box; returns its width. `x` is its left edge, or its right one with `fromRight`. */
export function pill(context, text, x, y, { size, height, colour: [fill, ink], fromRight = false, weight = 600 }) {
  context.font = font(size, weight);
  const width = context.measureText(text).width + height * 0.72;
  const left = fromRight ? x - width : x;
  roundedBox(context, left, y, width, height, height / 2);
  context.fillStyle = fill;
  context.fill();
  centredText(context, text, left + width / 2, y + height / 2 + size * 0.05, context.font, ink);
  return width;
}

/** A bar 0–100 on its track. */
export function strengthBar(context, value, x, y, width, height) {
  const { bar, track } = colours();
  roundedBox(context, x, y, width, height, height / 2);
  context.fillStyle = track;
  context.fill();
  if (!value) return;
  roundedBox(context, x, y, Math.max(height, (width * value) / 100), height, height / 2);
  context.fillStyle = value >= 50 ? bar[2] : value >= 25 ? bar[1] : bar[0];
  context.fill();
}

/** A small clock: nobody has confirmed this for long. */
export function clock(context, x, y, radius, colour) {
  context.strokeStyle = colour;
  context.lineWidth = radius * 0.24;
  context.lineCap = "round";
  context.beginPath();
  context.arc(x, y, radius, 0, 2 * Math.PI);
  context.moveTo(x, y - radius * 0.55);
  context.lineTo(x, y);
  context.lineTo(x + radius * 0.45, y + radius * 0.2);
  context.stroke();
  context.lineCap = "butt";
}

/** One of ours: a rounded square. */
export function oursMark(context, x, y, radius) {
  roundedBox(context, x - radius, y - radius, 2 * radius, 2 * radius, radius * 0.3);
  context.fillStyle = colours().ours;
  context.fill();
}

/** A competitor's representative: a hexagon. */
export function rivalMark(context, x, y, radius) {
  context.beginPath();
  for (let corner = 0; corner < 6; corner += 1) {
    context.lineTo(
      x + radius * 1.12 * Math.cos((Math.PI / 3) * corner),
      y + radius * 1.12 * Math.sin((Math.PI / 3) * corner),
    );
  }
  context.closePath();
  context.fillStyle = colours().rival;
  context.fill();
}

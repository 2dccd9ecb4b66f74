// The whole map as a PNG: drawn again off screen at twice its size, with title, facts of the view and legend.
import { el } from "./dom.js";
import { drawSwatch, groupsOf } from "./legend.js";
import { makeNetwork } from "./stage.js";
import { colours, font, onWhitePaper } from "./theme.js";

const SCALE = 2;
const MOST_PIXELS = 120e6;
const LONGEST_SIDE = 16000;
const HEAD = 78;
const LINE = 26;
const ROW = 30;
const MARGIN = 28;

/** A PNG blob of the view with its filters; `title` and `facts` (a line) are printed above it, and below them what the
 * lens that is open (`through`) says: its signs are drawn. */
export function wholeMap(view, shown, title, facts, through = null) {
  return onWhitePaper(async () => {
    const { x0, y0, x1, y1 } = view.bounds;
    const width = x1 - x0;
    const height = y1 - y0;
    const scale = Math.min(SCALE, LONGEST_SIDE / Math.max(width, height), Math.sqrt(MOST_PIXELS / (width * height)));
    const map = await drawnOffScreen(view, shown, { width, height, scale, through });
    return new Promise((resolve) => {
      onPage(view, map, { width, height, scale, title, facts, says: through?.says }).toBlob(resolve, "image/png");
    });
  });
}

async function drawnOffScreen(view, shown, { width, height, scale, through }) {
  const ratio = window.devicePixelRatio || 1;
  const place = el("div", { class: "off-screen", "aria-hidden": "true" });
  place.style.width = `${(width * scale) / ratio}px`;
  place.style.height = `${(height * scale) / ratio}px`;
  document.body.append(place);
  const { network } = makeNetwork(place, view, shown.unpicked(view), true);
  if (through) network.on("afterDrawing", (context) => through.draw(context, { view, scale: 1, placeOf: (id) => network.getPosition(id) }));
  const { x0, y0 } = view.bounds;
  network.moveTo({ position: { x: x0 + width / 2, y: y0 + height / 2 }, scale: scale / ratio, animation: false });
  await new Promise((resolve) => {
    network.once("afterDrawing", resolve);
    network.redraw();
  });
  const source = place.querySelector("canvas");
  const copy = document.createElement("canvas");
  copy.width = source.width;
  copy.height = source.height;
  copy.getContext("2d").drawImage(source, 0, 0);
  network.destroy();
  place.remove();
  return copy;
}

function onPage(view, map, { width, height, scale, title, facts, says }) {
  const rows = legendRows(view.legend, width);
  const foot = rows.length * ROW + MARGIN;
  const head = HEAD + (says ? LINE : 0);
  const page = document.createElement("canvas");
  page.width = Math.round(width * scale);
  page.height = Math.round((head + height + foot) * scale);
  const context = page.getContext("2d");
  const { accent, canvas, ink, muted } = colours();
  context.fillStyle = canvas;
  context.fillRect(0, 0, page.width, page.height);
  context.drawImage(map, 0, Math.round(head * scale), page.width, Math.round(height * scale));
  context.scale(scale, scale);
  context.textBaseline = "alphabetic";
  context.textAlign = "left";
  context.fillStyle = ink;
  context.font = font(28, 700);
  context.fillText(title, MARGIN, 40);
  context.fillStyle = muted;
  context.font = font(16);
  context.fillText(facts, MARGIN, 66);
  if (says) {
    context.fillStyle = accent;
    context.font = font(16, 600);
    context.fillText(says, MARGIN, 92);
  }
  rows.forEach((row, place) => drawLegendRow(context, row, head + height + MARGIN / 2 + place * ROW));
  return page;
}

/** The legend broken into lines of the page's width: [{key, label, x}]. */
function legendRows(legend, width) {
  const measure = document.createElement("canvas").getContext("2d");
  measure.font = font(15);
  const lines = [[]];
  let x = MARGIN;
  for (const [, rows] of groupsOf(legend)) {
    for (const { key, label, count } of rows) {
      const text = `${label} ${count}`;
      const room = 46 + measure.measureText(text).width + 26;
      if (x + room > width && lines.at(-1).length) {
        lines.push([]);
        x = MARGIN;
      }
      lines.at(-1).push({ key, text, x });
      x += room;
    }
    x += 22;
  }
  return lines;
}

function drawLegendRow(context, row, y) {
  for (const { key, text, x } of row) {
    context.save();
    context.translate(x, y);
    drawSwatch(context, key, 40);
    context.restore();
    context.font = font(15);
    context.fillStyle = colours().ink;
    context.textAlign = "left";
    context.textBaseline = "middle";
    context.fillText(text, x + 46, y + 10.5);
  }
}

/** Offers a blob to the user as a file. */
export function saveAs(blob, name) {
  const link = el("a", { href: URL.createObjectURL(blob), download: name });
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}

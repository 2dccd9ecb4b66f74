// The legend is a control: what is on screen with its count; a click picks a row out, its box hides it.
import { el, swatch } from "./dom.js";
import { groupSwatch } from "./group.js";
import { attitudeMark, clock, oursMark, pill, rivalMark, roundedBox } from "./marks.js";
import { remember, query } from "./address.js";
import { colours } from "./theme.js";
import { number, t } from "./texts.js";

const GROUPS = () => [
  ["attitude", t("Attitude to us")],
  ["kind", t("Others on the map")],
  ["edge", t("Ties")],
  ["role", t("Buying roles")],
  ["mark", t("Marks")],
];
/** What the kinds of ties are called where there is little room. */
const SHORT = () => ({
  "edge:influences:1": t("influence for us"),
  "edge:influences:0": t("neutral influence"),
  "edge:influences:-1": t("influence against us"),
  "edge:knows": t("ours"),
  "edge:courts": t("theirs"),
  "edge:bond:1": t("friends"),
  "edge:bond:-1": t("at odds"),
  "edge:messages": t("messages"),
  "edge:reports_to": t("reports to"),
  "edge:dotted": t("dotted line"),
});
const WIDTH = 40;
const HEIGHT = 20;

/** Rows of the legend by group: [title, rows]. */
export function groupsOf(legend) {
  return GROUPS()
    .map(([prefix, title]) => [title, legend.filter((row) => row.key.split(":")[0] === prefix)])
    .filter(([, rows]) => rows.length);
}

/** Fills `places` (each an element) with the legend of a view; `changed` runs after every change. */
export class Legend {
  constructor(places, shown, changed) {
    this.places = places;
    this.shown = shown;
    this.changed = changed;
    for (const key of (query.get("hide") || "").split(",").filter(Boolean)) shown.hidden.add(key);
  }

  show(view) {
    this.view = view;
    for (const place of this.places) {
      const compact = place.dataset.compact !== undefined;
      const groups = groupsOf(view.legend).filter(([, [{ key }]]) => !compact || !/^(role|mark):/.test(key));
      place.replaceChildren(...groups.map(([title, rows]) => this.#group(title, rows, compact)));
    }
  }

  #group(title, rows, compact) {
    const list = el(
      "ul",
      { class: "legend-rows" },
      rows.map((row) => this.#row(row, compact)),
    );
    const named = { class: "legend-group", role: "group", "aria-label": title };
    return el("div", named, compact ? null : el("h2", {}, title), list);
  }

  #row({ key, label, count }, compact) {
    const off = this.shown.hidden.has(key);
    const box = el("input", {
      type: "checkbox",
      checked: !off,
      "aria-label": t("Show {what}", { what: label }),
      onchange: (event) => this.#hide(key, !event.target.checked),
    });
    const pick = el(
      "button",
      {
        type: "button",
        class: "legend-pick",
        "aria-pressed": String(this.shown.only === key),
        title: compact ? label : t("Pick out"),
        onclick: () => this.#pick(key),
      },
      swatch(compact ? widthOf(key) : WIDTH, HEIGHT, (context) =>
        drawSwatch(context, key, compact ? widthOf(key) : WIDTH),
      ),
      el("span", { class: "legend-label" }, compact ? (SHORT()[key] ?? label) : label),
      el("span", { class: "legend-count" }, number(count)),
    );
    return el("li", { class: off ? "legend-row off" : "legend-row" }, compact ? null : box, pick);
  }

  #hide(key, hide) {
    if (hide) this.shown.hidden.add(key);
    else this.shown.hidden.delete(key);
    remember("hide", [...this.shown.hidden].join(","));
    this.#again();
  }

  #pick(key) {
    this.shown.only = this.shown.only === key ? null : key;
    this.#again();
  }

  /** Keeps the keyboard where it was while the rows are made anew. */
  #again() {
    const place = this.places.find((one) => one.contains(document.activeElement));
    const controls = "input, button";
    const index = place ? [...place.querySelectorAll(controls)].indexOf(document.activeElement) : -1;
    this.show(this.view);
    if (index >= 0) place.querySelectorAll(controls)[index]?.focus();
    this.changed();
  }

  clear() {
    this.shown.only = null;
    this.show(this.view);
  }
}

const widthOf = (key) => (key.startsWith("edge:") ? 28 : 20);

/** Draws the sign of a legend key in a box of `width` × 20. */
export function drawSwatch(context, key, width = WIDTH) {
  const [group, ...rest] = key.split(":");
  const name = rest.join(":");
  const middle = width / 2;
  if (group === "attitude") attitudeMark(context, name === "unknown" ? null : Number(name), middle, 10, 8.5);
  else if (key === "kind:group") groupSwatch(context, middle);
  else if (key === "kind:ours") oursMark(context, middle, 10, 8);
  else if (key === "kind:rival") rivalMark(context, middle, 10, 8);
  else if (group === "edge") lineSwatch(context, key, width);
  else if (group === "role") {
    roundedBox(context, middle - 15, 4, 30, 12, 6);
    [context.fillStyle] = colours().role[name] ?? colours().role.other;
    context.fill();
  } else markSwatch(context, name, middle);
}

const DASHES = {
  "edge:influences:-1": [7, 4],
  "edge:knows": [2, 3.5],
  "edge:courts": [8, 3, 2, 3],
  "edge:dotted": [4, 3],
  "edge:bond:-1": [7, 4],
  "edge:messages": [4, 4],
};

function lineSwatch(context, key, width) {
  const { edge, wire } = colours();
  const colour = edge[key] ?? wire;
  const arrow = !/^edge:(reports_to|dotted|bond|messages)/.test(key);
  context.strokeStyle = colour;
  context.fillStyle = colour;
  context.lineWidth = key.startsWith("edge:influences") ? 3.2 : 2.2;
  context.setLineDash(DASHES[key] ?? []);
  context.beginPath();
  context.moveTo(2, 10);
  context.lineTo(width - (arrow ? 9 : 2), 10);
  context.stroke();
  context.setLineDash([]);
  if (!arrow) return;
  context.beginPath();
  context.moveTo(width - 1, 10);
  context.lineTo(width - 10, 5.4);
  context.lineTo(width - 10, 14.6);
  context.fill();
}

function markSwatch(context, name, middle) {
  const { badge, chain, dashed, halo, hidden, line, muted, stale, surface } = colours();
  if (name === "key") {
    pill(context, "#1", middle - 14, 1.5, { size: 11.5, height: 17, colour: badge, weight: 700 });
    return;
  }
  if (name === "stale") {
    clock(context, middle, 10, 7, stale);
    return;
  }
  if (name === "chain") {
    roundedBox(context, middle - 17, 4, 34, 12, 6);
    context.fillStyle = halo;
    context.fill();
    context.fillStyle = chain;
    context.fillRect(middle - 17, 8.6, 34, 2.8);
    return;
  }
  if (name === "hidden") {
    roundedBox(context, middle - 15, 1, 30, 18, 6);
    context.fillStyle = hidden;
    context.fill();
  }
  roundedBox(context, middle - 12, 3.5, 24, 13, 4);
  context.fillStyle = surface;
  context.fill();
  context.strokeStyle = name === "not_met" || name === "placeholder" ? dashed : line;
  context.lineWidth = 1.3;
  context.setLineDash(name === "not_met" ? [3, 2] : []);
  context.stroke();
  context.setLineDash([]);
  if (name === "placeholder") {
    roundedBox(context, middle - 9.5, 6, 19, 8, 2.5);
    context.stroke();
  } else if (name === "left") {
    context.strokeStyle = muted;
    context.beginPath();
    context.moveTo(middle - 10, 15.5);
    context.lineTo(middle + 10, 4.5);
    context.stroke();
  }
}

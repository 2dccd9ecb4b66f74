// Groups of people on the maps of large accounts: as cards of the org chart, as marks of the influence map, in the panel.
import { el } from "./dom.js";
import { lines, meter, note, section, terms } from "./facts.js";
import { centredText, fitText, roundedBox } from "./marks.js";
import { number, percent, separator, t, tn, whole, word } from "./texts.js";
import { colours, font } from "./theme.js";

const FULL_FROM = 0.5;
const LEAST_NAME = 11.5;
const CHIP = 11;
const ORDER = ["2", "1", "0", "-1", "-2", "unknown"];
const clamp = (value, low, high) => Math.min(high, Math.max(low, value));

/** Who counts in a group, by name. */
export const keyNames = ({ key_people: people }) => people.map(({ name }) => name).join(separator);

/** Whom we know of a group and how well. */
export const metWords = (group) =>
  group.strength === null ? group.job : `${group.job} · ${t("strength {points}", { points: whole(group.strength) })}`;

/** Draws a group as a card on two others; one that stands open is only an outline. */
export function drawGroupCard(context, node, x, y, look, scale) {
  const { accent, line, muted, surface, panel } = colours();
  const [left, top] = [x - node.w / 2, y - node.h / 2];
  const { open } = node.fold;
  context.save();
  context.globalAlpha = look.alpha;
  for (const off of open ? [] : [7, 3.5]) {
    roundedBox(context, left + off, top - off, node.w, node.h, 9);
    context.fillStyle = panel;
    context.fill();
    context.lineWidth = 1;
    context.strokeStyle = line;
    context.stroke();
  }
  roundedBox(context, left, top, node.w, node.h, 9);
  context.fillStyle = open ? panel : surface;
  context.fill();
  context.lineWidth = look.picked || look.hovered ? 3 : 1.2;
  context.strokeStyle = look.picked || look.hovered ? accent : open ? muted : line;
  context.stroke();
  const small = scale < FULL_FROM && !look.exported;
  const size = small ? clamp(LEAST_NAME / scale, 20, 40) : 19;
  const right = left + node.w - 12;
  context.textBaseline = "alphabetic";
  context.textAlign = "right";
  context.fillStyle = muted;
  context.font = font(size * 0.86, 600);
  const count = number(node.people);
  const below = small && size <= 28;
  if (below) {
    context.textAlign = "left";
    context.fillText(count, left + 13, top + 10 + 2 * size);
  } else if (!small) context.fillText(count, right, top + 8 + size);
  const room = small ? node.w - 26 : node.w - 34 - context.measureText(count).width;
  context.textAlign = "left";
  context.fillStyle = colours().ink;
  context.font = font(size, 700);
  context.fillText(fitText(context, node.name, room), left + 13, top + 8 + size);
  if (!small) {
    context.fillStyle = muted;
    context.font = font(13.5, 500);
    context.fillText(fitText(context, metWords(node), node.w - 26), left + 13, top + 48);
    context.font = font(13);
    context.fillText(fitText(context, keyNames(node), node.w - 26), left + 13, top + 67);
  }
  attitudeBar(context, node.attitudes, left + 13, top + 78, node.w - 26, small ? 13 : 9);
  context.restore();
}

/** How many think what of us, from for to against, as parts of one bar; those of whom it is unknown are its end. */
function attitudeBar(context, attitudes, x, y, width, height) {
  const all = ORDER.reduce((sum, key) => sum + attitudes[key], 0) || 1;
  context.save();
  roundedBox(context, x, y, width, height, height / 2);
  context.clip();
  context.fillStyle = colours().track;
  context.fillRect(x, y, width, height);
  let at = x;
  for (const key of ORDER.slice(0, -1)) {
    const part = (width * attitudes[key]) / all;
    context.fillStyle = colours().attitude[key].fill;
    context.fillRect(at, y, part, height);
    at += part;
  }
  context.restore();
}

/** Draws a group as a ring of what its people think of us around their number; one that stands open is dashed. */
export function drawGroupMark(context, node, x, y, look, scale) {
  const { accent, dashed, ink, surface, track } = colours();
  const wide = Math.max(5, node.r * 0.24);
  context.save();
  context.globalAlpha = look.alpha;
  if (look.picked || look.hovered) ring(context, x, y, node.r + 7, 3, accent);
  context.beginPath();
  context.arc(x, y, node.r, 0, 2 * Math.PI);
  context.fillStyle = surface;
  context.fill();
  if (node.fold.open) {
    context.setLineDash([5, 4]);
    ring(context, x, y, node.r - 1, 2, dashed);
    context.setLineDash([]);
  } else {
    ring(context, x, y, node.r - wide / 2, wide, track);
    let from = -Math.PI / 2;
    for (const key of ORDER.slice(0, -1)) {
      const to = from + (2 * Math.PI * node.attitudes[key]) / node.people;
      if (to > from) ring(context, x, y, node.r - wide / 2, wide, colours().attitude[key].fill, from, to);
      from = to;
    }
  }
  const words = number(node.people);
  const room = (node.r - wide) * 1.7;
  const size = Math.min(node.r * 0.62, (room / Math.max(2, words.length)) * 1.75);
  if (size * scale >= 7 || look.exported) centredText(context, words, x, y + 1, font(size, 700), ink);
  context.restore();
}

function ring(context, x, y, radius, width, colour, from = 0, to = 2 * Math.PI) {
  context.beginPath();
  context.arc(x, y, radius, from, to);
  context.lineWidth = width;
  context.strokeStyle = colour;
  context.stroke();
}

/** Where the sign stands that opens a group on the influence map or shuts it. */
export const markChip = (node, x, y, scale) => {
  const radius = Math.max(CHIP, 8 / scale);
  return { x: x + node.r * 0.78, y: y - node.r * 0.78, radius };
};

export function drawMarkChip(context, node, x, y, look, scale) {
  const { accent, chip: [fill, ink], surface } = colours();
  const at = markChip(node, x, y, scale);
  context.save();
  context.globalAlpha = look.alpha;
  context.beginPath();
  context.arc(at.x, at.y, at.radius, 0, 2 * Math.PI);
  context.fillStyle = node.fold.open ? surface : fill;
  context.fill();
  context.lineWidth = 1.2;
  context.strokeStyle = accent;
  context.stroke();
  centredText(context, node.fold.open ? "–" : "+", at.x, at.y + 0.5, font(at.radius * 1.5, 600), ink);
  context.restore();
}

/** What the panel says of a group. `act`: `link` makes a person's button, `fold` opens the group or shuts it. */
export function groupPanel(node, act) {
  const { open } = node.fold;
  const button = el("button", { type: "button", id: "open-group", onclick: () => act.fold(node) }, open ? t("Close the group") : t("Open the group"));
  return [
    el("header", { class: "person-head" }, el("div", {}, el("h2", { class: "panel-title" }, node.name), el("p", { class: "seat" }, tn("{count} person", "{count} people", node.people))), el("div", { class: "person-tools" }, button)),
    terms([
      [t("Met by us"), `${number(node.people_met)} (${percent(node.people ? node.people_met / node.people : 0)})`],
      [t("Mean strength of those met"), node.strength === null ? null : whole(node.strength)],
      [t("Key players"), number(node.key_count)],
    ]),
    section(t("First by influence"), lines(node.key_people.map((person) => [act.link(person.id), person.rank ? `#${person.rank}` : ""]))),
    section(t("Attitude to us"), lines(ORDER.filter((key) => node.attitudes[key]).map((key) => [attitudeWord(key), number(node.attitudes[key])]))),
  ];
}

const attitudeWord = (key) => (key === "unknown" ? t("Attitude unknown") : word("attitude", key));

/** What the panel says of a large account while nobody is picked; `chain` is the section of the decision chain. */
export function groupedOverview({ summary }, link, chain) {
  const ranked = (people) => lines(people.map((person) => [el("span", {}, link(person.id), person.job ? el("small", {}, person.job) : null), person.rank ? `#${person.rank}` : ""]));
  return [
    el("h2", { class: "panel-title" }, t("At a glance")),
    note(t("People stand in groups. Open one by its sign, or search for somebody: the way to them opens by itself.")),
    chain,
    section(t("Key influencers"), ranked(summary.top)),
    section(t("Hidden influencers"), ranked(summary.hidden)),
    section(t("Against us or sceptical, by influence"), ranked(summary.against)),
    section(t("Not met yet, by influence"), ranked(summary.not_met)),
    section(
      t("Met in each group"),
      summary.coverage.map(({ label, met, people }) => {
        const bar = meter(label, (100 * met) / people, "coverage");
        bar.querySelector(".meter-value").textContent = percent(met / people);
        return bar;
      }),
    ),
  ].filter(Boolean);
}

/** The sign of groups in the legend. */
export function groupSwatch(context, middle) {
  const { muted: line, surface } = colours();
  for (const off of [2.5, 0]) {
    roundedBox(context, middle - 9.5 + off, 6 - off, 16, 11, 3);
    context.fillStyle = surface;
    context.fill();
    context.lineWidth = 1.2;
    context.strokeStyle = line;
    context.stroke();
  }
}

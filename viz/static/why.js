// Why a strength is what it is and why a person ranks where he does: line by line, as the service computed it.
import { el } from "./dom.js";
import { lines, meter, note, personLink, section, tag } from "./facts.js";
import { date, number, percent, points, t, tn, whole, word } from "./texts.js";

const FIRST_LINES = 6;

/** The ties of ours to a contact; `evidence(kind, id)` promises the record a line rests on. */
export function strengthSection(ties, nameOf, evidence) {
  const title = t("Relationship strength");
  if (!ties.length) return section(title, note(t("Nobody of ours has met this person.")));
  return section(
    title,
    ties.map((tie, place) => tieCard(tie, place === 0, nameOf, evidence)),
  );
}

function tieCard(tie, open, nameOf, evidence) {
  const head = el(
    "summary",
    {},
    el("span", { class: "tie-name" }, nameOf(tie.member_id)),
    el("span", { class: `grade ${tie.grade}` }, word("grade", tie.grade)),
    el("strong", { class: "tie-strength" }, whole(tie.strength)),
  );
  const list = el("div", { class: "evidence" });
  const card = el(
    "details",
    { class: "tie", open },
    head,
    meter(t("Depth"), tie.depth * depthScale(tie), "depth"),
    meter(t("Warmth"), tie.warmth * depthScale(tie), "warmth"),
    el("ul", { class: "tags" }, remarks(tie)),
    list,
  );
  const fill = () => list.childElementCount || list.append(contributionList(tie, evidence));
  if (open) fill();
  card.addEventListener("toggle", () => card.open && fill());
  return card;
}

/** Depth and warmth are shares of 1 or points of 100; both are shown in points. */
const depthScale = ({ depth, warmth }) => (depth <= 1 && warmth <= 1 ? 100 : 1);

function remarks(tie) {
  const said = [];
  if (tie.cooling) said.push(tag(t("cooling"), "bad"));
  if (tie.hostile) said.push(tag(t("close but hostile"), "bad"));
  said.push(
    tag(t("{change} in 30 days", { change: points(tie.trend.d30) })),
    tag(t("{change} in 90 days", { change: points(tie.trend.d90) })),
  );
  if (tie.self_strength !== null) {
    const gap = tie.disagreement !== null && Math.abs(tie.disagreement) > 25;
    said.push(tag(t("own guess {points}", { points: whole(tie.self_strength) }), gap ? "bad" : ""));
  }
  if (tie.next_due) said.push(tag(t("next contact by {day}", { day: date(tie.next_due) })));
  said.push(tag(t("confidence {share}", { share: percent(tie.confidence) })));
  return said;
}

function contributionList(tie, evidence) {
  const sorted = [...tie.contributions].sort((one, other) => Math.abs(other.points) - Math.abs(one.points));
  const place = el("div");
  const show = (all) => {
    const shown = all ? sorted : sorted.slice(0, FIRST_LINES);
    const rest = sorted.slice(shown.length);
    const rows = shown.map((line) => [lineText(line, evidence), points(line.points)]);
    if (rest.length) {
      const more = el(
        "button",
        { type: "button", class: "person-link", onclick: () => show(true) },
        tn("and {count} smaller line", "and {count} smaller lines", rest.length),
      );
      rows.push([more, points(rest.reduce((sum, line) => sum + line.points, 0))]);
    }
    rows.push([el("strong", {}, t("Total")), el("strong", {}, whole(tie.strength))]);
    place.replaceChildren(lines(rows, "ol"));
  };
  show(false);
  return place;
}

/** What a line rests on; an interaction or a questionnaire names its day as soon as its record is here. */
function lineText(line, evidence) {
  const label = el("span", { title: t("Without it: {points}", { points: whole(line.without) }) }, kindText(line.kind));
  evidence(line).then(
    (record) => record && label.replaceChildren(recordText(record)),
    () => {},
  );
  return label;
}

function kindText(kind) {
  switch (kind) {
    case "prior":
      return t("Starting value of a first contact");
    case "knows":
      return t("Taken over from a predecessor");
    default:
      return word("interaction", kind) === kind ? word("node", kind) : word("interaction", kind);
  }
}

function recordText(record) {
  const kind = record.kind ? word("interaction", record.kind) : word("node", "assessment");
  const mood = record.sentiment > 0 ? t("went well") : record.sentiment < 0 ? t("went badly") : null;
  return [kind, date(record.at), mood].filter(Boolean).join(" · ");
}

/** The place in the ranking of `item` among `total`, and what its score is made of. */
export function rankSection(item, total, nameOf, go) {
  const title = t("Why this rank");
  if (!item) return section(title, note(t("Not in the ranking: gone, restricted or without a seat.")));
  const { prior, from, formal } = item.parts;
  const named = from.reduce((sum, source) => sum + source.points, 0);
  const others = item.score - prior - named;
  const rows = [[t("own seat and role"), points(prior)]];
  for (const source of from) {
    rows.push([
      el(
        "span",
        {},
        t("listened to by") + " ",
        personLink(nameOf(source.contact_id), () => go(source.contact_id)),
      ),
      points(source.points),
    ]);
  }
  if (others >= 0.05) rows.push([t("listened to by others"), points(others)]);
  rows.push([el("strong", {}, t("Score")), el("strong", {}, number(item.score))]);
  const marks = [];
  if (item.key_player) marks.push(tag(t("key player"), "good"));
  if (item.hidden) marks.push(tag(t("hidden influencer"), "key"));
  marks.push(tag(t("by the chart alone {points}", { points: whole(formal) })));
  if (item.stability !== null)
    marks.push(tag(t("in the top five of {share} of the trials", { share: percent(item.stability) })));
  const head = el(
    "p",
    { class: "rank-line" },
    el("strong", { class: "rank-place" }, `#${item.rank}`),
    " ",
    tn("of {count} person", "of {count} people", total),
    el("span", { class: "rank-score" }, t("{score} of 100", { score: whole(item.score) })),
  );
  return section(title, head, lines(rows, "ol"), el("ul", { class: "tags" }, marks));
}

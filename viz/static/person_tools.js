// What one can do with a person or a tie in the panel: log, edit, draw a line, move, vote; what to say to a person.
import { answer } from "./address.js";
import { ask } from "./api.js";
import { labelOf, learnLabels } from "./choices.js";
import { el } from "./dom.js";
import { create, edit, remove } from "./edit.js";
import { lines, section, terms } from "./facts.js";
import { logMenu } from "./log.js";
import { tiePast } from "./past.js";
import { date, page, percent, separator, t } from "./texts.js";
import { showVotes } from "./votes.js";

const SHORT = 4;
const LINES = { ours: "knows", rival: "courts" };

/** Opens the form of a new line that begins at somebody: an influence, a tie of ours, a competitor's tie. */
export const newLine = (node, target = null) =>
  create(LINES[node.kind] ?? "influences", { source_id: node.id, ...(target && { target_id: target }) });

const button = (label, act, title = null) => el("button", { type: "button", title, onclick: act }, label);

/** The buttons for a person; `move` asks for another boss. */
export function personTools(person, move) {
  if (person.kind === "ours" || person.kind === "rival")
    return el("div", { class: "person-acts" }, button(t("New tie"), () => newLine(person), t("New line (I)")));
  return el(
    "div",
    { class: "person-acts" },
    logMenu(person.id),
    button(t("New influence"), () => newLine(person), t("New line (I)")),
    button(t("Reports to…"), move),
    button(t("Thermometer"), () => create("assessment", { contact_id: person.id })),
  );
}

/** Concerns and talking points, the first ones; null where no rule has anything to say. */
export async function talkSection(id) {
  if (!page.personal) return null;
  const { items } = await ask(answer(`approach/${encodeURIComponent(id)}`, { lang: page.lang }, ["opportunity_id", "on", "as_of"]));
  const more = items.length > SHORT ? el("p", { class: "note" }, t("{count} more on the page", { count: items.length - SHORT })) : null;
  return section(t("Concerns and talking points"), lines(items.slice(0, SHORT).map(({ text }) => [text, null])), more);
}

/** Votes on the person's parts: in the purchase on screen, or in all. */
export async function votesSection(id, opportunityId) {
  const chosen = opportunityId ? `&target_id=${encodeURIComponent(opportunityId)}` : "";
  const { items } = await ask(`/api/v1/edges/plays?source_id=${encodeURIComponent(id)}${chosen}&limit=20`);
  const open = items.filter(({ until }) => !until);
  await learnLabels("opportunities", open.map((one) => one.target_id));
  const parts = open.map((one) => {
    const place = el("div");
    showVotes(place, one.id);
    const head = el("div", { class: "part-head" }, el("b", {}, labelOf("opportunities", one.target_id)), button(t("Edit"), () => edit("plays", one.id)));
    return el("div", { class: "playing" }, head, place);
  });
  if (!parts.length) parts.push(button(t("Add a role"), () => create("plays", { source_id: id, ...(opportunityId && { target_id: opportunityId }) })));
  return section(t("Roles in purchases"), ...parts);
}

const kindOf = ({ kind }) => (kind === "dotted" ? "reports_to" : kind);

/** Opens the form of a line. */
export const editTie = (edge) => edit(kindOf(edge), edge.id);

/** What a tie's record says beyond the drawing, and its buttons. */
export async function tieSection(edge, editable) {
  const kind = kindOf(edge);
  const record = await ask(`/api/v1/edges/${kind}/${encodeURIComponent(edge.id)}`);
  await learnLabels("interactions", record.evidence ?? []);
  const evidence = (record.evidence ?? []).map((id) => labelOf("interactions", id)).join(separator);
  return el(
    "div",
    {},
    terms([
      [t("Since"), date(record.since)],
      [t("Until"), date(record.until)],
      [t("Confirmed"), date(record.confirmed_on)],
      [t("Confidence"), percent(record.confidence)],
      [t("Known from"), record.source],
      [t("Note"), record.note],
      [t("Evidence"), evidence || null],
    ]),
    editable
      ? el("div", { class: "person-acts tie-acts" }, button(t("Edit"), () => edit(kind, edge.id)), button(t("Delete…"), () => remove(kind, edge.id)))
      : null,
    page.may_write ? tiePast(kind, edge.id) : null,
  );
}

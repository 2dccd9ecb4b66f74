// What of a map can be changed, and by whom: forms and lines begin here; their scripts are loaded when they are needed.
import { query } from "./address.js";
import { page, t } from "./texts.js";
import { failed } from "./undo.js";

/** Only what holds today can be changed, by who may: another day, or what was known then, is looked at. */
export function mayEdit() {
  return page.may_write && !query.get("as_of") && !query.get("on");
}

/** Opens the form of a person on the map; a group has none. */
export async function editNode({ id, kind }) {
  if (kind === "group") return;
  if (!mayEdit()) {
    failed(page.may_write ? t("Another day is on screen; only today's can be changed.") : t("You may look, not change."));
    return;
  }
  const { edit } = await import("./edit.js");
  await edit({ ours: "member", rival: "rival" }[kind] ?? "contact", id);
}

/** Why nothing can be dropped on a mark; null for a person. */
export const notOnGroups = (target) => (target?.kind === "group" ? t("Open the group first: lines go from person to person.") : null);

/** Why no line can be drawn between two; null if one can. */
export function noLine(id, target) {
  if (target.kind === "ours" || target.kind === "rival") return t("A line ends at a person of the account.");
  return id === target.id ? t("A line needs two people.") : null;
}

/** Asks for what the line from a mark is to say, and to whom it goes unless `target` is given. */
export async function drawLine(node, target = null) {
  if (node.kind === "group") return;
  const { newLine } = await import("./person_tools.js");
  await newLine(node, target);
}

/** Asks for another boss. */
export async function chooseBoss(people, id) {
  await (await import("./moving.js")).chooseBoss(people, id);
}

// Probable bosses offered on the org chart: the sure first guesses, each with its share and what speaks for it.
// Those that are ticked become lines, in one change set.
import { ask } from "./api.js";
import { answer } from "./address.js";
import { learnLabels, labelOf } from "./choices.js";
import { Dialog } from "./dialog.js";
import { byId, el } from "./dom.js";
import { apply } from "./edit.js";
import { percent, separator, t, tn, word } from "./texts.js";

const place = byId("unfold-all");
const button = el("button", { type: "button", id: "bosses", hidden: true, onclick: () => offer() });
let found = null;

place.before(button);
// The guesses of a large account take a while: the map comes first, and may have come before this script did.
if (document.documentElement.dataset.ready) look();
else document.addEventListener("drawn", look, { once: true });
document.addEventListener("saved", look);

/** Asks once more who is probably whose boss; the button is there while a guess is sure enough. */
async function look() {
  try {
    found = await ask(answer("probable-bosses", {}, ["on"]));
  } catch {
    found = null;
  }
  const count = found?.proposal?.changes.length ?? 0;
  button.hidden = !count || new URLSearchParams(location.search).has("as_of");
  button.textContent = tn("{count} probable boss", "{count} probable bosses", count);
}

async function offer() {
  const { proposal, items } = found;
  const ids = proposal.changes.flatMap(({ record }) => [record.source_id, record.target_id]);
  await learnLabels("contacts", ids);
  const rows = proposal.changes.map((change) => {
    const { source_id: person, target_id: boss } = change.record;
    const guess = items.find(({ contact_id: id }) => id === person)?.guesses.find(({ contact_id: id }) => id === boss);
    const signs = (guess?.grounds ?? []).filter(({ factor }) => factor > 1).map(({ sign }) => word("sign", sign));
    const box = el("input", { type: "checkbox", checked: true });
    const said = el("span", {}, t("{person} reports to {boss}", { person: labelOf("contacts", person), boss: labelOf("contacts", boss) }), " ", el("b", {}, percent(change.record.confidence)), el("small", { class: "seat" }, signs.join(separator)));
    return { change, box, element: el("li", {}, el("label", { class: "check" }, box, said)) };
  });
  new Dialog({
    title: t("Probable bosses"),
    body: el("div", { class: "form-body" }, el("p", {}, t("Nobody has entered a boss for these people. Confirm what you know to be so.")), el("ul", { class: "bosses" }, rows.map(({ element }) => element))),
    yes: t("Confirm"),
    resolve: () => {},
    act: async () => {
      const changes = rows.filter(({ box }) => box.checked).map(({ change }) => change);
      if (!changes.length) throw new Error(t("Nothing is ticked."));
      const said = tn("{count} reporting line added", "{count} reporting lines added", changes.length);
      return (await apply(changes, said, proposal.reason)) ? true : null;
    },
  });
}

// Putting somebody, with all below, under another boss: the solid line ends today and another one begins.
import { ask } from "./api.js";
import { ask as question, Dialog } from "./dialog.js";
import { el } from "./dom.js";
import { apply, create } from "./edit.js";
import { Picker } from "./picker.js";
import { t, tn } from "./texts.js";
import { failed } from "./undo.js";

const STAMPS = ["revision", "created_at", "updated_at"];

/** The ids of all below somebody on the chart. `people`: a map of rows with `parent`; of a large account those drawn,
 * with the ids of all `above`. */
export function below(people, id) {
  const found = [];
  if (people.get(id)?.above) return [...people.values()].filter(({ above }) => above?.includes(id)).map((row) => row.id);
  const under = new Map();
  for (const row of people.values()) if (row.parent) under.set(row.parent, [...(under.get(row.parent) ?? []), row.id]);
  const open = [...(under.get(id) ?? [])];
  while (open.length) {
    const next = open.pop();
    found.push(next);
    open.push(...(under.get(next) ?? []));
  }
  return found;
}

/** Why somebody cannot report to `boss`; null if that is allowed. */
export function refusal(people, id, boss) {
  const [who, whom] = [people.get(id), people.get(boss)];
  if (!who || !whom) return t("Only people of the account report to each other.");
  const names = { name: who.name, boss: whom.name };
  if (id === boss) return t("Nobody is their own boss.");
  if (who.parent === boss) return t("{name} reports to {boss} already.", names);
  if (below(people, id).includes(boss)) return t("{boss} stands below {name}: that would be a circle.", names);
  if (whom.left) return t("{boss} has left the firm.", names);
  return null;
}

/** Moves somebody under `boss`; says how many moved, with "Undo". Gives true, or null if nothing was changed. */
export async function moveUnder(people, id, boss) {
  const today = new Date().toISOString().slice(0, 10);
  try {
    const { items } = await ask(`/api/v1/edges/reports_to?source_id=${encodeURIComponent(id)}&line=solid&limit=200`);
    const open = items.filter(({ since, until }) => (!until || until > today) && (!since || since <= today));
    const now = open[0]?.target_id ?? null;
    if (now === boss) return null;
    if (now !== people.get(id).parent && !(await stillWanted(people, id, now, boss))) return null;
    const count = 1 + (people.get(id).below ?? below(people, id).length);
    const said = tn("{count} person moved under {name}", "{count} people moved under {name}", count, { name: people.get(boss).name });
    const begun = { put: "reports_to", record: { source_id: id, target_id: boss, line: "solid", since: today } };
    return (await apply([...open.map((line) => ended(line, today)), begun], said, jobBeside(people.get(id), people.get(boss)))) && true;
  } catch (error) {
    failed(error.message);
    return null;
  }
}

/** Who comes out of the tray of unplaced people has a boss now and still no job: one click more gives one. */
function jobBeside(person, boss) {
  if (person.department || !boss.department) return undefined;
  const given = { source_id: person.id, target_id: boss.department };
  return { label: t("Add a job"), act: () => create("works_in", given) };
}

/** Somebody else moved him since the map was drawn: asks whether this one still counts. */
function stillWanted(people, id, now, boss) {
  const name = (one) => people.get(one)?.name ?? one;
  return question({
    title: t("Moved by somebody else"),
    says: now
      ? t("Meanwhile {name} was put under {other}. Put {name} under {boss} all the same?", { name: name(id), other: name(now), boss: name(boss) })
      : t("Meanwhile {name} was taken from the boss. Put {name} under {boss} all the same?", { name: name(id), boss: name(boss) }),
    yes: t("Move"),
    act: async () => true,
  });
}

function ended(line, today) {
  const { revision, id } = line;
  if (line.since === today) return { delete: "reports_to", id, expected: revision };
  const record = Object.fromEntries(Object.entries({ ...line, until: today }).filter(([name]) => !STAMPS.includes(name)));
  return { put: "reports_to", record, expected: revision };
}

/** The same without dragging: asks for the boss by name. */
export function chooseBoss(people, id) {
  const picker = new Picker({ of: "contacts", many: false, chosen: [], id: "new-boss", labelled: "new-boss-label" });
  return new Promise((resolve) => {
    const dialog = new Dialog({
      title: t("{name} reports to…", { name: people.get(id).name }),
      body: el("div", { class: "form-field" }, el("label", { for: "new-boss", id: "new-boss-label" }, t("New boss")), picker.element),
      yes: t("Move"),
      kind: "question",
      resolve,
      act: async () => {
        const boss = picker.read();
        if (!boss) throw new Error(t("Choose a person."));
        const why = refusal(people, id, boss);
        if (why) throw new Error(why);
        return moveUnder(people, id, boss);
      },
    });
    dialog.element.querySelector("#new-boss").focus();
  });
}

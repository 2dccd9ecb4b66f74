// Two changed the same record: both versions field by field, and a choice where they differ.
import { ask } from "./api.js";
import { learnLabels } from "./choices.js";
import { inWords } from "./controls.js";
import { Dialog } from "./dialog.js";
import { el } from "./dom.js";
import { colon, date, semicolon, t } from "./texts.js";

const same = (one, other) => JSON.stringify(one ?? null) === JSON.stringify(other ?? null);

/** Asks which of both values to keep, for fields that `base`, `patch` and `current` say differently. Gives the patch
 * to save over `current`, or null. Fields that only others changed stay as they are now. */
export async function merged(form, base, patch, current, title) {
  const known = new Map(form.fields.map((spec) => [spec.name, spec]));
  const fields = Object.keys(patch).map((name) => known.get(name) ?? { name, label: name });
  const result = (spec) => withPatch(base[spec.name], patch[spec.name]);
  const open = fields.filter((spec) => !same(current[spec.name], result(spec)));
  if (!open.length) return {};
  const both = open.filter((spec) => !same(base[spec.name], current[spec.name]));
  if (!both.length) return patch;
  await learn(both, [base, current]);
  const theirs = form.fields.filter(({ name }) => !(name in patch) && !same(base[name], current[name]));
  await learn(theirs, [current]);
  const chosen = both.map((spec, at) => choiceRow(spec, current[spec.name], result(spec), at));
  const body = el(
    "div",
    {},
    el("p", {}, t("Somebody saved this while you were editing. Choose what to keep."), " ", await by(form, current)),
    el(
      "table",
      { class: "merge" },
      el("caption", { class: "unseen" }, t("Both versions, field by field")),
      el("thead", {}, el("tr", {}, [t("Field"), t("Theirs, saved"), t("Mine")].map((word) => el("th", { scope: "col" }, word)))),
      el("tbody", {}, chosen.map(({ element }) => element)),
    ),
    theirs.length
      ? el("p", { class: "note" }, t("Also changed by them, and kept:"), " ", theirs.map((spec) => `${spec.label}${colon}${inWords(spec, current[spec.name])}`).join(semicolon))
      : null,
  );
  return new Promise((resolve) => {
    new Dialog({
      title: t("Two versions of {what}", { what: title }),
      body,
      yes: t("Save the chosen ones"),
      kind: "merging",
      resolve,
      act: async () => {
        const dropped = chosen.filter(({ mine }) => !mine.checked).map(({ spec }) => spec.name);
        return Object.fromEntries(Object.entries(patch).filter(([name]) => !dropped.includes(name)));
      },
    });
  });
}

function withPatch(was, now) {
  const mapping = (value) => value !== null && typeof value === "object" && !Array.isArray(value);
  if (!mapping(was) || !mapping(now)) return now;
  return Object.fromEntries(Object.entries({ ...was, ...now }).filter(([, value]) => value !== null));
}

function choiceRow(spec, theirs, mine, at) {
  const box = (checked) => el("input", { type: "radio", name: `merge-${at}`, checked });
  const boxes = [box(false), box(true)];
  const cell = (value, of) => el("td", {}, el("label", {}, of, el("span", {}, inWords(spec, value))));
  const element = el("tr", {}, el("th", { scope: "row" }, spec.label), cell(theirs, boxes[0]), cell(mine, boxes[1]));
  return { spec, element, mine: boxes[1] };
}

/** Who saved the version that stands, and when. */
async function by(form, current) {
  try {
    const { items } = await ask(`/api/v1/${form.plural}/${encodeURIComponent(current.id)}/history?limit=1`);
    return items.length ? t("By {who} on {day}.", { who: items[0].actor, day: date(items[0].at) }) : "";
  } catch {
    return "";
  }
}

const learn = (fields, records) =>
  Promise.all(
    fields
      .filter(({ of }) => of)
      .map(({ of, name }) => learnLabels(of, records.flatMap((record) => record[name] ?? [])).catch(() => {})),
  );

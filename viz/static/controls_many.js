// Controls of fields that hold several values: rows of parts, degrees by word, the questionnaire.
import { ask } from "./api.js";
import { controlOf, radios } from "./controls.js";
import { el } from "./dom.js";
import { page, t, whole } from "./texts.js";

let count = 0;
const fresh = () => `m${(count += 1)}`;

/** A row of radio buttons for each word of a vocabulary: {word: degree}, without those nobody has said. */
export function degrees(spec, values) {
  const steps = [{ value: null, label: "–" }, ...[0, 1, 2, 3].map((value) => ({ value, label: String(value) }))];
  const rows = spec.choices.map(({ value, label }) => ({ value, label, row: radios(steps, values[value] ?? null, fresh()) }));
  const element = el(
    "div",
    { class: "grid-rows" },
    rows.map(({ label, row }) => el("div", { role: "group", "aria-label": label }, el("span", {}, label), row.element)),
  );
  return { element, group: true, read: () => kept(rows.map(({ value, row }) => [value, row.read()])) };
}

/** A text for each word of a vocabulary. */
export function texts(spec, values) {
  const rows = spec.choices.map(({ value, label }) => {
    const box = el("textarea", { rows: 2 });
    box.value = values[value] ?? "";
    return { value, label, box };
  });
  const element = el("div", { class: "grid-rows" }, rows.map(({ label, box }) => el("label", {}, el("span", {}, label), box)));
  return { element, group: true, read: () => kept(rows.map(({ value, box }) => [value, box.value.trim() || null])) };
}

const kept = (entries) => Object.fromEntries(entries.filter(([, value]) => value !== null));

/** Parts of a record, a row each, or the only one: a list of objects, an object, or null. */
export function parts(spec, given) {
  const many = spec.widget === "parts";
  const rows = [];
  const list = el("div", { class: "part-rows" });
  const more = el("button", { type: "button", class: "quiet", onclick: () => add({}, true) }, t("Add"));
  const add = (value, focused = false) => {
    const fields = spec.fields.map((field) => {
      const id = fresh();
      return { field, ...controlOf(field, value[field.name], id, `${id}-label`), id };
    });
    const row = { fields };
    row.element = el(
      "div",
      { class: "part-row", role: "group", "aria-label": spec.label },
      fields.map(({ field, element, group, id }) =>
        el(group ? "div" : "label", { class: "part-field", role: group ? "group" : null, "aria-label": group ? field.label : null }, el("span", { id: `${id}-label` }, field.label), element),
      ),
      el("button", { type: "button", class: "quiet", "aria-label": t("Take this row out"), onclick: () => drop(row) }, "×"),
    );
    rows.push(row);
    list.append(row.element);
    more.hidden = !many;
    if (focused) row.element.querySelector("input, select, textarea").focus();
  };
  const drop = (row) => {
    rows.splice(rows.indexOf(row), 1);
    row.element.remove();
    more.hidden = false;
    more.focus();
  };
  for (const value of many ? (given ?? []) : given ? [given] : []) add(value);
  const read = () => rows.map((row) => kept(row.fields.map(({ field, read: one }) => [field.name, one()])));
  return { element: el("div", {}, list, more), group: true, read: () => (many ? read() : (read()[0] ?? null)) };
}

/** The questionnaire behind the thermometer; what the answers come to is said beside them. */
export function questionnaire(values) {
  const rows = [];
  const sum = el("p", { class: "thermometer", role: "status" });
  const element = el("div", { class: "questionnaire", onchange: () => tell() }, el("p", { class: "note" }, t("Loading the questions…")));
  const read = () => (rows.length ? kept(rows.map(({ id, row }) => [id, row.read()])) : values);
  const tell = () => {
    const points = rows.map(({ half, row }) => ({ half, points: row.read() }));
    const of = (half) => (100 * points.filter((one) => one.half === half).reduce((all, one) => all + (one.points ?? 0), 0)) / 24;
    const open = points.filter((one) => one.points === null).length;
    sum.textContent = t("Personal {personal} · institutional {institutional} of 100 · {open} open", {
      personal: whole(of("P")),
      institutional: whole(of("I")),
      open,
    });
  };
  ask("/api/v1/questionnaire").then(
    ({ questions, choices }) => {
      const steps = choices.map(({ points, label }) => ({ value: points, label: label[page.lang] }));
      rows.push(...questions.map(({ id, half, text }) => ({ id, half, text: text[page.lang], row: radios(steps, values[id] ?? null, fresh()) })));
      element.replaceChildren(
        ...rows.map(({ text, row }) => el("div", { role: "group", "aria-label": text, class: "question-row" }, el("span", {}, text), row.element)),
        sum,
      );
      tell();
    },
    (error) => element.replaceChildren(el("p", { role: "alert" }, error.message)),
  );
  return { element, group: true, read };
}

// Controls for the values of fields. Each gives {element, read, group}: `group` is one of several inputs.
import { el } from "./dom.js";
import { Picker } from "./picker.js";
import { date, number, separator, t } from "./texts.js";
import { degrees, parts, questionnaire, texts } from "./controls_many.js";
import { labelOf } from "./choices.js";

const FEW = 6;

/** The control of a field for a value (undefined: none yet). `id` goes to its input, `labelled` names its label. */
export function controlOf(spec, value, id, labelled) {
  const given = value ?? null;
  switch (spec.widget) {
    case "flag":
      return spec.default === null ? choice({ ...spec, choices: yesOrNo() }, given, id) : flag(given ?? spec.default, id);
    case "choice":
      return choice(spec, given ?? spec.default, id);
    case "choices":
      return several(spec, given ?? []);
    case "integer":
      return isScale(spec) ? choice({ ...spec, choices: scale(spec) }, given ?? spec.default, id) : figure(spec, given, id);
    case "number":
      return figure(spec, given, id);
    case "day":
      return input("date", given ?? "", id);
    case "time":
      return moment(given, id);
    case "text":
      return area(given ?? "", id, (text) => text.trim() || null);
    case "names":
      return area((given ?? []).join("\n"), id, (text) => text.split("\n").map((line) => line.trim()).filter(Boolean));
    case "record":
    case "records": {
      const many = spec.widget === "records";
      const picker = new Picker({ of: spec.of, many, chosen: many ? (given ?? []) : given ? [given] : [], id, labelled });
      return { element: picker.element, read: () => picker.read() };
    }
    case "degrees":
      return degrees(spec, given ?? {});
    case "texts":
      return texts(spec, given ?? {}, id);
    case "questionnaire":
      return questionnaire(given ?? {});
    case "parts":
    case "part":
      return parts(spec, given);
    default:
      return input("text", given ?? "", id, spec.longest);
  }
}

const yesOrNo = () => [
  { value: true, label: t("Yes") },
  { value: false, label: t("No") },
];
const isScale = ({ least, most }) => least !== null && most !== null && most - least <= 5;
const scale = ({ least, most }) =>
  Array.from({ length: most - least + 1 }, (_, at) => ({ value: least + at, label: number(least + at) }));

function input(type, value, id, longest = null) {
  const box = el("input", { type, id, value, maxlength: longest, autocomplete: "off" });
  return { element: box, read: () => box.value.trim() || null };
}

function figure({ least, most, widget }, value, id) {
  const step = widget === "integer" ? 1 : most === 1 ? 0.05 : "any";
  const box = el("input", { type: "number", id, value, min: least, max: most, step, inputmode: "decimal", autocomplete: "off" });
  return {
    element: box,
    read: () => (box.validity.badInput ? Number.NaN : box.value === "" ? null : Number(box.value)),
  };
}

function flag(value, id) {
  const box = el("input", { type: "checkbox", id, checked: Boolean(value) });
  return { element: box, read: () => box.checked };
}

/** A time as people here read it; the service gets it in UTC. */
function moment(value, id) {
  const local = value ? new Date(new Date(value) - new Date(value).getTimezoneOffset() * 60_000) : null;
  const box = el("input", { type: "datetime-local", id, value: local?.toISOString().slice(0, 16) });
  return { element: box, read: () => (box.value ? new Date(box.value).toISOString() : null) };
}

function area(value, id, read) {
  const box = el("textarea", { id, rows: Math.min(6, Math.max(2, value.split("\n").length)) });
  box.value = value;
  return { element: box, read: () => read(box.value) };
}

/** One of a vocabulary: side by side where there are few, else a list. */
function choice(spec, value, id) {
  const optional = !spec.required && spec.default === null;
  const { choices } = spec;
  const find = (text) => choices.find((one) => String(one.value) === text)?.value ?? null;
  if (choices.length <= FEW) return radios(optional ? [{ value: null, label: "–" }, ...choices] : choices, value, id);
  const empty = optional || value === null ? [el("option", { value: "" }, "–")] : [];
  const list = el(
    "select",
    { id },
    empty,
    choices.map((one) => el("option", { value: one.value, selected: one.value === value }, one.label)),
  );
  return { element: list, read: () => find(list.value) };
}

/** Radio buttons in a row; `value` is the one chosen. */
export function radios(choices, value, name) {
  const boxes = choices.map((one) =>
    el("input", { type: "radio", name, checked: one.value === value, "aria-label": one.value === null ? t("Not known") : null }),
  );
  const element = el(
    "div",
    { class: "segments" },
    choices.map((one, at) => el("label", {}, boxes[at], el("span", {}, one.label))),
  );
  return { element, group: true, read: () => choices[boxes.findIndex((box) => box.checked)]?.value ?? null };
}

function several(spec, values) {
  const boxes = spec.choices.map((one) => el("input", { type: "checkbox", checked: values.includes(one.value) }));
  const element = el(
    "div",
    { class: "segments wrap" },
    spec.choices.map((one, at) => el("label", {}, boxes[at], el("span", {}, one.label))),
  );
  return { element, group: true, read: () => spec.choices.filter((_, at) => boxes[at].checked).map((one) => one.value) };
}

/** A value of a field in words, for merging and for what was saved. */
export function inWords(spec, value) {
  const one = (item) => inWords({ ...spec, widget: "", choices: spec.choices }, item);
  if (value === null || value === undefined || value === "" || (Array.isArray(value) && !value.length)) return "–";
  if (spec.choices && typeof value !== "object") return spec.choices.find((choice) => choice.value === value)?.label ?? String(value);
  if (spec.of && typeof value === "string") return labelOf(spec.of, value);
  if (Array.isArray(value)) return value.map(one).join(separator);
  if (typeof value === "boolean") return value ? t("Yes") : t("No");
  if (typeof value === "number") return number(value);
  if (typeof value === "object") return Object.entries(value).map(([name, part]) => `${wordOf(spec, name)} ${inPart(spec, name, part)}`).join(separator);
  if (spec.widget === "day" || spec.widget === "time") return date(value);
  return String(value);
}

const partOf = (spec, name) => spec.fields?.find((field) => field.name === name);
const wordOf = (spec, name) => partOf(spec, name)?.label ?? spec.choices?.find((one) => one.value === name)?.label ?? name;
const inPart = (spec, name, part) => inWords(partOf(spec, name) ?? {}, part);

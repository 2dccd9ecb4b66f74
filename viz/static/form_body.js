// The fields of a form: what is common in front, what is rare folded away, faults at their fields.
import { controlOf } from "./controls.js";
import { el } from "./dom.js";
import { t } from "./texts.js";

let count = 0;

class Field {
  constructor(spec, value) {
    this.spec = spec;
    const id = `field-${(count += 1)}`;
    this.control = controlOf(spec, value, id, `${id}-label`);
    this.fault = el("p", { class: "field-fault", id: `${id}-fault`, hidden: true });
    const { group } = this.control;
    const label = [spec.label, spec.unit ? el("small", {}, spec.unit) : null, this.#marker()];
    this.element = el(
      group ? "fieldset" : "div",
      { class: `form-field ${spec.widget}` },
      group ? el("legend", { id: `${id}-label` }, label) : el("label", { for: id, id: `${id}-label` }, label),
      this.control.element,
      this.fault,
    );
    this.input = group ? this.element : (this.element.querySelector(`#${id}`) ?? this.control.element);
    this.input.setAttribute("aria-describedby", this.fault.id);
    this.was = JSON.stringify(this.read());
  }

  #marker() {
    return this.spec.required ? el("small", { class: "required" }, t("needed")) : null;
  }

  read() {
    return this.control.read();
  }

  isChanged() {
    return JSON.stringify(this.read()) !== this.was;
  }

  say(text) {
    this.fault.hidden = !text;
    this.fault.textContent = text ?? "";
    if (text) this.input.setAttribute("aria-invalid", "true");
    else this.input.removeAttribute("aria-invalid");
  }

  focus() {
    const first = this.element.querySelector("input:checked, input:not([hidden]), select, textarea, button");
    first?.focus();
  }
}

/** The fields of a form with the values of `record`. */
export class FormBody {
  constructor(form, record) {
    this.fields = form.fields.map((spec) => new Field(spec, record[spec.name]));
    const [rare, front] = [true, false].map((folded) => this.fields.filter(({ spec }) => Boolean(spec.folded) === folded));
    this.more = rare.length
      ? el("details", { class: "rare" }, el("summary", {}, t("More fields")), rare.map((field) => field.element))
      : null;
    this.element = el("div", { class: "form-body" }, front.map((field) => field.element), this.more);
  }

  /** {name: value}; null is empty. Throws where something is no number. */
  read() {
    const wrong = this.fields.find((field) => Number.isNaN(field.read()));
    if (wrong) {
      wrong.say(t("This is not a number."));
      wrong.focus();
      throw new Error(t("Please look at the fields marked below."));
    }
    return Object.fromEntries(this.fields.map((field) => [field.spec.name, field.read()]));
  }

  isChanged() {
    return this.fields.some((field) => field.isChanged());
  }

  clearFaults() {
    for (const field of this.fields) field.say(null);
  }

  /** Shows what the service found wrong at its fields; false if none of it belongs to one. */
  showFaults(errors) {
    let first = null;
    for (const { pointer, message, code } of errors) {
      const names = (pointer ?? "").split("/");
      const field = this.fields.find(({ spec }) => names.includes(spec.name));
      if (!field) continue;
      field.say(code === "missing" && names.at(-1) === field.spec.name ? t("Please fill this in.") : message);
      first ??= field;
      if (field.spec.folded) this.more.open = true;
    }
    first?.focus();
    return Boolean(first);
  }

  focus() {
    this.fields[0]?.focus();
  }
}

/** The merge patch from what a form began with to what it says: what goes is null, also inside of objects. */
export function patchOf(form, body) {
  const now = body.read();
  const changed = body.fields.filter((field) => field.isChanged());
  return Object.fromEntries(changed.map(({ spec, was }) => [spec.name, between(JSON.parse(was), now[spec.name])]));
}

const isMapping = (value) => value !== null && typeof value === "object" && !Array.isArray(value);

function between(was, now) {
  if (!isMapping(was) || !isMapping(now)) return now;
  const gone = Object.keys(was).filter((name) => !(name in now));
  return { ...now, ...Object.fromEntries(gone.map((name) => [name, null])) };
}

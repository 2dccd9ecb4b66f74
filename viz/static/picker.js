// Choosing records by typing: a combobox over what the service finds, the chosen ones before it.
import { choices, labelOf, learnLabels, noteNew } from "./choices.js";
import { el } from "./dom.js";
import { page, t, tn } from "./texts.js";

const PAUSE = 120;
/** Kinds of which a name is enough to note one. */
const BY_NAME = ["members", "competitors"];

/** A field that names one record or `many` of a kind (`of`, its plural; or several, one after the other). `read` gives
 * an id or null, or ids. `words` are said in the empty field. */
export class Picker {
  constructor({ of, many, chosen, id, labelled, words = t("Type to find") }) {
    Object.assign(this, { of: [of].flat(), many, chosen: [...chosen], id, found: [], at: -1, timer: 0, asking: null });
    this.chips = el("ul", { class: "chips" });
    this.list = el("ul", { class: "picker-list", role: "listbox", id: `${id}-list`, "aria-labelledby": labelled, hidden: true });
    this.status = el("span", { class: "unseen", role: "status" });
    this.input = el("input", {
      id,
      type: "text",
      role: "combobox",
      autocomplete: "off",
      spellcheck: "false",
      placeholder: words,
      "aria-expanded": "false",
      "aria-controls": `${id}-list`,
      "aria-autocomplete": "list",
      oninput: () => this.#soon(),
      onclick: () => this.list.hidden && this.#ask(),
      onkeydown: (event) => this.#key(event),
      onblur: () => this.#close(),
    });
    this.element = el("div", { class: "picker" }, this.chips, this.input, this.list, this.status);
    this.#draw();
    Promise.all(this.of.map((one) => learnLabels(one, this.chosen))).then(() => this.#draw(), () => {});
  }

  read() {
    return this.many ? [...this.chosen] : (this.chosen[0] ?? null);
  }

  #draw() {
    this.chips.hidden = !this.chosen.length;
    this.input.hidden = !this.many && this.chosen.length > 0;
    this.chips.replaceChildren(
      ...this.chosen.map((id) => {
        const name = this.#nameOf(id);
        const away = { type: "button", "aria-label": t("Take {name} out", { name }), onclick: () => this.#drop(id) };
        return el("li", {}, el("span", {}, name), el("button", away, "×"));
      }),
    );
  }

  #nameOf(id) {
    return this.of.map((one) => labelOf(one, id, null)).find(Boolean) ?? id;
  }

  #drop(id) {
    this.chosen = this.chosen.filter((one) => one !== id);
    this.#draw();
    this.input.focus();
  }

  #soon() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.#ask(), PAUSE);
  }

  /** Whether a name is enough to note one. */
  #byName() {
    return this.of.length === 1 && BY_NAME.includes(this.of[0]);
  }

  async #ask() {
    this.asking?.abort();
    this.asking = new AbortController();
    const { signal } = this.asking;
    try {
      const found = (await Promise.all(this.of.map((one) => choices(one, this.input.value.trim(), signal)))).flat();
      if (signal.aborted || document.activeElement !== this.input) return;
      this.found = found.filter(({ id }) => !this.chosen.includes(id));
      const named = this.input.value.trim();
      if (named && page.may_write && this.#byName() && !found.some(({ label }) => label === named)) this.found.push({ named, label: t("Note {name} as new", { name: named }) });
      this.at = named && this.found.length ? 0 : -1;
      this.status.textContent = tn("{count} found", "{count} found", this.found.filter(({ id }) => id).length);
      this.#list();
    } catch (error) {
      if (error.name !== "AbortError") this.status.textContent = error.message;
    }
  }

  #list() {
    const rows = this.found.map(({ label, hint }, at) =>
      el(
        "li",
        {
          role: "option",
          id: `${this.id}-${at}`,
          "aria-selected": String(at === this.at),
          onmousedown: (event) => {
            event.preventDefault();
            this.#take(at);
          },
        },
        el("span", {}, label),
        hint ? el("small", {}, hint) : null,
      ),
    );
    if (!rows.length) rows.push(el("li", { role: "option", "aria-disabled": "true", class: "none" }, t("Nothing found")));
    this.list.replaceChildren(...rows);
    this.list.hidden = false;
    this.input.setAttribute("aria-expanded", "true");
    this.#mark();
  }

  #mark() {
    [...this.list.children].forEach((row, at) => row.setAttribute("aria-selected", String(at === this.at)));
    const row = this.at >= 0 ? this.list.children[this.at] : null;
    if (row) this.input.setAttribute("aria-activedescendant", row.id);
    else this.input.removeAttribute("aria-activedescendant");
    row?.scrollIntoView({ block: "nearest" });
  }

  #key(event) {
    if (event.isComposing) return;
    const { length } = this.found;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      if (this.list.hidden) this.#ask();
      else if (length) {
        this.at = (this.at + (event.key === "ArrowDown" ? 1 : length - 1) + (this.at < 0 && event.key === "ArrowUp" ? 1 : 0)) % length;
        this.#mark();
      }
    } else if (event.key === "Enter" && !this.list.hidden && this.at >= 0) {
      event.preventDefault();
      this.#take(this.at);
    } else if (event.key === "Escape" && !this.list.hidden) {
      event.preventDefault();
      this.#close();
    } else if (event.key === "Backspace" && !this.input.value && this.chosen.length) this.#drop(this.chosen.at(-1));
  }

  async #take(at) {
    const { named } = this.found[at];
    let { id } = this.found[at];
    if (named) {
      this.#close();
      try {
        id = await noteNew(this.of[0], named);
      } catch (error) {
        this.status.textContent = error.message;
        return;
      }
    }
    this.chosen = this.many ? [...this.chosen, id] : [id];
    this.input.value = "";
    this.#close();
    this.#draw();
    if (!this.many) this.chips.querySelector("button").focus();
  }

  #close() {
    clearTimeout(this.timer);
    this.list.hidden = true;
    this.at = -1;
    this.input.setAttribute("aria-expanded", "false");
    this.input.removeAttribute("aria-activedescendant");
  }
}

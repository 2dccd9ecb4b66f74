// Search: names in any script, pinyin and its initials, titles, departments. `/` goes there.
import { ask } from "./api.js";
import { el } from "./dom.js";
import { page, separator, t, tn } from "./texts.js";

const MOST = 8;
const COUNTED = 100;
const PAUSE = 140;
const folded = (text) => (text || "").normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
const packed = (text) => folded(text).replace(/[\s'’·.-]/g, "");

/** Whether `typed` is the beginnings of `syllables` one after the other, from the first on: "liw", "lwei", "lw". */
function spells(typed, [first, ...rest]) {
  if (!typed) return true;
  if (first === undefined) return false;
  for (let length = Math.min(first.length, typed.length); length > 0; length -= 1) {
    if (first.startsWith(typed.slice(0, length)) && spells(typed.slice(length), rest)) return true;
  }
  return false;
}

/** How well a person answers a search; 0 is not at all. Names beat initials, those beat titles and departments. */
function matchOf(person, wanted) {
  const whole = packed(wanted);
  if (!whole) return 0;
  const names = [person.name, person.other_name].map(packed).filter(Boolean);
  if (names.some((name) => name.startsWith(whole))) return 5;
  const syllables = (person.search || "").split(" ").filter(Boolean).map((term) => term.split("-"));
  const spellings = syllables.map((parts) => parts.join(""));
  if (spellings.some((term) => term.startsWith(whole))) return 4.4;
  const words = folded(person.other_name || person.name)
    .split(/\s+/)
    .concat(folded(person.name).split(/\s+/));
  if (words.some((one) => one.startsWith(whole))) return 4;
  const latin = [person.name, person.other_name].map((name) => folded(name).split(/[^a-z]+/).filter(Boolean));
  if ([...syllables, ...latin].some((parts) => spells(whole, parts))) return 3.6;
  if ([...names, ...spellings].some((name) => name.includes(whole))) return 3;
  const seat = [person.job, person.department_name, person.role_label].map(folded);
  const parts = folded(wanted).split(/\s+/).filter(Boolean);
  if (parts.every((part) => seat.some((text) => text.includes(part)))) return 2;
  const all = [...names, ...seat, ...spellings];
  return parts.every((part) => all.some((text) => text.includes(part))) ? 1 : 0;
}

/** The best answers among `people`, best first; equals in the order of their rank. */
function findPeople(people, wanted) {
  return people
    .map((person) => ({ person, score: matchOf(person, wanted) }))
    .filter(({ score }) => score > 0)
    .sort((one, other) => other.score - one.score || (one.person.rank ?? 1e9) - (other.person.rank ?? 1e9))
    .map(({ person }) => person);
}

/** The best answers in the whole account, as the service finds them: [people, whether there are more]. */
async function askFor(wanted, signal) {
  const asked = new URLSearchParams({ q: wanted, kind: "contact", account_id: page.account.id, limit: COUNTED, lang: page.lang });
  const { items, next_cursor: more } = await ask(`/api/v1/search?${asked}`, signal);
  return [items.map(({ id, name, title, department }) => ({ id, name, job: title, department_name: department })), Boolean(more)];
}

/** A combobox over the people of the view, or of all the account where the view has not got everybody (`remote`);
 * `choose` gets the id of the one taken. */
export class Search {
  constructor(input, list, live, choose) {
    Object.assign(this, { input, list, live, choose, people: [], remote: false, found: [], at: -1 });
    input.addEventListener("input", () => this.#find());
    input.addEventListener("focus", () => input.value && this.#find());
    input.addEventListener("keydown", (event) => this.#key(event));
    input.addEventListener("blur", () => this.#close());
    document.addEventListener("keydown", (event) => {
      const typing = event.target.closest?.("input, select, textarea");
      if (event.key !== "/" || typing || event.ctrlKey || event.metaKey || event.altKey) return;
      event.preventDefault();
      input.focus();
      input.select();
    });
  }

  async #find() {
    const wanted = this.input.value.trim();
    this.asking?.abort();
    if (!this.remote || !wanted) {
      const all = findPeople(this.people, wanted);
      this.#offer(wanted, all, false);
      return;
    }
    this.asking = new AbortController();
    const { signal } = this.asking;
    await new Promise((resolve) => setTimeout(resolve, PAUSE)); // not for every letter
    if (signal.aborted) return;
    const [all, more] = await askFor(wanted, signal).catch(() => [[], false]);
    if (!signal.aborted) this.#offer(wanted, all, more);
  }

  #offer(wanted, all, more) {
    this.found = all.slice(0, MOST);
    this.at = this.found.length ? 0 : -1;
    this.list.hidden = !wanted;
    this.input.setAttribute("aria-expanded", String(Boolean(wanted)));
    if (!wanted) return;
    this.live.textContent = more ? t("More than {count} people found", { count: all.length }) : tn("{count} person found", "{count} people found", all.length);
    this.#draw(all.length, more);
  }

  #draw(total, more) {
    const rows = this.found.map((person, place) =>
      el(
        "li",
        {
          id: `found-${place}`,
          role: "option",
          "aria-selected": String(place === this.at),
          onmousedown: (event) => {
            event.preventDefault();
            this.#take(place);
          },
        },
        el("span", { class: "found-name" }, person.name, person.other_name ? el("small", {}, person.other_name) : null),
        el("span", { class: "found-seat" }, [person.job, person.department_name].filter(Boolean).join(" · ")),
      ),
    );
    if (!rows.length)
      rows.push(
        el(
          "li",
          { class: "found-none", role: "option", "aria-disabled": "true" },
          t("Nobody found. Names, pinyin, initials, titles and departments are searched."),
        ),
      );
    else if (more || total > MOST)
      rows.push(
        el(
          "li",
          { class: "found-none", role: "option", "aria-disabled": "true" },
          more ? t("and more than {count} others: type more of the name", { count: total - MOST }) : t("and {count} more", { count: total - MOST }),
        ),
      );
    this.list.replaceChildren(...rows);
    this.#mark();
  }

  #mark() {
    [...this.list.children].forEach((row, place) => {
      if (place < this.found.length) row.setAttribute("aria-selected", String(place === this.at));
    });
    if (this.at >= 0) this.input.setAttribute("aria-activedescendant", `found-${this.at}`);
    else this.input.removeAttribute("aria-activedescendant");
  }

  #key(event) {
    if (event.isComposing) return;
    const { length } = this.found;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      if (!length) return;
      event.preventDefault();
      this.at = (this.at + (event.key === "ArrowDown" ? 1 : length - 1)) % length;
      this.#mark();
    } else if (event.key === "Enter") {
      event.preventDefault();
      if (this.at >= 0) this.#take(this.at);
    } else if (event.key === "Escape") {
      this.input.value = "";
      this.#close();
    }
  }

  #take(place) {
    const person = this.found[place];
    this.input.value = "";
    this.#close();
    this.choose(person.id);
  }

  #close() {
    this.list.hidden = true;
    this.found = [];
    this.at = -1;
    this.input.setAttribute("aria-expanded", "false");
    this.input.removeAttribute("aria-activedescendant");
  }
}

export const seatOf = (person) => [person.job, person.department_name].filter(Boolean).join(separator);

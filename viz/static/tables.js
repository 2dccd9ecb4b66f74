// The same facts as the drawing, as tables that sort: people and ties.
import { byId, el, heldFocus } from "./dom.js";
import { keyNames } from "./group.js";
import { compare, number, percent, separator, t, tn, whole, word } from "./texts.js";
import { attitudeKey } from "./theme.js";

const FIRST = 200;

const attitudeWord = (person) =>
  attitudeKey(person.attitude) === "unknown" ? t("Unknown") : word("attitude", person.attitude);

const PEOPLE = [
  { key: "rank", title: t("Rank"), numeric: true, show: (row) => row.rank ?? "–" },
  { key: "name", title: t("Name"), heading: true, show: (row) => row.name, under: (row) => row.other_name },
  { key: "job", title: t("Job"), show: (row) => row.job || "–" },
  { key: "department_name", title: t("Department"), show: (row) => row.department_name || "–" },
  {
    key: "level",
    title: t("Level"),
    order: (row) => ["decision", "management", "operational"].indexOf(row.level),
    show: (row) => row.level_label || (row.level ? word("level", row.level) : "–"),
  },
  { key: "roles", title: t("Buying role"), order: (row) => rolesOf(row), show: (row) => rolesOf(row) || "–" },
  { key: "attitude", title: t("Attitude"), order: (row) => row.attitude ?? -9, show: attitudeWord },
  {
    key: "strength",
    title: t("Strength"),
    numeric: true,
    order: (row) => row.strength ?? -1,
    show: (row) => (row.met === false || row.strength === null ? t("not met") : whole(row.strength)),
  },
  {
    key: "score",
    title: t("Influence"),
    numeric: true,
    order: (row) => row.score ?? -1,
    show: (row) => (row.score === null || row.score === undefined ? "–" : whole(row.score)),
  },
];

const TIES = [
  { key: "from_name", title: t("From"), heading: true, person: (row) => row.from, show: (row) => row.from_name },
  { key: "to_name", title: t("To"), person: (row) => row.to, show: (row) => row.to_name },
  { key: "kind", title: t("Kind"), tie: true, order: (row) => row.kind_label, show: (row) => row.kind_label },
  { key: "sign", title: t("For or against us"), order: (row) => row.sign ?? 0, show: (row) => signWord(row.sign) },
  {
    key: "weight",
    title: t("Weight or strength"),
    numeric: true,
    order: (row) => measureOf(row),
    show: (row) => measureText(row),
  },
  {
    key: "chain",
    title: t("Step of the chain"),
    numeric: true,
    order: (row) => row.chain ?? 1e9,
    show: (row) => (row.chain === null || row.chain === undefined ? "–" : number(row.chain + 1)),
  },
];

const GROUPS = [
  { key: "name", title: t("Group"), heading: true, show: (row) => row.name },
  { key: "people", title: t("People"), numeric: true, show: (row) => number(row.people) },
  { key: "people_met", title: t("Met by us"), numeric: true, show: (row) => number(row.people_met) },
  { key: "strength", title: t("Strength"), numeric: true, order: (row) => row.strength ?? -1, show: (row) => (row.strength === null ? t("not met") : whole(row.strength)) },
  { key: "against", title: t("Against us or sceptical"), numeric: true, order: (row) => againstUs(row), show: (row) => number(againstUs(row)) },
  { key: "key_count", title: t("Key players"), numeric: true, show: (row) => number(row.key_count) },
  { key: "first", title: t("First by influence"), order: (row) => keyNames(row), show: (row) => keyNames(row) || "–" },
  { key: "open", title: t("State"), order: (row) => row.fold.open, show: (row) => (row.fold.open ? t("opened") : t("closed")) },
];

const againstUs = ({ attitudes }) => attitudes["-1"] + attitudes["-2"];
const rolesOf = (row) => (row.roles || []).map((role) => word("role", role)).join(separator);
const signWord = (sign) => (sign > 0 ? t("for") : sign < 0 ? t("against") : "–");
const measureOf = (row) => row.strength ?? (row.weight === null || row.weight === undefined ? -1 : row.weight * 100);

function measureText(row) {
  if (row.strength !== null && row.strength !== undefined) return whole(row.strength);
  if (row.weight !== null && row.weight !== undefined) return percent(row.weight);
  return "–";
}

/** One sortable table in `place`; `choose` gets the id of the person whose button is pressed, `chooseTie` of the tie. */
class SortedTable {
  constructor(place, columns, caption, choose, idOf, chooseTie = null) {
    Object.assign(this, { place, columns, caption, choose, idOf, chooseTie, rows: [], by: null, down: false, whole: false });
  }

  show(rows) {
    this.rows = rows;
    this.whole = false;
    this.#draw();
  }

  #sorted() {
    if (!this.by) return this.rows;
    const value = this.by.order ?? ((row) => row[this.by.key]);
    const turn = this.down ? -1 : 1;
    const empty = (one) => one === null || one === undefined || one === "";
    return [...this.rows].sort((first, second) => {
      const [one, other] = [value(first), value(second)];
      if (empty(one) || empty(other)) return empty(one) - empty(other);
      return (
        turn *
        (typeof one === "number" && typeof other === "number" ? one - other : compare(String(one), String(other)))
      );
    });
  }

  #draw() {
    const rows = this.#sorted();
    const shown = this.whole ? rows : rows.slice(0, FIRST);
    const table = el(
      "table",
      { class: "facts-table" },
      el("caption", { class: "unseen" }, this.caption),
      el(
        "thead",
        {},
        el(
          "tr",
          {},
          this.columns.map((column) => this.#head(column)),
        ),
      ),
      el(
        "tbody",
        {},
        shown.map((row) =>
          el(
            "tr",
            {},
            this.columns.map((column) => this.#cell(column, row)),
          ),
        ),
      ),
    );
    const more =
      rows.length > shown.length
        ? el(
            "button",
            {
              type: "button",
              class: "quiet",
              onclick: () => {
                this.whole = true;
                this.#draw();
              },
            },
            tn("Show {count} more", "Show {count} more", rows.length - shown.length),
          )
        : null;
    const giveBack = heldFocus(this.place);
    this.place.replaceChildren(table, ...(more ? [more] : []));
    giveBack();
  }

  #head(column) {
    const sort = this.by === column ? (this.down ? "descending" : "ascending") : null;
    return el(
      "th",
      { scope: "col", class: column.numeric ? "numeric" : null, "aria-sort": sort },
      el(
        "button",
        { type: "button", class: "sort", onclick: () => this.#sortBy(column) },
        column.title,
        el("span", { class: "sort-mark", "aria-hidden": "true" }, sort ? (this.down ? "▾" : "▴") : "↕"),
      ),
    );
  }

  #sortBy(column) {
    this.down =
      this.by === column ? !this.down : Boolean(column.numeric && column.key !== "rank" && column.key !== "chain");
    this.by = column;
    this.#draw();
    [...this.place.querySelectorAll("th button")][this.columns.indexOf(column)].focus();
  }

  #cell(column, row) {
    const text = String(column.show(row));
    const id = column.person ? column.person(row) : column.heading ? this.idOf(row) : null;
    const under = column.under?.(row);
    const link = (act) => el("button", { type: "button", class: "person-link", onclick: act }, text);
    const inside = id ? link(() => this.choose(id)) : column.tie ? link(() => this.chooseTie(row.id)) : text;
    return el(
      column.heading ? "th" : "td",
      { scope: column.heading ? "row" : null, class: column.numeric ? "numeric" : null },
      inside,
      under ? el("small", {}, under) : null,
    );
  }
}

/** Both tables under the drawing, one at a time. */
export class Tables {
  constructor(root, choose, chooseTie) {
    this.tabs = [...root.querySelectorAll("[role=tab]")];
    const [groups, people, ties] = this.tabs.map((tab) => byId(tab.getAttribute("aria-controls")));
    this.groups = new SortedTable(groups, GROUPS, t("Groups on this map"), choose, (row) => row.id);
    this.people = new SortedTable(people, PEOPLE, t("People on this map"), choose, (row) => row.id);
    this.ties = new SortedTable(ties, TIES, t("Ties on this map"), choose, () => null, chooseTie);
    for (const tab of this.tabs) {
      tab.addEventListener("click", () => this.#open(tab));
      tab.addEventListener("keydown", (event) => {
        if (event.key !== "ArrowLeft" && event.key !== "ArrowRight") return;
        const there = this.tabs.filter((one) => !one.hidden);
        const by = event.key === "ArrowLeft" ? there.length - 1 : 1;
        const other = there[(there.indexOf(tab) + by) % there.length];
        this.#open(other);
        other.focus();
      });
    }
  }

  show({ groups = null, people, ties }) {
    if (groups) this.groups.show(groups);
    this.people.show(people);
    this.ties.show(ties);
    const [first] = this.tabs;
    if (first.hidden && groups) this.#open(first);
    first.hidden = !groups;
    const counts = [groups?.length ?? 0, people.length, ties.length];
    this.tabs.forEach((tab, place) => {
      tab.querySelector(".count").textContent = number(counts[place]);
    });
  }

  #open(chosen) {
    for (const tab of this.tabs) {
      const open = tab === chosen;
      tab.setAttribute("aria-selected", String(open));
      tab.tabIndex = open ? 0 : -1;
      byId(tab.getAttribute("aria-controls")).hidden = !open;
    }
  }
}

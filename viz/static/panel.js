// The panel beside the map: a person, a tie, or what matters while nobody is picked.
import { query } from "./address.js";
import { evidence, nameById, placeIn, ranking, tiesTo } from "./answers.js";
import { el } from "./dom.js";
import { lines, note, personLink, section, signOf, tag, terms } from "./facts.js";
import { groupPanel } from "./group.js";
import { overview } from "./overview.js";
import { rankSection, strengthSection } from "./why.js";
import { page, percent, separator, t, tn, whole, word } from "./texts.js";
import { attitudeKey } from "./theme.js";

export class Panel {
  /** `act`: `go` picks a person by id wherever he is; `focus` fades all but those tied to him; `edit` opens his form;
   * `move` asks for another boss; `fold` opens or shuts a group; `think` opens the lens "what if" with him; `may` says whether anything can be changed. */
  constructor(body, act) {
    Object.assign(this, act);
    this.body = body;
    this.turn = 0;
    this.extra = [];
  }

  /** Takes a view; names of everybody in it and its tables are known from then on. */
  use(view) {
    this.view = view;
    const said = ["top", "against", "not_met", "hidden"].flatMap((part) => (view.tables.groups ? view.summary[part] : []));
    const named = view.nodes.flatMap((node) => node.key_people ?? []);
    const { chain } = view.summary;
    const onChain = chain?.hidden?.map((id) => ({ id, name: chain.names[chain.path.indexOf(id)] })) ?? [];
    this.people = new Map([...named, ...onChain, ...said, ...view.tables.people, ...view.nodes].map((person) => [person.id, person]));
    for (const tie of view.tables.ties) {
      for (const [id, name] of [
        [tie.from, tie.from_name],
        [tie.to, tie.to_name],
      ]) {
        if (!this.people.has(id)) this.people.set(id, { id, name });
      }
    }
  }

  nameOf = (id) => this.people.get(id)?.name ?? id;

  link = (id, name = this.nameOf(id)) => personLink(name, () => this.go(id));

  showOverview() {
    this.turn += 1;
    this.body.replaceChildren(...this.extra, ...overview(this.view, this.link, this.nameOf));
  }

  async showTie(edge) {
    this.turn += 1;
    const turn = this.turn;
    const more = el("div");
    const row = this.view.tables.ties.find((tie) => tie.id === edge.id) ?? edge;
    const head = el("h2", { class: "panel-title" }, `${this.nameOf(edge.from)} → ${this.nameOf(edge.to)}`);
    this.body.replaceChildren(
      head,
      terms([
        [t("Kind"), row.kind_label ?? word("edge", edge.kind)],
        [
          t("Weight"),
          edge.weight === null || edge.weight === undefined || (edge.strength !== undefined && edge.strength !== null)
            ? null
            : percent(edge.weight),
        ],
        [t("Strength"), edge.strength === null || edge.strength === undefined ? null : whole(edge.strength)],
        [t("Carries the decision with"), edge.probability ? percent(edge.probability) : null],
        [t("Because of"), edge.basis ? word("basis", edge.basis) : null],
      ]),
      more,
      section(
        t("Both ends"),
        lines([
          [this.link(edge.from), ""],
          [this.link(edge.to), ""],
        ]),
      ),
    );
    if (edge.bundle) {
      more.replaceWith(note(tn("{count} tie taken together", "{count} ties taken together", edge.count)));
      return;
    }
    const { tieSection } = await import("./person_tools.js");
    const found = await tieSection(edge, this.may()).catch((error) => note(error.message));
    if (turn === this.turn) more.replaceWith(found);
  }

  /** Shows a person: at once what the view knows, then strength and rank as the service explains them. */
  async showPerson(id) {
    this.turn += 1;
    const turn = this.turn;
    const person = this.people.get(id);
    if (person.kind === "group") {
      this.body.replaceChildren(...groupPanel(person, this).filter(Boolean), ...this.#ties(id));
      return;
    }
    const waiting = el("div", { class: "waiting", role: "status" }, t("Asking why…"));
    const parts = [this.#head(person), this.#facts(person)];
    const ties = this.#ties(id);
    const acts = el("div");
    const beside = el("div");
    parts.push(acts);
    this.#tools(person, turn, acts, beside);
    if (person.kind === "ours" || person.kind === "rival") {
      this.body.replaceChildren(...parts, ...ties);
      return;
    }
    this.body.replaceChildren(...parts, waiting, beside, ...ties);
    try {
      const [known, ranked] = await Promise.all([tiesTo(id), this.view.tables.groups ? placeIn(id) : ranking()]);
      const item = ranked.find((one) => one.contact_id === id);
      const sources = item?.parts.from ?? [];
      await Promise.all([...known.map((tie) => this.#learnName(tie.member_id)), ...sources.map((one) => this.#learnName(one.contact_id, "contacts"))]);
      if (turn !== this.turn) return;
      const why = rankSection(item, this.view.summary.people ?? ranked.length, this.nameOf, this.go);
      waiting.replaceWith(strengthSection(known, this.nameOf, evidence), why);
    } catch (error) {
      if (turn !== this.turn) return;
      const again = el(
        "button",
        { type: "button", class: "quiet", onclick: () => this.showPerson(id) },
        t("Try again"),
      );
      waiting.replaceWith(el("div", { class: "refusal", role: "alert" }, el("p", {}, error.message), again));
    }
  }

  /** Buttons, what to say and votes: their scripts are loaded when somebody is looked at. */
  async #tools(person, turn, acts, beside) {
    const tools = await import("./person_tools.js");
    if (turn !== this.turn) return;
    if (this.may()) acts.replaceWith(tools.personTools(person, () => this.move(person.id)));
    if (person.kind === "ours" || person.kind === "rival") return;
    const asked = person.placeholder || person.restricted ? [] : [tools.talkSection(person.id)];
    if (this.may() && !person.restricted) asked.push(tools.votesSection(person.id, query.get("opportunity_id")));
    const found = await Promise.all(asked.map((one) => one.catch((error) => note(error.message))));
    if (page.may_write && !person.restricted) found.push((await import("./past.js")).personPast(person.id));
    if (turn === this.turn) beside.replaceChildren(...found.filter(Boolean));
  }

  async #learnName(id, list) {
    if (!this.people.has(id)) this.people.set(id, { id, name: await nameById(id, list) });
  }

  #head(person) {
    const seat = [person.job, person.department_name].filter(Boolean).join(" · ");
    return el(
      "header",
      { class: "person-head" },
      signOf(person),
      el(
        "div",
        {},
        el("h2", { class: "panel-title" }, this.#titled(person), person.other_name ? el("small", {}, person.other_name) : null),
        seat ? el("p", { class: "seat" }, seat) : null,
      ),
      el(
        "div",
        { class: "person-tools" },
        page.may_write ? el("button", { type: "button", title: t("Edit (E)"), onclick: () => this.edit(person) }, t("Edit")) : null,
        this.view.nodes.some((node) => node.id === person.id)
          ? el(
              "button",
              {
                type: "button",
                title: t("Fade everybody not tied to this person (F)"),
                onclick: () => this.focus(person.id),
              },
              t("Focus"),
            )
          : null,
        this.think ? el("button", { type: "button", title: t("What if this person left, or thought otherwise?"), onclick: () => this.think(person.id) }, t("What if…")) : null,
      ),
    );
  }

  /** The name; of a person of the account it leads to the page about him. */
  #titled(person) {
    if (person.kind === "ours" || person.kind === "rival" || !page.personal) return person.name;
    const kept = ["opportunity_id", "on", "as_of"].filter((name) => query.get(name)).map((name) => [name, query.get(name)]);
    const asked = new URLSearchParams(kept).toString();
    const place = `/accounts/${encodeURIComponent(page.account.id)}/contacts/${encodeURIComponent(person.id)}`;
    return el("a", { href: asked ? `${place}?${asked}` : place, title: t("All about this person") }, person.name);
  }

  #facts(person) {
    if (person.kind === "ours" || person.kind === "rival")
      return el("ul", { class: "tags" }, tag(person.kind_label ?? ""));
    const marks = (person.roles || []).map((role) => tag(word("role", role), "role"));
    if (person.hidden) marks.push(tag(t("hidden influencer"), "key"));
    if (person.left) marks.push(tag(t("left the firm"), "bad"));
    if (person.placeholder) marks.push(tag(t("name not known yet"), "bad"));
    if (person.stale) marks.push(tag(t("not confirmed for 90 days"), "bad"));
    const known = person.parent_name ?? this.people.get(person.parent)?.name;
    const boss = person.parent && known ? this.link(person.parent, known) : null;
    return el(
      "div",
      {},
      marks.length ? el("ul", { class: "tags" }, marks) : null,
      terms([
        [t("Attitude"), attitudeKey(person.attitude) === "unknown" ? t("Unknown") : word("attitude", person.attitude)],
        [t("Level"), person.level ? word("level", person.level) : null],
        [t("Category"), person.category_label],
        [t("Reports to"), boss],
        [t("Our owner"), person.owner_name],
      ]),
    );
  }

  #ties(id) {
    const ties = this.view.tables.ties.filter((tie) => tie.from === id || tie.to === id);
    const groups = [
      [t("Influences"), ties.filter((tie) => tie.kind === "influences" && tie.from === id), (tie) => tie.to],
      [t("Influenced by"), ties.filter((tie) => tie.kind === "influences" && tie.to === id), (tie) => tie.from],
      [t("Direct reports"), ties.filter((tie) => isLine(tie) && tie.from === id), (tie) => tie.to],
      [t("Dotted line to"), ties.filter((tie) => tie.kind === "dotted" && tie.to === id), (tie) => tie.from],
      [t("Ties of ours"), ties.filter((tie) => tie.kind === "knows"), (tie) => (tie.from === id ? tie.to : tie.from)],
      [
        t("Competitors' ties"),
        ties.filter((tie) => tie.kind === "courts"),
        (tie) => (tie.from === id ? tie.to : tie.from),
      ],
      [
        t("Colleagues"),
        ties.filter((tie) => tie.kind === "bond" || tie.kind === "messages"),
        (tie) => (tie.from === id ? tie.to : tie.from),
      ],
    ];
    return groups
      .filter(([, rows]) => rows.length)
      .map(([title, rows, other]) =>
        section(
          `${title} (${rows.length})`,
          lines(sortedTies(rows).map((tie) => [this.link(other(tie)), tieValue(tie)])),
        ),
      );
  }
}

const isLine = (tie) => tie.kind === "reports_to" || tie.kind === "dotted";
const size = (tie) => tie.strength ?? (tie.weight ?? 0) * 100;
const sortedTies = (ties) => [...ties].sort((one, other) => size(other) - size(one));

function tieValue(tie) {
  if (isLine(tie)) return "";
  const value =
    tie.strength !== null && tie.strength !== undefined ? whole(tie.strength) : tie.weight ? percent(tie.weight) : "";
  return tie.sign < 0 ? [t("against"), value].filter(Boolean).join(separator) : value;
}

// What the panel says while nobody is picked: the best chain, its weakest link, who blocks, who is not met yet.
import { query } from "./address.js";
import { el } from "./dom.js";
import { lines, meter, note, section } from "./facts.js";
import { groupedOverview } from "./group.js";
import { date, page, percent, t, tn, whole, word } from "./texts.js";
import { attitudeKey } from "./theme.js";

const SHORT = 5;

/** The sections of the overview of a view; `link` makes a person's button, `nameOf` gives a name. */
export function overview(view, link, nameOf) {
  const chain = view.view === "influence" ? chainSection(view, link, nameOf) : null;
  if (view.tables.groups) return groupedOverview(view, link, chain);
  const people = view.tables.people;
  return [
    el("h2", { class: "panel-title" }, t("At a glance")),
    note(t("Pick a person on the map, in the search or in the table below.")),
    chain,
    keySection(people, link),
    view.view === "influence" ? blockerSection(people, link) : coverageSection(people),
    view.view === "influence" ? competitorSection(view, link) : null,
    unmetSection(people, link),
  ].filter(Boolean);
}

function chainSection(view, link, nameOf) {
  const { chain } = view.summary;
  if (!chain && view.tables.groups) return section(t("Best decision chain"), el("p", { class: "note" }, t("A row on the page of decision chains lights its way here."), " ", el("a", { href: chainsPage() }, t("Decision chains"))));
  if (!chain) {
    return section(
      t("Best decision chain"),
      note(t("No chain leads from our people to a decision maker. Add ties of ours or influence lines.")),
    );
  }
  const path = lines(
    chain.path.map((id, place) => [
      el(
        "span",
        {},
        place ? el("span", { class: "disc" }, String(place)) : el("span", { class: "disc start" }),
        link(id),
      ),
      place ? percent(chain.steps[place - 1].probability) : "",
    ]),
    "ol",
  );
  const weak = chain.steps
    .filter((step) => chain.weakest.includes(step.edge_id))
    .map((step) => `${nameOf(step.source_id)} → ${nameOf(step.target_id)} (${percent(step.probability)})`);
  const said = [
    [t("Chain probability"), percent(chain.probability)],
    [t("Reach over all ways"), percent(chain.reach)],
    [tn("Weakest link", "Weakest links", weak.length), el("span", {}, weak.join("; "))],
  ];
  if (chain.window) {
    const since = chain.window_since ? t("since {day}", { day: date(chain.window_since) }) : "";
    said.push([t("Decision layer"), `${word("window", chain.window)} ${since}`.trim()]);
  }
  const hidden = chain.hidden?.length ?? 0;
  const away = hidden ? note(tn("{count} person of it stands in a closed group, where the line ends.", "{count} people of it stand in closed groups, where the line ends.", hidden)) : null;
  return section(t("Best decision chain"), path, lines(said), away);
}

/** The page of all chains, asked as the map is. */
function chainsPage() {
  const asked = new URLSearchParams(["opportunity_id", "step", "on", "as_of"].filter((name) => query.get(name)).map((name) => [name, query.get(name)]));
  return `/accounts/${encodeURIComponent(page.account.id)}/chains?${asked}`;
}

function keySection(people, link) {
  const best = people
    .filter((person) => person.rank && person.rank <= SHORT)
    .sort((one, other) => one.rank - other.rank);
  const secret = people.filter((person) => person.hidden);
  return [
    section(
      t("Key influencers"),
      lines(
        best.map((person) => [
          el("span", {}, el("span", { class: "place" }, `#${person.rank}`), link(person.id)),
          whole(person.score),
        ]),
      ),
    ),
    section(
      t("Hidden influencers"),
      lines(secret.map((person) => [link(person.id), person.met ? whole(person.strength ?? 0) : t("not met")])),
    ),
  ]
    .filter(Boolean)
    .reduce((box, part) => {
      box.append(part);
      return box;
    }, el("div"));
}

function blockerSection(people, link) {
  const against = people
    .filter((person) => (person.attitude ?? 0) < 0)
    .sort((one, other) => (one.rank ?? 1e9) - (other.rank ?? 1e9));
  return section(
    t("Against us or sceptical, by influence"),
    lines(
      against
        .slice(0, SHORT)
        .map((person) => [
          el("span", {}, link(person.id), el("small", {}, word("attitude", person.attitude))),
          person.rank ? `#${person.rank}` : "",
        ]),
    ),
  );
}

function competitorSection(view, link) {
  const ties = view.tables.ties
    .filter((tie) => tie.kind === "courts")
    .sort((one, other) => (other.strength ?? 0) - (one.strength ?? 0));
  return section(
    t("Competitors' strongest ties"),
    lines(
      ties
        .slice(0, SHORT)
        .map((tie) => [
          el("span", {}, link(tie.from), " → ", link(tie.to)),
          tie.strength === null ? "" : whole(tie.strength),
        ]),
    ),
  );
}

function unmetSection(people, link) {
  const unmet = people
    .filter((person) => person.met === false && !person.left && person.rank)
    .sort((one, other) => one.rank - other.rank);
  const rows = unmet.slice(0, SHORT).map((person) => [link(person.id), `#${person.rank}`]);
  return section(tn("Not met yet ({count})", "Not met yet ({count})", unmet.length), lines(rows));
}

/** How many of each department somebody of ours has met, and whose attitude is known. */
function coverageSection(people) {
  const units = new Map();
  for (const person of people.filter((one) => !one.left)) {
    const name = person.department_name || t("Without a department");
    const unit = units.get(name) ?? { met: 0, all: 0, known: 0 };
    unit.all += 1;
    unit.met += person.met ? 1 : 0;
    unit.known += attitudeKey(person.attitude) === "unknown" ? 0 : 1;
    units.set(name, unit);
  }
  return section(
    t("Met in each department"),
    [...units].map(([name, { met, all }]) => {
      const bar = meter(name, (100 * met) / all, "coverage");
      bar.querySelector(".meter-value").textContent = `${met}/${all}`;
      return bar;
    }),
  );
}

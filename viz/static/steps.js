// The lens of purchasing steps: a slider asks the map anew at each, and says who rises, who falls and whose window is open.
import { answer, query } from "./address.js";
import { ask } from "./api.js";
import { byId, el } from "./dom.js";
import { lines, note } from "./facts.js";
import { map } from "./map.js";
import { colon, date, page, t, word } from "./texts.js";

const choice = byId("step");
const steps = [...choice.options].slice(1).map(({ value }) => value);
const deal = () => page.opportunities.find(({ id }) => id === query.get("opportunity_id"));
const now = () => query.get("step") ?? deal()?.step ?? null;
let before = null;

export function bar() {
  before = deal()?.step ?? now() ?? steps[0];
  const said = el("output", { for: "step-slider" }, now() ? word("step", now()) : t("no step"));
  const slider = el("input", {
    type: "range",
    id: "step-slider",
    min: 0,
    max: steps.length - 1,
    value: Math.max(0, steps.indexOf(now())),
    "aria-label": t("Purchasing step"),
    "aria-valuetext": now() ? word("step", now()) : t("no step"),
    oninput: () => {
      before = now() ?? before;
      const step = steps[slider.value];
      choice.value = step;
      slider.setAttribute("aria-valuetext", word("step", step));
      choice.dispatchEvent(new Event("change"));
    },
  });
  choice.addEventListener("change", () => {
    slider.value = Math.max(0, steps.indexOf(now()));
    said.textContent = now() ? word("step", now()) : t("no step");
  });
  return [el("b", {}, t("Step by step")), slider, said, el("span", { id: "windows", class: "note" })];
}

export const asks = () => ({ compare_step: before });

export async function look(seeing) {
  const [{ people: signs, says: title }, { items }, { items: chains }] = await Promise.all([
    seeing,
    ask(answer("influencers", { compare_step: before, limit: 40, lang: page.lang })),
    ask(answer("chains", { k: 1, limit: 1 })),
  ]);
  const window = windowOf(chains[0]);
  byId("windows").textContent = window;
  const rows = items
    .filter(({ contact_id: id }) => signs[id])
    .map(({ contact_id: id, rank, moved: { why } }) => [
      el("span", {}, el("span", { class: "place" }, `#${rank}`), map.panel.link(id), el("small", {}, inOurWords(why))),
      signs[id].text,
    ]);
  const same = note(t("Nobody among the first twelve moves."));
  return { sections: [el("h2", { class: "panel-title" }, title), rows.length ? lines(rows) : same], says: window };
}

/** The service names people as they are written; the map in the language of the page. */
const inOurWords = (why) => map.view.tables.people.reduce((text, { name, other_name: other }) => (other ? text.replaceAll(other, name) : text), why);

function windowOf(chain) {
  if (!chain?.window) return "";
  const since = chain.window_since ? t("since {day}", { day: date(chain.window_since) }) : "";
  return `${t("Decision layer")}${colon}${word("window", chain.window)} ${since}`.trim();
}

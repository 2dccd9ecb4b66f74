// What the page shows is in its address: opportunity, step, date, language, unfolded departments,
// the person looked at and what the legend hides. A copied address shows the same picture.
import { page } from "./texts.js";

export const FOLDED = "none";
const ASKED = ["opportunity_id", "step", "on", "as_of"];
const CHAIN = ["target_id", "source_id", "chain"];
const KEPT = [...ASKED, "contact"];
const OWN = ["unfold", "hide", "if", "since", "known", "saved"];

export const query = new URLSearchParams(location.search);

/** Says in the address what another view of the account shows, in place of all it said. */
export function turnTo(view, said) {
  for (const name of [...query.keys()]) if (name !== "lang") query.delete(name);
  for (const [name, value] of Object.entries(said)) query.set(name, value);
  page.view = view;
  history.replaceState(null, "", `/accounts/${encodeURIComponent(page.account.id)}/${view}?${query}`);
}

/** Writes one value into the address without loading; empty removes it. `step`: the browser's "back" undoes it. */
export function remember(name, value, step = false) {
  if (value) query.set(name, value);
  else query.delete(name);
  const text = query.toString();
  const change = step ? "pushState" : "replaceState";
  history[change](null, "", text ? `${location.pathname}?${text}` : location.pathname);
  carry();
}

/** Runs `act` after the browser has gone back or forth to another address of this map. */
export function whenAddressTurns(act) {
  window.addEventListener("popstate", () => {
    const said = new URLSearchParams(location.search);
    if (said.toString() === query.toString()) return; // a place on the page alone
    for (const name of [...query.keys()]) query.delete(name);
    for (const [name, value] of said) query.set(name, value);
    carry();
    act();
  });
}

/** Links to the page's other languages and views, and its files, carry what is shown. */
export function carry() {
  for (const link of document.querySelectorAll("a[data-carry]")) {
    const target = new URL(link.href, location.href);
    const names = link.dataset.carry === "all" ? [...query.keys()] : KEPT;
    for (const name of new Set([...KEPT, ...OWN])) target.searchParams.delete(name);
    for (const name of names) {
      if (name !== "lang" && query.get(name)) target.searchParams.set(name, query.get(name));
    }
    link.href = target.pathname + target.search;
  }
}

/** The address of an answer of the account, with the question's parameters and more. */
export function answer(path, more = {}, names = ASKED) {
  const asked = new URLSearchParams();
  for (const name of names) if (query.get(name)) asked.set(name, query.get(name));
  for (const [name, value] of Object.entries(more)) if (value !== null && value !== undefined) asked.set(name, value);
  const text = asked.toString();
  return `/api/v1/accounts/${encodeURIComponent(page.account.id)}/${path}${text ? `?${text}` : ""}`;
}

/** Where the view (or a file of it) is. Small accounts stand unfolded on a wide screen unless the address says else.
 * `bring`: somebody to whom the way is opened. */
export function viewAddress(file = "", roomy = false, bring = null) {
  const unfold = query.get("unfold") || (roomy ? "all" : "");
  const shut = unfold === FOLDED && !query.has("target_id"); // a chain opens its groups unless all are to be shut
  const more = { lang: page.lang, unfold: shut ? null : unfold || null, contact_id: bring };
  const names = page.view === "org-chart" ? ASKED : [...ASKED, ...CHAIN];
  return answer(`views/${page.view}${file}`, more, names);
}

// What the panel asks of the service beyond the view, kept while the question stays the same.
import { answer } from "./address.js";
import { ask } from "./api.js";
import { page } from "./texts.js";

const PAGE = 200;
const known = new Map();

/** The promise of an answer, asked once per address. A failed one is forgotten, so that it can be tried again. */
function once(address, work) {
  if (!known.has(address)) {
    const promise = work();
    known.set(address, promise);
    promise.catch(() => known.delete(address));
  }
  return known.get(address);
}

/** Forgets all answers: something was saved. */
export const forget = () => known.clear();

async function allPages(path, more = {}, names = undefined) {
  const items = [];
  let cursor = null;
  do {
    const page = await ask(answer(path, { limit: PAGE, cursor, ...more }, names));
    items.push(...page.items);
    cursor = page.next_cursor;
  } while (cursor);
  return items;
}

/** Ties of ours to a contact, strongest first. */
export const tiesTo = (id) =>
  once(answer("strength", { contact_id: id }, ["on", "as_of"]), () => allPages("strength", { contact_id: id }, ["on", "as_of"]));

/** The whole ranking of the question on screen. */
export const ranking = () => once(answer("influencers"), () => allPages("influencers"));

/** The place of one person in it: nobody goes through the ranking of a large account for that. */
export const placeIn = (id) =>
  once(answer("influencers", { contact_id: id }), async () => (await ask(answer("influencers", { contact_id: id }))).items);

/** The name of one of ours by id, in the language of the page; of `contacts`, of one of theirs. */
export async function nameById(id, list = "members") {
  const address = `/api/v1/${list}/${encodeURIComponent(id)}`;
  const { name, latin_name: latin } = await once(address, () => ask(address));
  return page.lang === "en" && latin ? latin : name;
}

const RECORDS = { interaction: "interactions", ...(page.personal && { assessment: "assessments" }) };

/** The record behind a line of a strength; null where it rests on no single record. */
export async function evidence({ kind, id }) {
  const path = RECORDS[kind];
  return path
    ? once(`/api/v1/${path}/${encodeURIComponent(id)}`, () => ask(`/api/v1/${path}/${encodeURIComponent(id)}`))
    : null;
}

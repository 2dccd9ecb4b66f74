// Records a field may name, and what they are called, asked once.
import { ask, send } from "./api.js";
import { page } from "./texts.js";

const labels = new Map();
const place = page.account ? `/accounts/${encodeURIComponent(page.account.id)}` : "";
const address = (of, asked) =>
  `${place}/choices/${of}?${new URLSearchParams([["lang", page.lang], ...asked])}`;

/** Up to forty records of a kind (its plural) that a text finds: [{id, label, hint}]. */
export async function choices(of, text, signal) {
  const { items } = await ask(address(of, text ? [["q", text]] : []), signal);
  for (const item of items) labels.set(`${of}/${item.id}`, item.label);
  return items;
}

/** Notes a record of which only the name is known, and gives its id. */
export async function noteNew(of, name) {
  const { id } = (await send("POST", `/api/v1/${of}`, { name }, { "Idempotency-Key": crypto.randomUUID?.() ?? `${Date.now()}${Math.random()}` })).body;
  labels.set(`${of}/${id}`, name);
  return id;
}

/** Learns what these records are called. */
export async function learnLabels(of, ids) {
  const unknown = ids.filter((id) => !labels.has(`${of}/${id}`));
  if (!unknown.length) return;
  const { items } = await ask(address(of, unknown.map((id) => ["id", id])));
  for (const item of items) labels.set(`${of}/${item.id}`, item.label);
}

export const labelOf = (of, id, otherwise = id) => labels.get(`${of}/${id}`) ?? otherwise;

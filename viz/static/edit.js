// The one way to edit in the browser. Forms are made of the model's fields, saves are checked by the service.
//
//   import { edit, create, remove, change, apply } from "./edit.js";
//   await edit("plays", id)                          a form on a record; gives what stands then, or null
//   await create("influences", { source_id, target_id })   a form for a new one; what is given is not asked
//   await remove("bond", id)                         asks first
//   await change("plays", record, { voice: 2 })      a merge patch without a form, as of a cell of a table
//   await apply(changes, said)                        a change set; says its sentence with "Undo"
//
// `kind` is the model's word, of a node or of an edge. A stale save opens the merge dialog. Each success says so
// with "Undo" (Ctrl+Z, Ctrl+Shift+Z), is told as the event `saved` of the document, and an answer page draws its
// main part anew (saved.js). In a template `data-edit="KIND ID"`, `data-create="KIND"` with `data-given="{…}"` and
// `data-remove="KIND ID"` on a button do the same.
import { ask, faultOf, send } from "./api.js";
import { learnLabels, labelOf } from "./choices.js";
import { ask as question, Dialog } from "./dialog.js";
import { el } from "./dom.js";
import { FormBody, patchOf } from "./form_body.js";
import { rememberMe, whoAmI } from "./me.js";
import { merged } from "./merge.js";
import { page, t } from "./texts.js";
import { done, failed, key, tell } from "./undo.js";

const forms = new Map();
const API = "/api/v1";

/** What a form of a kind is made of, in the page's language. */
export function formOf(kind) {
  if (!forms.has(kind)) {
    const asked = ask(`/forms/${kind}?lang=${page.lang}`);
    asked.catch(() => forms.delete(kind));
    forms.set(kind, asked);
  }
  return forms.get(kind);
}

const place = (form, id) => `${API}/${form.plural}/${encodeURIComponent(id)}`;
const etag = ({ revision }) => ({ "If-Match": `"r${revision}"` });

/** Opens a form on a record. `only`: names of the fields asked; without it all. Gives the record, or null. */
export async function edit(kind, id, { only } = {}) {
  const found = await opened(async () => {
    const form = await formOf(kind);
    return [form, await ask(place(form, id))];
  });
  if (!found) return null;
  const [form, record] = found;
  const asked = only ? { ...form, fields: form.fields.filter(({ name }) => only.includes(name)) } : form;
  const title = await titleOf(form, record);
  const body = new FormBody(asked, record);
  return formDialog({
    title,
    body,
    removing: only ? null : () => remove(kind, id),
    save: () => saved(form, record, patchOf(asked, body), title),
  });
}

/** Opens a form for a new record; `given` holds values that are known, those of hidden fields too. */
export async function create(kind, given = {}, { title } = {}) {
  const form = await opened(() => formOf(kind));
  if (!form) return null;
  const begun = { ...(await beginning(kind, form)), ...given };
  const ends = Object.values(form.ends ?? {}).filter(({ name }) => !(name in given));
  const asked = { ...form, fields: [...ends, ...form.fields] };
  const heading = title ?? (await titleOf(form, begun));
  const body = new FormBody(asked, begun);
  const once = key();
  return formDialog({
    title: heading,
    body,
    save: async () => {
      const values = Object.fromEntries(Object.entries({ ...begun, ...body.read() }).filter(([, value]) => value !== null));
      rememberMe(values);
      const made = await send("POST", `${API}/${form.plural}`, values, { "Idempotency-Key": once() });
      done(made.changeSet, t("{what}: added", { what: await titleOf(form, made.body) }), { kind, id: made.body.id });
      return made.body;
    },
  });
}

/** Asks whether to delete a record, and does it. Gives true, or null if it stays. */
export async function remove(kind, id) {
  const found = await opened(async () => {
    const form = await formOf(kind);
    const record = await ask(place(form, id));
    return { form, record, title: await titleOf(form, record) };
  });
  if (!found) return null;
  const { form, title } = found;
  let { record } = found;
  return question({
    title: t("Delete {what}?", { what: title }),
    says: t("Ties and references to it go with it. Undo brings all back."),
    yes: t("Delete"),
    grave: true,
    act: async () => {
      try {
        const gone = await send("DELETE", place(form, id), undefined, etag(record));
        done(gone.changeSet, t("{what}: deleted", { what: title }), { kind, id });
      } catch (error) {
        if (error.status !== 412) throw error;
        record = error.problem.current;
        throw new Error(t("It was changed meanwhile. Delete it all the same?"));
      }
      return true;
    },
  });
}

/** Saves a merge patch of a record at hand (with its revision), without a form; gives the record, or null. A patch
 * that is a function is made of the record, and made again where somebody saved meanwhile: nobody is asked. */
export async function change(kind, record, patch) {
  try {
    const form = await formOf(kind);
    const title = await titleOf(form, record);
    if (typeof patch !== "function") return await saved(form, record, patch, title);
    for (let base = record; ; ) {
      try {
        return await patched(form, base, patch(base), title);
      } catch (error) {
        if (error.status !== 412) throw error;
        base = error.problem.current;
      }
    }
  } catch (error) {
    return refused(error);
  }
}

/** Makes a record without a form, and says `said`; `more` is another button beside "Undo": {label, act}. */
export async function add(kind, body, said, more) {
  try {
    const form = await formOf(kind);
    const whole = { ...(await beginning(kind, form)), ...body };
    const made = await send("POST", `${API}/${form.plural}`, whole, { "Idempotency-Key": key()() });
    done(made.changeSet, said, { kind, id: made.body.id }, more && { ...more, act: () => more.act(made.body) });
    return made.body;
  } catch (error) {
    return refused(error);
  }
}

/** Applies puts and deletes at once, all or nothing; says `said`. Gives the answer, or null. `more` as in `add`. */
export async function apply(changes, said, more) {
  try {
    const made = await send("POST", `${API}/changesets`, { changes }, { "Idempotency-Key": key()() });
    done(made.changeSet, said, {}, more);
    return made.body;
  } catch (error) {
    return refused(error);
  }
}

/** What the form saves: at once, or after both versions were merged. Null if that was given up. */
async function saved(form, record, patch, title) {
  let base = record;
  let wanted = patch;
  while (wanted && Object.keys(wanted).length) {
    try {
      return await patched(form, base, wanted, title);
    } catch (error) {
      if (error.status !== 412) throw error;
      const { current } = error.problem;
      wanted = await merged(form, base, wanted, current, title);
      base = current;
    }
  }
  // Nothing is left to save: what was sent first had arrived, or only theirs were chosen.
  if (wanted && base !== record) tell({ kind: form.kind, id: record.id });
  return wanted ? base : null;
}

async function patched(form, base, patch, title) {
  const answer = await send("PATCH", place(form, base.id), patch, etag(base));
  done(answer.changeSet, t("{what}: saved", { what: title }), { kind: form.kind, id: base.id });
  return answer.body;
}

/** Shows a form until it is saved or left. */
export function formDialog({ title, body, save, removing }) {
  return new Promise((resolve) => {
    const dialog = new Dialog({
      title,
      body: body.element,
      yes: t("Save"),
      dirty: () => body.isChanged(),
      extra: removing
        ? el("button", { type: "button", class: "danger", onclick: () => leave() }, t("Delete…"))
        : null,
      act: async () => {
        body.clearFaults();
        try {
          return await save();
        } catch (error) {
          if (body.showFaults(error.problem?.errors ?? [])) throw new Error(t("Please look at the fields marked below."));
          throw error;
        }
      },
      resolve,
    });
    const leave = () => {
      dialog.close(null);
      removing();
    };
    body.focus();
  });
}

/** Says what was wrong, the first place if there are several, and gives null. */
function refused(error) {
  failed(faultOf(error));
  return null;
}

/** What `work` gives; if it fails that is said, and null given. */
async function opened(work) {
  try {
    return await work();
  } catch (error) {
    failed(error.message);
    return null;
  }
}

/** "Influence: Wang → Li", "Contact: Wang": what a record is called. */
async function titleOf(form, record) {
  if (form.ends) {
    const known = Object.values(form.ends).filter(({ name }) => record[name]);
    await Promise.all(known.map(({ name, of }) => learnLabels(of, [record[name]])));
    const both = known.map(({ name, of }) => labelOf(of, record[name])).join(" → ");
    return both ? t("{kind}: {name}", { kind: form.title, name: both }) : form.title;
  }
  const whom = record.contact_id ?? record.contact_ids?.[0];
  const [of, id] = record.id && record.name ? [form.plural, record.id] : whom ? ["contacts", whom] : [];
  if (!of) return form.title;
  await learnLabels(of, [id]);
  return t("{kind}: {name}", { kind: form.title, name: labelOf(of, id, record.name ?? "") });
}

const OF_ACCOUNTS = /^(contact|department|opportunity|interaction|assessment|action)$/;

/** What a new record begins with: the account, now, and who of ours writes. */
async function beginning(kind, form) {
  const begun = OF_ACCOUNTS.test(kind) ? { account_id: page.account.id } : {};
  const names = form.fields.map(({ name }) => name);
  const me = whoAmI();
  if (names.includes("at")) begun.at = new Date().toISOString();
  if (me && names.includes("member_ids")) begun.member_ids = [me];
  if (me && names.includes("member_id")) begun.member_id = me;
  return begun;
}

// A person in one form: the name, the job, the boss. It becomes one change set, undone as one.
import { send } from "./api.js";
import { formDialog, formOf } from "./edit.js";
import { FormBody } from "./form_body.js";
import { page, t } from "./texts.js";
import { done, key } from "./undo.js";

const OF_CONTACT = ["name", "latin_name", "placeholder"];
const OF_JOB = ["title", "rung", "level"];

/** Opens the form; `begun` may name `boss` or `department`. Gives the id of the person made, or null. */
export async function newPerson(begun = {}) {
  const [contact, job, line] = await Promise.all(["contact", "works_in", "reports_to"].map(formOf));
  const taken = (form, names) => form.fields.filter(({ name }) => names.includes(name)).map((field) => ({ ...field, folded: false }));
  const department = { ...job.ends.target_id, name: "department", label: t("Department"), required: false };
  const boss = { ...line.ends.target_id, name: "boss", label: t("Reports to"), required: false };
  const fields = [...taken(contact, OF_CONTACT), department, ...taken(job, OF_JOB), boss];
  const body = new FormBody({ fields }, begun);
  const id = key()();
  return formDialog({
    title: t("New person"),
    body,
    save: async () => {
      const said = body.read();
      const changes = [{ put: "contact", record: { id, account_id: page.account.id, ...held(said, OF_CONTACT) }, expected: 0 }];
      if (said.department) changes.push({ put: "works_in", record: { source_id: id, target_id: said.department, ...held(said, OF_JOB) } });
      if (said.boss) changes.push({ put: "reports_to", record: { source_id: id, target_id: said.boss, line: "solid" } });
      const made = await send("POST", "/api/v1/changesets", { changes }, { "Idempotency-Key": id });
      done(made.changeSet, t("{what}: added", { what: said.name }), { kind: "contact", id });
      return id;
    },
  });
}

const held = (said, names) => Object.fromEntries(names.map((name) => [name, said[name]]).filter(([, value]) => value !== null));

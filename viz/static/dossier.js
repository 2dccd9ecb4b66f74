// The private side of a person: read when it is asked for, as each reading is noted.
import { ask, send } from "./api.js";
import { inWords } from "./controls.js";
import { Dialog } from "./dialog.js";
import { el } from "./dom.js";
import { formOf } from "./edit.js";
import { FormBody, patchOf } from "./form_body.js";
import { date, t } from "./texts.js";
import { failed } from "./undo.js";

const place = (id) => `/api/v1/contacts/${encodeURIComponent(id)}/dossier`;

const opened = new Map(); // what is open stays open when the page is drawn anew, and is not read twice

/** Adds the button that opens the dossier to `element`. */
export function dossierButton(element, id) {
  if (opened.has(id)) {
    element.replaceChildren(...opened.get(id));
    return;
  }
  const open = el("button", { type: "button", class: "small", onclick: () => show(element, id) }, t("Open the dossier"));
  element.append(open);
}

async function show(element, id) {
  try {
    const [form, view] = await Promise.all([formOf("dossier"), ask(place(id))]);
    const known = form.fields.filter(({ name }) => [view.dossier[name] ?? []].flat().length);
    const rows = known.flatMap((spec) => [el("dt", {}, spec.label), el("dd", {}, facts(spec, view.dossier[spec.name]))]);
    const change = el("button", { type: "button", class: "small", onclick: () => edit(element, id, form, view) }, t("Edit"));
    opened.set(id, [
      rows.length ? el("dl", { class: "dossier" }, rows) : el("p", { class: "note" }, t("The dossier is empty.")),
      view.expired.length ? el("p", { class: "note" }, t("Some items are past their day and no longer shown.")) : "",
      change,
    ]);
    const now = element.isConnected ? element : document.querySelector(`[data-dossier="${CSS.escape(id)}"]`);
    now.replaceChildren(...opened.get(id));
    change.focus();
  } catch (error) {
    failed(error.message);
  }
}

function facts(spec, value) {
  return (Array.isArray(value) ? value : [value]).map((item) =>
    el("p", {}, item.text ?? inWords({ fields: spec.fields }, item), el("small", {}, " ", item.source, " · ", t("until {day}", { day: date(item.expires_on) }))),
  );
}

async function edit(element, id, form, view) {
  const body = new FormBody(form, view.dossier);
  const saved = await new Promise((resolve) => {
    new Dialog({
      title: t("Dossier"),
      body: body.element,
      yes: t("Save"),
      dirty: () => body.isChanged(),
      resolve,
      act: async () => {
        body.clearFaults();
        try {
          return (await send("PATCH", place(id), patchOf(form, body), { "If-Match": `"r${view.revision}"` })).body;
        } catch (error) {
          if (body.showFaults(error.problem?.errors ?? [])) throw new Error(t("Please look at the fields marked below."));
          throw error;
        }
      },
    });
  });
  if (saved) show(element, id);
}

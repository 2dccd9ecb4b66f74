// What somebody may ask for: restriction with its reason; erasure after a look at what goes, and his name typed.
import { ask, send } from "./api.js";
import { Dialog } from "./dialog.js";
import { el } from "./dom.js";
import { date, kindWord, number, t, word } from "./texts.js";
import { failed, key } from "./undo.js";

const place = (id, what) => `/api/v1/privacy/${encodeURIComponent(id)}/${what}`;
const field = (id, label, input) => el("div", { class: "form-field" }, el("label", { for: id }, label), input);
const line = (id) => el("input", { type: "text", id, autocomplete: "off", maxlength: "4000" });

document.addEventListener("click", async ({ target }) => {
  const button = target.closest("[data-restrict], [data-erase], [data-reads]");
  if (!button) return;
  const { restrict, erase, reads, to, name } = button.dataset;
  try {
    if (restrict) restricting(restrict, to === "true", name);
    else if (erase) await erasing(erase, name);
    else await reading(reads, name);
  } catch (error) {
    failed(error.message);
  }
});

function restricting(id, restricted, name) {
  const why = line("restrict-why");
  new Dialog({
    title: restricted ? t("Leave {name} out of analysis?", { name }) : t("Take {name} into analysis again?", { name }),
    body: el("div", { class: "form-body" }, el("p", {}, t("The reason is kept in the log: no names in it.")), field("restrict-why", t("Why"), why)),
    yes: restricted ? t("Restrict") : t("Take in again"),
    kind: "question",
    resolve: () => {},
    act: async () => {
      if (!why.value.trim()) throw new Error(t("Say why."));
      await send("POST", place(id, "restrict"), { restricted, reason: why.value.trim() }, { "Idempotency-Key": key()() });
      location.reload();
      return true;
    },
  });
  why.focus();
}

async function erasing(id, name) {
  const { body: report } = await send("POST", place(id, "erase"), { dry_run: true });
  const typed = line("erase-name");
  const why = line("erase-why");
  const said = [
    [t("Records held"), number(report.records)],
    [t("Entries of logs"), number(report.entries)],
    [t("Dossiers"), number(report.dossiers)],
    [t("Marks against being entered again"), number(report.marks)],
  ];
  const mentions = report.mentions.length
    ? el("div", {}, el("p", {}, t("These records of others name this person and stay; look at them yourself:")), el("ul", { class: "mentions" }, report.mentions.map((one) => el("li", {}, `${kindWord(one.kind)} ${one.id}`, one.fields.length ? ` (${one.fields.join(", ")})` : ""))))
    : null;
  const views = report.saved_views.length
    ? el("div", {}, el("p", {}, t("The names of these saved views name this person and stay; their owners rename them:")), el("ul", { class: "mentions" }, report.saved_views.map((one) => el("li", {}, `${one.owner}: ${one.id}`))))
    : null;
  new Dialog({
    title: t("Erase {name} for good?", { name }),
    body: el(
      "div",
      { class: "form-body erasure" },
      el("p", {}, t("What is held of this person goes from records, logs, search and files; a seat without a name stays. This cannot be undone.")),
      el("dl", {}, said.map(([term, value]) => [el("dt", {}, term), el("dd", {}, value)])),
      mentions,
      views,
      field("erase-why", t("Why, or the number of the request; no names"), why),
      field("erase-name", t("Type the name to go on: {name}", { name }), typed),
    ),
    yes: t("Erase for good"),
    grave: true,
    resolve: () => {},
    act: async () => {
      if (typed.value.trim() !== name) throw new Error(t("The name is not typed as it stands."));
      const reason = why.value.trim();
      await send("POST", place(id, "erase"), reason ? { reason } : {}, { "Idempotency-Key": key()() });
      location.reload();
      return true;
    },
  });
}

async function reading(id, name) {
  const { items } = await ask(place(id, "reads"));
  const rows = items.map((one) => el("li", {}, `${date(one.at)} · ${one.actor} · ${word("act", one.act)}`));
  new Dialog({
    title: t("Who read or changed the private data of {name}", { name }),
    body: el("ul", { class: "reads" }, rows.length ? rows : el("li", {}, t("Nobody yet."))),
    yes: t("Close"),
    resolve: () => {},
    act: async () => true,
  });
}

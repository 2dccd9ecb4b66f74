// The import wizard: files are chosen, looked at in a dry run, then imported; each can be undone.
import { byId, el } from "./dom.js";
import { importFiles, refusedRows } from "./jobs.js";
import { kindWord, number, separator, t, tn } from "./texts.js";
import { wrongRows } from "./wrong_rows.js";

const wizard = byId("wizard");
const phases = JSON.parse(wizard.dataset.phases);
const forms = JSON.parse(wizard.dataset.forms);
const [look, drop, input, outcome] = ["look", "drop", "files", "outcome"].map(byId);
let files = [];

input.addEventListener("change", () => add(input.files));
for (const name of ["dragenter", "dragover"]) drop.addEventListener(name, (event) => hover(event, true));
for (const name of ["dragleave", "drop"]) drop.addEventListener(name, (event) => hover(event, false));
drop.addEventListener("drop", ({ dataTransfer }) => add(dataTransfer.files));
look.addEventListener("click", () => run(true));
for (const id of ["account", "encoding", "per-row"]) byId(id).addEventListener("change", reset);

function hover(event, over) {
  event.preventDefault();
  drop.classList.toggle("over", over);
}

function add(more) {
  const names = new Set([...more].map(({ name }) => name));
  files = [...files.filter(({ name }) => !names.has(name)), ...more];
  input.value = "";
  showFiles();
}

function showFiles() {
  byId("chosen").replaceChildren(
    ...files.map((file) =>
      el(
        "li",
        {},
        el("span", {}, file.name),
        el("small", {}, t("{size} kB", { size: number(Math.max(0.1, file.size / 1000)) })),
        el("button", { type: "button", "aria-label": t("Leave out {file}", { file: file.name }), onclick: () => leaveOut(file) }, "×"),
      ),
    ),
  );
  look.disabled = !files.length;
  reset();
}

function leaveOut(file) {
  files = files.filter((one) => one !== file);
  showFiles();
}

/** What was looked at does not hold any more. */
function reset() {
  outcome.replaceChildren();
  byId("nothing-yet").hidden = false;
  stepTo(0);
}

function stepTo(step) {
  document.querySelectorAll(".stepper li").forEach((place, at) => {
    if (at === step) place.setAttribute("aria-current", "step");
    else place.removeAttribute("aria-current");
    place.classList.toggle("done", at < step);
  });
}

async function run(dry) {
  const bar = el("progress", { max: 1, "aria-label": t("Progress") });
  const said = el("p", {}, t("Sending"));
  outcome.replaceChildren(el("section", { class: "sheet spaced" }, said, bar));
  const fields = {
    account: byId("account").value.trim(),
    encoding: byId("encoding").value,
    mode: byId("per-row").checked ? "per-row" : "",
    dry_run: dry ? "true" : "",
  };
  look.disabled = true;
  try {
    const job = await importFiles(files, fields, ({ phase, done, total, away }) => {
      said.textContent = away ? t("The service cannot be reached. Trying again…") : phase ? phases[phase] : t("Waiting for its turn");
      if (total) bar.value = done / total;
      else bar.removeAttribute("value");
    });
    await tell(job);
  } catch (error) {
    outcome.replaceChildren(error.unknown && !dry ? unsure(error.message) : failure(error.message));
  } finally {
    look.disabled = !files.length;
  }
}

async function tell(job) {
  const refused = job.refused ? await refusedRows(job.id) : [];
  const wrong = await wrongRows(refused, files);
  stepTo(job.state === "done" && !job.dry_run ? 2 : 1);
  if (job.state !== "done") outcome.replaceChildren(failure(job.problem?.detail, job), ...wrong);
  else if (job.dry_run) outcome.replaceChildren(preview(job), ...wrong, ...columns(job.result.columns));
  else {
    outcome.replaceChildren(success(job), ...wrong);
    await listAnew();
  }
  byId("nothing-yet").hidden = job.state === "done" && !job.dry_run;
  outcome.querySelector("h2").focus();
}

/** The list of imports with the one that has just ended; where it does not come, the old one stays. */
async function listAnew() {
  const answer = await fetch(location.href, { headers: { Accept: "text/html" } }).catch(() => null);
  if (!answer?.ok) return;
  const list = new DOMParser().parseFromString(await answer.text(), "text/html").getElementById("before").parentElement;
  byId("before").parentElement.replaceWith(list);
}

const heading = (text) => el("h2", { tabindex: "-1" }, text);

function failure(detail, job) {
  return el(
    "section",
    { class: "sheet spaced bad-news" },
    heading(t("Nothing was written")),
    el("p", {}, detail ?? t("The service did not answer as expected.")),
    job?.refused
      ? el("p", { class: "more" }, el("a", { class: "button", href: `/api/v1/imports/${encodeURIComponent(job.id)}/errors.csv`, download: "errors.csv" }, t("errors.csv, to mend them in a spreadsheet")))
      : null,
  );
}

/** It was sent, and how it ended was never heard. */
function unsure(detail) {
  return el(
    "section",
    { class: "sheet spaced bad-news" },
    heading(t("How the import ended is not known")),
    el("p", {}, detail),
    el("p", { class: "note" }, t("Once the service is back, look below under the imports so far. The same files again change nothing that is so already.")),
    el("p", { class: "more" }, el("button", { type: "button", onclick: () => location.reload() }, t("Load this page again"))),
  );
}

function sums({ kinds, put, unchanged, notes, accounts }) {
  return [
    el("ul", { class: "kinds" }, Object.entries(kinds).map(([kind, count]) => el("li", {}, el("b", {}, number(count)), " ", kindWord(kind)))),
    accounts.length ? el("p", {}, t("Accounts: {names}", { names: accounts.map(({ name }) => name).join(separator) })) : null,
    el("p", { class: "note" }, t("{put} to write, {unchanged} are so already.", { put: number(put), unchanged: number(unchanged) })),
    notes.map((note) => el("p", { class: "note" }, document.documentElement.lang.startsWith("zh") ? note.zh : note.en)),
  ];
}

function preview({ result, refused }) {
  return el(
    "section",
    { class: "sheet spaced" },
    heading(refused ? tn("{count} row is left out, the others are fine", "{count} rows are left out, the others are fine", refused) : t("All rows are fine")),
    sums(result),
    el("p", { class: "more" }, el("button", { type: "button", class: "primary", onclick: () => run(false) }, t("Import now")), " ", el("span", { class: "note" }, t("It can be undone."))),
  );
}

function success({ id, result }) {
  const [first] = result.accounts;
  const place = first ? `/accounts/${encodeURIComponent(first.id)}` : "/";
  return el(
    "section",
    { class: "sheet spaced good-news" },
    heading(tn("{count} record written", "{count} records written", result.put)),
    sums({ ...result, put: 0, unchanged: result.unchanged }).filter((_, at) => at !== 2),
    el(
      "p",
      { class: "more choices" },
      el("a", { class: "button primary", href: place }, t("See the account")),
      first ? el("a", { class: "button", href: `${place}/org-chart` }, t("Org chart")) : null,
      el("button", { type: "button", "data-undo": `imports/${id}` }, t("Undo")),
    ),
  );
}

function columns(found) {
  return [...Map.groupBy(found, ({ file }) => file)].map(([file, rows]) =>
    el(
      "section",
      { class: "sheet spaced" },
      el("h2", {}, file, " ", el("small", {}, t("read as: {form}", { form: forms[rows[0].form] ?? rows[0].form }))),
      el(
        "div",
        { class: "scroll", tabindex: "0", role: "group", "aria-label": t("Columns of {file}", { file }) },
        el(
          "table",
          { class: "table tight" },
          el("caption", { class: "unseen" }, t("Each column, the field it is read as, and its first values")),
          el("thead", {}, el("tr", {}, [t("Column"), t("Read as"), t("First values")].map((text) => el("th", { scope: "col" }, text)))),
          el(
            "tbody",
            {},
            rows.map(({ column, field, values }) =>
              el("tr", {}, el("th", { scope: "row" }, column), el("td", {}, field ? el("code", {}, field) : el("span", { class: "tag" }, t("not used"))), el("td", { class: "values" }, values.join(" · "))),
            ),
          ),
        ),
      ),
    ),
  );
}

// Settings: changed values become a merge patch of the rule tables; a reason is asked, the service checks.
import { send } from "./api.js";
import { Dialog } from "./dialog.js";
import { byId, el } from "./dom.js";
import { t, tn } from "./texts.js";

const form = byId("rules");
const inputs = [...form.querySelectorAll("input[data-path]")];
const button = form.querySelector("[type=submit]");
const read = { number: (text) => Number(text), list: (text) => text.split(/[,，、]/).map((one) => one.trim()).filter(Boolean), text: (text) => text.trim() };

const dirty = () => inputs.filter((input) => input.value !== input.defaultValue);

form.addEventListener("input", ({ target }) => {
  target.classList.toggle("dirty", target.value !== target.defaultValue);
  const count = dirty().length;
  button.disabled = !count;
  byId("dirty").textContent = count ? tn("{count} value changed, not saved", "{count} values changed, not saved", count) : "";
});

form.addEventListener("submit", (event) => {
  event.preventDefault();
  if (dirty().length) save(patchOf(dirty()));
});

document.addEventListener("click", ({ target }) => {
  const back = target.closest("button[data-patch]");
  if (back) save(JSON.parse(back.dataset.patch));
});

byId("find-rule").addEventListener("input", ({ target }) => {
  const sought = target.value.trim().toLowerCase();
  for (const table of form.querySelectorAll(".rule-table")) {
    const rows = [...table.querySelectorAll("tr[data-name]")];
    const fits = rows.filter((row) => row.dataset.name.includes(sought));
    table.hidden = !fits.length;
    if (sought) table.open = fits.length > 0;
  }
});

window.addEventListener("beforeunload", (event) => {
  if (dirty().length && !saving) event.preventDefault();
});

let saving = false;

/** Values by their paths as one nested object. */
function patchOf(changed) {
  const patch = {};
  for (const input of changed) {
    const path = JSON.parse(input.dataset.path);
    const last = path.pop();
    let place = patch;
    for (const name of path) place = place[name] ??= {};
    place[last] = read[input.dataset.kind](input.value);
  }
  return patch;
}

function save(patch) {
  const why = el("input", { type: "text", id: "why", maxlength: "1000", autocomplete: "off" });
  const names = Object.entries(patch).flatMap(([table, values]) => Object.keys(values).map((name) => `${table}.${name}`));
  const body = el(
    "div",
    { class: "form-body" },
    el("p", {}, t("It changes the answers of everybody over this store."), " ", el("code", {}, names.join(", "))),
    el("div", { class: "form-field" }, el("label", { for: "why" }, t("Why")), why),
  );
  return new Promise((resolve) => {
    new Dialog({
      title: t("Change the rules?"),
      body,
      yes: t("Change"),
      kind: "question",
      resolve,
      act: async () => {
        const reason = why.value.trim();
        const address = `/api/v1/rules${reason ? `?reason=${encodeURIComponent(reason)}` : ""}`;
        try {
          await send("PATCH", address, patch, { "If-Match": `"r${form.dataset.number}"` });
        } catch (error) {
          const faults = error.problem?.errors ?? [];
          if (faults.length) throw new Error(faults.map(({ pointer, message }) => `${pointer.replace(/^\//, "").replaceAll("/", ".")}: ${message}`).join("\n"));
          throw error;
        }
        saving = true;
        location.reload();
        return true;
      },
    });
    why.focus();
  });
}

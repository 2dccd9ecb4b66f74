// API keys: made in a form, shown once, revoked after a question.
import { send } from "./api.js";
import { ask as question } from "./dialog.js";
import { byId, dataBlock, el } from "./dom.js";
import { formDialog } from "./edit.js";
import { FormBody } from "./form_body.js";
import { tellOnce } from "./once.js";
import { t } from "./texts.js";
import { key } from "./undo.js";

const API = "/api/v1/api-keys";

byId("make-key")?.addEventListener("click", async () => {
  const body = new FormBody(dataBlock("form"), { days: dataBlock("form").fields.find(({ name }) => name === "days").default });
  const once = key();
  const made = await formDialog({
    title: t("Make a key"),
    body,
    save: async () => {
      const given = Object.entries(body.read()).filter(([, value]) => value !== null && !(Array.isArray(value) && !value.length));
      return (await send("POST", API, Object.fromEntries(given), { "Idempotency-Key": once() })).body;
    },
  });
  if (!made) return;
  const example = `curl -H 'Authorization: Bearer ${made.key}' ${location.origin}${made.metrics ? "/metrics" : "/api/v1/portfolio"}`;
  await tellOnce({
    title: t("The key"),
    says: t("Copy it now: it is not shown again."),
    secret: made.key,
    more: [el("pre", { class: "once-more", tabindex: "0" }, el("code", {}, example))],
  });
  location.reload();
});

document.addEventListener("click", async ({ target }) => {
  const button = target.closest("button[data-revoke]");
  if (!button) return;
  const { revoke, name } = button.dataset;
  const act = () => send("DELETE", `${API}/${encodeURIComponent(revoke)}`);
  const says = t("Whatever uses it gets no answer from now on. This cannot be undone.");
  if (await question({ title: t("Revoke {name}?", { name }), says, yes: t("Revoke"), grave: true, act })) location.reload();
});

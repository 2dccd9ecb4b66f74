// Change sets and imports taken back by a button: `data-undo="changesets/ID"` or `"imports/ID"`; an import is asked about.
import { send } from "./api.js";
import { ask } from "./dialog.js";
import { t } from "./texts.js";
import { done, failed, key } from "./undo.js";

document.addEventListener("click", async ({ target }) => {
  const button = target.closest("button[data-undo]");
  if (!button) return;
  const { undo, said } = button.dataset;
  const isImport = undo.startsWith("imports/");
  const act = () => send("POST", `/api/v1/${undo}/undo`, undefined, isImport ? {} : { "Idempotency-Key": key()() });
  if (isImport) {
    const title = t("Take back the whole import?");
    const says = t("All it wrote goes, or is again as it was before. If something was built upon it, nothing is done and you are told what.");
    if (await ask({ title, says, yes: t("Take back"), grave: true, act })) location.reload();
    return;
  }
  button.disabled = true;
  try {
    done((await act()).changeSet, t("Taken back: {what}", { what: said }), {});
  } catch (error) {
    button.disabled = false;
    failed(error.message);
  }
});

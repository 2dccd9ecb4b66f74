// History: a slider writes its time into the links below it; a change set is taken back, an import after a question.
import { send } from "./api.js";
import { ask } from "./dialog.js";
import { t } from "./texts.js";
import { done, failed, key } from "./undo.js";

function slide(place) {
  const slider = place.querySelector("input[type=range]");
  const stops = [...place.querySelectorAll("li[data-value]")];
  const said = place.querySelector(".then-said");
  if (!stops.length) return;
  const show = () => {
    const stop = stops[slider.value];
    said.textContent = stop.textContent;
    slider.setAttribute("aria-valuetext", stop.textContent);
    for (const link of place.querySelectorAll("a[data-then]")) {
      const target = new URL(link.href);
      target.searchParams.set(place.dataset.slider, stop.dataset.value);
      link.href = target.pathname + target.search;
    }
  };
  slider.hidden = stops.length < 2;
  slider.addEventListener("input", show);
  show();
}

const slideAll = () => document.querySelectorAll("[data-slider]").forEach(slide);
slideAll();
document.addEventListener("redrawn", slideAll);

document.addEventListener("click", async ({ target }) => {
  const button = target.closest("button[data-undo]");
  if (!button) return;
  const { undo, said } = button.dataset;
  const isImport = undo.startsWith("imports/");
  const act = () => send("POST", `/api/v1/${undo}/undo`, undefined, isImport ? {} : { "Idempotency-Key": key()() });
  if (isImport) {
    const title = t("Take back the whole import?");
    const says = t("All it wrote goes, or is again as it was before. If something was built upon it, nothing is done and you are told what.");
    if (await ask({ title, says, yes: t("Take back"), act })) location.reload();
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

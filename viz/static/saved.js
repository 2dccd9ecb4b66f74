// On a page of answers: buttons that edit, and the main part drawn anew after a save, where the reader was.
import { create, edit, remove } from "./edit.js";
import { byId, heldFocus } from "./dom.js";
import { mayWrite } from "./me.js";
import { failed } from "./undo.js";
import { t } from "./texts.js";

document.addEventListener("click", ({ target }) => {
  const button = target.closest("[data-edit], [data-create], [data-remove]");
  if (!button) return;
  const { edit: edited, create: created, remove: removed, given, title, only } = button.dataset;
  if (edited) edit(...edited.split(" "), only ? { only: only.split(" ") } : {});
  else if (created) create(created, given ? JSON.parse(given) : {}, title ? { title } : {});
  else remove(...removed.split(" "));
});

document.addEventListener("saved", () => redraw());

/** Asks for the page once more and puts its main part in place; focus and what was unfolded stay. */
async function redraw() {
  const main = byId("main");
  try {
    const answer = await fetch(location.href, { headers: { Accept: "text/html" } });
    if (!answer.ok) throw new Error();
    const fresh = new DOMParser().parseFromString(await answer.text(), "text/html").getElementById("main");
    const open = [...main.querySelectorAll("details")].map((one) => one.open);
    const giveBack = heldFocus(main);
    main.replaceChildren(...fresh.childNodes);
    main.querySelectorAll("details").forEach((one, at) => {
      if (open[at]) one.open = true;
    });
    giveBack();
    document.dispatchEvent(new CustomEvent("redrawn"));
  } catch {
    failed(t("Saved, but the page could not be drawn anew. Load it once more."));
  }
}

// What was known at another time is looked at, not changed.
if (mayWrite()) document.documentElement.classList.add("can-edit");

// What is told once: a link or a key in a dialog, to be copied before it is shut.
import { Dialog } from "./dialog.js";
import { el } from "./dom.js";
import { t } from "./texts.js";

/** Shows a secret until the dialog is shut; `more` are lines below it. */
export function tellOnce({ title, says, secret, more = [] }) {
  return new Promise((resolve) => {
    const box = el("input", { type: "text", readonly: true, value: secret, "aria-label": title, spellcheck: "false" });
    const copied = el("span", { class: "unseen", role: "status" });
    const copy = async () => {
      box.select();
      // Without the clipboard's right (a page by plain HTTP) the text stays marked for Ctrl+C.
      await navigator.clipboard?.writeText(secret).then(() => {
        button.textContent = t("Copied");
        copied.textContent = t("Copied");
      }, () => {});
    };
    const button = el("button", { type: "button", onclick: copy }, t("Copy"));
    const dialog = new Dialog({
      title,
      body: el("div", { class: "form-body" }, el("p", {}, says), el("div", { class: "once" }, box, button, copied), more),
      yes: t("I have it"),
      act: async () => true,
      resolve,
    });
    dialog.no.hidden = true;
    box.focus();
    box.select();
  });
}

// Who of ours sits here: whom the session or the address names, else who was named last; else it is asked once.
import { Dialog } from "./dialog.js";
import { el } from "./dom.js";
import { Picker } from "./picker.js";
import { page, t } from "./texts.js";

export const whoAmI = () =>
  page.member ?? new URLSearchParams(location.search).get("member") ?? localStorage.getItem("member");

/** Whether whoever reads the page may change what it shows: by right, and as it is known today. */
export const mayWrite = () => page.may_write && !new URLSearchParams(location.search).get("as_of");

/** Remembers who writes, from a record that names one of ours. */
export function rememberMe({ member_id: one, member_ids: several }) {
  const me = one ?? (several?.length === 1 ? several[0] : null);
  if (me) localStorage.setItem("member", me);
}

/** Who sits here; asks if that is not known. Null if it is not said. */
export function me() {
  const known = whoAmI();
  if (known) return Promise.resolve(known);
  const picker = new Picker({ of: "members", many: false, chosen: [], id: "who-am-i", labelled: "who-am-i-label" });
  const label = el("label", { for: "who-am-i", id: "who-am-i-label" }, t("One of ours"));
  return new Promise((resolve) => {
    const dialog = new Dialog({
      title: t("Who are you?"),
      body: el("div", { class: "form-field" }, label, picker.element, el("p", { class: "note" }, t("Asked once in this browser."))),
      yes: t("That is me"),
      kind: "question",
      resolve,
      act: async () => {
        const id = picker.read();
        if (!id) throw new Error(t("Choose one of ours."));
        rememberMe({ member_id: id });
        return id;
      },
    });
    dialog.element.querySelector("#who-am-i").focus();
  });
}

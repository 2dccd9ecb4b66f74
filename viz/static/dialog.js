// A modal dialog: the browser keeps focus inside and gives it back; what was typed is not lost by a slip.
import { byId, el } from "./dom.js";
import { t } from "./texts.js";

let count = 0;

/** A dialog with a form. `act` runs on its button: what it gives closes the dialog, null leaves it open, what it
 * throws is shown. `dirty` says whether leaving it would lose something, `grave` whether its button takes something away. */
export class Dialog {
  constructor({ title, body, yes, act, resolve, dirty = () => false, extra = null, kind = "", grave = false }) {
    const id = `dialog-${(count += 1)}`;
    Object.assign(this, { act, resolve, dirty, opener: document.activeElement, asked: false });
    this.fault = el("div", { class: "dialog-fault", role: "alert" });
    this.yes = el("button", { type: "submit", class: grave ? "primary grave" : "primary" }, yes);
    this.no = el("button", { type: "button", onclick: () => this.leave() }, t("Cancel"));
    const form = el(
      "form",
      { novalidate: true, onsubmit: (event) => this.#submit(event) },
      el(
        "header",
        {},
        el("h2", { id }, title),
        el("button", { type: "button", class: "dialog-close", "aria-label": t("Close"), onclick: () => this.leave() }, "×"),
      ),
      el("div", { class: "dialog-body" }, this.fault, body),
      el("footer", {}, extra, el("span", { class: "spring" }), this.no, this.yes),
    );
    this.element = el(
      "dialog",
      {
        class: `dialog ${kind}`,
        "aria-labelledby": id,
        oncancel: (event) => {
          event.preventDefault();
          this.leave();
        },
        onkeydown: (event) => {
          if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) form.requestSubmit();
          event.stopPropagation();
        },
      },
      form,
    );
    document.body.append(this.element);
    this.element.showModal();
  }

  async #submit(event) {
    event.preventDefault();
    if (this.yes.disabled) return;
    this.yes.disabled = true;
    this.element.setAttribute("aria-busy", "true");
    this.fault.replaceChildren();
    try {
      const result = await this.act();
      if (result !== null) this.close(result);
    } catch (error) {
      this.say(error.message);
    } finally {
      this.yes.disabled = false;
      this.element.removeAttribute("aria-busy");
    }
  }

  say(...content) {
    this.fault.replaceChildren(el("p", {}, content));
    this.fault.scrollIntoView({ block: "nearest" });
  }

  /** Closes without saving; asks once where something typed would be lost. */
  leave() {
    if (this.dirty() && !this.asked) {
      this.asked = true;
      const discard = el("button", { type: "button", onclick: () => this.close(null) }, t("Discard"));
      this.say(t("What you changed here is not saved."), " ", discard);
      discard.focus();
      return;
    }
    this.close(null);
  }

  close(result) {
    if (!this.element.isConnected) return;
    this.element.close();
    this.element.remove();
    const { opener } = this;
    const back = opener?.isConnected ? opener : opener?.id ? byId(opener.id) : null;
    if (back && document.activeElement === document.body) back.focus();
    this.resolve(result);
  }
}

/** Asks a question; gives what `act` gives, or null. */
export function ask({ title, says, yes, act, grave = false }) {
  return new Promise((resolve) => {
    const dialog = new Dialog({ title, body: el("p", {}, says), yes, act, resolve, kind: "question", grave });
    dialog.no.focus();
  });
}

// The panels at both sides: open where there is room for them, else closed until asked for, then over the map.
import { byId } from "./dom.js";

export class SidePanels {
  constructor(wide) {
    this.wide = wide;
    this.sides = { legend: [byId("side"), byId("toggle-side")], panel: [byId("panel"), byId("toggle-panel")] };
    for (const name of Object.keys(this.sides)) {
      this.sides[name][1].addEventListener("click", () => this.#set(name, !this.#isOpen(name), true));
    }
    for (const button of document.querySelectorAll("[data-close]")) {
      button.addEventListener("click", () => {
        this.#set(button.dataset.close, false);
        this.sides[button.dataset.close][1].focus();
      });
    }
    wide.addEventListener("change", () => this.#begin());
    this.#begin();
  }

  #begin() {
    document.body.classList.toggle("over-map", !this.wide.matches);
    for (const name of Object.keys(this.sides)) this.#set(name, this.wide.matches);
  }

  #isOpen(name) {
    return !this.sides[name][0].hidden;
  }

  #set(name, open, byHand = false) {
    const [side, button] = this.sides[name];
    side.hidden = !open;
    button.setAttribute("aria-expanded", String(open));
    document.body.classList.toggle(`with-${name}`, open);
    if (open && byHand && !this.wide.matches) this.#closeOther(name);
  }

  /** Two open panels leave no map on a small screen. */
  #closeOther(name) {
    const other = name === "legend" ? "panel" : "legend";
    if (this.#isOpen(other)) this.#set(other, false);
  }

  openPanel() {
    if (!this.#isOpen("panel")) this.#set("panel", true, true);
  }

  /** How many pixels of the map the open panel hides at the right. */
  covered() {
    return this.wide.matches || !this.#isOpen("panel") ? 0 : this.sides.panel[0].offsetWidth;
  }
}

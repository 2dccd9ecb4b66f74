// A long press on a map: the person's menu, where there is no pointer to hover and no keyboard.
import { el } from "./dom.js";
import { t } from "./texts.js";

let open = null;

function shut() {
  open?.remove();
  open = null;
  document.removeEventListener("pointerdown", outside, true);
}

const outside = ({ target }) => open?.contains(target) || shut();

/** Opens the menu of a person at a place of the stage; `act` is what the panel can do. */
export function pressMenu(stage, { x, y }, node, act) {
  shut();
  const contact = node.kind === "card" || node.kind === "person";
  const rows = [
    [t("Details"), () => act.go(node.id)],
    [t("Focus"), () => act.focus(node.id)],
    [t("What if…"), () => act.think(node.id)],
    ...(act.may() ? [[t("Edit"), () => act.edit(node)]] : []),
    ...(act.may() && contact ? [[t("Reports to…"), () => act.move(node.id)]] : []),
  ];
  const item = ([label, work]) => el("button", { type: "button", onclick: () => (shut(), work()) }, label);
  open = el("div", { class: "press-menu", role: "group", "aria-label": node.name, onkeydown: ({ key }) => key === "Escape" && shut() }, el("b", {}, node.name), rows.map(item));
  stage.append(open);
  open.style.left = `${Math.max(4, Math.min(x, stage.clientWidth - open.offsetWidth - 4))}px`;
  open.style.top = `${Math.max(4, Math.min(y, stage.clientHeight - open.offsetHeight - 4))}px`;
  open.querySelector("button").focus();
  document.addEventListener("pointerdown", outside, true);
}

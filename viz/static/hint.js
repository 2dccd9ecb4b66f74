// The small note beside the pointer where the drawing is too small to say everything.
import { el } from "./dom.js";
import { keyNames, metWords } from "./group.js";
import { separator, t, tn, whole, word } from "./texts.js";
import { attitudeKey } from "./theme.js";

const QUIET = 150;
const READABLE_FROM = 0.85;

export class Hint {
  constructor(element, stage) {
    this.element = element;
    this.stage = stage;
    this.timer = 0;
  }

  show(node, seat) {
    clearTimeout(this.timer);
    if (this.stage.scale >= READABLE_FROM) return;
    this.timer = setTimeout(() => this.#place(node, seat), QUIET);
  }

  #place(node, seat) {
    const facts = [];
    if (node.kind === "card" || node.kind === "person") {
      facts.push(attitudeKey(node.attitude) === "unknown" ? t("attitude unknown") : word("attitude", node.attitude));
      facts.push(node.met ? t("strength {points}", { points: whole(node.strength ?? 0) }) : t("not met"));
      if (node.rank) facts.push(`#${node.rank}`);
    }
    if (node.kind === "group") facts.push(tn("{count} person", "{count} people", node.people), metWords(node), keyNames(node));
    this.element.replaceChildren(
      el("strong", {}, node.name),
      ...(node.other_name ? [" ", el("small", {}, node.other_name)] : []),
      ...(seat ? [el("span", {}, seat)] : []),
      ...(facts.length ? [el("span", {}, facts.filter(Boolean).join(" · "))] : []),
    );
    this.element.hidden = false;
    const { x, y } = this.stage.onScreen(node.id);
    const half = ((node.w ?? node.r * 2) / 2) * this.stage.scale;
    const { offsetWidth, offsetHeight } = this.element;
    const { clientWidth, clientHeight } = this.stage.element;
    const right = x + half + 10;
    this.element.style.left = `${right + offsetWidth < clientWidth ? right : Math.max(4, x - half - 10 - offsetWidth)}px`;
    this.element.style.top = `${Math.max(4, Math.min(y - offsetHeight / 2, clientHeight - offsetHeight - 4))}px`;
  }

  hide() {
    clearTimeout(this.timer);
    this.element.hidden = true;
  }
}

/** What is said aloud of a person who is picked, with how many ties. */
export function spoken(node, ties) {
  const parts = [node.name, node.job, node.department_name];
  if (node.kind === "group") parts.splice(1, 1, tn("{count} person", "{count} people", node.people), metWords(node), node.fold.open ? t("opened") : t("closed"));
  if (node.kind === "card" || node.kind === "person") {
    parts.push(attitudeKey(node.attitude) === "unknown" ? t("attitude unknown") : word("attitude", node.attitude));
    parts.push(node.met ? t("strength {points}", { points: whole(node.strength ?? 0) }) : t("not met"));
    if (node.rank) parts.push(t("rank {rank}", { rank: node.rank }));
  }
  parts.push(tn("{count} tie", "{count} ties", ties));
  return parts.filter(Boolean).join(separator);
}

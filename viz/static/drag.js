// Dragging on a map: a card with all below it under another boss, or a line from a person's handle to another person.
import { drawCard } from "./card.js";
import { roundedBox } from "./marks.js";
import { colours } from "./theme.js";

const BEGINS_AFTER = 6;
const HANDLE = 9;
const PRESSED_FOR = 450;
const REFUSED = "#b3400a";

/** Listens on the stage. `act`: `may()` says whether anything may be changed; `pick(id)`; `below(id)` ids under somebody;
 * `refusal(id, other, line)` why a drop is refused, or null; `drop(id, other, line)` does it (a promise); `refuse(why)`;
 * `draw(id)` begins a line without a drag; `menu(node, place)` is opened by a long press. A finger that stays drags a card
 * or opens the menu; one that moves at once pans, two zoom. */
export class Drag {
  constructor(stage, shown, act) {
    Object.assign(this, { stage, shown, act, hand: null, hovered: null, pressing: 0 });
    const { element } = stage;
    element.addEventListener("pointerdown", (event) => this.#down(event), true);
    element.addEventListener("pointermove", (event) => this.#move(event));
    element.addEventListener("pointerup", (event) => this.#up(event));
    element.addEventListener("pointercancel", () => this.#end());
    element.addEventListener("contextmenu", (event) => (this.pressing || this.hand) && event.preventDefault());
    document.addEventListener("keydown", (event) => this.hand && event.key === "Escape" && this.#cancel(event), true);
    stage.overlays.push((context) => this.#draw(context));
  }

  /** The person under the pointer, whose handle is shown. */
  hover(id) {
    if (!this.hand) this.hovered = id ?? this.hovered;
  }

  #place({ clientX, clientY }) {
    const { left, top } = this.stage.element.getBoundingClientRect();
    return { x: clientX - left, y: clientY - top };
  }

  #down(event) {
    if (event.button !== 0 || !this.stage.view) return;
    if (event.pointerType === "touch") {
      this.#press(event);
      return;
    }
    if (!this.act.may()) return;
    const at = this.#place(event);
    const held = this.#handleAt(at);
    const node = held ?? this.stage.nodeAt(at);
    if (!node || (!held && (node.kind !== "card" || this.stage.chipAt(at)))) return;
    event.stopPropagation();
    this.stage.element.setPointerCapture(event.pointerId);
    this.hand = { node, line: Boolean(held), from: at, at, began: false };
  }

  /** A finger came down: if it stays on somebody, it takes him. */
  #press(event) {
    this.#letGo();
    const at = this.#place(event);
    const node = event.isPrimary && this.stage.nodeAt(at);
    if (!node || node.kind === "group") return;
    this.pressedAt = at;
    this.pressing = setTimeout(() => {
      this.#letGo();
      const { pointerId, pointerType } = event;
      // The library's own gesture ends here, as if the finger had left.
      event.target.dispatchEvent(new PointerEvent("pointercancel", { bubbles: true, pointerId, pointerType, isPrimary: true }));
      this.stage.element.setPointerCapture(pointerId);
      this.hand = { node, line: false, from: at, at, began: false, pressed: true };
      this.stage.element.classList.add("held");
    }, PRESSED_FOR);
  }

  #letGo() {
    clearTimeout(this.pressing);
    this.pressing = 0;
  }

  #move(event) {
    const { hand } = this;
    if (this.pressing) {
      const { x, y } = this.#place(event);
      if (Math.hypot(x - this.pressedAt.x, y - this.pressedAt.y) > BEGINS_AFTER) this.#letGo();
    }
    if (!hand || (hand.pressed && (hand.node.kind !== "card" || !this.act.may()))) return;
    hand.at = this.#place(event);
    if (!hand.began && Math.hypot(hand.at.x - hand.from.x, hand.at.y - hand.from.y) < BEGINS_AFTER) return;
    if (!hand.began) this.#begin(hand);
    hand.over = this.stage.nodeAt(hand.at, hand.node.id);
    hand.why = hand.over ? this.act.refusal(hand.node.id, hand.over.id, hand.line) : null;
    this.stage.element.classList.toggle("refused", Boolean(hand.why));
    this.stage.drawn.network.redraw();
  }

  #begin(hand) {
    hand.began = true;
    hand.moved = new Set(hand.line ? [] : [hand.node.id, ...this.act.below(hand.node.id)]);
    hand.legal = this.stage.view.nodes.filter(({ id }) => id !== hand.node.id && !this.act.refusal(hand.node.id, id, hand.line));
    this.stage.element.classList.add("dragging");
    this.stage.events.point(null);
  }

  async #up() {
    const { hand } = this;
    this.#letGo();
    if (!hand) return;
    if (!hand.began) {
      this.#end();
      if (hand.pressed) this.act.menu(hand.node, hand.at);
      else if (hand.line) this.act.draw(hand.node.id);
      else this.act.pick(hand.node.id);
      return;
    }
    if (!hand.over || hand.why) {
      this.#end();
      if (hand.why) this.act.refuse(hand.why);
      return;
    }
    hand.at = hand.line ? hand.at : this.#underBoss(hand);
    hand.legal = [];
    this.stage.element.classList.remove("dragging");
    await this.act.drop(hand.node.id, hand.over.id, hand.line);
    this.#end();
  }

  /** Where the ghost waits for the service: below its new boss. */
  #underBoss({ over, node, from }) {
    const scale = this.stage.scale;
    const target = this.stage.onScreen(over.id);
    const own = this.stage.onScreen(node.id);
    return { x: from.x + target.x - own.x, y: from.y + target.y - own.y + over.h * 1.2 * scale };
  }

  #cancel(event) {
    event.preventDefault();
    event.stopPropagation();
    this.#end();
  }

  #end() {
    this.hand = null;
    this.stage.element.classList.remove("dragging", "refused", "held");
    this.stage.drawn?.network.redraw();
  }

  #handleAt({ x, y }) {
    const point = this.stage.toCanvas({ x, y });
    const reach = (HANDLE + 4) / this.stage.scale;
    return this.#handles().find((node) => {
      const place = this.#handleOf(node);
      return Math.hypot(point.x - place.x, point.y - place.y) <= reach;
    });
  }

  #handles() {
    const ids = new Set([this.shown.selected, this.hovered]);
    return [...ids].map((id) => this.stage.byId?.get(id)).filter((node) => node && node.kind !== "group");
  }

  #handleOf(node) {
    const { x, y } = this.stage.placeOf(node.id);
    return { x: x + (node.w ? node.w / 2 : node.r), y };
  }

  #draw(context) {
    const { hand } = this;
    context.save();
    if (hand?.began) this.#drawMoving(context, hand);
    else if (this.act.may() && this.stage.scale > 0.3) for (const node of this.#handles()) this.#drawHandle(context, node);
    context.restore();
  }

  #drawHandle(context, node) {
    const { x, y } = this.#handleOf(node);
    const radius = HANDLE / this.stage.scale;
    const { accent, surface } = colours();
    context.beginPath();
    context.arc(x, y, radius, 0, 2 * Math.PI);
    context.fillStyle = surface;
    context.fill();
    context.lineWidth = 2 / this.stage.scale;
    context.strokeStyle = accent;
    context.stroke();
    context.beginPath();
    context.moveTo(x - radius * 0.45, y);
    context.lineTo(x + radius * 0.45, y);
    context.moveTo(x + radius * 0.1, y - radius * 0.4);
    context.lineTo(x + radius * 0.5, y);
    context.lineTo(x + radius * 0.1, y + radius * 0.4);
    context.stroke();
  }

  #drawMoving(context, hand) {
    const { accent } = colours();
    for (const node of hand.legal) this.#ring(context, node, accent, node === hand.over ? 1 : 0.4);
    if (hand.over && hand.why) this.#ring(context, hand.over, REFUSED, 1);
    if (hand.line) this.#drawLine(context, hand);
    else this.#drawGhost(context, hand);
  }

  #ring(context, node, colour, alpha) {
    const { x, y } = this.stage.placeOf(node.id);
    const gap = 5;
    context.globalAlpha = alpha;
    context.strokeStyle = colour;
    context.lineWidth = Math.max(3, 2.5 / this.stage.scale);
    if (node.w) roundedBox(context, x - node.w / 2 - gap, y - node.h / 2 - gap, node.w + 2 * gap, node.h + 2 * gap, 13);
    else {
      context.beginPath();
      context.arc(x, y, node.r + gap, 0, 2 * Math.PI);
    }
    context.stroke();
    context.globalAlpha = 1;
  }

  /** All that moves, over a legal boss a little lower, so that the name there can be read. */
  #drawGhost(context, { from, at, moved, node: held, over, why, legal }) {
    const [begin, now] = [this.stage.toCanvas(from), this.stage.toCanvas(at)];
    if (over && !why && legal.length) now.y += held.h * 0.8;
    for (const id of moved) {
      const node = this.stage.byId.get(id);
      if (!node) continue;
      const { x, y } = this.stage.placeOf(id);
      drawCard(context, node, x + now.x - begin.x, y + now.y - begin.y, { alpha: 0.62, picked: true }, this.stage.scale);
    }
  }

  #drawLine(context, { node, at, over, why }) {
    const start = this.#handleOf(node);
    const end = over && !why ? this.stage.placeOf(over.id) : this.stage.toCanvas(at);
    const size = 12 / this.stage.scale;
    const angle = Math.atan2(end.y - start.y, end.x - start.x);
    context.strokeStyle = context.fillStyle = why ? REFUSED : colours().accent;
    context.lineWidth = 2.5 / this.stage.scale;
    context.beginPath();
    context.moveTo(start.x, start.y);
    context.lineTo(end.x, end.y);
    context.stroke();
    context.beginPath();
    context.moveTo(end.x, end.y);
    for (const turn of [-0.4, 0.4]) context.lineTo(end.x - size * Math.cos(angle + turn), end.y - size * Math.sin(angle + turn));
    context.fill();
  }
}

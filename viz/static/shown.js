// Which people and ties are shown, faint or gone: the legend's filters, the person picked, the person focused on.
const FAINT = 0.14;
const GONE = 0.05;

export class Shown {
  constructor() {
    this.hidden = new Set();
    this.pins = {};
    this.only = null;
    this.selected = null;
    this.tie = null;
    this.focus = null;
    this.degrees = 1;
    this.index({ nodes: [], edges: [] });
  }

  /** Takes a view: who is tied to whom, and who stands on the chain. */
  index(view) {
    this.nodes = new Map(view.nodes.map((node) => [node.id, node]));
    this.edges = view.edges;
    this.ties = new Map(view.nodes.map((node) => [node.id, []]));
    this.onChain = new Set();
    for (const edge of view.edges) {
      this.ties.get(edge.from)?.push(edge);
      this.ties.get(edge.to)?.push(edge);
      if (isStep(edge)) this.onChain.add(edge.from).add(edge.to);
    }
    this.near = this.#around();
  }

  /** The same view with the same filters and nobody picked: for pictures that leave the page. */
  unpicked(view) {
    const plain = new Shown();
    plain.hidden = new Set(this.hidden);
    plain.pins = this.pins;
    plain.index(view);
    return plain;
  }

  focusOn(id, degrees = 1) {
    this.focus = id;
    this.degrees = degrees;
    this.near = this.#around();
  }

  #around() {
    if (!this.focus || !this.nodes.has(this.focus)) return null;
    const near = new Set([this.focus]);
    for (let degree = 0; degree < this.degrees; degree += 1) {
      for (const id of [...near]) for (const edge of this.ties.get(id)) near.add(edge.from).add(edge.to);
    }
    return near;
  }

  isThere(node) {
    return !node.keys.some((key) => this.hidden.has(key));
  }

  nodeLook(node, hovered = false) {
    const there = this.isThere(node);
    let alpha = there ? 1 : GONE;
    if (there && this.near && !this.near.has(node.id)) alpha = FAINT;
    if (there && this.only && !this.#holdsOnly(node)) alpha = Math.min(alpha, FAINT * 1.4);
    const picked = node.id === this.selected || node.id === this.focus;
    return { alpha, picked, hovered: hovered && there, onChain: this.onChain.has(node.id) };
  }

  #holdsOnly(node) {
    if (!this.only.startsWith("edge:")) return node.keys.includes(this.only) || Boolean(node.counted?.[this.only]);
    return this.ties.get(node.id).some((edge) => edge.key === this.only);
  }

  /** Whether a tie or a person is picked, and this tie is not it or the person's; reporting lines stay. */
  #isUnpicked(edge) {
    if (this.tie) return edge.id !== this.tie;
    return this.selected && !edge.points && edge.from !== this.selected && edge.to !== this.selected;
  }

  edgeLook(edge) {
    const from = this.nodes.get(edge.from);
    const to = this.nodes.get(edge.to);
    const gone = this.hidden.has(edge.key) || !from || !to || !this.isThere(from) || !this.isThere(to);
    const aside =
      (this.near && !(this.near.has(edge.from) && this.near.has(edge.to))) ||
      (this.only && !(edge.key === this.only)) ||
      (!isStep(edge) && this.#isUnpicked(edge));
    return { gone, alpha: aside ? FAINT : 1 };
  }
}

/** Whether a tie is a step of the decision chain drawn on the map. */
export const isStep = (edge) => edge.chain !== null && edge.chain !== undefined;

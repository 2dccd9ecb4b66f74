// The drawing itself: vis-network carries ties, zoom and hits; people and ground are drawn by our own functions.
import { DataSet, Network } from "./vendor/vis-network.js";
import { drawCard, drawFoldChip, foldChip } from "./card.js";
import { drawGroupCard, drawGroupMark, drawMarkChip, markChip } from "./group.js";
import {
  drawBands,
  drawChain,
  drawDepartments,
  drawDiscs,
  drawPulse,
  drawReporting,
  nameDepartments,
} from "./ground.js";
import { drawLabel, drawPerson } from "./person.js";
import { isStep } from "./shown.js";
import { colours, isCalm } from "./theme.js";

const LARGEST_FIT = 1.15;
const MARGIN = 0.975;
const NAMES_OF_ALL_FROM = 0.33;
const PULSE = 900;
const LINE_REACH = 6;

/** The library keeps listeners on its prototype: a picture drawn off screen would call those of the map, and take them
 * away when it goes. So each network has its own. */
const listeners = new WeakMap();
Object.defineProperty(Network.prototype, "_callbacks", {
  get() {
    if (!listeners.has(this)) listeners.set(this, new Map());
    return listeners.get(this);
  },
});

/** A vis-network of a view in `element`; `exported` draws every detail at any scale. */
export function makeNetwork(element, view, shown, exported = false) {
  const nodes = new DataSet();
  const edges = new DataSet();
  const network = new Network(element, { nodes, edges }, view.options);
  const byId = new Map(view.nodes.map((node) => [node.id, node]));
  const scale = () => (exported ? 1 : network.getScale());
  const placeOf = (id) => network.getPosition(id);
  const steps = view.edges.filter(isStep).sort((one, other) => one.chain - other.chain);
  const lines = view.edges.filter((edge) => edge.points);

  const renderer = ({ ctx, id, x, y, state }) => {
    const node = byId.get(id);
    const look = { ...shown.nodeLook(node, state.hover), exported };
    const group = node.kind === "group";
    if (node.w) {
      return {
        drawNode: () => (group ? drawGroupCard : drawCard)(ctx, node, x, y, look, scale()),
        drawExternalLabel: () => node.fold && !(exported && (node.fold.open || group)) && drawFoldChip(ctx, node, x, y, look, scale()),
        nodeDimensions: { width: node.w, height: node.h },
      };
    }
    const important = Boolean(group || node.badge || look.picked || look.hovered || look.onChain);
    const named = scale() >= NAMES_OF_ALL_FROM || important;
    return {
      drawNode: () => (group ? drawGroupMark : drawPerson)(ctx, node, x, y, look, scale()),
      drawExternalLabel: () => {
        if (named) drawLabel(ctx, node, x, y, look, scale(), important);
        if (group && !exported) drawMarkChip(ctx, node, x, y, look, scale());
      },
      nodeDimensions: { width: node.r * 2, height: node.r * 2 },
    };
  };

  network.on("beforeDrawing", (context) => {
    if (exported) paint(context, colours().canvas);
    if (view.view === "influence") drawBands(context, view.panels, scale());
    else {
      drawDepartments(context, view.panels);
      drawReporting(context, lines, (edge) => shown.edgeLook(edge));
      nameDepartments(context, view.panels, scale());
    }
    drawChain(
      context,
      steps.filter((edge) => !shown.edgeLook(edge).gone),
      placeOf,
    );
  });
  network.on("afterDrawing", (context) => {
    if (view.view === "influence")
      drawDiscs(
        context,
        steps.filter((edge) => !shown.edgeLook(edge).gone),
        placeOf,
        scale(),
      );
  });
  nodes.add(
    view.nodes.map(({ id, x, y, physics }) => ({
      id,
      x: shown.pins[id]?.[0] ?? x,
      y: shown.pins[id]?.[1] ?? y,
      physics: physics ?? false,
      shape: "custom",
      ctxRenderer: renderer,
    })),
  );
  edges.add(view.edges.filter((edge) => !edge.points).map((edge) => drawnEdge(edge, shown)));
  return { network, nodes, edges };
}

/** The middle of a window of `width` near `middle` that does not leave [low, high] more than it must. */
function within(middle, low, high, width) {
  return high - low <= width ? (low + high) / 2 : Math.min(high - width / 2, Math.max(low + width / 2, middle));
}

/** How far a point is from a stretch between two corners. */
function distance(x, y, [x0, y0], [x1, y1]) {
  const length = (x1 - x0) ** 2 + (y1 - y0) ** 2;
  const share = length ? Math.min(1, Math.max(0, ((x - x0) * (x1 - x0) + (y - y0) * (y1 - y0)) / length)) : 0;
  return Math.hypot(x - x0 - share * (x1 - x0), y - y0 - share * (y1 - y0));
}

function paint(context, fill) {
  context.save();
  context.setTransform(1, 0, 0, 1, 0, 0);
  context.fillStyle = fill;
  context.fillRect(0, 0, context.canvas.width, context.canvas.height);
  context.restore();
}

function drawnEdge(edge, shown) {
  const { gone, alpha } = shown.edgeLook(edge);
  const colour = colours().edge[edge.key] ?? edge.color?.color ?? colours().wire;
  const opacity = (edge.color?.opacity ?? 0.85) * alpha;
  const { id, from, to, width, dashes, smooth, arrows } = edge;
  return {
    id,
    from,
    to,
    width,
    dashes,
    smooth,
    arrows,
    hidden: gone,
    color: { color: colour, highlight: colour, hover: colour, opacity, inherit: false },
  };
}

/** One view on screen. Events: pick (node id or null), pickTie (edge id), fold (node), point (node id or null). */
export class Stage {
  constructor(element, shown, events) {
    this.element = element;
    this.covered = () => 0; // pixels at the right that something hides
    this.shown = shown;
    this.events = events;
    this.view = null;
    this.overlays = [];
    this.atFit = true;
    new ResizeObserver(() => this.view && this.#resized()).observe(element);
  }

  /** Draws `view` instead of what was there; `steady` keeps place and zoom, unless all was seen and would not be now. */
  show(view, steady = false) {
    const kept =
      steady && this.drawn
        ? { position: this.drawn.network.getViewPosition(), scale: this.drawn.network.getScale() }
        : null;
    this.drawn?.network.destroy();
    this.view = view;
    this.byId = new Map(view.nodes.map((node) => [node.id, node]));
    this.drawn = makeNetwork(this.element, view, this.shown);
    this.looks = new Map();
    this.#listen(this.drawn.network);
    this.drawn.network.on("afterDrawing", (context) => this.overlays.forEach((draw) => draw(context)));
    if (kept && (!this.atFit || this.#holds(kept))) this.drawn.network.moveTo(kept);
    else this.fit(false);
  }

  /** Whether all of the drawing lies inside what is seen from a place at a scale. */
  #holds({ position, scale }) {
    const { x0, y0, x1, y1 } = this.view.bounds;
    const [wide, high] = [this.element.clientWidth / 2 / scale + 1, this.element.clientHeight / 2 / scale + 1];
    return x0 >= position.x - wide && x1 <= position.x + wide && y0 >= position.y - high && y1 <= position.y + high;
  }

  /** The library sizes its canvas when asked, and only then: left alone it would do so after the fit and undo it. */
  #resized() {
    this.drawn?.network.redraw();
    if (this.atFit) this.fit(false);
  }

  #listen(network) {
    network.on("click", ({ nodes, edges, pointer }) => {
      network.unselectAll();
      const folded = this.#chipAt(pointer.canvas);
      const id = nodes[0];
      if (folded) this.events.fold(folded);
      else if (id !== undefined && this.shown.isThere(this.byId.get(id))) this.events.pick(id);
      else if (id === undefined) this.#elsewhere(pointer.canvas, edges);
    });
    network.on("doubleClick", ({ nodes }) => {
      const node = this.byId.get(nodes[0]);
      if (node?.kind === "group") this.events.fold(node);
    });
    network.on("hoverNode", ({ node }) => this.events.point(node));
    for (const left of ["blurNode", "dragStart", "zoom"]) network.on(left, () => this.events.point(null));
    for (const moved of ["zoom", "dragEnd"])
      network.on(moved, ({ nodes = [] }) => {
        this.atFit = false;
        for (const [id, { x, y }] of Object.entries(network.getPositions(nodes))) this.shown.pins[id] = [x, y];
      });
  }

  /** A click beside every mark may still be on a label, or close to a tie. */
  #elsewhere({ x, y }, edges) {
    const named = this.view.nodes.find(
      ({ label, ...node }) =>
        label &&
        this.shown.isThere(node) &&
        x > label.x &&
        x < label.x + label.w &&
        y > label.y &&
        y < label.y + label.h,
    );
    const line = this.#lineAt({ x, y });
    if (named) this.events.pick(named.id);
    else if (line) this.events.pickTie(line.id);
    else if (edges.length) this.events.pickTie(edges[0]);
    else this.events.pick(null);
  }

  #chipAt({ x, y }) {
    const context = this.element.querySelector("canvas").getContext("2d");
    const scale = this.drawn.network.getScale();
    return this.view.nodes.find((node) => {
      if (node.fold && !node.w) {
        const place = this.placeOf(node.id);
        const chip = markChip(node, place.x, place.y, scale);
        return Math.hypot(x - chip.x, y - chip.y) <= chip.radius + 2 / scale;
      }
      if (!node.fold || Math.abs(x - node.x) > node.w || Math.abs(y - node.y) > node.h * 1.2) return false;
      const chip = foldChip(context, node, node.x, node.y, scale);
      const slack = 4 / scale;
      return (
        x >= chip.left - slack &&
        x <= chip.left + chip.width + slack &&
        y >= chip.top - slack &&
        y <= chip.top + chip.height + slack
      );
    });
  }

  /** A reporting line at a place of the drawing: these are drawn by corners, the library does not know them. Lines of
   * one boss begin alike, so that the stretch that ends at a person counts first. */
  #lineAt({ x, y }) {
    const reach = LINE_REACH / this.scale;
    const near = ({ points }, at) => distance(x, y, points[at - 1], points[at]) <= reach;
    const lines = this.view.edges.filter((edge) => edge.points && !this.shown.edgeLook(edge).gone);
    return (
      lines.find((edge) => near(edge, edge.points.length - 1)) ??
      lines.find((edge) => edge.points.some((_, at) => at > 0 && near(edge, at)))
    );
  }

  /** The fold chip at a place of the element, if there is one. */
  chipAt(place) {
    return this.#chipAt(this.toCanvas(place));
  }

  /** Who is drawn at a place of the element (pixels), or null; not the one with the id `but`. */
  nodeAt(place, but = null) {
    const { x, y } = this.toCanvas(place);
    const hit = (node) => {
      const at = this.placeOf(node.id);
      const [dx, dy] = [Math.abs(x - at.x), Math.abs(y - at.y)];
      return node.w ? dx <= node.w / 2 && dy <= node.h / 2 : Math.hypot(dx, dy) <= node.r;
    };
    return this.view.nodes.find((node) => node.id !== but && this.shown.isThere(node) && hit(node)) ?? null;
  }

  toCanvas(place) {
    return this.drawn.network.DOMtoCanvas(place);
  }

  /** Draws again after filters, picks or colours changed. */
  redraw() {
    const changed = [];
    for (const edge of this.view.edges) {
      if (edge.points) continue;
      const drawn = drawnEdge(edge, this.shown);
      const look = `${drawn.hidden} ${drawn.color.opacity} ${drawn.color.color}`;
      if (this.looks.get(edge.id) === look) continue;
      this.looks.set(edge.id, look);
      changed.push({ id: drawn.id, hidden: drawn.hidden, color: drawn.color });
    }
    if (changed.length) this.drawn.edges.update(changed);
    this.drawn.network.redraw();
  }

  get scale() {
    return this.drawn.network.getScale();
  }

  /** The scale at which a drawing of these bounds fills the stage. */
  scaleFor({ x0, y0, x1, y1 }) {
    const { clientWidth, clientHeight } = this.element;
    return Math.min(((clientWidth - this.covered()) / (x1 - x0)) * MARGIN, (clientHeight / (y1 - y0)) * MARGIN, LARGEST_FIT);
  }

  /** The whole drawing, as large as it goes. */
  fit(moving = true) {
    const { x0, y0, x1, y1 } = this.view.bounds;
    const scale = this.scaleFor(this.view.bounds);
    const aside = this.covered() / 2 / scale;
    this.#move({ position: { x: (x0 + x1) / 2 + aside, y: (y0 + y1) / 2 }, scale }, moving);
    this.atFit = true;
  }

  zoomBy(factor) {
    this.#move({ scale: Math.min(3, Math.max(0.05, this.scale * factor)) });
    this.atFit = false;
  }

  actualSize() {
    this.#move({ scale: 1, ...(this.shown.selected && { position: this.placeOf(this.shown.selected) }) });
    this.atFit = false;
  }

  placeOf(id) {
    return this.drawn.network.getPositions([id])[id];
  }

  /** Where a person is on screen, relative to the stage. */
  onScreen(id) {
    return this.drawn.network.canvasToDOM(this.placeOf(id));
  }

  /** Moves so that a person is well inside; does nothing if that is so already. `cover`: pixels hidden at the right. */
  reveal(id, cover = 0, closer = false) {
    const place = this.onScreen(id);
    const { clientWidth, clientHeight } = this.element;
    const scale = closer ? Math.max(this.scale, 0.7) : this.scale;
    const { w, r, label } = this.byId.get(id);
    const aside = Math.max(90, ((w ?? Math.max(2 * r, label?.w ?? 0)) / 2) * scale + 24);
    const inside = place.x > aside && place.y > 60 && place.x < clientWidth - cover - aside && place.y < clientHeight - 60;
    if (inside && scale === this.scale) return;
    const target = this.placeOf(id);
    const { x0, y0, x1, y1 } = this.view.bounds;
    const x = within(target.x + cover / 2 / scale, x0, x1 + cover / scale, clientWidth / scale);
    this.#move({ position: { x, y: within(target.y, y0, y1, clientHeight / scale) }, scale });
    this.atFit = false;
  }

  /** Rings a person for a moment, so that the eye finds who was searched for. */
  pulse(id) {
    if (isCalm()) return;
    const { network } = this.drawn;
    const begin = performance.now();
    const draw = (context) => {
      const share = (performance.now() - begin) / PULSE;
      drawPulse(context, this.byId.get(id), network.getPosition(id), share);
    };
    const again = () => {
      if (this.drawn.network !== network) return;
      if (performance.now() - begin < PULSE) requestAnimationFrame(again);
      else network.off("afterDrawing", draw);
      network.redraw();
    };
    network.on("afterDrawing", draw);
    again();
  }

  #move(to, moving = true) {
    const animation = moving && !isCalm() ? { duration: 250, easingFunction: "easeInOutQuad" } : false;
    this.drawn.network.moveTo({ ...to, animation });
  }
}

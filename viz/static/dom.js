// Building elements. Text becomes a text node, never markup; styles go through classes or the CSSOM.

/** An element: `properties` are attributes, but for `class`, `on…` listeners and booleans. */
export function el(tag, properties = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (value === null || value === undefined || value === false) continue;
    if (name === "class") element.className = value;
    else if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else element.setAttribute(name, value === true ? "" : String(value));
  }
  element.append(
    ...children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== false),
  );
  return element;
}

export const byId = (id) => document.getElementById(id);

/** Notes which element of `place` has the focus; what it gives hands the focus to its like once all is drawn anew. */
export function heldFocus(place) {
  const active = document.activeElement;
  if (!place.contains(active)) return () => {};
  const tag = active.localName;
  const at = [...place.querySelectorAll(tag)].indexOf(active);
  return () => place.querySelectorAll(tag)[at]?.focus();
}

/** The JSON of a data block of the page. */
export const dataBlock = (id) => JSON.parse(byId(id).textContent);

/** A canvas of a CSS size, drawn sharp on this screen. */
export function swatch(width, height, draw) {
  const canvas = el("canvas", { class: "swatch", "aria-hidden": "true" });
  const ratio = Math.max(1, window.devicePixelRatio || 1);
  canvas.width = Math.round(width * ratio);
  canvas.height = Math.round(height * ratio);
  canvas.style.width = `${width}px`;
  canvas.style.height = `${height}px`;
  const context = canvas.getContext("2d");
  context.scale(ratio, ratio);
  draw(context);
  return canvas;
}

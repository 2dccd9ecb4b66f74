// Small parts the panel is made of: sections, lists of facts, bars, links to people.
import { el, swatch } from "./dom.js";
import { attitudeMark, oursMark, rivalMark } from "./marks.js";
import { whole } from "./texts.js";

/** A section with a heading; null where there is nothing to say. */
export function section(title, ...content) {
  const inside = content.flat().filter(Boolean);
  return inside.length ? el("section", { class: "fact-section" }, el("h3", {}, title), inside) : null;
}

/** A list of lines [label, value], label and value being text or elements. */
export function lines(rows, kind = "ul") {
  if (!rows.length) return null;
  return el(
    kind,
    { class: "fact-lines" },
    rows.map(([label, value]) =>
      el(
        "li",
        {},
        el("span", { class: "fact-label" }, label),
        value === null || value === undefined ? null : el("span", { class: "fact-value" }, value),
      ),
    ),
  );
}

/** Terms with their values, without the empty ones. */
export function terms(rows) {
  const said = rows.filter(([, value]) => value !== null && value !== undefined && value !== "");
  return said.length
    ? el(
        "dl",
        { class: "fact-terms" },
        said.map(([term, value]) => [el("dt", {}, term), el("dd", {}, value)]),
      )
    : null;
}

/** A bar of 0–100 with its number; the number says it all, so the bar is silent. */
export function meter(label, value, tone = "") {
  const filled = el("span", { class: "meter-fill" });
  filled.style.width = `${Math.min(100, Math.max(0, value))}%`;
  return el(
    "div",
    { class: `meter ${tone}` },
    el("span", { class: "meter-label" }, label),
    el("span", { class: "meter-track", "aria-hidden": "true" }, filled),
    el("span", { class: "meter-value" }, whole(value)),
  );
}

export const tag = (text, tone = "") => el("li", { class: `tag ${tone}` }, text);

export const note = (text) => el("p", { class: "note" }, text);

/** A button that goes to a person. */
export const personLink = (name, go) => el("button", { type: "button", class: "person-link", onclick: go }, name);

/** The sign of a person, as on the map. */
export function signOf(node, size = 34) {
  const middle = size / 2;
  return swatch(size, size, (context) => {
    if (node.kind === "ours") oursMark(context, middle, middle, middle - 4);
    else if (node.kind === "rival") rivalMark(context, middle, middle, middle - 5);
    else attitudeMark(context, node.attitude, middle, middle, middle - 2);
  });
}

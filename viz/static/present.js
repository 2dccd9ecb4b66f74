// Presentation: the map alone on the whole screen, saved views one after the other by keys, a caption below.
import { query } from "./address.js";
import { byId, el } from "./dom.js";
import { map } from "./map.js";
import { page, t } from "./texts.js";

const ON = ["ArrowRight", "ArrowDown", "PageDown", " "];
const BACK = ["ArrowLeft", "ArrowUp", "PageUp"];

/** Presents saved views, beginning with the one on screen; without any, the map as it is. */
export function present(views) {
  const began = page.view;
  let at = views.findIndex(({ id }) => id === query.get("saved"));
  const said = el("h1", {});
  const button = (label, text, act) => el("button", { type: "button", "aria-label": label, title: label, onclick: act }, text);
  const caption = el(
    "section",
    { class: "caption", "aria-label": t("Presentation: arrow keys turn the views, Escape leaves") },
    views.length > 1 ? button(t("The view before"), "‹", () => turn(-1)) : null,
    el("div", { class: "caption-said", role: "status", "aria-live": "polite" }, said),
    views.length > 1 ? button(t("The next view"), "›", () => turn(1)) : null,
    button(t("Leave (Esc)"), "×", leave),
  );
  document.body.append(caption);
  document.body.classList.add("presenting");
  document.addEventListener("keydown", press, true);
  document.addEventListener("fullscreenchange", left);
  document.addEventListener("looked", tell);
  document.documentElement.requestFullscreen?.().catch(() => {});
  if (at < 0 && views.length) turn(1);
  else tell();

  async function turn(by) {
    at = (at + by + views.length) % views.length;
    tell();
    await map.turnTo(views[at]);
    map.stage.fit(false);
  }

  function tell() {
    const name = views[at]?.name ?? page.title;
    const found = byId("lens").dataset.says;
    said.replaceChildren(el("b", {}, name), found ? ` · ${found}` : "", views.length > 1 ? el("small", {}, ` ${at + 1}/${views.length}`) : "");
  }

  function press(event) {
    const { key } = event;
    if (key === "Escape") leave();
    else if (views.length > 1 && ON.includes(key) && event.target.localName !== "button") turn(1);
    else if (views.length > 1 && BACK.includes(key)) turn(-1);
    else if (key === "ArrowRight" || key === "ArrowDown") turn(1);
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  function left() {
    if (!document.fullscreenElement) leave();
  }

  function leave() {
    document.removeEventListener("keydown", press, true);
    document.removeEventListener("fullscreenchange", left);
    document.removeEventListener("looked", tell);
    document.body.classList.remove("presenting");
    caption.remove();
    if (document.fullscreenElement) document.exitFullscreen();
    if (page.view !== began) location.reload();
    else {
      map.stage.fit(false);
      byId("map").focus();
    }
  }
}

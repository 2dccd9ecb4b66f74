// An interaction in two clicks: "Log", then what it was. It is noted as of now, between oneself and the person.
import { el } from "./dom.js";
import { add, create, edit } from "./edit.js";
import { me } from "./me.js";
import { t, word } from "./texts.js";

const USUAL = ["visit", "call", "message", "email", "meeting", "meal", "demo"];

/** The menu of a person. */
export function logMenu(contactId) {
  const menu = el(
    "details",
    { class: "log-menu" },
    el("summary", {}, t("Log an interaction")),
    el(
      "div",
      { class: "log-kinds" },
      USUAL.map((kind) => el("button", { type: "button", onclick: () => log(kind) }, word("interaction", kind))),
      el("button", { type: "button", class: "quiet", onclick: () => other() }, t("Another, with a note…")),
    ),
  );
  const log = async (kind) => {
    menu.open = false;
    const mine = await me();
    if (!mine) return;
    const body = { kind, contact_ids: [contactId], member_ids: [mine] };
    await add("interaction", body, t("{kind} logged", { kind: word("interaction", kind) }), {
      label: t("Add a note"),
      act: ({ id }) => edit("interaction", id, { only: ["sentiment", "note", "at", "direction"] }),
    });
  };
  const other = () => {
    menu.open = false;
    create("interaction", { contact_ids: [contactId] });
  };
  menu.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !menu.open) return;
    menu.open = false;
    menu.querySelector("summary").focus();
    event.stopPropagation();
  });
  return menu;
}

// "Help me choose": four questions about what somebody does, from which attitude, voice and strength follow.
import { radios } from "./controls.js";
import { Dialog } from "./dialog.js";
import { el } from "./dom.js";
import { t, whole, word } from "./texts.js";

const QUESTIONS = () => [
  {
    id: "absence",
    text: t("When we are not in the room, this person…"),
    choices: [
      [2, t("speaks for us")],
      [1, t("answers well when asked")],
      [0, t("says nothing")],
      [-1, t("raises doubts")],
      [-2, t("argues against us")],
    ],
  },
  {
    id: "deeds",
    text: t("For us, this person…"),
    choices: [
      [2, t("does something unasked")],
      [1, t("helps when asked")],
      [0, t("does what the post demands")],
      [-1, t("keeps us waiting")],
      [-2, t("helps a competitor")],
    ],
  },
  {
    id: "voice",
    text: t("When this person has spoken, the others…"),
    choices: [
      [3, t("follow")],
      [2, t("weigh it")],
      [1, t("listen")],
      [0, t("go on")],
    ],
  },
  {
    id: "strength",
    text: t("With the one of us who is closest, this person…"),
    choices: [
      [87, t("shares worries and plans")],
      [62, t("keeps promises both ways")],
      [37, t("knows the name and the face")],
      [12, t("would not answer a call")],
    ],
  },
];

/** What the answers come to. Of two signs that disagree the more careful one counts. */
export function conclusion({ absence, deeds, voice, strength }) {
  const signs = [absence, deeds].filter((sign) => sign !== null);
  const mean = signs.reduce((sum, sign) => sum + sign, 0) / signs.length;
  return { attitude: signs.length ? Math.floor(mean) : null, voice, strength };
}

/** Asks; gives {attitude, voice, strength} (null where nothing was said), or null. */
export function chosen() {
  const rows = QUESTIONS().map(({ id, text, choices }) => {
    const control = radios(choices.map(([value, label]) => ({ value, label })), null, `choosing-${id}`);
    return { id, read: control.read, element: el("fieldset", { class: "form-field" }, el("legend", {}, text), control.element) };
  });
  const read = () => conclusion(Object.fromEntries(rows.map(({ id, read: one }) => [id, one()])));
  const sum = el("p", { class: "thermometer", role: "status" });
  const tell = () => {
    const { attitude, voice, strength } = read();
    sum.textContent = [
      attitude === null ? null : t("Attitude: {word}", { word: word("attitude", attitude) }),
      voice === null ? null : t("voice: {word}", { word: word("voice", voice) }),
      strength === null ? null : t("strength about {points}", { points: whole(strength) }),
    ]
      .filter(Boolean)
      .join(" · ");
  };
  return new Promise((resolve) => {
    const dialog = new Dialog({
      title: t("Help me choose"),
      body: el("div", { class: "form-body", onchange: tell }, rows.map(({ element }) => element), sum),
      yes: t("Take it over"),
      resolve,
      act: async () => read(),
    });
    dialog.element.querySelector("input").focus();
  });
}

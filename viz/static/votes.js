// What several of ours think of a person in a purchase. Others' votes are hidden until one's own is given or skipped.
import { ask } from "./api.js";
import { labelOf, learnLabels } from "./choices.js";
import { chosen } from "./choosing.js";
import { radios } from "./controls.js";
import { el } from "./dom.js";
import { change } from "./edit.js";
import { mayWrite, me, whoAmI } from "./me.js";
import { date, t, word } from "./texts.js";

const ATTITUDES = [2, 1, 0, -1, -2];
const VOICES = [3, 2, 1, 0];
const skipped = new Set(JSON.parse(sessionStorage.getItem("skipped") ?? "[]"));

/** Fills `place` with the votes on a part in a purchase (`plays` by id). */
export async function showVotes(place, id) {
  try {
    const record = await ask(`/api/v1/edges/plays/${encodeURIComponent(id)}`);
    await learnLabels("members", (record.votes ?? []).map((vote) => vote.member_id).filter(Boolean));
    draw(place, record);
  } catch (error) {
    place.replaceChildren(el("p", { role: "alert" }, error.message));
  }
}

function draw(place, record) {
  const votes = record.votes ?? [];
  const mine = votes.find((vote) => vote.member_id && vote.member_id === whoAmI());
  if (!mayWrite()) {
    place.replaceChildren(list(votes));
    return;
  }
  const open = mine || skipped.has(record.id);
  const parts = open ? [list(votes)] : [el("p", { class: "note" }, t("What the others think is shown after your own vote."))];
  const revote = el("details", { class: "vote" }, el("summary", {}, mine ? t("Change my vote") : t("Vote")), form(place, record, mine, open));
  place.replaceChildren(...parts, revote);
}

function list(votes) {
  if (!votes.length) return el("p", { class: "note" }, t("Nobody has voted yet."));
  return el(
    "ul",
    { class: "votes" },
    votes.map((vote) =>
      el(
        "li",
        {},
        el("span", {}, vote.member_id ? labelOf("members", vote.member_id) : "–"),
        el("b", {}, said("attitude", vote.attitude)),
        el("span", {}, said("voice", vote.voice)),
        el("small", {}, date(vote.at)),
      ),
    ),
  );
}

const said = (vocabulary, value) => (value === undefined || value === null ? "–" : word(vocabulary, value));

function form(place, record, mine, open) {
  const row = (vocabulary, values, title) => {
    const choices = values.map((value) => ({ value, label: word(vocabulary, value) }));
    const control = radios(choices, mine?.[vocabulary] ?? null, `${vocabulary}-${record.id}`);
    return { read: control.read, element: el("fieldset", { class: "form-field" }, el("legend", {}, title), control.element), set: (value) => check(control.element, values.indexOf(value)) };
  };
  const attitude = row("attitude", ATTITUDES, t("Attitude to us"));
  const voice = row("voice", VOICES, t("Voice: how much the word weighs, apart from rank"));
  const fault = el("p", { class: "field-fault", role: "alert" });
  const button = (label, act, kind = "") => el("button", { type: "button", class: kind, onclick: act }, label);
  const help = async () => {
    const found = await chosen();
    if (!found) return;
    attitude.set(found.attitude);
    voice.set(found.voice);
  };
  const vote = async () => {
    if (attitude.read() === null && voice.read() === null) {
      fault.textContent = t("Say attitude or voice first.");
      return;
    }
    const voter = await me();
    if (!voter) return;
    const own = { member_id: voter, attitude: attitude.read(), voice: voice.read(), at: new Date().toISOString().slice(0, 10) };
    const kept = Object.fromEntries(Object.entries(own).filter(([, value]) => value !== null));
    const saved = await change("plays", record, ({ votes = [] }) => ({ votes: [...votes.filter((one) => one.member_id !== voter), kept] }));
    if (saved) showVotes(place, record.id);
  };
  const skip = () => {
    skipped.add(record.id);
    sessionStorage.setItem("skipped", JSON.stringify([...skipped]));
    draw(place, record);
  };
  const buttons = [button(t("Vote"), vote, "primary"), button(t("Help me choose"), help), open ? null : button(t("Skip and see"), skip, "quiet")];
  return el("div", { class: "vote-form" }, attitude.element, voice.element, fault, el("p", { class: "vote-buttons" }, buttons.filter(Boolean)));
}

function check(element, at) {
  const box = element.querySelectorAll("input")[at];
  if (box) box.checked = true;
}

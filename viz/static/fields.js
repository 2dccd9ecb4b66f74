// The fields above a map: which purchase, which step, which day. What they say is in the address.
import { query, remember } from "./address.js";
import { byId } from "./dom.js";
import { page, t, word } from "./texts.js";

const FIELDS = [["opportunity", "opportunity_id"], ["step", "step"], ["on", "on"]];

/** What the address says, in the fields. */
export function showFields() {
  for (const [field, name] of FIELDS) byId(field).value = query.get(name) ?? "";
  showStage();
}

/** Runs `act` with the name of what was changed in the address. */
export function whenFieldsChange(act) {
  for (const [field, name] of FIELDS)
    byId(field).addEventListener("change", (event) => {
      remember(name, event.target.value);
      if (name === "opportunity_id") showStage();
      act(name);
    });
}

/** The stage of the purchase chosen, and its own step, which holds unless another is chosen. */
function showStage() {
  const chosen = page.opportunities.find((one) => one.id === byId("opportunity").value);
  byId("stage").textContent = chosen ? t("our stage: {stage}", { stage: word("stage", chosen.stage) }) : "";
  byId("step").title = byId("stage").textContent;
  const own = byId("step").options[0];
  own.textContent = chosen ? t("its own: {step}", { step: word("step", chosen.step) }) : t("no step");
}

// The first page of an empty service: the demo account is loaded like any other import, with one click.
import { byId } from "./dom.js";
import { importFiles } from "./jobs.js";
import { t } from "./texts.js";

const button = byId("load-demo");
const said = byId("demo-said");

button?.addEventListener("click", async () => {
  button.disabled = true;
  said.textContent = t("Loading the demo account");
  try {
    const sample = await fetch("/samples/demo.json");
    if (!sample.ok) throw new Error(t("The service did not answer as expected."));
    const file = new File([await sample.blob()], "demo.json");
    const job = await importFiles([file], {}, () => {});
    if (job.state !== "done") throw new Error(job.problem?.detail ?? job.state);
    location.assign(`/accounts/${encodeURIComponent(button.dataset.account)}/influence`);
  } catch (error) {
    said.textContent = error.message;
    button.disabled = false;
  }
});

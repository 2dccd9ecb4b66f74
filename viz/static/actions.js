// "Make it an action": what an advice suggests is sent to the service as it is. Its words stand in the page.
import { proof } from "./proof.js";

for (const button of document.querySelectorAll("button[data-suggested]")) {
  button.hidden = false;
  button.addEventListener("click", async () => {
    button.disabled = true;
    const said = document.createElement("span");
    said.setAttribute("role", "status");
    said.className = "made";
    try {
      const answer = await fetch("/api/v1/actions", {
        method: "POST",
        headers: { "Content-Type": "application/json", ...proof() },
        body: button.dataset.suggested,
      });
      const body = await answer.json();
      said.textContent = answer.ok ? button.dataset.made : body.detail;
      if (answer.ok) button.replaceWith(said);
      else button.after(said);
    } catch {
      said.textContent = button.dataset.failed;
      button.after(said);
    }
    button.disabled = false;
  });
}

// The page of a person: what edits, logs and votes. Drawn anew after each save.
import { dossierButton } from "./dossier.js";
import { logMenu } from "./log.js";
import { mayWrite } from "./me.js";
import "./saved.js";
import { showVotes } from "./votes.js";

function fill() {
  if (mayWrite())
    for (const place of document.querySelectorAll("[data-log]")) place.replaceChildren(logMenu(place.dataset.log));
  for (const place of document.querySelectorAll("[data-votes]")) showVotes(place, place.dataset.votes);
  for (const place of document.querySelectorAll("[data-dossier]")) dossierButton(place, place.dataset.dossier);
  for (const button of document.querySelectorAll("[data-print]")) {
    button.hidden = false;
    button.onclick = () => window.print();
  }
}

document.addEventListener("redrawn", fill);
fill();

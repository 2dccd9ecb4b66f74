// A page that was not ready in time: asked for again until it is, then shown.
const MOST = 60;
const wait = Number(document.querySelector("[data-again]").dataset.again) * 1000;

async function again(turn) {
  const answer = await fetch(location.href, { headers: { Accept: "text/html" } }).catch(() => null);
  if (answer && answer.status !== 503) location.reload();
  else if (turn < MOST) setTimeout(again, wait, turn + 1);
}

setTimeout(again, wait, 1);

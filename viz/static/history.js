// History: a slider writes its time into the links below it.

function slide(place) {
  const slider = place.querySelector("input[type=range]");
  const stops = [...place.querySelectorAll("li[data-value]")];
  const said = place.querySelector(".then-said");
  if (!stops.length) return;
  const show = () => {
    const stop = stops[slider.value];
    said.textContent = stop.textContent;
    slider.setAttribute("aria-valuetext", stop.textContent);
    for (const link of place.querySelectorAll("a[data-then]")) {
      const target = new URL(link.href);
      target.searchParams.set(place.dataset.slider, stop.dataset.value);
      link.href = target.pathname + target.search;
    }
  };
  slider.hidden = stops.length < 2;
  slider.addEventListener("input", show);
  show();
}

const slideAll = () => document.querySelectorAll("[data-slider]").forEach(slide);
slideAll();
document.addEventListener("redrawn", slideAll);

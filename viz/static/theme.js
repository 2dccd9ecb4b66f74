// The colours of the drawing. They come with the view, for light and for dark surroundings.
const dark = window.matchMedia("(prefers-color-scheme: dark)");
const calm = window.matchMedia("(prefers-reduced-motion: reduce)");
let themes = null;
let onPaper = false;

/** The colours to draw with now. */
export const colours = () => (dark.matches && !onPaper ? themes.dark : themes.light);

export const font = (size, weight = 400) => `${weight} ${size}px ${themes.font}`;

export const attitudeKey = (attitude) => (attitude === null || attitude === undefined ? "unknown" : String(attitude));

/** Takes the themes of a view. */
export function useThemes(given) {
  themes = given;
}

/** Runs `draw` with the light colours, whatever the surroundings: for pictures that leave the screen. */
export async function onWhitePaper(draw) {
  onPaper = true;
  try {
    return await draw();
  } finally {
    onPaper = false;
  }
}

export const whenSurroundingsChange = (redraw) => dark.addEventListener("change", redraw);

/** Whether movement is unwelcome. */
export const isCalm = () => calm.matches;

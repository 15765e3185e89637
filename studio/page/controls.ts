/** Time: play, pause, steps, speed, and a line of days with what happens on it. */
import { button, h, labelled } from "./dom";
import type { Kind } from "./notable";
import { COLOUR } from "./picture/shapes";
import type { Part, Studio } from "./studio";

export const WEEK = 5;
const QUARTER = 63;
export const MARKED: Partial<Record<Kind, [string, number]>> = {
  dispute: [COLOUR.bad, 1],
  meeting: [COLOUR.selling, 0.45],
  quits: ["#7a3b9a", 0.7],
  change: [COLOUR.ink, 1],
};

export interface Controls extends Part {
  marks(): void;
}

interface Asks {
  toggle(): void;
  speed(days: number): void;
  readonly daysPerSecond: number;
}

export function controls(studio: Studio, asks: Asks): Controls {
  const { words } = studio;
  const play = button("", asks.toggle, { class: "primary play" });
  const stop = (kinds: Kind[] | null) => () => {
    const days = studio.worlds.flatMap((one) => one.notable.filter((event) => (kinds ? kinds.includes(event.kind) : event.kind !== "meeting")));
    const next = Math.min(...days.map((event) => event.day).filter((day) => day > studio.day));
    if (Number.isFinite(next)) studio.seek(next);
  };
  const speed = h("input", { type: "range", min: 1, max: 60, step: 1, value: asks.daysPerSecond });
  const tell = () => speed.setAttribute("aria-valuetext", words.speedOf(speed.value));
  speed.addEventListener("input", () => (asks.speed(speed.valueAsNumber), tell()));
  tell();
  const scrub = h("input", { type: "range", class: "scrub", min: 0, max: studio.days - 1, step: 1, value: 0, "aria-label": words.day });
  scrub.addEventListener("input", () => studio.seek(scrub.valueAsNumber));
  const marks = h("canvas", { class: "marks", "aria-hidden": "true" });
  const day = h("output", { class: "day" });
  const row = h(
    "div",
    { class: "row" },
    play,
    button("‹", () => studio.seek(studio.day - 1), { "aria-label": words.previousDay, class: "step" }),
    button("›", () => studio.seek(studio.day + 1), { "aria-label": words.nextDay, class: "step" }),
    button(words.nextEvent, stop(null), { class: "next" }),
    button(words.nextDispute, stop(["dispute"]), { class: "next" }),
    labelled(words.speed, speed, "field speed"),
    day,
  );
  const element = h("section", { class: "controls", "aria-label": words.controls }, row, marks, scrub);
  const show = () => {
    const sign = studio.playing ? "❚❚" : "▶";
    const text = studio.playing ? words.pause : studio.day >= studio.days - 1 ? words.again : words.play;
    play.replaceChildren(h("span", { "aria-hidden": "true" }, `${sign} `), text);
    const said = dayInWords(studio);
    day.textContent = said;
    scrub.value = String(studio.day);
    scrub.style.setProperty("--done", `${(100 * studio.day) / (studio.days - 1)}%`);
    scrub.setAttribute("aria-valuetext", said);
  };
  return { element, show, marks: () => drawMarks(studio, marks) };
}

export function dayInWords({ words, formats, day, days, firstDay }: Studio): string {
  const quarter = Math.floor((day - firstDay) / QUARTER) + 1;
  return words.dayOf(formats.number(day), formats.number(days - 1), day < firstDay ? words.warmUp : `Q${quarter}`);
}

/** One row for each company; where the warm-up ends, and every quarter, a line. */
function drawMarks(studio: Studio, canvas: HTMLCanvasElement): void {
  const dense = Math.min(2, window.devicePixelRatio || 1);
  const { clientWidth: w, clientHeight: tall } = canvas;
  canvas.width = w * dense;
  canvas.height = tall * dense;
  const c = canvas.getContext("2d") as CanvasRenderingContext2D;
  c.scale(dense, dense);
  const at = (day: number) => 9 + (day / (studio.days - 1)) * (w - 18);
  c.fillStyle = "#e8ebf0";
  c.fillRect(9, 0, at(studio.firstDay) - 9, tall);
  c.fillStyle = "#cdd3db";
  for (let day = studio.firstDay; day < studio.days; day += QUARTER) c.fillRect(at(day), 0, 1, tall);
  studio.worlds.forEach(({ notable }, side) => {
    const low = ((side + 1) * tall) / 2 - 1;
    for (const { day, kind } of notable) {
      const mark = MARKED[kind];
      if (!mark) continue;
      c.fillStyle = mark[0];
      const height = (tall / 2 - 3) * mark[1];
      c.fillRect(at(day) - 1, low - height, kind === "dispute" || kind === "change" ? 3 : 2, height);
    }
  });
}

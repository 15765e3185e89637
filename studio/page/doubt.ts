/** Luck or more: the paired difference of both companies over many markets, filling in while one watches. */
import { button, h, labelled } from "./dom";
import type { Case, Live } from "./engine/contract";
import { COLOUR } from "./picture/shapes";
import { hash } from "./picture/layout";
import { ENOUGH, mean, quantile } from "./screen";
import type { Part, Studio } from "./studio";

const REPLICATIONS = 60;
const AT_A_TIME = 4;
const DAYS_PER_YEAR = 252;

export interface Doubt extends Part {
  stop(): void; // a case is another: what was found holds no more
}

export function doubt(studio: Studio, live: Live, cases: () => [Case, Case]): Doubt {
  const { words, formats } = studio;
  const draws = () => live.companies.find((one) => one.name === cases()[0].company)?.draws ?? 0;
  const drawn = h("input", { type: "checkbox", checked: draws() > 0 });
  const strip = h("canvas", { class: "strip", role: "img", "aria-label": words.doubt.axis });
  const so_far = h("p", { class: "hint" });
  const said = h("p", { class: "said", "aria-live": "polite" });
  const go = button(words.doubt.run, () => (running ? stop() : void run().catch(fail)), { class: "primary" });
  const box = labelled(words.doubt.drawn, drawn, "field check");
  drawn.addEventListener("change", () => stop());
  const element = h("section", { class: "card doubt", "aria-label": words.doubt.title }, h("h2", {}, words.doubt.title),
    h("p", { class: "hint" }, words.doubt.hint), h("div", { class: "row" }, go, draws() > 0 ? box : null), strip, so_far, said);
  let running = 0;
  let runs = 0;
  let found: number[] = [];

  const show = () => {
    go.textContent = running ? words.doubt.stop : words.doubt.run;
    so_far.textContent = found.length ? words.doubt.sofar(formats.number(found.length), formats.number(most())) : "";
    said.textContent = found.length ? inWords(studio, found) : "";
    strip.hidden = !found.length;
    if (found.length) drawStrip(strip, found, (value) => formats.money(value));
  };
  const most = () => (drawn.checked ? Math.min(REPLICATIONS, draws()) : REPLICATIONS);
  const stop = () => {
    running = 0;
    found = [];
    show();
  };
  const run = async () => {
    const mine = (running = ++runs);
    found = [];
    const [here, there] = cases();
    const { head } = studio.worlds[0].recording;
    const years = (head.days - head.first_day) / DAYS_PER_YEAR;
    // With drawn assumptions the k-th seed belongs to the k-th draw, so that all are asked for at once.
    const batch = drawn.checked ? most() : AT_A_TIME;
    for (let done = 0; done < most() && running === mine; done += batch) {
      const seeds = Array.from({ length: Math.min(batch, most() - done) }, (_, k) => here.seed + done + k);
      const before = found;
      const sides: Record<string, number>[][] = [[], []];
      const tell = (side: number) => (_: number, outcomes: Record<string, number>[]) => {
        sides[side] = outcomes;
        if (running !== mine) return;
        const n = Math.min(sides[0].length, sides[1].length);
        const differences = Array.from({ length: n }, (_x, k) => (sides[1][k].contribution_eur - sides[0][k].contribution_eur) / years);
        found = [...before, ...differences];
        show();
      };
      const both = [here, there].map((one, side) => live.outcomes(one, seeds, tell(side), drawn.checked).then((all) => tell(side)(all.length, all)));
      await Promise.all(both);
    }
    if (running === mine) running = 0;
    show();
  };
  const fail = (error: unknown) => {
    stop();
    said.textContent = words.levers.wrong(error instanceof Error ? error.message : String(error));
  };
  return { element, show, stop };
}

function inWords({ words, formats }: Studio, found: number[]): string {
  if (found.length < ENOUGH) return words.doubt.tooFew;
  const better = found.filter((one) => one > 0).length;
  return words.doubt.said(formats.number(better), formats.number(found.length), formats.money(mean(found)), formats.money(quantile(found, 0.1)), formats.money(quantile(found, 0.9)));
}

/** A dot for each market, left of the line where the left company earned more. */
function drawStrip(canvas: HTMLCanvasElement, found: number[], text: (value: number) => string): void {
  const dense = Math.min(2, window.devicePixelRatio || 1);
  const { clientWidth: w, clientHeight: tall } = canvas;
  canvas.width = w * dense;
  canvas.height = tall * dense;
  const c = canvas.getContext("2d") as CanvasRenderingContext2D;
  c.scale(dense, dense);
  const low = Math.min(0, ...found);
  const high = Math.max(0, ...found, low + 1);
  const at = (value: number) => 30 + ((value - low) / (high - low)) * (w - 60);
  c.strokeStyle = COLOUR.soft;
  c.beginPath();
  c.moveTo(at(0), 4);
  c.lineTo(at(0), tall - 18);
  c.stroke();
  c.font = "12px system-ui, sans-serif";
  c.fillStyle = COLOUR.soft;
  c.textAlign = "center";
  for (const value of new Set(found.length ? [low, 0, high] : [0])) c.fillText(text(value), at(value), tall - 4);
  found.forEach((value, k) => {
    c.fillStyle = value > 0 ? COLOUR.good : COLOUR.bad;
    c.globalAlpha = 0.75;
    c.beginPath();
    c.arc(at(value), 12 + (tall - 40) * hash(k, 3), 4, 0, 6.2832);
    c.fill();
  });
  c.globalAlpha = 1;
}

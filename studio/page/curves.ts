/** Small curves of both companies, up to the day that is shown. A click goes to a day. */
import uPlot from "uplot";
import { h } from "./dom";
import type { Recording } from "./engine/contract";
import { N_STATUS, STATUS } from "./events";
import { COLOUR } from "./picture/shapes";
import { earned, type Part, type Studio } from "./studio";

export const OF_COMPANY = [COLOUR.bad, COLOUR.good];
const DASH = [undefined, [7, 4]];
const HEIGHT = 132;

interface Curve {
  title: string;
  of: ((recording: Recording, day: number) => number | null)[];
  text: (value: number) => string;
}

export interface Curves extends Part {
  renew(): void; // another recording is shown
  fit(): void; // the page has another width
}

export function curves(studio: Studio): Curves {
  const { words, formats } = studio;
  const percent = (value: number) => formats.percent(value / 100);
  const wanted: Curve[] = [
    { title: words.curves.never, of: [(r, d) => r.inState[d * N_STATUS + STATUS.NEVER_WORKED]], text: (v) => formats.number(v) },
    { title: words.curves.contribution, of: [(r, d) => millions(earned(r, d))], text: (v) => formats.decimal(v) },
    { title: words.curves.trust, of: [(r, d) => 100 * r.daily.trust_in_marketers[d], (r, d) => 100 * r.daily.trust_in_reps[d]], text: percent },
    { title: words.curves.disputes, of: [(r, d) => r.daily.disputes_open[d]], text: (v) => formats.number(v) },
  ];
  const element = h("section", { class: "curves", "aria-label": words.curves.title });
  let plots: uPlot[] = [];
  let values: HTMLElement[][] = [];
  let drawnAt = 0;

  const renew = () => {
    plots.forEach((plot) => plot.destroy());
    element.replaceChildren();
    values = [];
    plots = wanted.map((curve) => {
      const now = studio.worlds.map(() => h("b"));
      values.push(now);
      const said = studio.worlds.map((world, side) => h("span", { class: `of side-${side}` }, `${world.name} `, now[side]));
      const under = curve.of.length > 1 ? h("small", {}, `${words.salesTrusts} / ${words.marketingTrusts} ┈`) : null;
      const figure = h("figure", {}, h("figcaption", {}, h("span", { class: "name" }, curve.title), ...said));
      element.append(figure);
      const plot = plotOf(studio, curve, figure);
      if (under) figure.append(under);
      return plot;
    });
    show();
  };
  const show = () => {
    wanted.forEach((curve, at) =>
      studio.worlds.forEach(({ recording }, side) => {
        const found = curve.of.map((of) => of(recording, studio.day));
        values[at][side].textContent = found.every((v) => v === null) ? "–" : found.map((v) => curve.text(v as number)).join(" / ");
      }),
    );
    const now = performance.now();
    if (studio.playing && now - drawnAt < 60) return;
    drawnAt = now;
    plots.forEach((plot) => plot.redraw(true, false));
  };
  const fit = () => plots.forEach((plot) => plot.setSize({ width: widthOf(plot.root.parentElement as HTMLElement), height: HEIGHT }));
  return { element, show, renew, fit };
}

const millions = (eur: number | null) => (eur === null ? null : eur / 1e6);
const widthOf = (figure: HTMLElement) => Math.max(160, Math.floor(figure.clientWidth));

function plotOf(studio: Studio, curve: Curve, figure: HTMLElement): uPlot {
  const days = Array.from({ length: studio.days }, (_, day) => day);
  const lines = studio.worlds.flatMap(({ recording }) => curve.of.map((of) => days.map((day) => of(recording, day))));
  const line = (uPlot.paths.linear as uPlot.Series.LinearPathBuilderFactory)();
  const upToToday: uPlot.Series.PathBuilder = (plot, of, first, last) => line(plot, of, first, Math.max(first, Math.min(last, studio.day)));
  const today = (plot: uPlot) => {
    plot.ctx.fillStyle = COLOUR.ink;
    plot.ctx.fillRect(plot.valToPos(studio.day, "x", true), plot.bbox.top, 1.5, plot.bbox.height);
  };
  const series = studio.worlds.flatMap((_, side) =>
    curve.of.map((_, n) => ({ stroke: OF_COMPANY[side], width: n ? 1.4 : 2.2, dash: n ? [2, 4] : DASH[side], points: { show: false }, paths: upToToday })),
  );
  const axis = { stroke: COLOUR.soft, grid: { stroke: "#eceff3", width: 1 }, ticks: { show: false }, font: "11px system-ui, sans-serif" };
  const format = (_: uPlot, ticks: number[]) => ticks.map((tick) => studio.formats.decimal(tick));
  const options: uPlot.Options = {
    width: widthOf(figure),
    height: HEIGHT,
    legend: { show: false },
    cursor: { show: false },
    scales: { x: { time: false, range: [0, studio.days - 1] } },
    axes: [{ ...axis, size: 22, values: format }, { ...axis, size: 44, space: 28, values: format }],
    series: [{}, ...series],
    hooks: { draw: [today] },
  };
  const plot = new uPlot(options, [days, ...lines] as uPlot.AlignedData, figure);
  plot.over.addEventListener("click", (event) => studio.seek(plot.posToVal(event.offsetX, "x")));
  return plot;
}

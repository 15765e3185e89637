/** Values on a line: dots, their mean and middle 80 %, and single marks such as a guess. */
import { hash } from "./picture/layout";
import { ENOUGH, mean, quantile } from "./screen";

const SVG = "http://www.w3.org/2000/svg";
const NARROWEST = 300;
const WIDEST = 820;
const ROW = 78;
const SIDE = 44;

export interface Row {
  name: string;
  values: number[];
  marks: { value: number; text: string; kind: string }[];
}

export interface Line {
  element: SVGSVGElement;
  draw(rows: Row[], low: number, high: number, text: (value: number) => string): void;
}

export function numberLine(label: string): Line {
  const element = made("svg", { class: "number-line", role: "img", "aria-label": label }) as SVGSVGElement;
  const draw: Line["draw"] = (rows, low, high, text) => {
    const all = rows.flatMap((row) => [...row.values, ...row.marks.map((one) => one.value)]);
    const from = Math.min(low, ...all);
    const to = Math.max(high, ...all);
    const width = Math.min(WIDEST, Math.max(NARROWEST, element.parentElement?.clientWidth || NARROWEST));
    const at = (value: number) => SIDE + ((value - from) / (to - from || 1)) * (width - 2 * SIDE);
    element.setAttribute("viewBox", `0 0 ${width} ${rows.length * ROW + 26}`);
    element.replaceChildren(...rows.flatMap((row, n) => drawn(row, n * ROW, width, at, text)), ...axis(rows.length * ROW, from, to, at, text));
  };
  return { element, draw };
}

function drawn(row: Row, top: number, width: number, at: (value: number) => number, text: (value: number) => string): SVGElement[] {
  const middle = top + ROW - 22;
  const parts: SVGElement[] = [made("text", { x: SIDE, y: top + 14, class: "row-name" }, row.name)];
  parts.push(made("line", { x1: SIDE, x2: width - SIDE, y1: middle, y2: middle, class: "axis" }));
  if (row.values.length >= ENOUGH) {
    const [low, high] = [quantile(row.values, 0.1), quantile(row.values, 0.9)].map(at);
    parts.push(made("rect", { x: low, y: middle - 14, width: Math.max(2, high - low), height: 28, rx: 4, class: "middle" }));
  }
  row.values.forEach((value, k) => parts.push(made("circle", { cx: at(value), cy: middle - 10 + 20 * hash(k, 3), r: 3.5, class: "dot" })));
  if (row.values.length > 1) parts.push(made("line", { x1: at(mean(row.values)), x2: at(mean(row.values)), y1: middle - 17, y2: middle + 17, class: "mean" }));
  for (const { value, text: said, kind } of row.marks) {
    const end = at(value) > width / 2 ? "end" : "start";
    const low = kind === "guess" ? 20 : 6;
    parts.push(made("line", { x1: at(value), x2: at(value), y1: middle - 14 - low, y2: middle + 14, class: kind }));
    parts.push(made("text", { x: at(value) + (end === "end" ? -4 : 4), y: middle - 8 - low, class: `said ${kind}`, "text-anchor": end }, `${said} ${text(value)}`));
  }
  return parts;
}

function axis(top: number, from: number, to: number, at: (value: number) => number, text: (value: number) => string): SVGElement[] {
  const ticks = from < 0 && to > 0 ? [from, 0, to] : [from, (from + to) / 2, to];
  return ticks.map((tick) => made("text", { x: at(tick), y: top + 18, class: "tick", "text-anchor": "middle" }, text(tick)));
}

function made(name: string, props: Record<string, string | number>, text = ""): SVGElement {
  const element = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(props)) element.setAttribute(key, String(value));
  if (text) element.textContent = text;
  return element;
}

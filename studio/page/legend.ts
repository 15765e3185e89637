/** What the shapes and colours stand for. */
import { MARKED } from "./controls";
import { h } from "./dom";
import { COLOUR } from "./picture/shapes";
import type { Studio } from "./studio";

const SVG = "http://www.w3.org/2000/svg";

export function legend({ words, formats, worlds }: Studio): HTMLElement {
  const { legend: said } = words;
  const items: [string, string, string, number][] = [
    [said.marketer, "face-0", COLOUR.soft, 6],
    [said.executive, "face-1", COLOUR.soft, 6],
    [said.sdr, "face-2", COLOUR.soft, 6],
    [said.inquiry, "square", COLOUR.inquiry, 2.2],
    [said.desk, "square", COLOUR.desk, 3.4],
    [said.worked, "disc", COLOUR.worked, 3.4],
    [said.selling, "diamond", COLOUR.selling, 5],
    [said.customer, "square", COLOUR.customer, 4.5],
    [said.never, "square", COLOUR.never, 2.8],
    [said.lost, "square", COLOUR.lost, 2.4],
  ];
  const list = items.map(([text, shape, colour, r]) => h("li", {}, sign(shape, colour, r), text));
  const marked = Object.entries(MARKED) as [keyof typeof words.marks, [string, number]][];
  const marks = marked.map(([kind, [colour, high]]) => h("li", {}, svg(6, ["rect", { x: 1.5, y: 14 - 12 * high, width: 3, height: 12 * high, fill: colour }]), words.marks[kind]));
  const dots = worlds[0].picture.scale.per;
  const per = dots > 1 ? [h("li", {}, said.per(formats.number(dots)))] : [];
  return h("section", { class: "legend", "aria-label": said.title }, h("ul", {}, ...list, h("li", {}, trustSign(), said.trust), ...marks, ...per));
}

function svg(width: number, ...parts: [string, Record<string, string | number>][]): Node {
  const element = document.createElementNS(SVG, "svg");
  element.setAttribute("width", String(width));
  element.setAttribute("height", "16");
  element.setAttribute("aria-hidden", "true");
  for (const [name, values] of parts) {
    const part = document.createElementNS(SVG, name);
    for (const [key, value] of Object.entries(values)) part.setAttribute(key, String(value));
    element.append(part);
  }
  return element;
}

function sign(shape: string, colour: string, r: number): Node {
  const line = { fill: "#fff", stroke: colour, "stroke-width": 2.2 };
  if (shape === "disc") return svg(16, ["circle", { cx: 8, cy: 8, r, fill: colour }]);
  if (shape === "diamond") return svg(16, ["path", { d: `M8 ${8 - r}L${8 + r} 8L8 ${8 + r}L${8 - r} 8Z`, fill: colour }]);
  if (shape === "face-0") return svg(16, ["circle", { cx: 8, cy: 8, r, ...line }]);
  if (shape === "face-1") return svg(16, ["rect", { x: 2.5, y: 2.5, width: 11, height: 11, ...line }]);
  if (shape === "face-2") return svg(16, ["path", { d: "M8 2L14.5 13.5H1.5Z", ...line }]);
  return svg(16, ["rect", { x: 8 - r, y: 8 - r, width: 2 * r, height: 2 * r, fill: colour }]);
}

function trustSign(): Node {
  return svg(34, ["path", { d: "M1 5H33", stroke: COLOUR.good, "stroke-width": 3 }], ["path", { d: "M1 12H33", stroke: COLOUR.bad, "stroke-width": 1 }]);
}

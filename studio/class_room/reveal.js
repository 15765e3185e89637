// The reveal: everybody's guess as a dot against what happened with its spread, and why.
import { made } from "/class/files/room.js";
import { money, number, said, say } from "/class/files/words.js";

const WIDEST = 640, MARGIN = 24, DOT = 7;

function drawn(tag, attributes, text = "") {
  const one = document.createElementNS("http://www.w3.org/2000/svg", tag);
  for (const [name, value] of Object.entries(attributes)) one.setAttribute(name, value);
  one.textContent = text;
  return one;
}

// Dots that would cover each other are piled up, as leads are.
function piles(guesses, x) {
  const heights = new Map();
  return guesses.map((guess) => {
    const column = Math.round(x(guess.value) / (2 * DOT));
    heights.set(column, (heights.get(column) ?? 0) + 1);
    return { ...guess, x: x(guess.value), level: heights.get(column) };
  });
}

function picture(state, wide) {
  const { guesses, figures } = state.reveal, { low, high } = state.lesson.predict, truth = figures.asked;
  const ends = [low, high, truth.low ?? low, truth.high ?? high];
  const first = Math.min(...ends), last = Math.max(...ends);
  const x = (value) => MARGIN + ((value - first) / (last - first)) * (wide - 2 * MARGIN);
  const dots = piles(guesses, x);
  const ground = 60 + 2 * DOT * Math.max(3, ...dots.map((dot) => dot.level));
  const svg = drawn("svg", { viewBox: `0 0 ${wide} ${ground + 40}`, class: "picture", role: "img", "aria-label": say("picture", { n: guesses.length }) });
  if (truth.mean !== null) {
    const left = x(truth.low), width = Math.max(2, x(truth.high) - left), middle = x(truth.mean);
    const anchor = middle < wide / 4 ? "start" : middle > 0.75 * wide ? "end" : "middle";
    svg.append(drawn("rect", { class: "spread", x: left, y: 30, width, height: ground - 30 }));
    svg.append(drawn("line", { class: "mean", x1: middle, x2: middle, y1: 30, y2: ground }));
    svg.append(drawn("text", { class: "truth", x: middle, y: 20, "text-anchor": anchor }, `${number(truth.mean)} ${said(state.lesson.predict.unit)}`));
  }
  svg.append(drawn("line", { class: "axis", x1: MARGIN, x2: wide - MARGIN, y1: ground, y2: ground }));
  for (const value of [first, (first + last) / 2, last]) {
    const anchor = value === first ? "start" : value === last ? "end" : "middle";
    svg.append(drawn("text", { x: x(value), y: ground + 22, "text-anchor": anchor }, number(value)));
  }
  const own = dots.findIndex((dot) => dot.value === state.you?.prediction);
  dots.forEach((dot, place) => {
    const circle = drawn("circle", { class: place === own ? "mine" : "guess", cx: dot.x, cy: ground - (2 * dot.level - 1) * DOT, r: DOT - 1 });
    circle.append(drawn("title", {}, dot.name ? `${dot.name}: ${number(dot.value)}` : number(dot.value)));
    svg.append(circle);
  });
  return svg;
}

function shownNumbers(numbers) {
  return Object.fromEntries(Object.entries(numbers).map(([name, value]) => [name, name === "n" ? value : number(value)]));
}

function teamLines(state) {
  const list = made("ul");
  for (const team of state.teams.filter((one) => one.id in state.reveal.figures.teams)) {
    const { measure, gain_eur: gain } = state.reveal.figures.teams[team.id];
    const changes = Object.entries(team.changes).map(([path, value]) => `${path} = ${value}`).join(", ");
    const result = say("team_result", { measure: `${number(measure.mean)} ${said(state.lesson.predict.unit)}`, gain: money(gain.mean), half: money(gain.half).replace(/^\+/, "") });
    list.append(made("li", `${team.name} (${changes}): ${result}`));
  }
  return list;
}

// All of it, for both pages; empty before the reveal.
export function reveal(place, state) {
  if (state.step !== "revealed") return place.replaceChildren();
  const { figures, finding, why, reflect } = state.reveal;
  const lines = [["happened", figures.asked], ["this_run", figures.asked]];
  if (state.lesson.predict.of === "here") lines.push(["other", figures.there], ["switched_off", figures.off]);
  const own = state.you?.prediction;
  return place.replaceChildren(
    picture(state, Math.min(WIDEST, place.clientWidth || WIDEST)),
    ...(own === null || own === undefined ? [] : [made("p", say("you_guessed", { value: number(own) }))]),
    ...lines.map(([word, numbers]) => made("p", say(word, shownNumbers(numbers)))),
    made("p", said(finding), { class: "question" }),
    made("a", say("watch"), { href: `/#lesson=${state.lesson.id}`, target: "_blank" }),
    made("h2", say("why")), made("p", said(why)),
    teamLines(state),
    made("h2", say("reflect")), ...reflect.map((text) => made("p", said(text))),
  );
}

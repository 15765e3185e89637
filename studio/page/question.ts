/** The question of the page: guess first, watch, then see. */
import { h, labelled } from "./dom";
import type { Part, Studio } from "./studio";

const FIRST_GUESS = 20;

export interface Guesses {
  of: number[];
  revealed: boolean;
}

export interface Question extends Part {
  guesses: Guesses;
}

export function question(studio: Studio, start: HTMLElement, before: Guesses | null): Question {
  const { words, formats } = studio;
  const guesses = before ?? { of: studio.worlds.map(() => FIRST_GUESS), revealed: false };
  const guessed = guesses.of;
  const answers = studio.worlds.map(() => h("p", { class: "answer" }));
  const sliders = studio.worlds.map((_, side) => {
    const slider = h("input", { type: "range", min: 0, max: 100, step: 1, value: guessed[side] });
    const out = h("output");
    const tell = () => {
      out.textContent = words.ofHundred(formats.number(guessed[side]));
      slider.setAttribute("aria-valuetext", out.textContent);
    };
    slider.addEventListener("input", () => ((guessed[side] = slider.valueAsNumber), tell()));
    tell();
    return { slider, out };
  });
  const names = sliders.map(({ slider }, side) => labelled(studio.worlds[side].name, slider, `field guess side-${side}`));
  names.forEach((name, side) => name.append(sliders[side].out));
  const element = h(
    "section",
    { class: "question", "aria-labelledby": "asked" },
    h("div", { class: "ask" }, h("h2", { id: "asked" }, words.question), h("p", {}, words.questionHint)),
    h("div", { class: "guesses" }, ...names.map((name, side) => h("div", {}, name, answers[side]))),
    start,
  );
  const show = () => {
    names.forEach((name, side) => ((name.firstChild as HTMLElement).textContent = studio.worlds[side].name));
    const revealed = (guesses.revealed ||= studio.day >= studio.days - 1);
    sliders.forEach(({ slider }) => (slider.disabled = revealed));
    answers.forEach((answer, side) => {
      const share = studio.worlds[side].recording.head.outcomes.share_never_worked;
      const found = share === null || share === undefined ? "–" : formats.number(100 * share);
      const text = revealed ? words.revealed(formats.number(guessed[side]), found) : "";
      if (answer.textContent !== text) answer.textContent = text;
    });
    element.classList.toggle("revealed", revealed);
  };
  answers.forEach((answer) => answer.setAttribute("aria-live", "polite"));
  return { element, show, guesses };
}

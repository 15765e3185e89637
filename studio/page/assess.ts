/** Assess: both sides answer twenty statements; the server says which type the company is, and what comes next. */
import type { Taken } from "./company";
import { button, choice, h, labelled } from "./dom";
import type { Kit } from "./engine/kit";
import { saveText, type Screen } from "./screen";
import { ask } from "./server";
import type { Language } from "./words/languages";

type Said = Record<Language, string>;

interface Questionnaire {
  statements: Said[];
  scale: Said;
  facts: { name: string; question: Said; how: Said; choices: string[] }[];
}

interface Found {
  state: "done";
  types: Record<string, number>;
  score: [number, number, number];
  scores: [number, number];
  gaps: { statement: number; sales: number; marketing: number; share: number; causes: Said }[];
  whole_gap: [number, number, number];
  steps: { label: Said; gain: [number, number, number]; pays: number | null; open: number }[];
  told: { lever: Said; value: Said }[];
  evidence: [number, number];
  is_unlike: boolean;
  yaml: string;
}

type State = Found | { state: "asking"; n_done: number; n_runs: number | null } | { state: "refused"; sentence: string };

/** What was answered so far; it stays while the page does. */
export interface Answers {
  company: string;
  answers: [number | null, number | null][];
  people: [number | null, number | null];
  facts: Record<string, string>;
}

export const newAnswers = (): Answers => ({
  company: "reference",
  answers: Array.from({ length: 20 }, () => [null, null]),
  people: [null, null],
  facts: {},
});

const SIDES = [0, 1] as const;
const POLL_MS = 600;
const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);
const wait = (ms: number) => new Promise((done) => setTimeout(done, ms));

export async function assess(screen: Screen, taken: Taken, said: Answers): Promise<void> {
  const { root, words, language } = screen;
  const [asked, companies] = await Promise.all([ask<Questionnaire>("/api/questionnaire"), ask<{ name: string; title: string }[]>("/api/companies")]);
  if (!screen.isShown()) return;
  const names = [...companies.map((one): [string, string] => [one.name, one.title]), ...[...taken.keys()].map((name): [string, string] => [name, name.replace(/_/g, " ")])];
  if (!names.some(([name]) => name === said.company)) said.company = names[0][0];
  const company = choice(names, said.company, (name) => (said.company = name));
  const message = h("p", { class: "message", role: "alert" });
  const result = h("section", { class: "assessed", "aria-live": "polite", tabindex: -1 });
  const statements = asked.statements.map((one, number) => statement(screen, one[language], number, said));
  const facts = asked.facts.map((one) => fact(screen, one, said));
  const go = button(words.assess.go, () => void run(), { class: "primary assess-go" });
  const run = async () => {
    const missing = SIDES.find((side) => said.answers.filter((pair) => pair[side] !== null).length < 10);
    message.textContent = missing === undefined ? "" : words.assess.tooFew(words.assess.sides[missing]);
    if (missing !== undefined) return;
    go.disabled = true;
    try {
      await answered(screen, said, taken, result);
    } catch (error) {
      result.replaceChildren();
      message.textContent = error instanceof Error ? error.message : String(error);
    }
    go.disabled = false;
  };
  const people = SIDES.map((side) => {
    const input = h("input", { type: "number", min: 1, max: 10000, inputmode: "numeric" });
    input.value = said.people[side] === null ? "" : String(said.people[side]);
    input.addEventListener("input", () => (said.people[side] = Number.isInteger(input.valueAsNumber) && input.valueAsNumber > 0 ? input.valueAsNumber : null));
    return labelled(words.assess.people(words.assess.sides[side]), input);
  });
  root.replaceChildren(
    h("main", { class: "assess" }, h("h1", {}, words.assess.title), h("p", { class: "hint" }, words.assess.hint),
      h("div", { class: "row" }, labelled(words.assess.company, company), ...people),
      h("h2", {}, words.assess.statements), h("p", { class: "hint" }, asked.scale[language]), h("div", { class: "statements" }, ...statements),
      h("h2", {}, words.assess.facts), h("p", { class: "hint" }, words.assess.factsHint), h("div", { class: "facts" }, ...facts),
      h("div", { class: "row" }, go), message, result),
  );
}

/** A statement with five choices a side; a choice that is made can be taken back with the dash. */
function statement({ words }: Screen, text: string, number: number, said: Answers): HTMLElement {
  const groups = SIDES.map((side) => {
    const name = `statement-${number}-${side}`;
    const choices = [1, 2, 3, 4, 5, null].map((value) => {
      const input = h("input", { type: "radio", name, value: value ?? "", "aria-label": value === null ? words.assess.none : null });
      input.checked = said.answers[number][side] === value;
      input.addEventListener("change", () => (said.answers[number][side] = value));
      return h("label", { class: "choice" }, input, h("span", {}, value === null ? "–" : String(value)));
    });
    return h("div", { class: "side", role: "radiogroup", "aria-label": words.assess.sides[side] }, h("b", {}, words.assess.sides[side]), ...choices);
  });
  return h("fieldset", { class: "statement" }, h("legend", {}, `${number + 1}. ${text}`), ...groups);
}

function fact({ words, language }: Screen, one: Questionnaire["facts"][number], said: Answers): HTMLElement {
  const hint = h("small", { class: "hint", id: `how-${one.name}` }, one.how[language]);
  const keep = (value: string) => (said.facts[one.name] = value.trim());
  const known = said.facts[one.name] ?? "";
  let input: HTMLInputElement | HTMLSelectElement;
  if (one.choices.length) input = choice([["", words.assess.unknown], ...one.choices.map((value): [string, string] => [value, words.assess.values[value] ?? value])], known, keep);
  else {
    input = h("input", { type: "text", maxlength: 12, size: 8, placeholder: words.assess.unknown });
    input.value = known;
    input.addEventListener("input", () => keep(input.value));
  }
  input.setAttribute("aria-describedby", hint.id);
  return h("div", { class: "fact" }, labelled(one.question[language], input, "tall"), hint);
}

/** Ask, wait, and show what was found. */
async function answered(screen: Screen, said: Answers, taken: Taken, result: HTMLElement): Promise<void> {
  const { words, formats } = screen;
  const bar = h("progress", { max: 1, "aria-label": words.assess.working });
  const far = h("p", { class: "hint" }, words.assess.working);
  result.replaceChildren(far, bar);
  const body = { ...said, text: taken.get(said.company) ?? null };
  const { number } = await ask<{ number: string }>("/api/assess", body);
  for (;;) {
    const state = await ask<State>(`/api/assess/${number}`);
    if (!screen.isShown()) return;
    if (state.state === "refused") throw new Error(state.sentence);
    if (state.state === "done") return show(screen, state, taken, result);
    if (state.n_runs) {
      bar.value = state.n_done / state.n_runs;
      far.textContent = words.assess.asked(formats.number(state.n_done), formats.number(state.n_runs));
    }
    await wait(POLL_MS);
  }
}

function show(screen: Screen, found: Found, taken: Taken, result: HTMLElement): void {
  const { words, formats, types, language } = screen;
  const text = words.assess;
  const order = Object.entries(found.types).sort((a, b) => b[1] - a[1]);
  const [first, chance] = order[0];
  const rows = order.map(([name, share]) => h("tr", {}, h("th", { scope: "row" }, types[name] ?? name), h("td", { class: "number" }, formats.estimated(share)), h("td", { class: "wide" }, h("meter", { value: share, min: 0, max: 1, "aria-hidden": "true" }))));
  const title = h("h2", { tabindex: -1 }, text.found(types[first] ?? first, formats.estimated(chance)));
  const [score, low, high] = found.score.map((value) => formats.number(value));
  result.replaceChildren(
    title,
    ...(found.is_unlike ? [h("p", { class: "message" }, text.unlike)] : []),
    h("table", { class: "types" }, h("tbody", {}, ...rows)),
    h("p", {}, text.score(score, low, high, formats.number(found.scores[0]), formats.number(found.scores[1]))),
    h("h3", {}, text.next), ...steps(screen, found),
    h("h3", {}, text.gaps), ...gaps(screen, found),
    h("h3", {}, text.told), h("ul", {}, ...found.told.map((one) => h("li", {}, `${capital(one.lever[language])}: ${one.value[language]}`))),
    h("p", { class: "hint" }, text.evidence(formats.number(found.evidence[0]), formats.percent(found.evidence[1]))),
    opened(screen, found, taken),
  );
  title.focus();
}

function steps({ words, formats, language }: Screen, found: Found): HTMLElement[] {
  const clear = found.steps.filter((one) => one.gain[1] > 0);
  if (!clear.length) return [h("p", {}, words.assess.noStep)];
  const items = clear.map((one) => {
    const [gain, low, high] = one.gain.map((value) => formats.money(value));
    const open = one.open < 0.9 ? ` ${words.assess.open(formats.percent(one.open))}` : "";
    return h("li", {}, h("b", {}, capital(one.label[language])), `: ${words.assess.gain(gain, low, high)}${one.pays === null ? "" : ` ${words.assess.pays(formats.estimated(one.pays))}`}${open}`);
  });
  return [h("ol", {}, ...items)];
}

function gaps({ root, words, formats, language }: Screen, found: Found): HTMLElement[] {
  if (!found.gaps.length) return [h("p", {}, words.assess.noGap(formats.decimal(found.whole_gap[0]), formats.decimal(found.whole_gap[1]), formats.decimal(found.whole_gap[2])))];
  const legends = [...root.querySelectorAll("legend")].map((one) => one.textContent ?? "");
  const items = found.gaps.map((one) => {
    const what = one.statement === 0 ? words.assess.whole : legends[one.statement - 1];
    const told = words.assess.gap(formats.decimal(one.sales), formats.decimal(one.marketing), formats.estimated(one.share));
    return h("li", {}, h("b", {}, what), ` ${told}`, one.causes[language] ? ` ${words.assess.causes(one.causes[language])}` : null);
  });
  return [h("ul", {}, ...items)];
}

/** The company that was found, to watch, to compare, to keep. */
function opened(screen: Screen, found: Found, taken: Taken): HTMLElement {
  const { words } = screen;
  const said = h("span", { class: "hint", role: "status" });
  const open = async (where: "company" | "compare") => {
    said.textContent = words.mine.working;
    try {
      const kit = await ask<Kit>("/api/company", { text: found.yaml });
      const { name } = await (await screen.live).add(kit);
      taken.set(name, found.yaml);
      location.hash = `#${where}=${encodeURIComponent(name)}`;
    } catch (error) {
      said.textContent = words.wrong(error instanceof Error ? error.message : String(error));
    }
  };
  return h("div", { class: "row" }, button(words.mine.watch, () => void open("company"), { class: "watch-assessed" }), button(words.mine.compare, () => void open("compare")),
    button(words.assess.save, () => saveText("assessed_company.yaml", found.yaml, "application/yaml")), said);
}

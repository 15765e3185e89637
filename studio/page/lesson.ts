/** A lesson: guess, run, see, why, and we? By keyboard all through; in the studio and in a file. */
import { button, choice, h, labelled } from "./dom";
import type { Case, Live } from "./engine/contract";
import type { Kit } from "./engine/kit";
import { Formats } from "./formats";
import { nextDifferent } from "./lead";
import { liveHere } from "./live_here";
import { close, show, type Page } from "./main";
import { numberLine } from "./number_line";
import { ENOUGH, mean, quantile, type Screen } from "./screen";
import { isLanguage, LANGUAGES, type Language } from "./words/languages";
import { SCREENS } from "./words/screens";

type Text = Record<Language, string>;
type Side = "here" | "there" | "off" | "off_there";

/** What studio/lesson_page.py tells of a lesson. */
export interface Told {
  lesson: {
    id: string;
    title: Text;
    seed: number;
    predict: { question: Text; measure: string; of: "here" | "there" | "difference"; scale: number; unit: Text; low: number; high: number; step: number };
    reflect: [Text, Text];
    why: Text;
    sentence: Text;
    replications: number;
  };
  sides: Partial<Record<Side, { practices: string; changes: Text[] }>>;
  cases: Partial<Record<Side, Case>>;
  kits?: Kit[];
}

/** How far somebody is in a lesson; a change of language keeps it. */
export interface Course {
  step: number;
  reached: number;
  guess: number | null;
  answers: [string, string];
  asked: number[]; // in the unit of the question, run by run; the first is the one that is watched
  off: number[];
  running: boolean;
  heard(): void; // another run is there
}

export const newCourse = (): Course => ({ step: 0, reached: 0, guess: null, answers: ["", ""], asked: [], off: [], running: false, heard: () => undefined });

const TOLD = 3; // changes of a company
const DAYS_PER_SECOND = 24;

export function lesson(screen: Screen, told: Told, course: Course): void {
  new LessonScreen(screen, told, course).open();
}

class LessonScreen {
  private readonly task = h("section", { class: "card task" });
  private readonly steps = h("ol", { class: "steps", "aria-label": this.screen.words.lesson.progress });
  private readonly scene = h("div", { class: "scene bare" });
  private page: Page | null = null;
  private shownSides: [Side, Side] | null = null;

  constructor(private readonly screen: Screen, private readonly told: Told, private readonly course: Course) {}

  private get words() {
    return this.screen.words.lesson;
  }

  open(): void {
    const title = this.say(this.told.lesson.title);
    this.screen.root.replaceChildren(h("main", { class: "lesson" }, this.steps, h("h1", {}, title), this.task, this.scene));
    document.title = title;
    this.course.heard = () => undefined;
    this.tell(false);
  }

  private say(text: Text): string {
    return text[this.screen.language];
  }

  /** A value in the unit of the question. */
  private value(value: number): string {
    const { step, unit } = this.told.lesson.predict;
    const digits = step >= 1 ? 0 : step >= 0.1 ? 1 : 2;
    const number = new Intl.NumberFormat(this.screen.language, { maximumFractionDigits: digits });
    return `${number.format(value)} ${this.say(unit)}`;
  }

  private short(value: number): string {
    return new Intl.NumberFormat(this.screen.language, { maximumFractionDigits: this.told.lesson.predict.step >= 1 ? 0 : 1 }).format(value);
  }

  private go(step: number): void {
    this.course.step = step;
    this.course.reached = Math.max(this.course.reached, step);
    this.tell(true);
  }

  private tell(moves: boolean): void {
    const { step, reached } = this.course;
    this.steps.replaceChildren(...this.words.steps.map((name, n) => {
      const item = n <= reached && n !== step ? button(name, () => this.go(n)) : h("span", {}, name);
      return h("li", { class: n < step ? "done" : n === step ? "now" : "", "aria-current": n === step ? "step" : null }, item);
    }));
    this.course.heard = () => undefined;
    this.task.replaceChildren(...[this.predict, this.run, this.reveal, this.why, this.reflect][step].call(this));
    this.course.heard();
    const heading = this.task.querySelector("h2");
    heading?.setAttribute("tabindex", "-1");
    if (moves) heading?.focus({ preventScroll: step === 1 });
    else if (step === 0) this.task.querySelector("input")?.focus();
    this.scene.hidden = step === 0 || step === 4;
    this.scene.classList.toggle("leads", step === 3);
    if (step > 0 && !this.page) void this.play(["here", "there"], step > 1);
    if (step > 1 && this.page) this.page.toggle(false);
  }

  // --- guess ---

  private predict(): Element[] {
    const { predict } = this.told.lesson;
    const { course } = this;
    const slider = h("input", { type: "range", class: "guess-value", min: predict.low, max: predict.high, step: predict.step, disabled: course.reached > 0 });
    const middle = predict.low + Math.round((predict.high - predict.low) / 2 / predict.step) * predict.step;
    slider.value = String(course.guess ?? middle);
    const out = h("output", { class: "guess-out" });
    const tell = () => {
      course.guess = slider.valueAsNumber;
      out.textContent = this.value(course.guess);
      slider.setAttribute("aria-valuetext", out.textContent);
    };
    slider.addEventListener("input", tell);
    tell();
    const ends = h("div", { class: "ends", "aria-hidden": "true" }, h("span", {}, this.short(predict.low)), h("span", {}, this.short(predict.high)));
    const lock = button(this.words.lock, () => this.go(1), { class: "primary next" });
    lock.hidden = course.reached > 0;
    const locked = course.reached > 0 ? h("p", { class: "hint" }, this.words.locked(this.value(course.guess ?? 0))) : h("p", { class: "hint" }, "");
    return [h("h2", {}, this.say(predict.question)), this.sides(), labelled(this.words.guess, slider, "tall"), ends, h("p", { class: "big" }, out), locked, h("div", { class: "row" }, lock)];
  }

  /** The two companies and what is different in them. */
  private sides(): HTMLElement {
    const side = (at: "here" | "there") => h("p", { class: `about side-${at === "here" ? 0 : 1}` }, h("b", {}, this.nameOf(at)), ` ${this.changes(at)}`);
    const { of } = this.told.lesson.predict;
    return h("div", { class: "abouts" }, ...(of === "there" ? [side("there"), side("here")] : [side("here"), side("there")]));
  }

  private nameOf(side: Side): string {
    const practices = this.told.sides[side]?.practices ?? "";
    const name = this.screen.types[practices] ?? practices;
    const twice = this.told.sides.here?.practices === this.told.sides.there?.practices;
    if (side === "off" || side === "off_there") return `${name} · ${this.words.switchedOff}`;
    return twice ? `${name} (${this.words[side]})` : name;
  }

  private changes(side: Side): string {
    const changes = (this.told.sides[side]?.changes ?? []).map((one) => this.say(one));
    return changes.length ? this.words.changed(this.listed(changes)) : "";
  }

  private listed(changes: string[]): string {
    const more = changes.length - TOLD;
    return [...changes.slice(0, TOLD), ...(more > 0 ? [this.words.more(this.screen.formats.number(more))] : [])].join("; ");
  }

  // --- run ---

  private async play(sides: [Side, Side], atEnd: boolean): Promise<void> {
    const { cases } = this.told;
    const live = await this.screen.live;
    this.shownSides = sides;
    const held = { cases: sides.map((side) => cases[side] as Case), recordings: await Promise.all(sides.map((side) => live.record(cases[side] as Case))) };
    if (!this.screen.isShown() || this.shownSides !== sides) return;
    const stage = h("div");
    this.scene.replaceChildren(stage);
    const named = (recording: { head: { practices: string } }) => this.nameOf(recording.head.practices as Side);
    this.page = await show(stage, live, held, { set: [] }, this.screen.language, { plain: true, named });
    document.title = this.say(this.told.lesson.title);
    this.page.daysPerSecond = DAYS_PER_SECOND;
    if (atEnd) this.page.seek(this.page.days - 1);
    else this.page.toggle(true);
    if (this.course.step === 3) this.follow();
    this.page.fit();
    void this.measure();
  }

  private run(): Element[] {
    const next = button(this.words.reveal, () => (this.page?.seek(this.page.days - 1), this.go(2)), { class: "primary next" });
    return [h("h2", {}, this.words.watch), h("p", {}, this.words.locked(this.value(this.course.guess ?? 0)), " ", this.words.watchHint), h("div", { class: "row" }, next)];
  }

  /** Live the lesson's companies in many markets, one after another. */
  private async measure(): Promise<void> {
    const { course, told } = this;
    if (course.running) return;
    course.running = true;
    const live = await this.screen.live;
    try {
      while (course.asked.length < told.lesson.replications) course.asked.push(await this.asked(live, course.asked.length, false)), course.heard();
      while (course.off.length < told.lesson.replications) course.off.push(await this.asked(live, course.off.length, true)), course.heard();
    } finally {
      course.running = false;
    }
  }

  /** What is asked, in the k-th market. */
  private async asked(live: Live, k: number, off: boolean): Promise<number> {
    const { predict, seed } = this.told.lesson;
    const { cases } = this.told;
    const here = (off && cases.off) || (cases.here as Case);
    const there = (off && cases.off_there) || (cases.there as Case);
    const of = async (one: Case) => (await live.outcomes(one, [seed + k]))[0][predict.measure] * predict.scale;
    if (predict.of === "here") return of(here);
    if (predict.of === "there") return of(there);
    return (await of(here)) - (await of(there));
  }

  // --- see ---

  private reveal(): Element[] {
    const { lesson } = this.told;
    const line = numberLine(this.words.line);
    const guess = h("p", {}, `${upper(this.words.yourGuess)}: ${this.value(this.course.guess ?? 0)}`);
    const watched = h("p", { class: "watched" });
    const many = h("p", { class: "many", "aria-live": "polite" });
    const sofar = h("p", { class: "hint sofar" });
    const tell = () => {
      const all = this.course.asked;
      const known = all.filter(Number.isFinite);
      const marks = [{ value: this.course.guess ?? 0, text: this.words.yourGuess, kind: "guess" }];
      if (Number.isFinite(all[0])) marks.push({ value: all[0], text: this.words.thisRun, kind: "run" });
      line.draw([{ name: "", values: known, marks }], lesson.predict.low, lesson.predict.high, (value) => this.short(value));
      watched.textContent = all.length ? `${upper(this.words.thisRun)}: ${this.value(all[0])}` : this.screen.words.loading;
      sofar.textContent = this.words.sofar(this.screen.formats.number(all.length), this.screen.formats.number(lesson.replications));
      const ended = all.length >= lesson.replications;
      if (ended || known.length % ENOUGH === 0) many.textContent = known.length ? this.inWords(known) : "";
      sentence.hidden = !ended;
    };
    const sentence = h("p", { class: "sentence" }, this.say(lesson.sentence));
    this.course.heard = tell;
    const next = button(this.words.why, () => this.go(3), { class: "primary next" });
    return [h("h2", {}, this.say(lesson.predict.question)), guess, watched, line.element, sofar, many, sentence, h("div", { class: "row" }, next)];
  }

  private inWords(known: number[]): string {
    const average = this.words.measured(this.screen.formats.number(known.length), this.value(mean(known)));
    const spread = known.length < ENOUGH ? this.words.tooFew : this.words.middle(this.short(quantile(known, 0.1)), this.value(quantile(known, 0.9)));
    return `${average} ${spread}`;
  }

  // --- why ---

  private why(): Element[] {
    const { lesson, sides } = this.told;
    const line = numberLine(this.words.off);
    const sofar = h("p", { class: "hint sofar" });
    const many = h("p", { class: "many", "aria-live": "polite" });
    const tell = () => {
      const [asked, off] = [this.course.asked, this.course.off].map((values) => values.filter(Number.isFinite));
      const rows = [{ name: this.words.asItIs, values: asked, marks: [] }, { name: this.words.switchedOff, values: off, marks: [] }];
      line.draw(rows, lesson.predict.low, lesson.predict.high, (value) => this.short(value));
      sofar.textContent = this.words.sofar(this.screen.formats.number(this.course.off.length), this.screen.formats.number(lesson.replications));
      if (off.length && (off.length >= lesson.replications || off.length % ENOUGH === 0))
        many.textContent = `${upper(this.words.asItIs)}: ${this.inWords(asked)} ${upper(this.words.switchedOff)}: ${this.inWords(off)}`;
    };
    this.course.heard = tell;
    const seen = new Set((sides.here?.changes ?? []).map((one) => one.en));
    const seenThere = new Set((sides.there?.changes ?? []).map((one) => one.en));
    const differ = [...(sides.off?.changes ?? []).filter((one) => !seen.has(one.en)), ...(sides.off_there?.changes ?? []).filter((one) => !seenThere.has(one.en) && !(sides.off?.changes ?? []).some((other) => other.en === one.en))];
    const isOff = this.shownSides?.[1] === "off";
    const watch = button(isOff ? this.words.watchBoth : this.words.watchOff, () => {
      const sides: [Side, Side] = isOff ? ["here", "there"] : ["here", "off"];
      this.shownSides = sides;
      void this.play(sides, isOff).then(() => this.scene.scrollIntoView());
      this.tell(true);
    });
    watch.hidden = JSON.stringify(this.sizeOf("here")) !== JSON.stringify(this.sizeOf("off"));
    this.follow();
    const next = button(this.words.reflect, () => this.go(4), { class: "primary next" });
    return [h("h2", {}, this.words.why), h("p", { class: "text" }, this.say(lesson.why)), h("h3", {}, this.words.off),
      h("p", {}, `${this.words.offHint} ${this.listed(differ.map((one) => this.say(one)))}`), line.element, sofar, many,
      h("p", { class: "hint" }, this.words.oneLead), h("div", { class: "row" }, next, watch)];
  }

  /** Companies of one kit have people and days alike, so that they can stand side by side. */
  private sizeOf(side: Side): string | undefined {
    return this.told.cases[side]?.company;
  }

  private follow(): void {
    if (this.page && this.page.chosen.lead === null) this.page.choose({ lead: nextDifferent(this.page, null) });
  }

  // --- and we? ---

  private reflect(): Element[] {
    const questions = this.told.lesson.reflect.map((question, at) => {
      const text = h("textarea", { rows: 4, maxlength: 5000 });
      text.value = this.course.answers[at];
      text.addEventListener("input", () => (this.course.answers[at] = text.value));
      return labelled(this.say(question), text, "tall");
    });
    const again = button(this.words.again, () => {
      close();
      lesson(this.screen, this.told, Object.assign(this.course, newCourse()));
    });
    const others = document.getElementById("lesson") ? null : h("a", { href: "#lessons", class: "button" }, this.words.others);
    return [h("h2", {}, this.words.reflect), ...questions, h("p", { class: "hint" }, this.words.stays), h("div", { class: "row" }, again, ...(others ? [others] : []))];
  }
}

function upper(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** The lesson that this file holds. */
export async function lessonInFile(root: HTMLElement): Promise<void> {
  const told = JSON.parse(document.getElementById("lesson")?.textContent ?? "") as Told;
  const live = liveHere() as Promise<Live>;
  const course = newCourse();
  const asked = new URLSearchParams(location.hash.slice(1)).get("language") ?? root.dataset.language;
  const open = (language: Language) => {
    close();
    document.documentElement.lang = language;
    const stage = h("div");
    const languages = choice(Object.entries(LANGUAGES).map(([key, { name }]) => [key, name]), language, (key) => isLanguage(key) && open(key));
    languages.setAttribute("aria-label", SCREENS[language].language);
    root.replaceChildren(h("nav", { class: "screens" }, h("b", {}, SCREENS[language].name), languages), stage);
    const screen: Screen = { root: stage, language, words: SCREENS[language], types: LANGUAGES[language].words.types, formats: new Formats(language), live, isShown: () => stage.isConnected };
    lesson(screen, told, course);
  };
  open(isLanguage(asked) ? asked : "en");
  await live;
}

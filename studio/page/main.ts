/** The page: two companies in one market with the same luck, side by side. */
import { controls } from "./controls";
import { captions } from "./captions";
import { caseOf, casesOf, chooser, nameOf, newest, sameCase, strangeIn, type Cases } from "./case";
import { curves } from "./curves";
import { button, choice, h } from "./dom";
import { doubt } from "./doubt";
import type { Case, Live, Recording } from "./engine/contract";
import { Formats } from "./formats";
import { keyboard } from "./keyboard";
import { leadPanel } from "./lead";
import { legend } from "./legend";
import { levers } from "./levers";
import { readCase, readLink, saveCase, shownOf, writeLink, type Shown } from "./link";
import { liveHere } from "./live_here";
import { notableIn } from "./notable";
import { personPanel } from "./person";
import { Picture, type Look } from "./picture/draw";
import { scaleOf } from "./picture/layout";
import { State, ZONE } from "./picture/state";
import { question, type Guesses } from "./question";
import { unpack, type Packed } from "./recording";
import { earned, type Chosen, type Part, type Studio, type World } from "./studio";
import { isLanguage, LANGUAGES, type Language } from "./words/languages";

const DAYS_PER_SECOND = 12;
const GLIDE_S = 0.45; // how long a lead glides
const STAGE_RATIO = 0.76; // height of a picture to its width
const PHONE_RATIO = 0.84;

export class Page implements Studio {
  readonly words;
  readonly formats: Formats;
  worlds: World[] = [];
  chosen: Chosen = { lead: null, marketer: null, rep: null };
  t = 0;
  playing = false;
  daysPerSecond = DAYS_PER_SECOND;
  guesses: Guesses | null = null;
  readonly paints: number[] = []; // ms, the latest
  plain = false; // part of another screen
  named = (recording: Recording): string => nameOf(this.words, recording);
  private readonly still = window.matchMedia("(prefers-reduced-motion: reduce)");
  private parts: Part[] = [];
  private canvases: HTMLCanvasElement[] = [];
  private fits: (() => void)[] = [];
  private renews: (() => void)[] = [];
  private shownDay = -1;
  private lastFrame = 0;

  constructor(private readonly root: HTMLElement, readonly live: Live | null, public cases: Cases, private recordings: Recording[], readonly language: Language) {
    this.words = LANGUAGES[language].words;
    this.formats = new Formats(language);
    this.wanted = cases;
    this.build();
  }

  get day(): number {
    return Math.floor(this.t);
  }
  get days(): number {
    return this.recordings[0].head.days;
  }
  get firstDay(): number {
    return this.recordings[0].head.first_day;
  }

  seek(day: number): void {
    this.t = Math.max(0, Math.min(this.days - 1, Math.floor(day)));
    this.paint();
  }

  choose(what: Partial<Chosen>): void {
    Object.assign(this.chosen, what);
    this.shownDay = -1;
    this.paint();
  }

  toggle(on = !this.playing): void {
    this.playing = on;
    if (on && this.day >= this.days - 1) this.t = 0;
    this.shownDay = -1;
    this.lastFrame = performance.now();
    if (on) requestAnimationFrame(this.frame);
    else this.seek(this.t);
  }

  /** Show other recordings at the same day. */
  show(recordings: Recording[]): void {
    this.recordings = recordings;
    const scale = scaleOf(recordings);
    this.worlds = recordings.map((recording, side) => {
      const before = this.worlds[side];
      const same = before?.recording === recording;
      const state = same ? before.state : new State(recording);
      const picture = new Picture(this.canvases[side], state, scale);
      return { name: this.named(recording), recording, state, picture, notable: same ? before.notable : notableIn(recording) };
    });
    this.t = Math.min(this.t, this.days - 1);
    const { lead } = this.chosen;
    if (lead !== null && recordings.some(({ head }) => lead >= head.n_prospects)) this.chosen.lead = null; // another market
    this.renews.forEach((renew) => renew());
    this.fit();
  }

  look(): Look {
    const { lead, marketer, rep } = this.chosen;
    const { cast } = this.worlds[0].state;
    const still = this.still.matches;
    const glide_d = this.playing && !still ? Math.max(1, GLIDE_S * this.daysPerSecond) : 0;
    return { glide_d, still, lead, marketer: marketer === null ? null : cast.seatOfMarketer(marketer), rep: rep === null ? null : cast.seatOfRep(rep) };
  }

  paint(): void {
    const began = performance.now();
    const look = this.look();
    for (const { state, picture } of this.worlds) {
      state.seek(this.t);
      picture.draw(this.t, look, this.words, this.formats);
    }
    this.paints.push(performance.now() - began);
    if (this.paints.length > 600) this.paints.shift();
    if (this.day === this.shownDay) return;
    this.shownDay = this.day;
    this.parts.forEach((part) => part.show());
  }

  private readonly frame = (now: number): void => {
    if (!this.playing) return;
    this.t = Math.min(this.days - 1, this.t + (Math.max(0, Math.min(100, now - this.lastFrame)) / 1000) * this.daysPerSecond);
    this.lastFrame = now;
    this.paint();
    if (this.t >= this.days - 1) this.toggle(false);
    else requestAnimationFrame(this.frame);
  };

  shown(): Shown {
    const rest = { day: this.day, lead: this.chosen.lead ?? undefined, language: this.language };
    return shownOf(this.cases.here, this.cases.there, rest);
  }

  private readonly live_again = newest(async ({ cases, at }: { cases: Cases; at?: Shown }) => {
    try {
      const made = await Promise.all(
        [cases.here, cases.there].map((one, side) => (sameCase(one, [this.cases.here, this.cases.there][side]) ? this.recordings[side] : (this.live as Live).record(one))),
      );
      const rebuilds = cases.here.company !== this.cases.here.company || made.some(({ head }) => head.days !== this.days);
      this.cases = cases;
      if (at) {
        this.t = at.day ?? 0;
        this.chosen.lead = at.lead ?? null;
      }
      if (rebuilds) reopen(this.root, this.live, this, made, this.language);
      else this.show(made);
      this.message.textContent = "";
    } catch (error) {
      this.say(this.words.levers.wrong(messageOf(error)));
      if (this.wanted === cases) this.wanted = this.cases; // what cannot be is no longer asked for
      this.renewTools();
    }
  });
  private readonly message = h("p", { class: "message", role: "status" });

  private wanted: Cases; // what has been asked for last, not only what is shown
  private stopDoubt = () => {};
  private renewTools = () => {};

  /** Live other cases, where the engine is here; then go to the day and the lead of `at`. */
  ask(cases: Cases, at?: Shown): void {
    if (!this.live) return;
    this.wanted = cases;
    this.stopDoubt();
    this.say(this.words.levers.working);
    this.live_again({ cases, at });
  }

  say(message: string): void {
    this.message.textContent = message;
  }

  private build(): void {
    document.documentElement.lang = this.language;
    document.title = this.words.title;
    this.canvases = [0, 1].map(() => h("canvas", { role: "img" }));
    const scale = scaleOf(this.recordings);
    this.worlds = this.recordings.map((recording, side) => {
      const state = new State(recording);
      return { name: this.named(recording), recording, state, picture: new Picture(this.canvases[side], state, scale), notable: notableIn(recording) };
    });
  }

  open(): void {
    const start = button("", () => {
      this.toggle();
      if (this.playing && two.getBoundingClientRect().bottom > window.innerHeight) two.scrollIntoView({ behavior: this.still.matches ? "auto" : "smooth" });
    }, { class: "primary start" });
    const asked = question(this, start, this.guesses);
    this.guesses = asked.guesses;
    const startPart: Part = { element: start, show: () => (start.textContent = `${this.playing ? "❚❚" : "▶"} ${this.playing ? this.words.pause : this.day >= this.days - 1 ? this.words.again : this.words.play}`) };
    const page = this;
    const time = controls(this, { toggle: () => this.toggle(), speed: (days) => (this.daysPerSecond = days), get daysPerSecond() { return page.daysPerSecond; } });
    const sides = [0, 1].map((side) => worldPart(this, side, this.canvases[side]));
    const two = h("div", { class: "two" }, ...sides.map((side) => side.element));
    const curve = curves(this);
    const person = personPanel(this);
    const lead = leadPanel(this);
    this.parts = [startPart, asked, ...sides, time, curve, person, lead];
    this.renews = [curve.renew, lead.renew, time.marks];
    this.fits = [curve.fit, time.marks];
    const below = h("div", { class: "two below" }, lead.element, person.element);
    const main = h(this.plain ? "div" : "main", { class: this.live ? "live" : "" }, asked.element, this.message, two, time.element, curve.element, legend(this), below);
    const tools = this.live ? this.openLevers(this.live, below, sides) : null;
    this.root.replaceChildren(this.header(tools), main, this.footer());
    this.canvases.forEach((canvas, side) => canvas.addEventListener("click", (event) => this.click(side, event)));
    this.show(this.recordings);
  }

  private openLevers(live: Live, below: HTMLElement, sides: { head: HTMLElement }[]): HTMLElement {
    const company = live.companies.find((one) => one.name === this.cases.here.company) ?? live.companies[0];
    const unsure = doubt(this, live, () => [this.wanted.here, this.wanted.there]);
    this.stopDoubt = unsure.stop;
    const panel = levers(this, this.language, () => ({
      company,
      practices: this.wanted.there.practices,
      changes: this.wanted.there.changes,
      change: (changes) => this.ask({ ...this.wanted, there: { ...this.wanted.there, changes } }),
    }));
    const choose = h("div");
    const slots = sides.map(({ head }) => head.appendChild(h("div")));
    const renew = (this.renewTools = () => {
      const made = chooser(this.words, live, this.wanted, (cases) => (this.ask(cases), renew()));
      choose.replaceChildren(made.element);
      slots.forEach((slot, side) => slot.replaceChildren(made.sides[side]));
      panel.renew();
    });
    renew();
    const people = h("div", { class: "stack" }, ...Array.from(below.children));
    below.replaceChildren(h("div", { class: "stack" }, unsure.element, panel.element), people);
    this.fits.push(unsure.show);
    return choose;
  }

  private header(tools: HTMLElement | null): HTMLElement {
    const languages = choice(Object.entries(LANGUAGES).map(([key, { name }]) => [key, name]), this.language, (key) => {
      if (isLanguage(key)) reopen(this.root, this.live, this, this.recordings, key);
    });
    languages.setAttribute("aria-label", this.words.language);
    const { title } = this.recordings[0].head;
    const several = this.live && this.live.companies.length > 1;
    return h("header", {}, h("div", { class: "title" }, h("h1", {}, this.words.title), several ? null : h("span", { class: "hint" }, title.replace(/_/g, " "))), h("div", { class: "row" }, tools, languages));
  }

  private footer(): HTMLElement {
    const copy = button(this.words.link.copy, () => void this.copyLink(copy));
    const save = button(this.words.levers.download, () => saveCase(this.shown()));
    const file = h("input", { type: "file", accept: ".json,application/json", class: "file", "aria-label": this.words.levers.open, tabindex: -1 });
    file.addEventListener("change", () => void file.files?.[0]?.text().then((text) => this.openCase(readCase(text))));
    const open = button(this.words.levers.open, () => file.click());
    return h("footer", { class: "row" }, copy, ...(this.live ? [save, open, file] : []), h("p", { class: "hint" }, this.words.keys));
  }

  private async openCase(shown: Shown | null): Promise<void> {
    const { live } = this;
    if (!live) return;
    if (!shown) return this.say(this.words.levers.notOurs);
    try {
      if (shown.company && live.shelf.some((one) => one.name === shown.company)) await live.need(shown.company);
    } catch (error) {
      return this.say(this.words.levers.wrong(messageOf(error)));
    }
    const strange = strangeIn(shown, live);
    if (strange) return this.say(this.words.levers.wrong(strange));
    this.ask(casesOf(this.recordings.map(caseOf), live, shown), shown);
    this.renewTools();
  }

  private async copyLink(copy: HTMLButtonElement): Promise<void> {
    const link = writeLink(this.shown());
    history.replaceState(null, "", link);
    try {
      await navigator.clipboard.writeText(location.href);
      copy.textContent = this.words.link.copied;
    } catch {
      copy.textContent = this.words.link.refused;
    }
    setTimeout(() => (copy.textContent = this.words.link.copy), 2500);
  }

  private click(side: number, event: MouseEvent): void {
    const { picture } = this.worlds[side];
    const person = picture.layout.personNear(event.offsetX, event.offsetY);
    const first = (n: number, seatOf: (one: number) => number, seat: number) => Array.from({ length: n }, (_, one) => one).find((one) => seatOf(one) === seat) ?? null;
    const { cast, nReps, nMarketers } = this.worlds[side].state;
    if (person?.side === "marketer") this.choose({ marketer: first(nMarketers, (m) => cast.seatOfMarketer(m), person.seat), rep: null });
    else if (person) this.choose({ rep: first(nReps, (r) => cast.seatOfRep(r), person.seat), marketer: null });
    else this.choose({ lead: picture.leadNear(event.offsetX, event.offsetY, this.t, this.look()) ?? this.chosen.lead });
  }

  fit = (): void => {
    this.worlds.forEach(({ picture }, side) => {
      const width = this.canvases[side].clientWidth;
      const height = Math.round(width * (width < 480 ? PHONE_RATIO : STAGE_RATIO));
      this.canvases[side].style.height = `${height}px`;
      picture.fit(width, height);
    });
    this.fits.forEach((fit) => fit());
    this.shownDay = -1;
    this.paint();
  };
}

/** A company: its name, what it has earned, how they trust each other, its picture, what happens. */
function worldPart(page: Page, side: number, canvas: HTMLCanvasElement): Part & { head: HTMLElement } {
  const { words, formats } = page;
  const name = h("h2", { id: `company-${side}` });
  const kind = h("span", { class: "kind" });
  const money = h("b");
  const given = [h("b"), h("b")];
  const caption = captions(page, side);
  const head = h("div", { class: "head" }, h("div", { class: "name" }, name, kind));
  const stats = h("p", { class: "stats" }, h("span", { title: words.earnedHint(formats.number(page.firstDay)) }, money, ` ${words.earned}`),
    h("span", {}, `${words.salesTrusts} `, given[0]), h("span", {}, `${words.marketingTrusts} `, given[1]));
  const element = h("section", { class: `world side-${side}`, "aria-labelledby": `company-${side}` }, head, stats, canvas, caption.element);
  const show = () => {
    const { recording, state, name: called } = page.worlds[side];
    name.textContent = called;
    const { practices, changes } = recording.head;
    const changed = changes.length && page.live ? words.levers.changed(formats.number(changes.length)) : "";
    kind.textContent = [words.typeHints[practices] ?? "", changed].filter(Boolean).join(" · ");
    money.textContent = formats.money(earned(recording, page.day) ?? 0);
    given[0].textContent = formats.percent(recording.daily.trust_in_marketers[page.day]);
    given[1].textContent = formats.percent(recording.daily.trust_in_reps[page.day]);
    if (!page.playing) {
      const n = (zone: number) => formats.number(state.count(zone));
      canvas.setAttribute("aria-label", words.picture(called, formats.number(page.day), n(ZONE.NEVER), n(ZONE.LOST), n(ZONE.CUSTOMER), formats.number(recording.daily.disputes_open[page.day])));
    }
    caption.show();
  };
  return { element, show, head };
}

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

let current: Page | null = null;

/** The page again, in another language or for a company of another size, with everything else as it was. */
function reopen(root: HTMLElement, live: Live | null, before: Page, recordings: Recording[], language: Language): void {
  before.toggle(false);
  const page = new Page(root, live, before.cases, recordings, language);
  page.t = Math.min(before.t, page.days - 1);
  page.daysPerSecond = before.daysPerSecond;
  page.guesses = before.guesses;
  page.chosen = recordings === before.worlds.map((one) => one.recording) ? before.chosen : { ...before.chosen };
  current = page;
  page.open();
}

/** The page that is shown, if one is. */
export const shownPage = (): Page | null => current;

/** Nothing is shown any more. */
export function close(): void {
  current?.toggle(false);
  current = null;
}

/** Show two cases, or recordings of them, at the day and with the lead of a link. */
export async function show(root: HTMLElement, live: Live | null, held: { cases: Case[]; recordings: Recording[] }, shown: Shown, language: Language, options: Options = {}): Promise<Page> {
  let { recordings } = held;
  const first = recordings.length ? recordings.map(caseOf) : held.cases;
  let cases = casesOf(first, live, shown);
  let wrong = live ? strangeIn(shown, live) : "";
  if (live) {
    const lived = () =>
      Promise.all([cases.here, cases.there].map((one, side) => (recordings[side] && sameCase(one, recordings[side].head) ? recordings[side] : live.record(one))));
    try {
      recordings = await lived();
    } catch (error) {
      if (!shown.set.length) throw error;
      wrong = messageOf(error); // what a link says wrongly counts as not said
      cases = casesOf(first, live, { ...shown, set: [] });
      recordings = await lived();
    }
  }
  const page = new Page(root, options.plain ? null : live, cases, recordings, language);
  page.plain = options.plain ?? false;
  if (options.named) page.named = options.named;
  page.t = Math.min(shown.day ?? 0, page.days - 1);
  page.chosen.lead = shown.lead !== undefined && shown.lead < recordings[0].head.n_prospects ? shown.lead : null;
  current = page;
  page.open();
  if (wrong) page.say(page.words.levers.wrong(wrong));
  return page;
}

/** How a page is shown: without levers, with names of its own. */
export interface Options {
  plain?: boolean;
  named?: (recording: Recording) => string;
}

/** What a page of a file is: two companies that it holds. */
export async function begin(root: HTMLElement): Promise<void> {
  const live = await liveHere();
  const shown = readLink(location.hash);
  const language = shown.language ?? root.dataset.language;
  const held = { cases: heldBy<Case>("cases"), recordings: heldBy<Packed>("recordings").map(unpack) };
  await show(root, live, held, shown, isLanguage(language) ? language : "en");
}

/** What the file holds under a name. */
function heldBy<Kind>(id: string): Kind[] {
  return JSON.parse(document.getElementById(id)?.textContent ?? "[]") as Kind[];
}

/** Whoever opens a page that cannot begin, as where a browser has no WebAssembly, is told why. */
export function tell(error: unknown): never {
  const root = document.getElementById("studio") as HTMLElement;
  const { language } = root.dataset;
  const { wrong } = LANGUAGES[isLanguage(language) ? language : "en"].words.levers;
  if (!root.childElementCount || root.querySelector("noscript")) root.textContent = wrong(messageOf(error));
  throw error;
}

/** Keys and sizes, for whatever is shown. */
export function attend(root: HTMLElement): void {
  keyboard(() => current);
  new ResizeObserver(() => current?.fit()).observe(root);
}

Object.assign(globalThis, { studio: { page: () => current, State } });

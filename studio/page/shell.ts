/** The studio that a server shows: one page, whose address after # says which screen. */
import { assess, newAnswers } from "./assess";
import { company, type Taken } from "./company";
import { compare } from "./compare";
import { choice, h } from "./dom";
import type { Live } from "./engine/contract";
import { Formats } from "./formats";
import { lesson, newCourse, type Course, type Told } from "./lesson";
import { readLink } from "./link";
import { liveServed } from "./live_here";
import { close, shownPage } from "./main";
import { mine } from "./mine";
import type { Screen } from "./screen";
import { ask } from "./server";
import { start } from "./start";
import { isLanguage, LANGUAGES, type Language } from "./words/languages";
import { SCREENS } from "./words/screens";

const KEPT = "studio-language";

export async function studio(root: HTMLElement): Promise<void> {
  const shell = new Shell(root);
  window.addEventListener("hashchange", () => void shell.show());
  await shell.show();
}

class Shell {
  private language: Language;
  private turn = 0;
  private readonly taken: Taken = new Map();
  private readonly answers = newAnswers();
  private readonly courses = new Map<string, Course>();
  private readonly lessons = new Map<string, Told>();
  private readonly live: Promise<Live> = liveServed();

  constructor(private readonly root: HTMLElement) {
    this.live.catch(() => undefined); // told by the screen that needs it
    const kept = readLink(location.hash).language ?? localStorage.getItem(KEPT) ?? navigator.language.slice(0, 2);
    this.language = isLanguage(kept) ? kept : "en";
  }

  async show(): Promise<void> {
    const mine = ++this.turn;
    this.language = readLink(location.hash).language ?? shownPage()?.language ?? this.language;
    localStorage.setItem(KEPT, this.language);
    close();
    const { language } = this;
    const said = new URLSearchParams(location.hash.slice(1));
    const words = SCREENS[language];
    const stage = h("div", { class: "screen" }, h("p", { class: "hint", role: "status" }, words.loading));
    document.documentElement.lang = language;
    document.title = words.name;
    this.root.replaceChildren(this.nav(said), stage);
    const screen: Screen = { root: stage, language, words, types: LANGUAGES[language].words.types, formats: new Formats(language), live: this.live, isShown: () => this.turn === mine };
    try {
      await this.open(screen, said);
    } catch (error) {
      if (this.turn !== mine) return;
      const message = h("p", { class: "message", role: "alert" }, words.wrong(error instanceof Error ? error.message : String(error)));
      stage.replaceChildren(h("main", {}, message, h("a", { href: "#", class: "button" }, words.screens.start)));
    }
  }

  private async open(screen: Screen, said: URLSearchParams): Promise<void> {
    if (said.has("company") || said.has("here")) return company(screen, readLink(location.hash), this.taken);
    if (said.has("lesson")) return this.openLesson(screen, said.get("lesson") ?? "");
    if (said.has("lessons")) return this.listLessons(screen);
    if (said.has("compare")) return compare(screen, said.get("compare") ?? "");
    if (said.has("mine")) return mine(screen, this.taken);
    if (said.has("assess")) return assess(screen, this.taken, this.answers);
    return start(screen);
  }

  private nav(said: URLSearchParams): HTMLElement {
    const { screens } = SCREENS[this.language];
    const to: [string, string, string][] = [["lessons", "#lessons", screens.lessons], ["compare", "#compare=reference", screens.compare], ["mine", "#mine", screens.mine], ["room", "/class/teach", screens.room]];
    const links = to.map(([key, href, text]) => h("a", { href, "aria-current": said.has(key) || (key === "mine" && said.has("assess")) ? "page" : null }, text));
    const languages = choice(Object.entries(LANGUAGES).map(([key, { name }]) => [key, name]), this.language, (key) => {
      if (!isLanguage(key)) return;
      this.language = key;
      const here = new URLSearchParams(location.hash.slice(1));
      here.delete("language");
      history.replaceState(null, "", `#${here.toString().replace(/=(?=&|$)/g, "")}`);
      void this.show();
    });
    languages.setAttribute("aria-label", SCREENS[this.language].language);
    languages.hidden = said.has("company") || said.has("here"); // it has its own
    return h("nav", { class: "screens" }, h("a", { href: "#", class: "home" }, SCREENS[this.language].name), ...links, languages);
  }

  private async listLessons(screen: Screen): Promise<void> {
    const all = await ask<{ id: string; title: Record<Language, string> }[]>("/api/lessons");
    if (!screen.isShown()) return;
    const items = all.map(({ id, title }) => h("li", {}, h("a", { href: `#lesson=${encodeURIComponent(id)}`, class: "way" }, h("strong", {}, title[screen.language]))));
    const { title, hint } = screen.words.lessons;
    screen.root.replaceChildren(h("main", { class: "start-screen" }, h("h1", {}, title), h("p", { class: "lead-in" }, hint), h("ul", { class: "ways" }, ...items)));
  }

  private async openLesson(screen: Screen, id: string): Promise<void> {
    const told = this.lessons.get(id) ?? (await ask<Told>(`/api/lessons/${encodeURIComponent(id)}`));
    if (!this.lessons.has(id)) {
      const live = await this.live;
      for (const kit of told.kits ?? []) await live.add(kit);
      this.lessons.set(id, told);
    }
    const course = this.courses.get(id) ?? newCourse();
    this.courses.set(id, course);
    if (screen.isShown()) lesson(screen, told, course);
  }
}

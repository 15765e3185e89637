/** The company screen: two companies in the picture, what else can be done with them, each as a company file. */
import { button, h } from "./dom";
import type { Case } from "./engine/contract";
import type { Shown } from "./link";
import { show, shownPage } from "./main";
import { saveText, type Screen } from "./screen";
import { ask } from "./server";

/** Texts of the company files that were taken in, by the name of the company. */
export type Taken = Map<string, string>;

export async function company(screen: Screen, shown: Shown, taken: Taken): Promise<void> {
  const { root, words, language } = screen;
  const live = await screen.live;
  const { name, types } = await live.need(shown.company ?? "reference");
  if (!screen.isShown()) return;
  const first = types.includes("own") ? "own" : "undefined";
  const last = types.includes("integrated") ? "integrated" : types[types.length - 1];
  const cases: Case[] = [first, last].map((practices) => ({ company: name, practices, changes: [], seed: 0 }));
  const stage = h("div");
  const said = h("span", { class: "hint", role: "status" });
  const saves = (["left", "right"] as const).map((side, at) =>
    button(words.save[side], () => {
      const cases = shownPage()?.cases;
      if (cases) void saveCompany(at ? cases.there : cases.here, taken, said, screen);
    }),
  );
  const types_of = button(words.save.types, () => (location.hash = `#compare=${encodeURIComponent(shownPage()?.cases.here.company ?? name)}`));
  await show(stage, live, { cases, recordings: [] }, shown, language);
  if (!screen.isShown()) return;
  root.replaceChildren(stage, h("div", { class: "row saves" }, ...saves, types_of, said));
  shownPage()?.fit();
}

/** The case as a company file; the server writes it, as it knows how companies are written. */
export async function saveCompany(one: Case, taken: Taken, said: HTMLElement, { words }: Screen): Promise<void> {
  try {
    const body = { company: one.company, practices: one.practices, changes: one.changes, text: taken.get(one.company) ?? null };
    const { text } = await ask<{ text: string }>("/api/yaml", body);
    const file = `${`${one.company}_${one.practices}`.replace(/[^\p{L}\p{N}_-]+/gu, "_")}.yaml`;
    saveText(file, text, "application/yaml");
    said.textContent = words.save.saved(file);
  } catch (error) {
    said.textContent = words.wrong(error instanceof Error ? error.message : String(error));
  }
}

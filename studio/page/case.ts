/** What is lived: two cases of one company in one market. With the engine here they can be others. */
import { button, choice, h, labelled } from "./dom";
import type { Case, Change, Live, Recording } from "./engine/contract";
import type { Shown } from "./link";
import { named } from "./story";
import type { Words } from "./words/words";

export interface Cases {
  here: Case;
  there: Case;
}

/** The case that a recording shows. */
export function caseOf({ head }: Recording): Case {
  return { company: head.company, practices: head.practices, changes: head.changes, seed: head.seed };
}

/** Two cases, as a link wants them otherwise. */
export function casesOf([here, there]: Case[], live: Live | null, shown: Shown): Cases {
  if (!live) return { here, there };
  const company = live.companies.some((one) => one.name === shown.company) ? (shown.company as string) : here.company;
  const { types } = live.companies.find((one) => one.name === company) ?? live.companies[0];
  const known = (practices: string | undefined, otherwise: string) => (practices && types.includes(practices) ? practices : otherwise);
  const seed = shown.seed ?? here.seed;
  const asked = shown.here !== undefined || shown.there !== undefined || shown.set.length > 0;
  return {
    here: { company, seed, practices: known(shown.here, here.practices), changes: here.changes },
    there: { company, seed, practices: known(shown.there, there.practices), changes: asked ? shown.set : there.changes },
  };
}

/** What of a link or a file is not to be had here, in words; "" if all of it is. */
export function strangeIn(shown: Shown, live: Live): string {
  if (shown.company !== undefined && !live.companies.some((one) => one.name === shown.company)) return `there is no company ${shown.company} here`;
  const types = live.companies.find((one) => one.name === shown.company)?.types ?? live.companies[0].types;
  const strange = [shown.here, shown.there].find((one) => one !== undefined && !types.includes(one));
  return strange === undefined ? "" : `there are no practices ${strange} here`;
}

export function sameCase(one: Case, other: Case): boolean {
  return JSON.stringify([one.company, one.practices, one.changes, one.seed]) === JSON.stringify([other.company, other.practices, other.changes, other.seed]);
}

/** How a case is called: its practices in the words of the page, or as their file is called, and how many changes. */
export function nameOf(words: Words, { head }: Recording): string {
  const name = named(words.types, head.practices);
  return head.changes.length ? `${name} · ${words.levers.changed(String(head.changes.length))}` : name;
}

/** Choices of company, of both companies' practices, and of the market. */
export function chooser(words: Words, live: Live, { here, there }: Cases, change: (cases: Cases) => void): { element: HTMLElement; sides: HTMLElement[] } {
  const company = live.companies.find((one) => one.name === here.company) ?? live.companies[0];
  const titles = company.types.map((type): [string, string] => [type, words.types[type] ?? type]);
  const side = (one: Case, act: (practices: string) => void) => choice(titles, one.practices, act);
  const left = side(here, (practices) => change({ here: { ...here, practices }, there }));
  const right = side(there, (practices) => change({ here, there: { ...there, practices } }));
  const both = (seed: number) => change({ here: { ...here, seed }, there: { ...there, seed } });
  const seed = h("input", { type: "number", min: 0, step: 1, value: here.seed, inputmode: "numeric" });
  seed.addEventListener("change", () => Number.isSafeInteger(seed.valueAsNumber) && seed.valueAsNumber >= 0 && both(seed.valueAsNumber));
  const companies = choice(live.shelf.map((one) => [one.name, one.title]), company.name, async (name) => {
    const { types } = await live.need(name);
    const kept = (one: Case): Case => ({ ...one, company: name, changes: [] as Change[], practices: types.includes(one.practices) ? one.practices : types[0] });
    change({ here: kept(here), there: kept(there) });
  });
  const element = h(
    "div",
    { class: "row chooser" },
    live.shelf.length > 1 ? labelled(words.levers.company, companies) : null,
    labelled(words.levers.seed, seed, "field seed"),
    button(words.levers.anotherMarket, () => both(here.seed + 1)),
  );
  return { element, sides: [left, right].map((select) => labelled(words.levers.practices, select, "field practices")) };
}

/** Do what was asked for last; what was asked for while something else was being done, and is no more, is left out. */
export function newest<T>(act: (one: T) => Promise<void>): (one: T) => void {
  let waiting: { one: T } | null = null;
  let busy = false;
  return (one) => {
    waiting = { one };
    if (busy) return;
    busy = true;
    void (async () => {
      while (waiting) {
        const next: { one: T } = waiting;
        waiting = null;
        await act(next.one);
      }
      busy = false;
    })();
  };
}

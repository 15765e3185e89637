/** A link that reopens exactly what is shown, and a case as a file. */
import type { Case, Change } from "./engine/contract";
import { saveText } from "./screen";
import { isLanguage, type Language } from "./words/languages";

export interface Shown {
  company?: string;
  here?: string; // practices of the left company
  there?: string; // of the right one
  set: Change[]; // what the right one changes
  seed?: number;
  day?: number;
  lead?: number;
  language?: Language;
}

/** What a link says; what it says wrongly counts as not said. */
export function readLink(hash: string): Shown {
  const said = new URLSearchParams(hash.replace(/^#/, ""));
  const whole = (name: string) => {
    const text = said.get(name);
    const value = text && /^\d+$/.test(text) ? Number(text) : NaN;
    return Number.isSafeInteger(value) ? value : undefined;
  };
  const language = said.get("language");
  return {
    company: said.get("company") ?? undefined,
    here: said.get("here") ?? undefined,
    there: said.get("there") ?? undefined,
    set: (said.get("set") ?? "").split(",").map(readChange).filter((one): one is Change => one !== null),
    seed: whole("seed"),
    day: whole("day"),
    lead: whole("lead"),
    language: isLanguage(language) ? language : undefined,
  };
}

export function writeLink(shown: Shown): string {
  const said = new URLSearchParams();
  const { set, ...others } = shown;
  for (const [name, value] of Object.entries(others)) if (value !== undefined) said.set(name, String(value));
  if (set.length) said.set("set", set.map(writeChange).join(","));
  return `#${said.toString().replace(/%3A/g, ":").replace(/%2C/g, ",").replace(/%40/g, "@")}`;
}

function writeChange({ path, value, day }: Change): string {
  return `${path}:${value}${day === undefined ? "" : `@${day}`}`;
}

function readChange(text: string): Change | null {
  const read = /^([\w.]+):([^@]*)(?:@(\d+))?$/.exec(text);
  if (!read) return null;
  const [, path, said, day] = read;
  const known: Record<string, Change["value"]> = { true: true, false: false, null: null };
  const value = said in known ? known[said] : said !== "" && Number.isFinite(Number(said)) ? Number(said) : said;
  return day === undefined ? { path, value } : { path, value, day: Number(day) };
}

/** A case as a file: JSON, which YAML readers read too. */
export function saveCase(shown: Shown): void {
  const text = JSON.stringify({ case: 1, ...shown }, null, 2);
  saveText(`${(shown.company ?? "case").replace(/[^\w-]+/g, "_")}.json`, `${text}\n`, "application/json");
}

/** What a file says; null if it is no case of ours. */
export function readCase(text: string): Shown | null {
  try {
    const said = JSON.parse(text) as Record<string, unknown>;
    if (said.case !== 1) return null;
    const set = (Array.isArray(said.set) ? said.set : []).map((one: Change) => readChange(writeChange(one)));
    const plain = Object.entries(said).filter(([, value]) => typeof value === "string" || typeof value === "number");
    const link = new URLSearchParams(plain.map(([name, value]) => [name, String(value)]));
    return { ...readLink(link.toString()), set: set.filter((one): one is Change => one !== null) };
  } catch {
    return null;
  }
}

export function shownOf(here: Case, there: Case, rest: Partial<Shown>): Shown {
  return { company: here.company, here: here.practices, there: there.practices, set: there.changes, seed: here.seed, ...rest };
}

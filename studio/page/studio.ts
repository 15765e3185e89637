/** What the parts of the page share: the two companies, the moment, what is chosen, and what may be asked for. */
import type { Recording } from "./engine/contract";
import type { Formats } from "./formats";
import type { Notable } from "./notable";
import type { Picture } from "./picture/draw";
import type { State } from "./picture/state";
import type { Words } from "./words/words";

export interface World {
  name: string; // in the language of the page
  recording: Recording;
  state: State;
  picture: Picture;
  notable: Notable[];
}

export interface Chosen {
  lead: number | null;
  marketer: number | null; // a person's number
  rep: number | null;
}

export interface Studio {
  readonly words: Words;
  readonly formats: Formats;
  readonly worlds: World[];
  readonly chosen: Chosen;
  readonly day: number;
  readonly days: number;
  readonly firstDay: number;
  readonly playing: boolean;
  seek(day: number): void;
  choose(what: Partial<Chosen>): void;
}

/** A part of the page: its element, and what it does when a day or a choice is another. */
export interface Part {
  element: HTMLElement;
  show(): void;
}

export function repName(studio: Studio, world: World, rep: number): string {
  const { executives } = world.recording.head.people;
  if (rep < 0) return studio.words.story.nobody;
  return rep < executives ? studio.words.person.rep(rep + 1) : studio.words.person.sdr(rep - executives + 1);
}

/** EUR earned from the end of the warm-up to the evening of a day; null before. */
export function earned(recording: Recording, day: number): number | null {
  const { first_day: first } = recording.head;
  const { contribution } = recording.daily;
  if (day < first) return null;
  return contribution[day] - (first > 0 ? contribution[first - 1] : 0);
}

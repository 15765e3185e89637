/** What the engine, recordings made by Python, and the page agree on. */
import type { Kit } from "./kit";

export interface Head {
  version: number;
  fingerprint: string;
  title: string;
  company: string;
  practices: string;
  changes: Change[];
  seed: number;
  days: number;
  first_day: number;
  people: { executives: number; sdrs: number; marketers: number; managers: number };
  n_prospects: number;
  installed_base: number;
  segments: string[];
  channels: string[];
  outcomes: Record<string, number | null>;
}

/** One run: what happened, row by row of the tape, and what the books say of every day. */
export interface Recording {
  head: Head;
  day: Uint16Array;
  what: Uint8Array;
  who: Int32Array;
  about: Int32Array;
  value: Float32Array;
  /** Of every prospect. */
  segment: Uint8Array;
  worth: Float32Array;
  /** One number a day each. */
  daily: Record<string, Float32Array>;
  /** Days times statuses. */
  inState: Uint32Array;
}

export interface Lever {
  path: string;
  label: Record<string, string>;
  why: Record<string, string>;
  unit: string;
  kind: "number" | "whole" | "choice" | "yes_no";
  choices: string[];
  low: number;
  high: number;
  /** Beyond these no company can have it; `low` and `high` are what is plausible. */
  least: number | null;
  most: number | null;
  may_be_null: boolean;
  source: string;
  family: string;
  from_any_day: boolean;
}

export type Value = number | string | boolean | null;

/** `day`: working day after the warm-up from which on; absent = from the first day of the run. */
export interface Change {
  path: string;
  value: Value;
  day?: number;
}

export interface Case {
  company: string;
  practices: string;
  changes: Change[];
  seed: number;
}

/** A company that can be lived here. */
export interface Company {
  name: string;
  title: string;
  types: string[];
  years: number;
  draws: number;
  levers: Lever[];
  value(practices: string, path: string): Value;
}

/** The engine in the page. */
export interface Live {
  readonly companies: Company[];
  /** Names and titles of all that there are to choose: those that can be lived, and those that can be had. */
  readonly shelf: { name: string; title: string }[];
  /** Makes a company of the shelf one that can be lived. */
  need(name: string): Promise<Company>;
  /** Takes in a company of a kit. */
  add(kit: Kit): Promise<Company>;
  record(one: Case): Promise<Recording>;
  /** Outcomes of a case, one a seed; `drawn`: with draws of the uncertain assumptions, the first seed with draw `first`. */
  outcomes(
    one: Case,
    seeds: number[],
    progress?: (done: number, outcomes: Record<string, number>[]) => void,
    drawn?: boolean,
    first?: number,
  ): Promise<Record<string, number>[]>;
}

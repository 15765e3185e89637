/** What the engine, recordings made by Python, and the page agree on. */

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

/** The engine in the page. */
export interface Live {
  companies: {
    name: string;
    title: string;
    types: string[];
    levers: Lever[];
    value(practices: string, path: string): Value;
  }[];
  record(one: Case): Promise<Recording>;
  /** Outcomes of a case, one a seed; `drawn`: the k-th seed with the k-th draw of the uncertain assumptions. */
  outcomes(
    one: Case,
    seeds: number[],
    progress?: (done: number, outcomes: Record<string, number>[]) => void,
    drawn?: boolean,
  ): Promise<Record<string, number>[]>;
  draws: number;
}

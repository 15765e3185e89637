/** What Python puts into a page for the engine: see studio/kit.py, which makes it. */

import type { Change, Lever } from "./contract";

/** Name, bytes of a row, number of axes. */
export type Table = [string, number, number];
export type Parts = { bytes: number; parts: [number, number, number][] };

export interface Layout {
  version: number;
  fingerprint: string;
  words_per_table: number;
  tables: { Drawing: Table[]; Company: Table[] };
  world: string[];
  drawing: Record<string, (string | number)[]>;
  read: { rules: Parts; segment: Parts };
  looks: { at: number; times: number; more: number };
  tape: { times: number; n_entries: number; room: number; entry: Record<string, number> };
  left_out: number[];
  timetable: Record<string, number>;
  in_state: { at: number; to_come: number };
  prospect: Record<string, number>;
  book: Record<string, number>;
  costs: string[];
  /** Of a table whose rows begin one after the other: along which axis, and in which table and column they are counted. */
  growing: Record<string, [number, string, string]>;
  counted: Record<string, number>;
  outcomes: Record<string, number>;
}

/** Words of 8 bytes that differ, as base64: where they stand (4 bytes each), and what stands there. */
export interface Patch {
  shapes?: Record<string, number[]>;
  words?: Record<string, [string, string]>;
}

export interface Kit {
  version: number;
  company: string;
  title: string;
  days: number;
  first_day: number;
  years: number;
  installed_base: number;
  people: { executives: number; sdrs: number; marketers: number; managers: number };
  segments: string[];
  channels: string[];
  tape_rest: number;
  shapes: Record<string, number[]>;
  places: Record<string, [number, number]>;
  fills: Record<string, number>;
  block: string;
  types: Record<string, Patch>;
  calendars: Record<string, Change[]>;
  draws: Patch[];
  levers: (Lever & { word: number; is_float: boolean })[];
  of_lesson?: string; // not to be chosen elsewhere
}

export function bytesOf(base64: string): Uint8Array {
  return Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
}

export async function inflated(base64: string): Promise<Uint8Array> {
  const stream = new Blob([bytesOf(base64) as BlobPart]).stream().pipeThrough(new DecompressionStream("deflate"));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

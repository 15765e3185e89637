/** A recording of a run that has just been lived in memory; the same that Python makes (studio/recording.py). */

import type { Case, Recording } from "./contract";
import type { Kit, Layout } from "./kit";
import type { Memory } from "./memory";

const N_STATUS = 13;

export function recordingOf(one: Case, kit: Kit, layout: Layout, lived: Memory): Recording {
  return { head: headOf(one, kit, layout, lived), ...entriesOf(layout, lived), ...prospectsOf(layout, lived), ...booksOf(layout, lived) };
}

function headOf(one: Case, kit: Kit, layout: Layout, lived: Memory): Recording["head"] {
  const outcome = lived.numbers("outcome");
  const told = (word: number): number | null => (Number.isFinite(outcome[word]) ? outcome[word] : null);
  return {
    version: 1,
    fingerprint: layout.fingerprint,
    title: kit.title,
    ...one,
    days: kit.days,
    first_day: kit.first_day,
    people: kit.people,
    n_prospects: lived.bytes.prospect / rowBytes(layout, "prospect"),
    installed_base: kit.installed_base,
    segments: kit.segments,
    channels: kit.channels,
    outcomes: Object.fromEntries(Object.entries(layout.outcomes).map(([name, word]) => [name, told(word)])),
  };
}

function rowBytes(layout: Layout, table: string): number {
  return layout.tables.Company.find(([name]) => name === table)![1];
}

function entriesOf(layout: Layout, lived: Memory): Pick<Recording, "day" | "what" | "who" | "about" | "value"> {
  const n = Number(lived.view("tape_head").getBigInt64(layout.tape.n_entries, true));
  const at = layout.tape.entry;
  const step = rowBytes(layout, "tape");
  const bytes = lived.table("tape");
  const shorts = new Int16Array(bytes.buffer, bytes.byteOffset, (n * step) / 2);
  const words = new Int32Array(bytes.buffer, bytes.byteOffset, (n * step) / 4);
  const floats = new Float32Array(bytes.buffer, bytes.byteOffset, (n * step) / 4);
  const isLeftOut = new Set(layout.left_out);
  const kept: number[] = [];
  for (let row = 0; row < n; row++) if (!isLeftOut.has(shorts[(row * step + at.what) / 2])) kept.push(row);
  const places = Int32Array.from(kept);
  return {
    day: Uint16Array.from(places, (row) => shorts[(row * step + at.day) / 2]),
    what: Uint8Array.from(places, (row) => shorts[(row * step + at.what) / 2]),
    who: Int32Array.from(places, (row) => words[(row * step + at.who) / 4]),
    about: Int32Array.from(places, (row) => words[(row * step + at.about) / 4]),
    value: Float32Array.from(places, (row) => floats[(row * step + at.value) / 4]),
  };
}

function prospectsOf(layout: Layout, lived: Memory): Pick<Recording, "segment" | "worth"> {
  const step = rowBytes(layout, "prospect");
  const view = lived.view("prospect");
  const n = view.byteLength / step;
  const segment = new Uint8Array(n);
  const worth = new Float32Array(n);
  for (let row = 0; row < n; row++) {
    segment[row] = view.getInt16(row * step + layout.prospect.segment, true);
    worth[row] = view.getFloat64(row * step + layout.prospect.value, true);
  }
  return { segment, worth };
}

function booksOf(layout: Layout, lived: Memory): Pick<Recording, "daily" | "inState"> {
  const book = lived.numbers("book");
  const words = rowBytes(layout, "book") / 8;
  const days = book.length / words;
  const column = (name: string, day: number): number => book[day * words + layout.book[name]];
  const daily: Record<string, Float32Array> = {};
  for (const name of ["revenue", "trust_in_marketers", "trust_in_reps", "disputes_open"])
    daily[name] = Float32Array.from({ length: days }, (_, day) => column(name, day));
  let earned = 0;
  daily.contribution = Float32Array.from({ length: days }, (_, day) => {
    const costs = layout.costs.reduce((sum, name) => sum + column(name, day), 0);
    earned += column("bookings_new", day) + column("bookings_renewal", day) - costs;
    return earned;
  });
  const inState = new Uint32Array(days * N_STATUS);
  for (let day = 0; day < days; day++)
    for (let status = 0; status < N_STATUS; status++)
      inState[day * N_STATUS + status] = book[day * words + layout.book.in_state + status];
  return { daily, inState };
}

/** The engine: draws worlds and lives companies, with the same bits as Python. Runs in a worker, or anywhere else. */

import type { Case, Change, Lever, Recording, Value } from "./contract";
import { bytesOf, inflated, type Kit, type Layout, type Parts, type Patch } from "./kit";
import { inLine, Memory } from "./memory";
import { ofTheBooks, recordingOf } from "./recording";

type Tables = Record<string, Uint8Array>;
type Offered = (start: number, ...numbers: bigint[]) => number;
type World = { nProspects: number; tables: Tables; shapes: Record<string, number[]> };

const PROSPECTS = -1;
const LOOKS = -2;
const ROOM = -3;
const WORLDS_KEPT = 3;

/** A company as a page has laid it out: how its tables begin, with the practices and changes of a case. */
interface Begun {
  shapes: Record<string, number[]>;
  first: Tables;
  timetable: Uint8Array;
}

export class Engine {
  private readonly worlds = new Map<string, World>(); // the latest last
  private readonly blocks = new Map<string, Uint8Array>();

  private constructor(
    private readonly layout: Layout,
    private readonly kits: Map<string, Kit>,
    private readonly module: Record<string, unknown>,
  ) {}

  static async of(code: Uint8Array, layout: Layout, kits: Kit[]): Promise<Engine> {
    const { instance } = await WebAssembly.instantiate(code as BufferSource, {});
    const engine = new Engine(layout, new Map(), instance.exports);
    for (const kit of kits) await engine.add(kit);
    return engine;
  }

  /** Takes another company in, in place of one of the same name. */
  async add(kit: Kit): Promise<void> {
    this.blocks.set(kit.company, await inflated(kit.block));
    this.kits.set(kit.company, kit);
  }

  /** The run of a case as a recording. */
  record(one: Case): Recording {
    const kit = this.kit(one);
    let lived = this.live(one, { room: 0, draw: -1 });
    const entries = Number(lived.view("tape_head").getBigInt64(this.layout.tape.n_entries, true));
    if (entries * this.entryBytes > lived.bytes.tape) lived = this.live(one, { room: entries, draw: -1 });
    return recordingOf(one, kit, this.layout, lived);
  }

  /** What the run of a case comes to, with a draw of the assumptions unless `draw` is -1. */
  outcomes(one: Case, draw: number): Record<string, number> {
    const lived = this.live(one, { room: -1, draw });
    const numbers = lived.numbers("outcome");
    const outcomes = Object.entries(this.layout.outcomes).map(([name, word]): [string, number] => [name, numbers[word]]);
    return { ...Object.fromEntries(outcomes), ...ofTheBooks(this.layout, lived) };
  }

  /** Every table of the run of a case, as bytes, as far as there are rows: for comparing with Python. */
  tables(one: Case, draw: number): Tables {
    const lived = this.live(one, { room: 0, draw });
    return Object.fromEntries(this.layout.tables.Company.map(([name, rowBytes]) => [name, this.rows(lived, name, rowBytes)]));
  }

  private rows(lived: Memory, name: string, rowBytes: number): Uint8Array {
    const table = lived.table(name);
    if (!(name in this.layout.growing)) return table.slice();
    const [axis, counted, column] = this.layout.growing[name];
    const n = Number(lived.view(counted).getBigInt64(this.layout.counted[`${counted}.${column}`], true)) * rowBytes;
    if (axis === 0) return table.slice(0, n);
    const { nProspects } = [...this.worlds.values()].pop()!;
    const stride = nProspects * rowBytes;
    const found = new Uint8Array((table.length / stride) * n);
    for (let row = 0; row * stride < table.length; row++) found.set(table.subarray(row * stride, row * stride + n), row * n);
    return found;
  }

  /** The value of every lever as every company's practices have it, by "company practices path". */
  values(): Map<string, Value> {
    const found = new Map<string, Value>();
    for (const kit of this.kits.values())
      for (const practices of Object.keys(kit.types)) {
        const { rules } = this.begun({ company: kit.company, practices, changes: [], seed: 0 }, -1).first;
        for (const lever of kit.levers) found.set(`${kit.company} ${practices} ${lever.path}`, valueOf(lever, rules));
      }
    return found;
  }

  private kit(one: Case): Kit {
    const kit = this.kits.get(one.company);
    if (!kit) throw new Error(`there is no company ${one.company} here`);
    return kit;
  }

  private get entryBytes(): number {
    return this.layout.tables.Company.find(([name]) => name === "tape")![1];
  }

  private live(one: Case, asked: { room: number; draw: number }): Memory {
    const kit = this.kit(one);
    const begun = this.begun(one, asked.draw);
    const world = this.world(one.seed, kit.days, begun.first.rules, begun.first.segment);
    const n = world.nProspects;
    const usual = asked.room < 0 ? 0 : this.layout.tape.times * n + kit.tape_rest;
    const room = Math.max(usual, asked.room);
    const shapes: Record<string, number[]> = { ...world.shapes, world: [1], ledger: [1], tape_head: [1], tape: [room] };
    for (const [name, shape] of Object.entries(begun.shapes))
      shapes[name] = shape.map((length) => (length === PROSPECTS ? n : length));
    shapes.timetable = [begun.timetable.length / this.layout.timetable.bytes];
    const { memory, __heap_base } = this.module as { memory: WebAssembly.Memory; __heap_base: WebAssembly.Global };
    const start = inLine(__heap_base.value as number);
    const kept = ["lead", "link", "tape", ...this.layout.world];
    const there = new Memory(memory, start, this.layout.tables.Company, shapes, this.layout.words_per_table, kept);
    for (const [name, content] of Object.entries({ ...begun.first, ...world.tables })) there.table(name).set(content);
    for (const [name, byte] of Object.entries(kit.fills)) there.table(name).fill(byte);
    there.table("timetable").set(begun.timetable);
    there.view("world").setBigInt64(0, BigInt(one.seed), true);
    there.view("tape_head").setBigInt64(this.layout.tape.room, BigInt(room), true);
    this.countProspects(there.view("ledger"), n, kit.installed_base);
    this.call("prepare", start);
    this.call("live_days", start, 0n, BigInt(kit.days));
    this.call("sum_up", start);
    return there;
  }

  private countProspects(ledger: DataView, n: number, installed: number): void {
    const { at, to_come } = this.layout.in_state;
    ledger.setBigInt64(at + 8 * to_come, BigInt(n - installed), true);
    ledger.setBigInt64(at + 8 * (to_come + 1), BigInt(installed), true); // those in the market, unknown to us
  }

  private call(name: string, start: number, ...numbers: bigint[]): void {
    const code = (this.module[name] as Offered)(start, ...numbers);
    if (code !== 0) throw new Error(`${name} ended with ${code}`);
  }

  private begun(one: Case, draw: number): Begun {
    const kit = this.kit(one);
    const type = kit.types[one.practices];
    if (!type) throw new Error(`there are no practices ${one.practices} here`);
    const block = this.blocks.get(one.company)!;
    const first: Tables = {};
    for (const [name, [at, length]] of Object.entries(kit.places)) first[name] = block.slice(at, at + length);
    const shapes = { ...kit.shapes };
    for (const patch of draw < 0 ? [type] : [kit.draws[draw % kit.draws.length], type]) lay(patch, first, shapes);
    const later = inTurn([...kit.calendars[one.practices], ...one.changes.filter((change) => change.day !== undefined)]);
    for (const change of one.changes) if (change.day === undefined) write(kit, change, first.rules);
    return { shapes, first, timetable: this.timetable(kit, later, first.rules) };
  }

  /** The changes on the way, as Python lays them out: see simulation/calendar.py. */
  private timetable(kit: Kit, changes: Change[], rules: Uint8Array): Uint8Array {
    const places = this.layout.timetable;
    const table = new Uint8Array(changes.length * places.bytes);
    const sorted = [...changes].sort((one, other) => one.day! - other.day!);
    const now = new Map<number, Uint8Array>();
    sorted.forEach((change, row) => {
      const lever = leverOf(kit, change);
      if (!lever.from_any_day) throw new Error(`${change.path} can be changed from the first day on only`);
      if (change.day! >= kit.days - kit.first_day) throw new Error(`${change.path}@${change.day} comes after the run of ${kit.days - kit.first_day} working days`);
      const at = 8 * lever.word;
      const changed = rules.slice();
      write(kit, change, changed);
      const after = changed.slice(at, at + 8);
      const before = now.get(lever.word) ?? rules.slice(at, at + 8);
      const isAny = [before, after].some((bytes) => Number.isNaN(new Float64Array(bytes.buffer.slice(0))[0]));
      const view = new DataView(table.buffer, row * places.bytes, places.bytes);
      view.setBigInt64(places.day, BigInt(kit.first_day + change.day!), true);
      view.setBigInt64(places.word, BigInt(lever.word), true);
      view.setBigInt64(places.is_number, lever.is_float && !isAny ? 1n : 0n, true);
      table.set(before, row * places.bytes + places.before);
      table.set(after, row * places.bytes + places.after);
      now.set(lever.word, after);
    });
    return table;
  }

  /** The world of a seed and a market; who asks again gets the same one. */
  private world(seed: number, days: number, rules: Uint8Array, segments: Uint8Array): World {
    const read = { rules: readOf(this.layout.read.rules, rules, 1), segment: segmentsOf(this.layout, segments) };
    const key = `${seed} ${days} ${read.rules} ${read.segment}`;
    const world = this.worlds.get(key) ?? this.draw(seed, days, read);
    this.worlds.delete(key);
    this.worlds.set(key, world);
    if (this.worlds.size > WORLDS_KEPT) this.worlds.delete(this.worlds.keys().next().value!);
    return world;
  }

  private draw(seed: number, days: number, read: { rules: Uint8Array; segment: Uint8Array }): World {
    const { memory, __heap_base } = this.module as { memory: WebAssembly.Memory; __heap_base: WebAssembly.Global };
    const start = inLine(__heap_base.value as number);
    const k = read.segment.length / this.layout.read.segment.bytes;
    const sizes: Record<string | number, number> = { D: days, "D + 1": days + 1, K: k };
    sizes[PROSPECTS] = sizes[LOOKS] = sizes[ROOM] = 0;
    let held: Tables = {};
    let shapes: Record<string, number[]> = {};
    const step = (name: string): void => {
      for (const [table, shape] of Object.entries(this.layout.drawing))
        shapes[table] = shape.map((length) => sizes[length] ?? (length as number));
      const tables = this.layout.tables.Drawing;
      const there = new Memory(memory, start, tables, shapes, this.layout.words_per_table);
      for (const [table, content] of Object.entries({ ...held, ...read })) there.table(table).set(content);
      there.view("world").setBigInt64(0, BigInt(seed), true);
      this.call(name, start);
      held = Object.fromEntries(tables.map(([table]) => [table, there.table(table).slice()]));
    };
    const number = (table: string, place: number): number =>
      Number(new DataView(held[table].buffer).getBigInt64(8 * place, true));
    step("draw_market");
    delete held.prospect;
    sizes[PROSPECTS] = number("first_prospect", days);
    step("draw_prospects");
    const { at, times, more } = this.layout.looks;
    const looks = this.marketLooks(read.rules, at);
    let room = Math.trunc(times * looks * sizes[PROSPECTS]) + more;
    while (room > sizes[ROOM]) {
      sizes[ROOM] = room;
      delete held.day_of_look;
      delete held.drawn;
      step("draw_looks");
      room = number("n_looks", 0);
    }
    sizes[LOOKS] = room;
    delete held.look;
    step("lay_out_looks");
    shapes = Object.fromEntries(this.layout.world.map((name) => [name, shapes[name]]));
    const tables = Object.fromEntries(this.layout.world.map((name) => [name, held[name]]));
    return { nProspects: sizes[PROSPECTS], tables, shapes };
  }

  /** Looks that a prospect takes on average: it stands at `at` in the whole rules, somewhere in what is read of them. */
  private marketLooks(read: Uint8Array, at: number): number {
    const [, to] = this.layout.read.rules.parts.find(([from, , length]) => from <= at && at < from + length)!;
    return new DataView(read.buffer, read.byteOffset + to, 8).getFloat64(0, true);
  }
}

function lay(patch: Patch, first: Tables, shapes: Record<string, number[]>): void {
  Object.assign(shapes, patch.shapes ?? {});
  for (const [name, [places, words]] of Object.entries(patch.words ?? {})) {
    const at = new Uint32Array(bytesOf(places).buffer);
    const content = bytesOf(words);
    at.forEach((word, k) => first[name].set(content.subarray(8 * k, 8 * k + 8), 8 * word));
  }
}

function valueOf(lever: Kit["levers"][number], rules: Uint8Array): Value {
  const view = new DataView(rules.buffer, rules.byteOffset + 8 * lever.word, 8);
  const number = lever.is_float ? view.getFloat64(0, true) : Number(view.getBigInt64(0, true));
  if (Number.isNaN(number)) return null;
  return lever.kind === "choice" ? lever.choices[number] : lever.kind === "yes_no" ? number === 1 : number;
}

/** Of two changes of a lever on the same day the later one holds, in the place of the earlier one. */
function inTurn(changes: Change[]): Change[] {
  return [...new Map(changes.map((change) => [`${change.path}@${change.day}`, change])).values()];
}

function leverOf(kit: Kit, { path }: Change): Kit["levers"][number] {
  const lever = kit.levers.find((some) => some.path === path);
  if (!lever) throw new Error(`there is no lever ${path}`);
  return lever;
}

/** Write a value into the rules as Python would; what Python refuses is refused. */
function write(kit: Kit, change: Change, rules: Uint8Array): void {
  const lever = leverOf(kit, change);
  const view = new DataView(rules.buffer, rules.byteOffset + 8 * lever.word, 8);
  if (!isAllowed(lever, change.value)) throw new Error(`${change.path} cannot be ${change.value}`);
  const value = lever.kind === "choice" ? lever.choices.indexOf(String(change.value)) : change.value === null ? NaN : Number(change.value);
  if (lever.is_float) view.setFloat64(0, value, true);
  else view.setBigInt64(0, BigInt(value), true);
}

function isAllowed({ kind, choices, may_be_null, least, most }: Lever, value: Value): boolean {
  if (value === null) return may_be_null && kind !== "choice";
  if (kind === "choice") return choices.includes(String(value));
  if (kind === "yes_no") return typeof value === "boolean";
  if (typeof value !== "number" || !Number.isFinite(value) || (kind === "whole" && !Number.isInteger(value))) return false;
  return value >= (least ?? -Infinity) && value <= (most ?? Infinity);
}

function readOf({ bytes, parts }: Parts, whole: Uint8Array, n: number): Uint8Array {
  const stride = whole.length / n;
  const found = new Uint8Array(n * bytes);
  for (let row = 0; row < n; row++)
    for (const [from, to, length] of parts)
      found.set(whole.subarray(row * stride + from, row * stride + from + length), row * bytes + to);
  return found;
}

function segmentsOf(layout: Layout, segments: Uint8Array): Uint8Array {
  const bytes = layout.tables.Company.find(([name]) => name === "segment")![1];
  return readOf(layout.read.segment, segments, segments.length / bytes);
}

/** Where tables lie in the module's memory: a few words for each, its address and lengths, then the tables. */

import type { Table } from "./kit";

const LINE = 64;
const PAGE = 65536;
const WORD = 8;

export const inLine = (place: number): number => Math.ceil(place / LINE) * LINE;

export class Memory {
  readonly at: Record<string, number> = {};
  readonly bytes: Record<string, number> = {};

  /** Lays tables of some shapes out from `start` on; all of them are zeros but those in `kept`, which hold anything. */
  constructor(
    readonly memory: WebAssembly.Memory,
    readonly start: number,
    tables: Table[],
    shapes: Record<string, number[]>,
    wordsPerTable: number,
    kept: string[] = [],
  ) {
    const words = tables.length * wordsPerTable * WORD;
    let end = inLine(start + words);
    for (const [name, rowBytes] of tables) {
      this.at[name] = end;
      this.bytes[name] = shapes[name].reduce((product, length) => product * length, rowBytes);
      end = inLine(end + this.bytes[name]);
    }
    const missing = end - memory.buffer.byteLength;
    if (missing > 0) memory.grow(Math.ceil(missing / PAGE));
    for (const [name] of tables) if (!kept.includes(name)) this.table(name).fill(0);
    const numbers = new Uint32Array(memory.buffer, start, words / 4).fill(0); // below 4 GB: the upper halves stay zero
    tables.forEach(([name, , axes], row) => {
      if (shapes[name].length !== axes) throw new Error(`table ${name} has ${shapes[name].length} axes, not ${axes}`);
      [this.at[name], ...shapes[name]].forEach((word, k) => (numbers[2 * (row * wordsPerTable + k)] = word));
    });
  }

  /** The bytes of a table, valid until the memory grows. */
  table(name: string): Uint8Array {
    return new Uint8Array(this.memory.buffer, this.at[name], this.bytes[name]);
  }

  /** Its words of 8 bytes as numbers. */
  numbers(name: string): Float64Array {
    return new Float64Array(this.memory.buffer, this.at[name], this.bytes[name] / WORD);
  }

  view(name: string): DataView {
    return new DataView(this.memory.buffer, this.at[name], this.bytes[name]);
  }
}

/** A recording as it stands in a file, unpacked: the columns of studio/recording.py as typed arrays. */
import { unzlibSync } from "fflate";
import type { Head, Recording } from "./engine/contract";

export interface Packed {
  head: Head & { columns: [string, string, number, number][] }; // name, kind, length, where it begins
  packed: string;
}

const KINDS: Record<string, (b: ArrayBuffer, at: number, n: number) => ArrayLike<number>> = {
  u1: (b, at, n) => new Uint8Array(b, at, n),
  u2: (b, at, n) => new Uint16Array(b, at, n),
  u4: (b, at, n) => new Uint32Array(b, at, n),
  i4: (b, at, n) => new Int32Array(b, at, n),
  f4: (b, at, n) => new Float32Array(b, at, n),
};
const OF_THE_DAYS = ["contribution", "revenue", "trust_in_marketers", "trust_in_reps", "disputes_open", "came", "went"];

export function unpack({ head, packed }: Packed): Recording {
  const text = atob(packed);
  const bytes = new Uint8Array(text.length);
  for (let i = 0; i < text.length; i++) bytes[i] = text.charCodeAt(i);
  const block = unzlibSync(bytes);
  const buffer = block.buffer.slice(block.byteOffset, block.byteOffset + block.byteLength) as ArrayBuffer;
  const found: Record<string, unknown> = {};
  for (const [name, kind, length, at] of head.columns) found[name] = KINDS[kind](buffer, at, length);
  const daily: Record<string, Float32Array> = {};
  for (const name of OF_THE_DAYS) if (found[name]) daily[name] = found[name] as Float32Array;
  const { day, what, who, about, value, segment, worth } = found;
  return { head, day, what, who, about, value, segment, worth, daily, inState: found.in_state } as Recording;
}

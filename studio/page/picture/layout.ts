/** Where things stand on a canvas of some size: people, borders, and the place of every lead in its zone. */
import type { Recording } from "../engine/contract";
import { N_STATUS, STATUS } from "../events";
import { type Cast, ZONE } from "./state";

/** What two pictures share, so that a pile twice as large is drawn twice as large. */
export interface Scale {
  per: number; // leads that one dot stands for
  never: number; // the most there will be, dots
  lost: number;
  customers: number;
  marketing: number; // with one marketer
  desk: number; // on one desk
}

const MOST_DOTS = 14000;
const UNEVEN = 1.7; // the busiest seat against the mean

export function scaleOf(recordings: Recording[]): Scale {
  const most = (recording: Recording, ...kinds: number[]) => {
    let found = 0;
    for (let at = 0; at < recording.inState.length; at += N_STATUS) {
      let n = 0;
      for (const kind of kinds) n += recording.inState[at + kind];
      found = Math.max(found, n);
    }
    return found;
  };
  const of = (...kinds: number[]) => Math.max(1, ...recordings.map((one) => most(one, ...kinds)));
  const never = of(STATUS.NEVER_WORKED);
  const lost = of(STATUS.LOST, STATUS.CHURNED);
  const marketing = of(STATUS.INQUIRY, STATUS.RECYCLED);
  const per = Math.max(1, Math.ceil((never + lost + marketing) / MOST_DOTS));
  const seats = Math.max(1, Math.min(12, ...recordings.map((one) => one.head.people.marketers)));
  const customers = of(STATUS.CUSTOMER);
  const desks = Math.max(1, ...recordings.map(({ head: { people } }) => Math.min(6, people.sdrs) || Math.min(10, people.executives)));
  const at = (n: number, places: number) => (UNEVEN * n) / per / places;
  const mql = of(STATUS.MQL);
  return { per, never: never / per, lost: lost / per, customers: customers / per, marketing: at(marketing, seats), desk: at(mql, desks) };
}

export interface Box {
  x: number;
  y: number;
  w: number;
  h: number;
}
export interface Point {
  x: number;
  y: number;
}

/** A number between 0 and 1 that looks like luck and is always the same. */
export function hash(i: number, salt: number): number {
  let x = Math.imul(i + 1, 2654435761) ^ Math.imul(salt + 7, 40503);
  x ^= x >>> 15;
  x = Math.imul(x, 2246822519);
  x ^= x >>> 13;
  return (x >>> 0) / 4294967296;
}

/** The places of a heap that grows like poured sand: from the middle of its foot outwards and upwards. */
class Heap {
  readonly pitch: number;
  private readonly xs: Float32Array;
  private readonly ys: Float32Array;
  constructor(readonly box: Box, n: number, pitchMost: number) {
    const half = box.w / 2;
    const area = (box.w * box.h * STEEPNESS) / (STEEPNESS + 1);
    this.pitch = Math.min(pitchMost, Math.sqrt(area / (n + 12)));
    const columns = Math.ceil(half / this.pitch) + 2;
    const cells: [number, number, number][] = [];
    for (let column = -columns; column <= columns; column++) {
      const far = box.h * Math.pow((Math.abs(column) * this.pitch) / half, STEEPNESS);
      for (let row = 0; row * this.pitch <= box.h + 4 * this.pitch; row++) {
        const rough = 2.4 * this.pitch * (hash(column + 999, row) - 0.5);
        cells.push([row * this.pitch + far + (row ? rough : 0), column, row]);
      }
    }
    cells.sort((a, b) => a[0] - b[0]);
    const loose = (cell: [number, number, number], salt: number) => 0.22 * (hash(cell[1] + 7777, 31 * cell[2] + salt) - 0.5);
    this.xs = Float32Array.from(cells, (cell) => box.x + half + (cell[1] + loose(cell, 1)) * this.pitch);
    this.ys = Float32Array.from(cells, (cell) => box.y + box.h - (cell[2] + 0.5 + loose(cell, 2)) * this.pitch);
  }
  at(slot: number, out: Point): void {
    const place = Math.min(slot, this.xs.length - 1);
    out.x = this.xs[place];
    out.y = this.ys[place];
  }
}

const STEEPNESS = 1.35; // 1 is a cone, more is rounder
const USUAL_ROWS = 5; // of leads beside a rep
const GOLDEN = 2.399963;
const TOP = 30;
const FOOT = 36;

export class Layout {
  readonly small: boolean;
  readonly text: number; // px
  readonly face: number; // radius
  readonly market: Box;
  readonly marketing: Box;
  readonly sales: Box;
  readonly tower: Box;
  readonly border: number;
  readonly floor: number;
  readonly never: Heap;
  readonly lost: Heap;
  readonly seed: number; // between the leads around a marketer
  readonly block: number; // of a customer
  readonly desk: number; // between the leads on a desk
  readonly dot: number; // of a lead that is worked

  constructor(readonly w: number, readonly h: number, readonly cast: Cast, readonly scale: Scale) {
    this.small = w < 480;
    this.text = this.small ? 11 : 13;
    const stage = h * 0.63;
    this.floor = h - FOOT;
    this.market = { x: 0, y: TOP, w: w * 0.1, h: stage - TOP };
    this.marketing = { x: w * 0.11, y: TOP, w: w * 0.26, h: stage - TOP };
    this.border = w * 0.465;
    this.sales = { x: w * 0.555, y: TOP, w: w * 0.315, h: stage - TOP };
    this.tower = { x: w * 0.885, y: TOP, w: w * 0.105, h: this.floor - TOP };
    const heap = (x: number, width: number): Box => ({ x, y: stage + 8, w: width, h: this.floor - stage - 8 });
    this.never = new Heap(heap(w * 0.02, w * 0.47), scale.never, this.small ? 3 : 4);
    this.lost = new Heap(heap(w * 0.53, w * 0.335), scale.lost, this.small ? 2.4 : 3);
    this.block = Math.min(6, Math.sqrt((this.tower.w * this.tower.h * 0.62) / (scale.customers + 8)));
    const most = Math.max(cast.reps, cast.marketers * 0.7, 1);
    this.face = Math.max(5, Math.min(this.small ? 8 : 11, (0.4 * this.sales.h) / most));
    const room = Math.min(this.marketing.h / cast.marketers, this.marketing.w * 0.95) / 2;
    this.seed = Math.min(2.6, room / Math.sqrt(scale.marketing + 40));
    this.dot = this.small ? 2.6 : 3.6;
    const beside = this.sales.w * 0.45 - this.face - 8;
    this.desk = Math.max(1.6, Math.min(this.dot + 0.8, Math.sqrt((beside * (this.sales.h / cast.reps - 2)) / scale.desk)));
  }

  marketerAt(seat: number): Point {
    const row = this.marketing.h / this.cast.marketers;
    const n = seat < 0 ? this.cast.marketers / 2 : seat + 0.5;
    return { x: this.marketing.x + this.marketing.w * 0.5, y: this.marketing.y + n * row };
  }

  repAt(seat: number): Point {
    const row = this.sales.h / this.cast.reps;
    const n = seat < 0 ? this.cast.reps / 2 : seat + 0.5;
    return { x: this.sales.x + this.sales.w * 0.45, y: this.sales.y + n * row };
  }

  /** The place of a lead: of its zone and seat the n-th, `lead` for what is left to chance. */
  place(zone: number, seat: number, slot: number, lead: number, out: Point): void {
    const n = Math.floor(slot / this.scale.per);
    switch (zone) {
      case ZONE.MARKETING:
        return this.around(this.marketerAt(seat), n, out);
      case ZONE.WAY: {
        const { y } = this.marketerAt(seat);
        out.x = this.border - 14 - 22 * hash(lead, 5);
        out.y = y + 26 * (hash(lead, 6) - 0.5);
        return;
      }
      case ZONE.DESK:
        return this.inRows(this.repAt(seat), -1, n, this.sales.x + 4, out, this.desk);
      case ZONE.WORKED:
        return this.inRows(this.repAt(seat), 1, n, this.repAt(seat).x + this.sales.w * 0.2, out);
      case ZONE.SELLING: {
        const at = this.repAt(seat);
        at.x += this.sales.w * 0.17;
        return this.inRows(at, 1, n, this.sales.x + this.sales.w - 3, out, this.dot * 1.5);
      }
      case ZONE.CUSTOMER: {
        const wide = Math.max(1, Math.floor(this.tower.w / this.block));
        out.x = this.tower.x + ((n % wide) + 0.5) * this.block;
        out.y = this.floor - (Math.floor(n / wide) + 0.5) * this.block;
        return;
      }
      case ZONE.LOST:
        return this.lost.at(n, out);
      case ZONE.NEVER:
        return this.never.at(n, out);
    }
    out.x = this.market.x + 5 + (this.market.w - 8) * hash(lead, 1);
    out.y = this.market.y + 6 + (this.market.h - 10) * hash(lead, 2);
  }

  /** Like the seeds of a sunflower. */
  private around(at: Point, n: number, out: Point): void {
    const hole = ((this.face + 2.5) / this.seed) ** 2;
    const r = this.seed * Math.sqrt(n + hole);
    out.x = at.x + r * Math.cos(n * GOLDEN);
    out.y = at.y + r * Math.sin(n * GOLDEN);
  }

  /** In rows beside a rep, towards the left or the right, and closer together when there is no room for more. */
  private inRows(at: Point, side: number, n: number, end: number, out: Point, pitch = this.dot + 1): void {
    const start = at.x + side * (this.face + pitch);
    const columns = Math.max(1, Math.floor(Math.abs(end - start) / pitch));
    const most = Math.floor((this.sales.h / this.cast.reps - 2) / pitch);
    const rows = Math.max(1, Math.min(most, Math.max(USUAL_ROWS, Math.ceil(this.scale.desk / columns))));
    const wrapped = n % (rows * columns);
    const shift = n >= rows * columns ? pitch / 2 : 0;
    out.x = start + side * (Math.floor(wrapped / rows) * pitch + shift);
    out.y = at.y + ((wrapped % rows) - (rows - 1) / 2) * pitch;
  }

  personNear(x: number, y: number): { side: "marketer" | "rep"; seat: number } | null {
    const near = (at: Point) => Math.abs(at.x - x) < Math.max(14, this.face + 5) && Math.abs(at.y - y) < Math.max(8, this.face + 2);
    for (let seat = 0; seat < this.cast.marketers; seat++) if (near(this.marketerAt(seat))) return { side: "marketer", seat };
    for (let seat = 0; seat < this.cast.reps; seat++) if (near(this.repAt(seat))) return { side: "rep", seat };
    return null;
  }
}

/** Where every lead, pair and dispute stands on the evening of a day: the tape, replayed. */
import type { Recording } from "../engine/contract";
import { EVENT, N_TOPICS, NOBODY, STATUS } from "../events";

export const ZONE = { MARKET: 0, MARKETING: 1, WAY: 2, DESK: 3, WORKED: 4, SELLING: 5, CUSTOMER: 6, LOST: 7, NEVER: 8 } as const;
export const N_ZONES = 9;
const MOST_SEATS = { executives: 10, sdrs: 6, marketers: 12 };
const LONG_AGO = -99;

/** Who sits where in the picture: of large companies several people share a seat. */
export class Cast {
  readonly executives: number;
  readonly sdrs: number;
  readonly marketers: number;
  constructor(readonly recording: Recording) {
    const { people } = recording.head;
    this.executives = Math.min(people.executives, MOST_SEATS.executives);
    this.sdrs = Math.min(people.sdrs, MOST_SEATS.sdrs);
    this.marketers = Math.min(people.marketers, MOST_SEATS.marketers);
  }
  get reps(): number {
    return this.executives + this.sdrs;
  }
  seatOfRep(rep: number): number {
    const { executives, sdrs } = this.recording.head.people;
    if (rep < executives) return Math.floor((rep * this.executives) / executives);
    return this.executives + Math.floor(((rep - executives) * this.sdrs) / sdrs);
  }
  seatOfMarketer(marketer: number): number {
    return Math.floor((marketer * this.marketers) / this.recording.head.people.marketers);
  }
}

export class State {
  readonly cast: Cast;
  readonly nReps: number;
  readonly nMarketers: number;
  day = -1;
  status!: Uint8Array;
  owner!: Int32Array;
  marketer!: Int32Array;
  group!: Int32Array; // where a lead is drawn: a zone, and in it a seat
  slot!: Int32Array; // its place there
  fromGroup!: Int32Array; // and where it was before it moved last
  fromSlot!: Int32Array;
  movedOn!: Int16Array;
  members!: number[][];
  trustInMarketer!: Float32Array; // [rep, marketer], NaN until told
  trustInRep!: Float32Array; // [marketer, rep]
  told = 0; // changes when trust does
  openSince!: Int16Array; // of each topic, -1 if there is no dispute
  emptySeat!: Uint8Array;
  lastMeeting = LONG_AGO;
  readonly zoneOf: Uint8Array;
  readonly seatOf: Int16Array;
  private readonly firstGroup: number[] = [];
  private readonly firstRow: Uint32Array;

  constructor(readonly recording: Recording) {
    this.cast = new Cast(recording);
    const { people, days } = recording.head;
    this.nReps = people.executives + people.sdrs;
    this.nMarketers = people.marketers;
    const seats = [0, this.cast.marketers, this.cast.marketers, this.cast.reps, this.cast.reps, this.cast.reps, 0, 0, 0];
    const zones: number[] = [];
    const seatOf: number[] = [];
    seats.forEach((n, zone) => {
      this.firstGroup.push(zones.length);
      for (let seat = 0; seat <= n; seat++) zones.push(zone), seatOf.push(seat < n ? seat : NOBODY);
    });
    this.zoneOf = Uint8Array.from(zones);
    this.seatOf = Int16Array.from(seatOf);
    this.firstRow = new Uint32Array(days + 1);
    for (let row = 0; row < recording.day.length; row++) this.firstRow[recording.day[row] + 1]++;
    for (let day = 0; day < days; day++) this.firstRow[day + 1] += this.firstRow[day];
    this.begin();
  }

  /** The rows of the tape of a day, from the first up to, not including, the second. */
  rows(day: number): [number, number] {
    return [this.firstRow[day], this.firstRow[day + 1]];
  }

  /** The evening of a day: from the beginning again where it lies before today. */
  seek(day: number): void {
    const goal = Math.max(-1, Math.min(this.recording.head.days - 1, Math.floor(day)));
    if (goal < this.day) this.begin();
    while (this.day < goal) this.live();
  }

  count(zone: number): number {
    return this.members[this.firstGroup[zone]].length;
  }

  /** One number for everything here: two states that differ have, very likely, two numbers. */
  digest(): number {
    let sum = 2166136261;
    const add = (values: ArrayLike<number>) => {
      for (let i = 0; i < values.length; i++) sum = Math.imul(sum ^ Math.round(values[i] * 4096), 16777619);
    };
    for (const part of [this.status, this.owner, this.marketer, this.group, this.slot, this.fromGroup, this.fromSlot]) add(part);
    for (const part of [this.movedOn, this.openSince, this.emptySeat, [this.lastMeeting, this.day]]) add(part);
    add(this.trustInMarketer.map((value) => (value === value ? value : -1)));
    add(this.trustInRep.map((value) => (value === value ? value : -1)));
    this.members.forEach(add);
    return sum >>> 0;
  }

  private begin(): void {
    const n = this.recording.head.n_prospects;
    this.day = -1;
    this.status = new Uint8Array(n).fill(STATUS.PROSPECT);
    this.owner = new Int32Array(n).fill(NOBODY);
    this.marketer = new Int32Array(n).fill(NOBODY);
    this.group = new Int32Array(n);
    this.slot = new Int32Array(n);
    this.fromGroup = new Int32Array(n);
    this.fromSlot = new Int32Array(n);
    this.movedOn = new Int16Array(n).fill(LONG_AGO);
    this.members = Array.from(this.zoneOf, () => []);
    this.trustInMarketer = new Float32Array(this.nReps * this.nMarketers).fill(NaN);
    this.trustInRep = new Float32Array(this.nReps * this.nMarketers).fill(NaN);
    this.openSince = new Int16Array(N_TOPICS).fill(-1);
    this.emptySeat = new Uint8Array(this.nReps);
    this.lastMeeting = LONG_AGO;
    this.told++;
  }

  private live(): void {
    const { what, who, about, value } = this.recording;
    const [first, last] = this.rows(++this.day);
    for (let row = first; row < last; row++) this.happens(what[row], who[row], about[row], value[row]);
  }

  private happens(what: number, who: number, about: number, value: number): void {
    switch (what) {
      case EVENT.STATUS:
        this.status[who] = about;
        return this.place(who);
      case EVENT.OWNER:
        this.owner[who] = about;
        return this.place(who);
      case EVENT.MARKETER:
        this.marketer[who] = about;
        return this.place(who);
      case EVENT.DISPUTE_OPENED:
        this.openSince[who] = this.day;
        return;
      case EVENT.DISPUTE_CLOSED:
        this.openSince[who] = -1;
        return;
      case EVENT.MEETING:
        this.lastMeeting = this.day;
        return;
      case EVENT.REP_LEFT:
      case EVENT.REP_CAME:
        this.emptySeat[who] = what === EVENT.REP_LEFT ? 1 : 0;
        return;
      case EVENT.TRUST_IN_MARKETER:
        return this.trusts(this.trustInMarketer, this.nMarketers, who, about, value);
      case EVENT.TRUST_IN_REP:
        return this.trusts(this.trustInRep, this.nReps, who, about, value);
    }
  }

  private trusts(table: Float32Array, width: number, who: number, about: number, value: number): void {
    this.told++;
    if (about === NOBODY) table.fill(value, who * width, (who + 1) * width);
    else table[who * width + about] = value;
  }

  /** The zone and seat where a lead belongs now. */
  private home(lead: number): number {
    const owner = this.owner[lead] === NOBODY ? NOBODY : this.cast.seatOfRep(this.owner[lead]);
    const marketer = this.marketer[lead] === NOBODY ? NOBODY : this.cast.seatOfMarketer(this.marketer[lead]);
    const at = (zone: number, seat: number, seats: number) => this.firstGroup[zone] + (seat === NOBODY ? seats : seat);
    switch (this.status[lead]) {
      case STATUS.INQUIRY:
      case STATUS.RECYCLED:
        return at(ZONE.MARKETING, marketer, this.cast.marketers);
      case STATUS.MQL:
        return owner === NOBODY ? at(ZONE.WAY, marketer, this.cast.marketers) : at(ZONE.DESK, owner, this.cast.reps);
      case STATUS.ACCEPTED:
      case STATUS.SQL:
        return at(ZONE.WORKED, owner, this.cast.reps);
      case STATUS.OPPORTUNITY:
        return at(ZONE.SELLING, owner, this.cast.reps);
      case STATUS.CUSTOMER:
        return this.firstGroup[ZONE.CUSTOMER];
      case STATUS.LOST:
      case STATUS.CHURNED:
        return this.firstGroup[ZONE.LOST];
      case STATUS.NEVER_WORKED:
        return this.firstGroup[ZONE.NEVER];
    }
    return 0;
  }

  private place(lead: number): void {
    const goal = this.home(lead);
    const was = this.group[lead];
    if (goal === was) return;
    if (this.zoneOf[was] !== ZONE.MARKET) {
      const list = this.members[was];
      const last = list.pop() as number;
      if (last !== lead) {
        this.leaves(last);
        list[this.slot[lead]] = last;
        this.slot[last] = this.slot[lead];
      }
    }
    this.leaves(lead);
    this.group[lead] = goal;
    this.slot[lead] = this.zoneOf[goal] === ZONE.MARKET ? 0 : this.members[goal].push(lead) - 1;
  }

  /** A lead leaves its place; of several moves in a day the first one counts. */
  private leaves(lead: number): void {
    if (this.movedOn[lead] === this.day) return;
    this.fromGroup[lead] = this.group[lead];
    this.fromSlot[lead] = this.slot[lead];
    this.movedOn[lead] = this.day;
  }
}

/** One company on one canvas: who is there, where every lead stands, how they get along. */
import { N_STATUS, STATUS } from "../events";
import type { Formats } from "../formats";
import type { Words } from "../words/words";
import { hash, Layout, type Box, type Point, type Scale } from "./layout";
import { box, COLOUR, face, GREY, hands, mix, RED, trustColour, USUAL_TRUST } from "./shapes";
import { State, ZONE } from "./state";

const USUAL_PAIRS = 72; // of more, lines are thinner
const SHOWN_AT_MOST = 4; // disputes by name
const PROSPECTS_PER_DOT = 40;

/** How a moment is shown: leads glide for so many days (0: they jump); what is chosen has a ring. */
export interface Look {
  glide_d: number;
  still: boolean;
  lead: number | null;
  marketer: number | null;
  rep: number | null;
}

export class Picture {
  layout!: Layout;
  private readonly context: CanvasRenderingContext2D;
  private readonly point: Point = { x: 0, y: 0 };
  private readonly from: Point = { x: 0, y: 0 };
  private pairs!: Float32Array; // mean trust, both ways, of the people of two seats
  private told = -1;

  constructor(readonly canvas: HTMLCanvasElement, readonly state: State, readonly scale: Scale) {
    this.context = canvas.getContext("2d") as CanvasRenderingContext2D;
  }

  /** Take the size that the page gives to the canvas. */
  fit(width: number, height: number): void {
    const dense = Math.min(2, window.devicePixelRatio || 1);
    this.canvas.width = Math.round(width * dense);
    this.canvas.height = Math.round(height * dense);
    this.context.setTransform(dense, 0, 0, dense, 0, 0);
    this.layout = new Layout(width, height, this.state.cast, this.scale);
  }

  draw(t: number, look: Look, words: Words, formats: Formats): void {
    const { context: c, layout: l } = this;
    c.clearRect(0, 0, l.w, l.h);
    this.grounds(words, formats);
    this.trust(look);
    this.border(t, look);
    this.leads(t, look);
    this.people(look);
    this.disputes(t, look, words);
    if (look.lead !== null) this.ring(look.lead, t, look, words);
  }

  private font(weight: number, size = this.layout.text): void {
    this.context.font = `${weight} ${size}px system-ui, "Noto Sans", "Noto Sans CJK SC", sans-serif`;
  }

  private grounds(words: Words, formats: Formats): void {
    const { context: c, layout: l, state } = this;
    const rounded = (x: number, y: number, w: number, h: number, fill: string) => {
      c.fillStyle = fill;
      box(c, x, y, w, h, 10);
      c.fill();
    };
    rounded(l.marketing.x, l.marketing.y - 4, l.marketing.w, l.marketing.h + 4, COLOUR.marketing);
    rounded(l.sales.x, l.sales.y - 4, l.sales.w, l.sales.h + 4, COLOUR.sales);
    c.fillStyle = COLOUR.line;
    c.fillRect(l.never.box.x, l.floor, l.never.box.w, 1);
    c.fillRect(l.lost.box.x, l.floor, l.lost.box.w, 1);
    c.fillRect(l.tower.x, l.floor, l.tower.w, 1);
    const at = Math.max(0, state.day) * N_STATUS;
    const dots = Math.min(400, state.recording.inState[at + STATUS.PROSPECT] / PROSPECTS_PER_DOT);
    c.fillStyle = "#a3afbc";
    for (let i = 0; i < dots; i++) {
      c.fillRect(3 + (l.market.w - 8) * hash(i, 21), l.market.y + 4 + (l.market.h - 10) * hash(i, 22), 2, 2);
    }
    this.font(600);
    c.textBaseline = "alphabetic";
    c.textAlign = "center";
    c.fillStyle = COLOUR.soft;
    const head = (text: string, x: number, w: number) => c.fillText(text, Math.max(x + w / 2, c.measureText(text).width / 2 + 1), 17, w * 1.35);
    head(words.market, l.market.x, l.market.w);
    c.fillStyle = COLOUR.ink;
    head(words.marketing, l.marketing.x, l.marketing.w);
    head(words.sales, l.sales.x, l.sales.w);
    this.piles(words, formats);
    c.textAlign = "left";
  }

  private piles(words: Words, formats: Formats): void {
    const { context: c, layout: l, state } = this;
    const y = l.h - 11;
    this.under(formats.number(state.count(ZONE.NEVER)), words.neverCalled, l.never.box, y, true);
    this.under(formats.number(state.count(ZONE.LOST)), words.lostPile, l.lost.box, y, false);
    this.font(600);
    c.fillStyle = COLOUR.customer;
    const n = formats.number(state.count(ZONE.CUSTOMER));
    const end = l.w - 2;
    c.textAlign = "right";
    c.fillText(words.customers, end, 17, l.w * 0.2);
    c.textAlign = "center";
    c.fillText(n, l.tower.x + l.tower.w / 2, y);
  }

  /** How many there are, and of what, under a pile. */
  private under(n: string, text: string, { x, w }: Box, y: number, main: boolean): void {
    const { context: c, layout: l } = this;
    const fonts: [string, number, number][] = [[n, main ? 800 : 600, l.text + (main ? (l.small ? 7 : 11) : 2)], [` ${text}`, main ? 700 : 400, l.text + (main ? 2 : 0)]];
    const widths = fonts.map(([part, weight, size]) => (this.font(weight, size), c.measureText(part).width));
    let at = x + Math.max(0, (w - widths[0] - widths[1]) / 2);
    c.textAlign = "left";
    c.fillStyle = main ? COLOUR.ink : COLOUR.soft;
    fonts.forEach(([part, weight, size], i) => {
      this.font(weight, size);
      c.fillText(part, at, y, Math.max(20, i ? x + w - at : w));
      at += widths[i];
    });
  }

  /** Lines between the two sides, as strong and as blue as they trust each other. */
  private trust(look: Look): void {
    const { context: c, layout: l, state } = this;
    const { marketers, reps } = state.cast;
    if (this.told !== state.told) this.meanOfSeats();
    const lighter = Math.min(1, Math.sqrt(USUAL_PAIRS / (marketers * reps)));
    for (let m = 0; m < marketers; m++) {
      for (let r = 0; r < reps; r++) {
        const trust = this.pairs[m * reps + r];
        if (trust !== trust) continue;
        const a = l.marketerAt(m);
        const b = l.repAt(r);
        const chosen = look.marketer === m || look.rep === r;
        c.strokeStyle = trustColour(trust);
        c.globalAlpha = chosen ? 1 : Math.min(0.5, 0.2 + 0.8 * Math.abs(trust - USUAL_TRUST)) * lighter;
        c.lineWidth = (0.5 + 1.7 * trust) * (l.small ? 0.6 : lighter) + (chosen ? 1 : 0);
        const x = [a.x + l.face, b.x - l.face];
        const middle = (x[0] + x[1]) / 2;
        c.beginPath();
        c.moveTo(x[0], a.y);
        c.bezierCurveTo(middle, a.y, middle, b.y, x[1], b.y);
        c.stroke();
      }
    }
    c.globalAlpha = 1;
  }

  private meanOfSeats(): void {
    const { state } = this;
    const { cast } = state;
    const sum = new Float64Array(cast.marketers * cast.reps);
    const n = new Float64Array(sum.length);
    for (let m = 0; m < state.nMarketers; m++) {
      for (let r = 0; r < state.nReps; r++) {
        const at = cast.seatOfMarketer(m) * cast.reps + cast.seatOfRep(r);
        sum[at] += state.trustInMarketer[r * state.nMarketers + m] + state.trustInRep[m * state.nReps + r];
        n[at] += 2;
      }
    }
    this.pairs = Float32Array.from(sum, (value, at) => value / n[at]);
    this.told = state.told;
  }

  private border(t: number, look: Look): void {
    const { context: c, layout: l, state } = this;
    let open = 0;
    for (const since of state.openSince) if (since >= 0) open++;
    const heat = Math.min(1, open / 5);
    const met = Math.max(0, 1 - (t - state.lastMeeting) / 4);
    const gap = met > 0 ? 34 * (look.still ? 1 : Math.min(1, met * 1.6)) : 0;
    const middle = l.marketing.y + l.marketing.h / 2;
    const wobble = look.still ? 0 : 1.6 * heat * Math.sin(t * 2.3);
    c.strokeStyle = open ? mix(GREY, RED, 0.35 + 0.65 * heat) : "#9aa1ab";
    c.lineWidth = 2 + 3 * heat;
    c.setLineDash([8, 6]);
    for (const [y0, y1] of gap ? [[TOP_OF_BORDER, middle - gap], [middle + gap, l.marketing.y + l.marketing.h]] : [[TOP_OF_BORDER, l.marketing.y + l.marketing.h]]) {
      c.beginPath();
      c.moveTo(l.border + wobble, y0);
      c.lineTo(l.border - wobble, y1);
      c.stroke();
    }
    c.setLineDash([]);
    if (gap) hands(c, l.border, middle, l.small ? 9 : 12, Math.min(1, 0.35 + met));
  }

  private leads(t: number, look: Look): void {
    const { layout: l } = this;
    this.squares(ZONE.LOST, l.lost.pitch * 0.72, COLOUR.lost, t, look);
    this.squares(ZONE.MARKETING, Math.max(1.4, Math.min(2.4, l.seed * 1.25)), COLOUR.inquiry, t, look);
    this.squares(ZONE.NEVER, l.never.pitch * 0.84, COLOUR.never, t, look);
    this.squares(ZONE.CUSTOMER, l.block * 0.82, COLOUR.customer, t, look);
    this.squares(ZONE.WAY, l.dot, COLOUR.desk, t, look);
    this.squares(ZONE.DESK, l.desk * 0.82, COLOUR.desk, t, look);
    this.squares(ZONE.WORKED, l.dot * 1.15, COLOUR.worked, t, look, 0);
    this.squares(ZONE.SELLING, l.dot * 1.35, COLOUR.selling, t, look, 1);
  }

  /** All leads of a zone: squares, discs (`shape` 0) or diamonds (1); on their way they are larger. */
  private squares(zone: number, size: number, colour: string, t: number, look: Look, shape = -1): void {
    const { context: c, state, point } = this;
    c.fillStyle = colour;
    if (shape >= 0) c.beginPath();
    const moving = t - look.glide_d;
    for (let group = 0; group < state.members.length; group++) {
      if (state.zoneOf[group] !== zone) continue;
      const leads = state.members[group];
      for (let n = 0; n < leads.length; n += this.scale.per) {
        const lead = leads[n];
        let r = size / 2;
        this.layout.place(zone, state.seatOf[group], n, lead, point);
        if (state.movedOn[lead] > moving) {
          r = Math.max(r, this.layout.dot * 0.5);
          this.glide(lead, zone, (t - state.movedOn[lead]) / look.glide_d);
        }
        if (shape < 0) c.fillRect(point.x - r, point.y - r, 2 * r, 2 * r);
        else if (shape === 0) c.moveTo(point.x + r, point.y), c.arc(point.x, point.y, r, 0, 6.2832);
        else c.moveTo(point.x, point.y - r), c.lineTo(point.x + r, point.y), c.lineTo(point.x, point.y + r), c.lineTo(point.x - r, point.y);
      }
    }
    if (shape >= 0) c.fill();
  }

  /** Move `point` back on the way from where the lead was; what is given up falls. */
  private glide(lead: number, zone: number, share: number): void {
    const { state, from, point } = this;
    const was = state.fromGroup[lead];
    this.layout.place(state.zoneOf[was], state.seatOf[was], state.fromSlot[lead], lead, from);
    const s = Math.max(0, Math.min(1, share));
    const across = s * s * (3 - 2 * s);
    const down = zone === ZONE.NEVER || zone === ZONE.LOST ? s * s * s : across;
    point.x = from.x + (point.x - from.x) * across;
    point.y = from.y + (point.y - from.y) * down;
  }

  private people(look: Look): void {
    const { layout: l, state } = this;
    const { marketers, reps, executives } = state.cast;
    const mean = (n: number, pair: (i: number) => number) => {
      let sum = 0;
      for (let i = 0; i < n; i++) sum += this.pairs[pair(i)];
      return sum / n;
    };
    for (let m = 0; m < marketers; m++) {
      face(this.context, l.marketerAt(m), l.face, mean(reps, (r) => m * reps + r), 0, look.marketer === m);
    }
    for (let r = 0; r < reps; r++) {
      const mood = mean(marketers, (m) => m * reps + r);
      face(this.context, l.repAt(r), l.face, this.isEmpty(r) ? NaN : mood, r < executives ? 1 : 2, look.rep === r);
    }
  }

  /** Whether nobody sits in any of the chairs of a seat. */
  private isEmpty(seat: number): boolean {
    for (let rep = 0; rep < this.state.nReps; rep++) {
      if (this.state.cast.seatOfRep(rep) === seat && !this.state.emptySeat[rep]) return false;
    }
    return true;
  }

  private disputes(t: number, look: Look, words: Words): void {
    const { context: c, layout: l, state } = this;
    const open = Array.from(state.openSince, (since, topic) => ({ since, topic })).filter((one) => one.since >= 0);
    open.sort((a, b) => b.since - a.since);
    const row = l.text + 13;
    open.slice(0, SHOWN_AT_MOST).forEach(({ since, topic }, n) => {
      const fresh = look.still ? 0 : Math.max(0, 1 - (t - since) / 3);
      this.font(n === 0 ? 600 : 400, l.text - 1);
      const text = words.topics[topic] + (n === SHOWN_AT_MOST - 1 && open.length > SHOWN_AT_MOST ? ` +${open.length - SHOWN_AT_MOST}` : "");
      const w = c.measureText(text).width + 14;
      c.save();
      c.translate(Math.max(w / 2 + 2, l.border), l.marketing.y + 20 + n * row);
      c.scale(1 + 0.25 * fresh, 1 + 0.25 * fresh);
      box(c, -w / 2, -row / 2 + 2, w, row - 4, 8);
      c.fillStyle = "#fff7f1";
      c.fill();
      c.strokeStyle = COLOUR.bad;
      c.lineWidth = 1.4;
      c.stroke();
      c.fillStyle = COLOUR.badText;
      c.textAlign = "center";
      c.textBaseline = "middle";
      c.fillText(text, 0, 0.5);
      c.restore();
    });
    c.textBaseline = "alphabetic";
    c.textAlign = "left";
  }

  /** Where a lead is drawn at a moment. */
  where(lead: number, t: number, look: Look): Point {
    const { state, point } = this;
    const group = state.group[lead];
    this.layout.place(state.zoneOf[group], state.seatOf[group], state.slot[lead], lead, point);
    if (state.movedOn[lead] > t - look.glide_d) this.glide(lead, state.zoneOf[group], (t - state.movedOn[lead]) / look.glide_d);
    return point;
  }

  private ring(lead: number, t: number, look: Look, words: Words): void {
    const { context: c, layout: l } = this;
    const { x, y } = this.where(lead, t, look);
    c.strokeStyle = COLOUR.ink;
    c.lineWidth = 2.5;
    c.beginPath();
    c.arc(x, y, 8, 0, 6.2832);
    c.stroke();
    this.font(600, l.text - 1);
    const text = words.thisLead;
    const w = c.measureText(text).width + 10;
    const left = Math.max(2, Math.min(l.w - w - 2, x - w / 2));
    c.fillStyle = COLOUR.ink;
    box(c, left, y - 29, w, 18, 5);
    c.fill();
    c.fillStyle = COLOUR.paper;
    c.fillText(text, left + 5, y - 16);
  }

  /** The lead drawn nearest to a place, if one is near. */
  leadNear(x: number, y: number, t: number, look: Look): number | null {
    let best = 64;
    let found: number | null = null;
    for (const leads of this.state.members) {
      for (let n = 0; n < leads.length; n += this.scale.per) {
        const at = this.where(leads[n], t, look);
        const far = (at.x - x) ** 2 + (at.y - y) ** 2;
        if (far < best) (best = far), (found = leads[n]);
      }
    }
    return found;
  }
}

const TOP_OF_BORDER = 24;

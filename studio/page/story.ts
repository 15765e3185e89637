/** What happened to a lead, in words from the tape. */
import type { Recording } from "./engine/contract";
import { EVENT, NOBODY, STATUS } from "./events";
import { repName, type Studio, type World } from "./studio";

export interface Line {
  day: number;
  text: string;
  ends: boolean; // whether the lead's way with us ends here
}

const OF_A_LEAD: number[] = [
  EVENT.REACHED, EVENT.RECOMMENDED, EVENT.STATUS, EVENT.OWNER, EVENT.ASKED, EVENT.NURTURED, EVENT.ON_DESK, EVENT.PUT_ASIDE,
  EVENT.ATTEMPT, EVENT.TALK, EVENT.STEP, EVENT.DECISION, EVENT.SIGNED, EVENT.ONBOARDING_OVER, EVENT.COMPLAINT,
  EVENT.COMPLAINT_OVER, EVENT.RENEWED, EVENT.NOT_PAID,
];
const REFERRAL = -2;
const ENDINGS: number[] = [STATUS.LOST, STATUS.NEVER_WORKED, STATUS.CHURNED, STATUS.CUSTOMER];

/** The rows of the tape about a lead, its own recommendations included. */
export function rowsOf(recording: Recording, lead: number): number[] {
  const { what, who, about } = recording;
  const found: number[] = [];
  for (let row = 0; row < who.length; row++) {
    if (who[row] === lead ? OF_A_LEAD.includes(what[row]) : what[row] === EVENT.RECOMMENDED && about[row] === lead) found.push(row);
  }
  return found;
}

/** All lines of a lead's story; what is said several times in a row is said once, with how often. */
export function storyOf(studio: Studio, world: World, lead: number): Line[] {
  const { recording } = world;
  const teller = new Teller(studio, world, lead, rowsOf(recording, lead));
  const lines: Line[] = [];
  let times = 1;
  if (lead < recording.head.installed_base) lines.push({ day: 0, text: studio.words.story.customerBefore, ends: false });
  for (let at = 0; at < teller.rows.length; at++) {
    const day = recording.day[teller.rows[at]];
    if (day === 0 && lead < recording.head.installed_base) continue;
    const text = teller.tell(at);
    if (!text) continue;
    const last = lines[lines.length - 1];
    const same = last && teller.lastText === text;
    times = same ? times + 1 : 1;
    teller.lastText = text;
    if (same) last.text = studio.words.lead.times(text, studio.formats.number(times));
    else lines.push({ day, text, ends: teller.ends(at) });
  }
  return lines;
}

export class Teller {
  lastText = "";
  private owner = NOBODY;
  private status: number = STATUS.PROSPECT;

  constructor(private readonly studio: Studio, private readonly world: World, private readonly lead: number, readonly rows: number[]) {}

  ends(at: number): boolean {
    const { what, about } = this.world.recording;
    return what[this.rows[at]] === EVENT.STATUS && ENDINGS.includes(about[this.rows[at]]);
  }

  /** One row in words; nothing where the row before or after says it. */
  tell(at: number): string {
    const { what, about, who, value } = this.world.recording;
    const row = this.rows[at];
    const { story, channels } = this.studio.words;
    const { formats } = this.studio;
    const rep = () => repName(this.studio, this.world, about[row]);
    switch (what[row]) {
      case EVENT.REACHED:
        if (about[row] === NOBODY) return story.found(repName(this.studio, this.world, this.ownerFrom(at)));
        if (about[row] === REFERRAL) return "";
        return story.reached(named(channels, this.world.recording.head.channels[about[row]]));
      case EVENT.RECOMMENDED:
        return who[row] === this.lead ? story.recommended : story.recommends;
      case EVENT.STATUS:
        return this.moves(at, about[row]);
      case EVENT.OWNER: {
        const before = this.owner;
        this.owner = about[row];
        const withSales: number[] = [STATUS.MQL, STATUS.ACCEPTED, STATUS.SQL, STATUS.OPPORTUNITY, STATUS.CUSTOMER];
        return about[row] !== NOBODY && before !== NOBODY && withSales.includes(this.status) ? story.passed(rep()) : "";
      }
      case EVENT.ASKED:
        return story.asks;
      case EVENT.NURTURED:
        return story.nurtured;
      case EVENT.ON_DESK:
        return story.onDesk(rep(), Math.round(value[row]) - 1, formats);
      case EVENT.PUT_ASIDE:
        return story.aside(rep());
      case EVENT.ATTEMPT: {
        const talk = this.next(at, EVENT.TALK);
        if (talk === null) return story.notReached(rep());
        return talk > 0 ? story.project(rep()) : story.noProject(rep());
      }
      case EVENT.STEP:
        return story.step(Math.round(value[row]));
      case EVENT.DECISION:
        return value[row] > 0.004 ? story.offer(rep(), formats.percent(value[row])) : "";
      case EVENT.SIGNED:
        return story.signed(rep(), formats.euro(value[row]));
      case EVENT.ONBOARDING_OVER:
        return story.onboarded(formats.percent(value[row]));
      case EVENT.COMPLAINT:
        return story.complains;
      case EVENT.COMPLAINT_OVER:
        return story.complaintOver(formats.percent(value[row]));
      case EVENT.RENEWED:
        return story.renews(formats.euro(value[row]));
      case EVENT.NOT_PAID:
        return story.notPaid;
    }
    return "";
  }

  private moves(at: number, status: number): string {
    const { story } = this.studio.words;
    this.status = status;
    const owner = this.ownerFrom(at);
    if (status === STATUS.MQL) return story.handedOver(repName(this.studio, this.world, owner));
    if (status === STATUS.OPPORTUNITY) return story.opportunity(repName(this.studio, this.world, owner));
    if (status === STATUS.RECYCLED) return story.handedBack;
    if (status === STATUS.LOST) return story.lost;
    if (status === STATUS.NEVER_WORKED) return story.never;
    if (status === STATUS.CHURNED) return story.churned;
    return "";
  }

  /** Whose it is: the rep it has, or else the one it gets later that day. */
  private ownerFrom(at: number): number {
    const { what, about, day } = this.world.recording;
    for (let later = at + 1; this.owner === NOBODY && later < this.rows.length && day[this.rows[later]] === day[this.rows[at]]; later++) {
      if (what[this.rows[later]] === EVENT.OWNER) return about[this.rows[later]];
    }
    return this.owner;
  }

  /** The value of the next such row of the same day, before another attempt. */
  private next(at: number, event: number): number | null {
    const { what, value, day } = this.world.recording;
    for (let later = at + 1; later < this.rows.length && day[this.rows[later]] === day[this.rows[at]]; later++) {
      if (what[this.rows[later]] === EVENT.ATTEMPT) return null;
      if (what[this.rows[later]] === event) return value[this.rows[later]];
    }
    return null;
  }
}

export function named(names: Record<string, string>, name: string): string {
  return Object.prototype.hasOwnProperty.call(names, name) ? names[name] : name.replace(/_/g, " ");
}

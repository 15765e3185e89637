/** What in a recording is worth a caption, a mark on the time line, or a stop. */
import type { Recording } from "./engine/contract";
import { EVENT, N_STATUS, STATUS } from "./events";

export type Kind = "dispute" | "closed" | "meeting" | "quits" | "comes" | "change" | "never" | "won";
export interface Notable {
  day: number;
  kind: Kind;
  who: number;
  about: number;
}

const KINDS: Record<number, Kind> = {
  [EVENT.DISPUTE_OPENED]: "dispute",
  [EVENT.DISPUTE_CLOSED]: "closed",
  [EVENT.MEETING]: "meeting",
  [EVENT.REP_LEFT]: "quits",
  [EVENT.REP_CAME]: "comes",
  [EVENT.PRACTICE_CHANGES]: "change",
};
const NEVER_CALLED = [1, 10, 50, 100, 200, 300, 400, 500];
const EVERY = 500;

/** In the order of days; where a day has several, what matters most comes last. */
export function notableIn(recording: Recording): Notable[] {
  const found: Notable[] = [];
  const { what, who, about, day } = recording;
  for (let row = 0; row < what.length; row++) {
    const kind = KINDS[what[row]];
    if (kind) found.push({ day: day[row], kind, who: who[row], about: about[row] });
  }
  found.push(...crossings(recording, STATUS.NEVER_WORKED, "never", NEVER_CALLED, EVERY));
  found.push(...crossings(recording, STATUS.CUSTOMER, "won", [], 100));
  const order: Kind[] = ["meeting", "comes", "won", "closed", "quits", "dispute", "change", "never"];
  return found.sort((a, b) => a.day - b.day || order.indexOf(a.kind) - order.indexOf(b.kind));
}

/** The days on which there are for the first time so many in a state. */
function crossings(recording: Recording, status: number, kind: Kind, first: number[], every: number): Notable[] {
  const found: Notable[] = [];
  let most = recording.inState[status];
  for (let day = 1; day < recording.head.days; day++) {
    const n = recording.inState[day * N_STATUS + status];
    if (n <= most) continue;
    const marks = first.filter((mark) => mark > most && mark <= n);
    if (Math.floor(n / every) > Math.floor(most / every)) marks.push(every * Math.floor(n / every));
    if (marks.length) found.push({ day, kind, who: Math.max(...marks), about: 0 });
    most = n;
  }
  return found;
}

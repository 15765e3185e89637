/** One lead, its story in both companies side by side. */
import { button, h, labelled } from "./dom";
import type { Recording } from "./engine/contract";
import { EVENT, STATUS } from "./events";
import { named, storyOf, type Line } from "./story";
import type { Part, Studio } from "./studio";

export function leadPanel(studio: Studio): Part & { renew(): void } {
  const { words, formats } = studio;
  const number = h("input", { type: "number", min: 0, max: studio.worlds[0].recording.head.n_prospects - 1, inputmode: "numeric" });
  number.addEventListener("change", () => {
    const lead = number.valueAsNumber;
    const known = Number.isInteger(lead) && lead >= 0 && studio.worlds.every((world) => lead < world.recording.head.n_prospects);
    studio.choose({ lead: known ? lead : null });
  });
  const follow = button(words.lead.follow, () => studio.choose({ lead: nextDifferent(studio, null) }), { class: "follow" });
  const next = button(words.lead.next, () => studio.choose({ lead: nextDifferent(studio, studio.chosen.lead) }));
  const none = button(words.lead.close, () => (studio.choose({ lead: null }), follow.focus()));
  const title = h("p", { class: "who" });
  const columns = studio.worlds.map((_, side) => h("div", { class: `story side-${side}` }));
  const element = h(
    "section",
    { class: "card lead", "aria-label": words.lead.title },
    h("h2", {}, words.lead.title),
    h("p", { class: "hint" }, words.lead.hint),
    h("div", { class: "row" }, follow, next, none, labelled(words.lead.number, number)),
    title,
    h("div", { class: "pair" }, ...columns),
  );
  let lines: Line[][] = [];
  let of: number | null = null;
  let told: number[] = [];

  const tellSide = (side: number) => {
    const so_far = lines[side].filter((line) => line.day <= studio.day);
    if (told[side] === so_far.length) return;
    told[side] = so_far.length;
    const list = h("ol", {}, ...so_far.map((line) => h("li", { class: line.ends ? "end" : "" }, h("b", {}, formats.number(line.day)), ` ${line.text}`)));
    const more = lines[side].length > so_far.length ? h("p", { class: "hint" }, so_far.length ? words.lead.later : words.lead.unknown) : null;
    const nothing = lines[side].length ? null : h("p", { class: "hint" }, words.lead.unknown);
    const head = h("h3", {}, studio.worlds[side].name);
    columns[side].replaceChildren(head, list, ...[more, nothing].filter((one): one is HTMLParagraphElement => one !== null));
  };
  const show = () => {
    const { lead } = studio.chosen;
    if (lead !== of) {
      of = lead;
      told = [];
      lines = lead === null ? [] : studio.worlds.map((world) => storyOf(studio, world, lead));
      title.textContent = lead === null ? "" : whoIs(studio, lead);
      number.value = lead === null ? "" : String(lead);
      none.hidden = lead === null;
      if (lead === null) columns.forEach((column) => column.replaceChildren());
    }
    if (lead !== null) lines.forEach((_, side) => tellSide(side));
  };
  none.hidden = true;
  return { element, show, renew: () => ((of = null), (told = []), show()) };
}

function whoIs({ words, formats, worlds }: Studio, lead: number): string {
  const { head, segment, worth } = worlds[0].recording;
  const kind = named(words.segments, head.segments[segment[lead]]);
  return `${words.lead.of(formats.number(lead))} · ${words.lead.worth(kind, formats.euro(worth[lead]))}`;
}

const APART_D = 20; // at most, when both companies come to know a lead
const FATES: number[] = [STATUS.CUSTOMER, STATUS.LOST, STATUS.NEVER_WORKED];

/** Where each prospect ends, and the day on which its story tells something. */
function ends(recording: Recording): { fate: Uint8Array; day: Uint16Array } {
  const fate = new Uint8Array(recording.head.n_prospects);
  const first = new Uint16Array(recording.head.n_prospects);
  const { what, who, about, day } = recording;
  for (let row = 0; row < what.length; row++) {
    if (what[row] !== EVENT.STATUS) continue;
    if (!first[who[row]]) first[who[row]] = day[row];
    fate[who[row]] = about[row] === STATUS.CHURNED ? STATUS.CUSTOMER : about[row];
  }
  return { fate, day: first };
}

/** The next lead, from today or from `after` on, that one company never called and the other won; else any difference. */
export function nextDifferent({ worlds, day }: Studio, after: number | null): number | null {
  const [here, there] = worlds.map((world) => ends(world.recording));
  const n = Math.min(here.fate.length, there.fate.length);
  const found: { lead: number; first: number; telling: boolean }[] = [];
  for (let lead = worlds[0].recording.head.installed_base; lead < n; lead++) {
    const fates = [here.fate[lead], there.fate[lead]];
    if (fates[0] === fates[1] || !fates.every((fate) => FATES.includes(fate))) continue;
    const days = [here.day[lead], there.day[lead]];
    const together = Math.abs(days[0] - days[1]) <= APART_D;
    const telling = together && fates.includes(STATUS.NEVER_WORKED) && fates.includes(STATUS.CUSTOMER);
    found.push({ lead, first: Math.min(...days), telling });
  }
  const all = found.some((one) => one.telling) ? found.filter((one) => one.telling) : found;
  if (!all.length) return null;
  all.sort((a, b) => a.first - b.first || a.lead - b.lead);
  const at = after === null ? -1 : all.findIndex((one) => one.lead === after);
  const from = at >= 0 ? at + 1 : all.findIndex((one) => one.first >= day);
  return all[Math.max(0, from) % all.length].lead;
}

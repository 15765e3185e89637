/** One person in both companies: who they are, their leads, whom they trust, what happened today. */
import { h, labelled } from "./dom";
import { EVENT, STATUS } from "./events";
import { trustColour } from "./picture/shapes";
import { Teller } from "./story";
import { repName, type Part, type Studio, type World } from "./studio";

const MOST_TOLD = 8;
const OF_A_REP: number[] = [
  EVENT.ON_DESK, EVENT.PUT_ASIDE, EVENT.ATTEMPT, EVENT.STEP, EVENT.DECISION, EVENT.SIGNED, EVENT.ONBOARDING_OVER,
  EVENT.COMPLAINT, EVENT.COMPLAINT_OVER, EVENT.RENEWED, EVENT.NOT_PAID,
];
const OF_A_MARKETER: number[] = [EVENT.ASKED, EVENT.NURTURED];

export function personPanel(studio: Studio): Part {
  const { words } = studio;
  const select = h("select", {}, h("option", { value: "" }, "–"));
  const { people } = studio.worlds[0].recording.head;
  for (let m = 0; m < people.marketers; m++) select.append(h("option", { value: `m${m}` }, words.person.marketer(m + 1)));
  for (let r = 0; r < people.executives + people.sdrs; r++) {
    select.append(h("option", { value: `r${r}` }, repName(studio, studio.worlds[0], r)));
  }
  select.addEventListener("change", () => {
    const n = select.value ? Number(select.value.slice(1)) : null;
    const isMarketer = select.value.startsWith("m");
    studio.choose({ marketer: isMarketer ? n : null, rep: isMarketer ? null : n });
  });
  const hint = h("p", { class: "hint" }, words.person.nobody);
  const columns = studio.worlds.map((_, side) => h("div", { class: `side-${side}` }));
  const element = h(
    "section",
    { class: "card person", "aria-label": words.person.title },
    h("h2", {}, words.person.title),
    h("div", { class: "row" }, labelled(words.person.choose, select)),
    hint,
    h("div", { class: "pair" }, ...columns),
  );
  let shown = "";
  const show = () => {
    const { marketer, rep } = studio.chosen;
    const key = `${marketer}/${rep}/${studio.day}/${studio.worlds.map((one) => one.recording.day.length).join()}`;
    if (key === shown) return;
    shown = key;
    select.value = marketer !== null ? `m${marketer}` : rep !== null ? `r${rep}` : "";
    hint.hidden = marketer !== null || rep !== null;
    columns.forEach((column, side) => {
      column.replaceChildren();
      if (!hint.hidden) return;
      column.append(h("h3", {}, studio.worlds[side].name), ...account(studio, studio.worlds[side]));
    });
  };
  return { element, show };
}

function account(studio: Studio, world: World): Node[] {
  const { marketer, rep } = studio.chosen;
  const { words } = studio;
  const n = world.recording.head.people;
  if (rep !== null && rep >= n.executives + n.sdrs) return [];
  if (marketer !== null && marketer >= n.marketers) return [];
  const vacant = rep !== null && world.state.emptySeat[rep] ? h("p", { class: "hint" }, words.person.vacant) : null;
  const facts = marketer !== null ? ofMarketer(studio, world, marketer) : ofRep(studio, world, rep as number);
  const list = h("dl", {}, ...facts.flatMap(([name, count]) => [h("dt", {}, name), h("dd", {}, studio.formats.number(count))]));
  return [vacant, list, trustTable(studio, world), h("h4", {}, words.person.today), today(studio, world)].filter((one): one is HTMLElement => one !== null);
}

function count(world: World, of: Int32Array, who: number, ...statuses: number[]): number {
  let n = 0;
  for (let lead = 0; lead < of.length; lead++) if (of[lead] === who && statuses.includes(world.state.status[lead])) n++;
  return n;
}

function ofRep({ words }: Studio, world: World, rep: number): [string, number][] {
  const { owner } = world.state;
  return [
    [words.person.onDesk, count(world, owner, rep, STATUS.MQL)],
    [words.person.called, count(world, owner, rep, STATUS.ACCEPTED, STATUS.SQL)],
    [words.person.inTalks, count(world, owner, rep, STATUS.OPPORTUNITY)],
    [words.customers, count(world, owner, rep, STATUS.CUSTOMER)],
  ];
}

function ofMarketer({ words }: Studio, world: World, who: number): [string, number][] {
  const { marketer } = world.state;
  return [
    [words.person.withThem, count(world, marketer, who, STATUS.INQUIRY, STATUS.RECYCLED)],
    [words.person.theirsNever, count(world, marketer, who, STATUS.NEVER_WORKED)],
    [words.customers, count(world, marketer, who, STATUS.CUSTOMER)],
  ];
}

/** For everybody on the other side: how far this person trusts them, and is trusted. */
function trustTable(studio: Studio, world: World): HTMLElement {
  const { words, formats } = studio;
  const { state } = world;
  const { marketer, rep } = studio.chosen;
  const others = marketer !== null ? state.nReps : state.nMarketers;
  const bar = (trust: number) => {
    const mark = h("i", { "aria-hidden": "true" });
    mark.style.width = `${Math.round(46 * (trust === trust ? trust : 0))}px`;
    mark.style.background = trust === trust ? trustColour(trust) : "transparent";
    return h("td", {}, mark, formats.percent(trust));
  };
  const rows = Array.from({ length: others }, (_, other) => {
    const [m, r] = marketer !== null ? [marketer, other] : [other, rep as number];
    const given = state.trustInMarketer[r * state.nMarketers + m];
    const back = state.trustInRep[m * state.nReps + r];
    const name = marketer !== null ? repName(studio, world, other) : words.person.marketer(other + 1);
    return h("tr", {}, h("th", { scope: "row" }, name), bar(marketer !== null ? back : given), bar(marketer !== null ? given : back));
  });
  const head = h("tr", {}, h("td"), h("th", { scope: "col" }, words.person.trust), h("th", { scope: "col" }, words.person.trusted));
  return h("table", { class: "trust" }, h("thead", {}, head), h("tbody", {}, ...rows));
}

function today(studio: Studio, world: World): HTMLElement {
  const { what, who, about } = world.recording;
  const { marketer, rep } = studio.chosen;
  const [first, last] = world.state.rows(studio.day);
  const said: string[] = [];
  for (let row = first; row < last; row++) {
    const isTheirs = marketer !== null ? about[row] === marketer && OF_A_MARKETER.includes(what[row]) : about[row] === rep && OF_A_REP.includes(what[row]);
    if (!isTheirs) continue;
    const rows: number[] = [row];
    for (let later = row + 1; later < last; later++) if (who[later] === who[row]) rows.push(later);
    const text = new Teller(studio, world, who[row], rows).tell(0);
    if (text) said.push(`${studio.words.lead.of(studio.formats.number(who[row]))}: ${text}`);
  }
  if (!said.length) return h("p", { class: "hint" }, studio.words.person.nothing);
  const rest = said.length - MOST_TOLD;
  return h("ul", {}, ...said.slice(0, MOST_TOLD).map((text) => h("li", {}, text)), rest > 0 ? h("li", {}, `+ ${studio.formats.number(rest)}`) : null);
}

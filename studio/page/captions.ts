/** What happens, in a sentence under each company; screen readers hear it, not more often than one can listen. */
import { h } from "./dom";
import type { Notable } from "./notable";
import { repName, type Part, type Studio, type World } from "./studio";

const APART_MS = 1800;
const STAYS_D = 25;

export function said(studio: Studio, world: World, { kind, who, about }: Notable): string {
  const { caption, topics } = studio.words;
  switch (kind) {
    case "dispute":
      return caption.dispute(topics[who]);
    case "closed":
      return caption.closed(topics[who], about);
    case "meeting":
      return caption.meeting(who);
    case "quits":
      return caption.quits(repName(studio, world, who));
    case "comes":
      return caption.comes(repName(studio, world, who));
    case "change":
      return caption.change;
    case "never":
      return caption.never(studio.formats.number(who));
    case "won":
      return caption.won(studio.formats.number(who));
  }
}

export function captions(studio: Studio, side: number): Part {
  const element = h("p", { class: "caption", "aria-live": "polite" });
  let shown = "";
  let shownAt = -Infinity;
  const text = () => {
    const world = studio.worlds[side];
    if (studio.day === 0) return studio.words.caption.start;
    let last: Notable | null = null;
    for (const one of world.notable) {
      if (one.day > studio.day) break;
      if (one.day > studio.day - STAYS_D) last = one;
    }
    return last ? studio.words.caption.onDay(studio.formats.number(last.day), said(studio, world, last)) : "";
  };
  const show = () => {
    const now = performance.now();
    if (studio.playing && now - shownAt < APART_MS) return;
    const next = text();
    if (next === shown) return;
    element.textContent = shown = next;
    shownAt = now;
  };
  return { element, show };
}

/** The keys that move time, wherever the focus is, but where a field needs them itself. */
import { WEEK } from "./controls";

interface Moved {
  readonly day: number;
  readonly days: number;
  seek(day: number): void;
  toggle(): void;
}

const SPACE_IS_THEIRS = "button, summary, select, input:not(.scrub), textarea";
const ARROWS_ARE_THEIRS = "select, input:not(.scrub), textarea";

export function keyboard(page: () => Moved): void {
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const target = event.target as Element;
    const goes = (act: () => void) => {
      event.preventDefault();
      act();
    };
    if (event.key === " " && !target.closest(SPACE_IS_THEIRS)) return goes(() => page().toggle());
    if (target.closest(ARROWS_ARE_THEIRS)) return;
    const { day, days } = page();
    const step = event.shiftKey ? WEEK : 1;
    if (event.key === "ArrowRight") goes(() => page().seek(day + step));
    if (event.key === "ArrowLeft") goes(() => page().seek(day - step));
    if (event.key === "Home" && target.closest(".scrub")) goes(() => page().seek(0));
    if (event.key === "End" && target.closest(".scrub")) goes(() => page().seek(days - 1));
  });
}

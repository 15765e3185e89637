/** What every screen of the studio gets: where it stands, how it speaks, and the engine that loads behind it. */
import type { Live } from "./engine/contract";
import type { Formats } from "./formats";
import type { Language } from "./words/languages";
import type { ScreenWords } from "./words/screens";
import type { Words } from "./words/words";

export interface Screen {
  readonly root: HTMLElement;
  readonly language: Language;
  readonly words: ScreenWords;
  readonly types: Words["types"];
  readonly formats: Formats;
  readonly live: Promise<Live>;
  /** False once another screen is shown. */
  isShown(): boolean;
}

export function mean(values: number[]): number {
  return values.reduce((sum, one) => sum + one, 0) / values.length;
}

/** The value below which so large a share of the values lies, straight between neighbours. */
export function quantile(values: number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  const place = share * (sorted.length - 1);
  const low = Math.floor(place);
  return sorted[low] + (place - low) * ((sorted[low + 1] ?? sorted[low]) - sorted[low]);
}

/** Fewer values say nothing of how they spread. */
export const ENOUGH = 10;

/** Save text as a file. */
export function saveText(name: string, text: string, type: string): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([text], { type }));
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 1000);
}

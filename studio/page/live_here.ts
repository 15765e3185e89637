/** The engine of this page, if the file holds one; null if it holds recordings only. */
import type { Live } from "./engine/contract";

declare global {
  var studioLive: Live | undefined;
}

export async function liveHere(): Promise<Live | null> {
  return globalThis.studioLive ?? null;
}

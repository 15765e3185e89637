/** The engine of this page, if the file holds one; null if it holds recordings only. */
import type { Live } from "./engine/contract";
import { inflated } from "./engine/kit";
import { start, type Engine } from "./engine/live";

export async function liveHere(): Promise<Live | null> {
  const script = document.getElementById("worker")?.textContent;
  const engine = document.getElementById("engine")?.textContent;
  if (!script || !engine) return null;
  const { code, kits } = JSON.parse(engine) as { code: string; kits: string };
  const told = JSON.parse(new TextDecoder().decode(await inflated(kits))) as Omit<Engine, "code">;
  return start(script, { code, ...told });
}

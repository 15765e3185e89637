/** The engine of this page: out of the file that holds it, or from the server that sent the page. */
import type { Live } from "./engine/contract";
import { inflated, type Kit } from "./engine/kit";
import { start, type Engine } from "./engine/live";
import { ask } from "./server";

/** The engine that this file holds; null if it holds recordings only. */
export async function liveHere(): Promise<Live | null> {
  const script = document.getElementById("worker")?.textContent;
  const engine = document.getElementById("engine")?.textContent;
  if (!script || !engine) return null;
  const { code, kits } = JSON.parse(engine) as { code: string; kits: string };
  const told = JSON.parse(new TextDecoder().decode(await inflated(kits))) as Omit<Engine, "code">;
  const address = URL.createObjectURL(new Blob([script], { type: "text/javascript" }));
  const live = await start(new Worker(address), { code, ...told });
  URL.revokeObjectURL(address);
  return live;
}

/** The engine of a server, with the kits of some companies; it fetches those of others when they are needed. */
export async function liveServed(kits: Kit[] = []): Promise<Live> {
  const shelf = ask<{ name: string; title: string }[]>("/api/companies");
  const told = ask<Omit<Engine, "kits">>("/api/engine");
  const fetch = (name: string) => ask<Kit>(`/api/kits/${encodeURIComponent(name)}`);
  return start(new Worker("/built/worker.js"), { ...(await told), kits }, { shelf: await shelf, fetch });
}

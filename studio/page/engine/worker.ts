/** The engine in a thread of its own: takes one question after the other, so that the page never waits. */

import type { Case } from "./contract";
import { Engine } from "./engine";
import { inflated, type Kit, type Layout } from "./kit";

export type Question =
  | { do: "begin"; code: string; layout: Layout; kits: Kit[] }
  | { do: "record"; one: Case }
  | { do: "outcomes"; one: Case; draw: number }
  | { do: "tables"; one: Case; draw: number }
  | { do: "values" };

let engine: Engine;

async function answer(asked: Question): Promise<unknown> {
  if (asked.do === "begin") {
    engine = await Engine.of(await inflated(asked.code), asked.layout, asked.kits);
    return null;
  }
  if (asked.do === "record") return engine.record(asked.one);
  if (asked.do === "outcomes") return engine.outcomes(asked.one, asked.draw);
  if (asked.do === "tables") return engine.tables(asked.one, asked.draw);
  return engine.values();
}

self.onmessage = async (message: MessageEvent<{ id: number; asked: Question }>) => {
  const { id, asked } = message.data;
  try {
    self.postMessage({ id, answer: await answer(asked) });
  } catch (error) {
    self.postMessage({ id, error: String(error instanceof Error ? error.message : error) });
  }
};

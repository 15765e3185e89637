/** The engine as the page uses it: a worker that is asked, and answers by promises. */

import type { Live, Recording, Value } from "./contract";
import type { Kit, Layout } from "./kit";
import type { Question } from "./worker";

/** What a page holds of the engine: its code, deflated as base64, and the kits of the companies. */
export interface Engine {
  code: string;
  layout: Layout;
  kits: Kit[];
}

type Waiting = { resolve: (answer: unknown) => void; reject: (error: Error) => void };

/** Start the engine in a worker whose program is `script`. */
export async function start(script: string, { code, layout, kits }: Engine): Promise<Live> {
  const address = URL.createObjectURL(new Blob([script], { type: "text/javascript" }));
  const worker = new Worker(address);
  const waiting = new Map<number, Waiting>();
  let asked = 0;
  const ask = (question: Question): Promise<unknown> =>
    new Promise((resolve, reject) => {
      waiting.set(++asked, { resolve, reject });
      worker.postMessage({ id: asked, asked: question });
    });
  worker.onmessage = ({ data }: MessageEvent<{ id: number; answer?: unknown; error?: string }>) => {
    const one = waiting.get(data.id)!;
    waiting.delete(data.id);
    if (data.error === undefined) one.resolve(data.answer);
    else one.reject(new Error(data.error));
  };
  await ask({ do: "begin", code, layout, kits });
  URL.revokeObjectURL(address);
  const values = (await ask({ do: "values" })) as Map<string, Value>;
  return {
    companies: kits.map((kit) => ({
      name: kit.company,
      title: kit.title,
      types: Object.keys(kit.types),
      levers: kit.levers,
      value: (practices, path) => values.get(`${kit.company} ${practices} ${path}`) ?? null,
    })),
    draws: Math.min(...kits.map((kit) => kit.draws.length)),
    record: (one) => ask({ do: "record", one }) as Promise<Recording>,
    outcomes: async (one, seeds, progress, drawn) => {
      const found: Record<string, number>[] = [];
      for (const [k, seed] of seeds.entries()) {
        const question: Question = { do: "outcomes", one: { ...one, seed }, draw: drawn ? k : -1 };
        found.push((await ask(question)) as Record<string, number>);
        progress?.(found.length, found);
      }
      return found;
    },
  };
}

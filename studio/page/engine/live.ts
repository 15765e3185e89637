/** The engine as the page uses it: a worker that is asked, and answers by promises. */

import type { Company, Live, Recording, Value } from "./contract";
import type { Kit, Layout } from "./kit";
import type { Question } from "./worker";

/** What a page holds of the engine: its code, deflated as base64, and the kits of the companies. */
export interface Engine {
  code: string;
  layout: Layout;
  kits: Kit[];
}

type Waiting = { resolve: (answer: unknown) => void; reject: (error: Error) => void };

/** Names of companies that are not here yet, and how to get their kits. */
export interface Elsewhere {
  shelf: { name: string; title: string }[];
  fetch(name: string): Promise<Kit>;
}

/** Start the engine in a worker. */
export async function start(worker: Worker, { code, layout, kits }: Engine, elsewhere?: Elsewhere): Promise<Live> {
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
  let values = (await ask({ do: "values" })) as Map<string, Value>;
  const companyOf = (kit: Kit): Company => ({
    name: kit.company,
    title: kit.title,
    types: Object.keys(kit.types),
    years: kit.years,
    draws: kit.draws.length,
    levers: kit.levers,
    value: (practices, path) => values.get(`${kit.company} ${practices} ${path}`) ?? null,
  });
  const companies = kits.map(companyOf);
  const shelf = elsewhere?.shelf ?? companies.map(({ name, title }) => ({ name, title }));
  const add = async (kit: Kit): Promise<Company> => {
    await ask({ do: "add", kit });
    values = (await ask({ do: "values" })) as Map<string, Value>;
    const made = companyOf(kit);
    const at = companies.findIndex((one) => one.name === made.name);
    companies.splice(at < 0 ? companies.length : at, 1, made);
    if (!kit.of_lesson && !shelf.some((one) => one.name === made.name)) shelf.push({ name: made.name, title: made.title });
    return made;
  };
  const coming = new Map<string, Promise<Company>>();
  return {
    companies,
    shelf,
    add,
    need: (name) => {
      const here = companies.find((one) => one.name === name);
      if (here) return Promise.resolve(here);
      if (!elsewhere) return Promise.reject(new Error(`there is no company ${name} here`));
      const known = coming.get(name) ?? elsewhere.fetch(name).then(add);
      coming.set(name, known);
      known.catch(() => coming.delete(name));
      return known;
    },
    record: (one) => ask({ do: "record", one }) as Promise<Recording>,
    outcomes: async (one, seeds, progress, drawn, first = 0) => {
      const found: Record<string, number>[] = [];
      for (const [k, seed] of seeds.entries()) {
        const question: Question = { do: "outcomes", one: { ...one, seed }, draw: drawn ? first + k : -1 };
        found.push((await ask(question)) as Record<string, number>);
        progress?.(found.length, found);
      }
      return found;
    },
  };
}

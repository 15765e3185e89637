/** The compare screen: every type of a company in one market after another, against a chosen base. */
import { button, choice, h, labelled } from "./dom";
import type { Company } from "./engine/contract";
import { writeLink } from "./link";
import { numberLine, type Line } from "./number_line";
import { ENOUGH, mean, quantile, type Screen } from "./screen";

const MARKETS = 60;

interface TypeRow {
  type: string;
  earned: HTMLElement;
  against: HTMLElement;
  best: HTMLElement;
  watch: HTMLAnchorElement;
  line: Line;
  found: number[]; // EUR a year, market by market
}

export async function compare(screen: Screen, wanted: string): Promise<void> {
  const { root, words } = screen;
  const live = await screen.live;
  const company = await live.need(wanted || "reference");
  if (!screen.isShown()) return;
  const names = live.shelf.map((one): [string, string] => [one.name, one.title]);
  const companies = choice(names, company.name, (name) => (location.hash = `#compare=${encodeURIComponent(name)}`));
  const main = h("main", { class: "compare" }, h("h1", {}, words.compare.title), h("p", { class: "hint" }, words.compare.hint));
  root.replaceChildren(main);
  const { controls, result } = comparison(screen, company);
  main.append(h("div", { class: "row" }, labelled(words.compare.company, companies), controls), result);
}

function comparison(screen: Screen, company: Company): { controls: HTMLElement; result: HTMLElement } {
  const { words, formats } = screen;
  const called = (type: string) => screen.types[type] ?? type;
  let base = company.types[0];
  let running = 0;
  let runs = 0;
  const drawn = h("input", { type: "checkbox", class: "drawn" });
  drawn.disabled = company.draws === 0;
  drawn.checked = company.draws > 0;
  const most = () => (drawn.checked ? Math.min(MARKETS, company.draws) : MARKETS);
  const rows = company.types.map((type): TypeRow => {
    const watch = h("a", { class: "watch", href: "#" }, words.compare.watch);
    return { type, earned: h("td", { class: "number" }), against: h("td"), best: h("td"), watch, line: numberLine(called(type)), found: [] };
  });
  const of = (type: string) => rows.find((row) => row.type === type) as TypeRow;
  const so_far = h("p", { class: "hint" });
  const heard = h("p", { class: "said", "aria-live": "polite" });
  const stop = () => ((running = 0), tell());
  const again = () => (rows.forEach((row) => (row.found = [])), stop());
  const go = button(words.compare.run, () => (running ? stop() : void run()), { class: "primary go" });
  const bases = choice(company.types.map((type) => [type, called(type)]), base, (type) => ((base = type), tell()));
  drawn.addEventListener("change", again);

  const tell = () => {
    const n = Math.min(...rows.map((row) => row.found.length));
    go.textContent = running ? words.compare.stop : words.compare.run;
    so_far.textContent = n ? words.compare.sofar(formats.number(n), formats.number(most())) : "";
    const differences = rows.map(({ found }) => Array.from({ length: n }, (_, k) => found[k] - of(base).found[k]));
    const [low, high] = [Math.min(0, ...differences.flat()), Math.max(1, ...differences.flat())];
    rows.forEach((row, at) => tellRow(row, differences[at], n, [low, high]));
    const best = [...rows].sort((a, b) => mean(b.found) - mean(a.found))[0];
    if (n >= ENOUGH && (n % ENOUGH === 0 || !running)) heard.textContent = `${called(best.type)}: ${bestOf(best.type, n)}`;
    else if (n < ENOUGH) heard.textContent = n ? words.compare.tooFew : "";
  };
  const bestOf = (type: string, n: number) => {
    const wins = Array.from({ length: n }, (_, k) => rows.every((row) => row.found[k] <= of(type).found[k])).filter(Boolean).length;
    return words.compare.bestIn(formats.number(wins), formats.number(n));
  };
  const tellRow = (row: TypeRow, differences: number[], n: number, [low, high]: [number, number]) => {
    const isBase = row.type === base;
    const money = (value: number) => formats.money(value);
    const other = isBase ? rows.find((one) => one.type !== base) ?? row : row;
    row.watch.href = writeLink({ company: company.name, here: base, there: other.type, set: [], seed: 0 });
    row.watch.setAttribute("aria-label", words.compare.watchOf(called(other.type)));
    row.earned.textContent = n ? money(mean(row.found.slice(0, n))) : "–";
    const spread = n >= ENOUGH ? words.compare.between(money(mean(differences)), money(quantile(differences, 0.1)), money(quantile(differences, 0.9))) : words.compare.tooFew;
    row.against.textContent = isBase ? words.compare.isBase : n ? spread : "–";
    row.best.textContent = n >= ENOUGH ? bestOf(row.type, n) : n ? words.compare.tooFew : "–";
    row.line.element.toggleAttribute("hidden", isBase || !n);
    row.line.draw([{ name: "", values: isBase ? [] : differences, marks: [] }], low, high, money);
  };

  const run = async () => {
    const mine = (running = ++runs);
    rows.forEach((row) => (row.found = []));
    const live = await screen.live;
    const isDrawn = drawn.checked;
    for (let k = 0; k < most() && running === mine && screen.isShown(); k++) {
      const one = (type: string) => ({ company: company.name, practices: type, changes: [], seed: 0 });
      const lived = await Promise.all(rows.map((row) => live.outcomes(one(row.type), [k], undefined, isDrawn, k)));
      if (running !== mine) return;
      lived.forEach(([outcomes], at) => rows[at].found.push(outcomes.contribution_eur / company.years));
      if (k === most() - 1) running = 0;
      tell();
    }
  };
  const heads = [words.compare.type, words.compare.earned, words.compare.against, words.compare.best, words.compare.watch].map((text) => h("th", { scope: "col" }, text));
  const body = rows.flatMap((row) => [
    h("tr", { class: "type", "data-type": row.type }, h("th", { scope: "row" }, called(row.type)), row.earned, row.against, row.best, h("td", {}, row.watch)),
    h("tr", { class: "strip-row" }, h("td", { colspan: 5 }, row.line.element)),
  ]);
  const table = h("div", { class: "wide" }, h("table", { class: "types" }, h("thead", {}, h("tr", {}, ...heads)), h("tbody", {}, ...body)));
  const box = labelled(words.compare.drawn, drawn, "field check");
  tell();
  return { controls: h("div", { class: "row" }, labelled(words.compare.base, bases), go, box), result: h("section", {}, so_far, heard, table) };
}

/** The levers of the right company, by family: from the first day or from a later day on. */
import { button, choice, h, labelled } from "./dom";
import type { Change, Lever, Live } from "./engine/contract";
import { named } from "./story";
import type { Studio } from "./studio";

const HALF_A_YEAR = 126;

export interface Levers {
  element: HTMLElement;
  renew(): void; // company, practices or changes are others
}

interface Asks {
  readonly company: Live["companies"][number];
  readonly practices: string; // of the right company
  readonly changes: Change[];
  change(changes: Change[]): void;
}

export function levers(studio: Studio, language: string, asks: () => Asks): Levers {
  const { words, formats } = studio;
  const begins = choice([["first", words.levers.firstDay], ["day", words.levers.fromDay]], "first", () => (day.hidden = begins.value === "first"));
  const day = h("input", { type: "number", min: studio.firstDay, max: studio.days - 1, value: studio.firstDay + HALF_A_YEAR, "aria-label": words.levers.fromDay, hidden: true });
  const count = h("span", { class: "hint", "aria-live": "polite" });
  const undo = button(words.levers.reset, () => (asks().change([]), renew()));
  const families = h("div", { class: "families" });
  const hint = h("p", { class: "hint" });
  const element = h("section", { class: "card levers", "aria-label": words.levers.title }, h("h2", {}, words.levers.title), hint,
    h("div", { class: "row" }, labelled(words.levers.from, begins), day, undo, count), families);

  const set = (lever: Lever, value: Change["value"]) => {
    const { changes, change } = asks();
    const last = studio.days - 1 - studio.firstDay;
    const later = begins.value === "day" && lever.from_any_day ? Math.max(0, Math.min(last, Math.round(day.valueAsNumber || 0) - studio.firstDay)) : undefined;
    const others = changes.filter((one) => one.path !== lever.path || one.day !== later);
    change([...others, later === undefined ? { path: lever.path, value } : { path: lever.path, value, day: later }]);
    tell();
    if (begins.value === "day" && !lever.from_any_day) count.textContent += ` · ${words.levers.firstDayOnly}`;
  };
  const tell = () => {
    const { changes } = asks();
    count.textContent = changes.length ? words.levers.changed(formats.number(changes.length)) : "";
    undo.disabled = !changes.length;
    hint.textContent = words.levers.hint(studio.worlds[1].name);
  };
  const renew = () => {
    tell();
    const open = new Set(Array.from(families.querySelectorAll("details[data-family][open]"), (one) => one.getAttribute("data-family")));
    const groups = new Map<string, Lever[]>();
    for (const lever of asks().company.levers) groups.set(lever.family, [...(groups.get(lever.family) ?? []), lever]);
    const parts = Array.from(groups, ([family, of]) =>
      h("details", { "data-family": family, open: open.has(family) }, h("summary", {}, named(words.levers.families, family)), h("div", { class: "of-family" }, 
        ...of.map((lever) => leverRow(studio, language, lever, asks(), set)))),
    );
    families.replaceChildren(...parts);
  };
  return { element, renew };
}

/** A lever with its name, the value it has now, unit, range, source and why. */
function leverRow(studio: Studio, language: string, lever: Lever, now: Asks, set: (lever: Lever, value: Change["value"]) => void): HTMLElement {
  const { words, formats } = studio;
  const label = lever.label[language] ?? lever.label.en ?? lever.path;
  const changed = now.changes.filter((one) => one.path === lever.path).pop();
  const value = changed ? changed.value : now.company.value(now.practices, lever.path);
  const tell = (v: Change["value"]) =>
    v === null ? words.levers.unset : typeof v === "number" ? `${formats.exact(v)} ${lever.unit}` : typeof v === "boolean" ? (v ? words.levers.yes : words.levers.no) : named({}, v);
  const out = h("output", {}, tell(value));
  const act = (v: Change["value"]) => {
    out.textContent = tell(v);
    none.checked = v === null;
    set(lever, v);
  };
  const input = inputOf(lever, value, act);
  const none = h("input", { type: "checkbox" });
  none.checked = value === null;
  none.addEventListener("change", () => act(none.checked ? null : lever.kind === "choice" ? lever.choices[0] : (input as HTMLInputElement).valueAsNumber));
  const about = [lever.why[language] ?? lever.why.en ?? "", lever.source && words.levers.source(lever.source), lever.from_any_day ? "" : words.levers.firstDayOnly];
  const range = lever.kind === "number" || lever.kind === "whole" ? words.levers.range(formats.exact(lever.low), formats.exact(lever.high), lever.unit) : "";
  return h("div", { class: `lever${changed ? " changed" : ""}` }, labelled(label, input), out,
    lever.may_be_null ? labelled(words.levers.unset, none, "field check") : null,
    h("details", { class: "why" }, h("summary", {}, words.levers.why), h("p", { class: "hint" }, [range, ...about].filter(Boolean).join(" · "))));
}

function inputOf(lever: Lever, value: Change["value"], act: (value: Change["value"]) => void): HTMLElement {
  if (lever.kind === "choice") return choice(lever.choices.map((one) => [one, named({}, one)]), String(value ?? lever.choices[0]), act);
  if (lever.kind === "yes_no") {
    const box = h("input", { type: "checkbox" });
    box.checked = value === true;
    box.addEventListener("change", () => act(box.checked));
    return box;
  }
  const step = lever.kind === "whole" ? 1 : (lever.high - lever.low) / 200;
  const slider = h("input", { type: "range", min: lever.low, max: lever.high, step: step || "any" });
  slider.value = String(value ?? lever.low);
  slider.addEventListener("input", () => act(slider.valueAsNumber));
  return slider;
}

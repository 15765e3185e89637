/** The first screen: six ways in, there before the engine is. */
import { h } from "./dom";
import type { Screen } from "./screen";

const WAYS = { watch: "#company=reference&here=undefined&there=integrated", lessons: "#lessons", compare: "#compare=reference", mine: "#mine", assess: "#assess", room: "/class/teach" } as const;

export function start({ root, words }: Screen): void {
  const ways = Object.entries(WAYS).map(([way, href]) => {
    const [title, hint] = words.start.choices[way as keyof typeof WAYS];
    return h("li", {}, h("a", { href, class: `way ${way}` }, h("strong", {}, title), h("span", {}, hint)));
  });
  root.replaceChildren(h("main", { class: "start-screen" }, h("h1", {}, words.start.title), h("p", { class: "lead-in" }, words.start.hint), h("ul", { class: "ways" }, ...ways)));
}

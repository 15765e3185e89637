/** My company: a company file is taken in, watched and compared. */
import { button, h, labelled } from "./dom";
import type { Kit } from "./engine/kit";
import type { Taken } from "./company";
import type { Screen } from "./screen";
import { ask } from "./server";

const EXAMPLE = `# My company: what is different from a company that is shipped
name: my_firm
extends: small_firm
people:
  account_executives: 4
practices:
  sla: true
  meeting_every_d: 10
`;

export function mine(screen: Screen, taken: Taken): void {
  const { root, words } = screen;
  const text = h("textarea", { rows: 14, spellcheck: "false", class: "company-text", maxlength: 250000 });
  text.value = [...taken.values()].pop() ?? EXAMPLE;
  const file = h("input", { type: "file", accept: ".yaml,.yml,text/yaml" });
  file.addEventListener("change", () => void file.files?.[0]?.text().then((content) => (text.value = content)));
  const said = h("p", { class: "message", role: "alert" });
  const ways = h("p", { class: "row taken", role: "status" });
  const take = async () => {
    said.textContent = words.mine.working;
    ways.replaceChildren();
    try {
      const sent = text.value;
      const kit = await ask<Kit>("/api/company", { text: sent });
      const { name, title } = await (await screen.live).add(kit);
      taken.set(name, sent);
      said.textContent = "";
      const link = (href: string, label: string) => h("a", { href, class: "button" }, label);
      const coded = encodeURIComponent(name);
      ways.append(h("b", {}, words.mine.here(title)), link(`#company=${coded}`, words.mine.watch), link(`#compare=${coded}`, words.mine.compare));
    } catch (error) {
      said.textContent = error instanceof Error ? error.message : String(error);
    }
  };
  const go = button(words.mine.take, () => void take(), { class: "primary take" });
  root.replaceChildren(
    h("main", { class: "mine" }, h("h1", {}, words.mine.title), h("p", { class: "hint" }, words.mine.hint), labelled(words.mine.file, file),
      labelled(words.mine.text, text, "tall"), h("div", { class: "row" }, go, h("a", { href: "#assess", class: "button" }, words.mine.assess)), said, ways),
  );
}

/** What a page is: the studio of a server, a lesson in a file, or two companies in a file. */
import { attend, begin } from "./main";
import { lessonInFile } from "./lesson";
import { studio } from "./shell";
import { isLanguage, LANGUAGES } from "./words/languages";

async function open(): Promise<void> {
  const root = document.getElementById("studio") as HTMLElement;
  attend(root);
  if (root.dataset.served) await studio(root);
  else if (document.getElementById("lesson")) await lessonInFile(root);
  else await begin(root);
  document.documentElement.dataset.ready = String(Math.round(performance.now()));
}

/** Whoever opens a page that cannot begin, as where a browser has no WebAssembly, is told why. */
function tell(error: unknown): never {
  const root = document.getElementById("studio") as HTMLElement;
  const { language } = root.dataset;
  const { wrong } = LANGUAGES[isLanguage(language) ? language : "en"].words.levers;
  if (!root.childElementCount || root.querySelector("noscript")) root.textContent = wrong(error instanceof Error ? error.message : String(error));
  throw error;
}

void open().catch(tell);

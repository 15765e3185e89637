/** What a page is: the studio of a server, or a lesson in a file. */
import { attend, tell } from "./main";
import { lessonInFile } from "./lesson";
import { studio } from "./shell";

async function open(): Promise<void> {
  const root = document.getElementById("studio") as HTMLElement;
  attend(root);
  if (root.dataset.served) await studio(root);
  else await lessonInFile(root);
  document.documentElement.dataset.ready = String(Math.round(performance.now()));
}

void open().catch(tell);

/** What a page is: the studio of a server, a lesson in a file, or two companies in a file. */
import { attend, begin } from "./main";
import { lessonInFile } from "./lesson";
import { studio } from "./shell";

async function open(): Promise<void> {
  const root = document.getElementById("studio") as HTMLElement;
  attend(root);
  if (root.dataset.served) await studio(root);
  else if (document.getElementById("lesson")) await lessonInFile(root);
  else await begin(root);
  document.documentElement.dataset.ready = String(Math.round(performance.now()));
}

void open();

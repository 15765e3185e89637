/** A file with two companies, and no other screen: a third smaller than the studio. */
import { attend, begin, tell } from "./main";

async function open(): Promise<void> {
  const root = document.getElementById("studio") as HTMLElement;
  attend(root);
  await begin(root);
  document.documentElement.dataset.ready = String(Math.round(performance.now()));
}

void open().catch(tell);

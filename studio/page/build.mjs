// Makes studio/built/studio.js, played.js (two companies in a file, alone), worker.js and studio.css: files that need nothing else, the same from the same sources.
// `node build.mjs FOLDER` writes them elsewhere, to compare.
import { build } from "esbuild";

const built = process.argv[2] ?? "../built";
const shared = { bundle: true, minify: true, target: "es2020", charset: "utf8", legalComments: "none", logLevel: "info" };
await build({ ...shared, entryPoints: ["entry.ts"], format: "iife", outfile: `${built}/studio.js` });
await build({ ...shared, entryPoints: ["played.ts"], format: "iife", outfile: `${built}/played.js` });
await build({ ...shared, entryPoints: ["engine/worker.ts"], format: "iife", outfile: `${built}/worker.js` });
await build({ ...shared, entryPoints: ["studio.css"], outfile: `${built}/studio.css` });

// Makes studio/built/studio.js and studio.css: two files that need nothing else, the same from the same sources.
import { build } from "esbuild";

const shared = { bundle: true, minify: true, target: "es2020", charset: "utf8", legalComments: "none", logLevel: "info" };
await build({ ...shared, entryPoints: ["main.ts"], format: "iife", outfile: "../built/studio.js" });
await build({ ...shared, entryPoints: ["studio.css"], outfile: "../built/studio.css" });

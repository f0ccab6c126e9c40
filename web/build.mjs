// build.mjs OUTPUT: bundles src/page.ts into one script for the page.  The drawing library puts a style element into every
// drawing, which the page's security policy forbids; its rules stand in page.css instead, and the element is left out.
import {readFileSync, statSync} from "node:fs";
import {dirname} from "node:path";
import {fileURLToPath} from "node:url";
import esbuild from "esbuild";

const output = process.argv[2] ?? "page.js";
const here = dirname(fileURLToPath(import.meta.url));
const limit = 900 * 1024;
let removed = 0;

const withoutStyleElement = {
  name: "without-style-element",
  setup(build) {
    build.onLoad({filter: /@observablehq[\\/]plot[\\/]src[\\/]plot\.js$/}, ({path}) => {
      const text = readFileSync(path, "utf8");
      const plain = text.replace(/svg\.append\("style"\)\.text\(\s*`[^`]*`\s*\)/, "svg");
      if (plain !== text) removed++;
      return {contents: plain, loader: "js"};
    });
  }
};

await esbuild.build({
  entryPoints: [`${here}/src/page.ts`],
  outfile: output,
  bundle: true,
  minify: true,
  charset: "ascii",
  format: "iife",
  target: ["es2020"],
  legalComments: "none",
  plugins: [withoutStyleElement],
  logLevel: "warning"
});

const size = statSync(output).size;
if (removed !== 1) throw new Error("build.mjs: the style element of the drawing library was not found where it was");
if (size > limit) throw new Error(`build.mjs: the script has ${size} bytes, more than ${limit}`);

// build.mjs OUTPUT: bundles src/page.ts into one script for the page.  The drawing library puts a style element into every
// drawing, which the page's security policy forbids; its rules stand in page.css instead, and the element is left out.
import {existsSync, readFileSync, readdirSync, statSync, writeFileSync} from "node:fs";
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

const built = await esbuild.build({
  entryPoints: [`${here}/src/page.ts`],
  outfile: output,
  bundle: true,
  minify: true,
  charset: "ascii",
  format: "iife",
  target: ["es2020"],
  legalComments: "none",
  plugins: [withoutStyleElement],
  metafile: true,
  logLevel: "warning"
});

// The licences of what was bundled ask to stand in every copy.
const packages = new Set(Object.keys(built.metafile.inputs).map((f) => f.match(/.*node_modules\/((?:@[^/]+\/)?[^/]+)/)?.[0]).filter(Boolean));
const licences = new Map();
for (const folder of packages) {
  const root = existsSync(folder) ? folder : `${here}/${folder.slice(folder.indexOf("node_modules"))}`;
  const file = readdirSync(root).find((f) => /^licen[cs]e/i.test(f));
  const name = JSON.parse(readFileSync(`${root}/package.json`, "utf8")).name;
  if (!file) throw new Error(`build.mjs: ${name} has no licence file`);
  const text = readFileSync(`${root}/${file}`, "utf8").trim().replaceAll("*/", "* /");
  licences.set(text, [...(licences.get(text) ?? []), name]);
}
const notice = [...licences].map(([text, names]) => `${names.sort().join(", ")}\n\n${text}`).join("\n\n");
writeFileSync(output, `/*!\n${notice}\n*/\n${readFileSync(output, "utf8")}`);

const size = statSync(output).size;
if (removed !== 1) throw new Error("build.mjs: the style element of the drawing library was not found where it was");
if (size > limit) throw new Error(`build.mjs: the script has ${size} bytes, more than ${limit}`);

// pictures.mjs PAGE FOLDER: takes the pictures of README.md from a report's page, with a headless Chromium.
import {mkdirSync} from "node:fs";
import {createRequire} from "node:module";
import {join, resolve} from "node:path";
import {fileURLToPath} from "node:url";

const [page, folder] = process.argv.slice(2).map((a) => resolve(a));
const {chromium} = createRequire(fileURLToPath(new URL("../web/package.json", import.meta.url)))("playwright-core");
const browser = await chromium.launch({executablePath: "/usr/bin/chromium", args: ["--no-sandbox"]});
const context = await browser.newContext({viewport: {width: 760, height: 900}, offline: true, colorScheme: "light"});
const tab = await context.newPage();

mkdirSync(folder, {recursive: true});
await tab.goto(`file://${page}`);
await tab.waitForFunction(() => document.documentElement.dataset.drawn);
for (const [name, title] of [["zones", "The zone of agreement in each format"], ["scenarios", "How likely each scenario is, by model"]]) {
  await tab.locator("article[lang=en] figure", {hasText: title}).locator(".drawing").screenshot({path: join(folder, `${name}.png`)});
}
await browser.close();

// How the report's page lies on screens and on paper: no two texts of a picture overlap, none is cut off or too small to
// read, what is touched is large enough; the register of forecasts as pictures; what is drawn for small models.
// usage: layout_test.mjs DETENTE WEB MODELS.  Exit code 77: no browser, or the packages of web/ are not installed.
import {execFileSync} from "node:child_process";
import {existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync} from "node:fs";
import {createRequire} from "node:module";
import {tmpdir} from "node:os";
import {join, resolve} from "node:path";

const [detente, web, models] = process.argv.slice(2).map((a) => resolve(a));
const chromium = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"].find(existsSync);
if (!chromium || !existsSync(join(web, "node_modules/playwright-core"))) { console.log("skipped: no browser"); process.exit(77); }
const {chromium: browserType} = createRequire(join(web, "package.json"))("playwright-core");

const folder = mkdtempSync(join(tmpdir(), "detente-layout-"));
let passed = 0, failed = 0, reports = 0;
function check(what, holds, detail = "") {
  if (holds) passed++;
  else { failed++; console.log(`failed: ${what} ${detail}`); }
}
function run(...args) { return execFileSync(detente, [...args, "--quiet"], {encoding: "utf8", cwd: folder}); }
function report(model, ...args) {
  const file = join(folder, `${++reports}.html`);
  run("report", model, "--html", file, "--lang", "en", ...args);
  return file;
}

const browser = await browserType.launch({executablePath: chromium, args: ["--no-sandbox"]});
async function open(file, options = {}) {
  const context = await browser.newContext({viewport: {width: 1280, height: 900}, offline: true, ...options}), page = await context.newPage();
  await page.goto(`file://${file}`);
  await page.waitForFunction(() => document.documentElement.dataset.drawn, null, {timeout: 30000});
  return {page, close: () => context.close()};
}

/** What is wrong with the texts of the pictures that are seen. */
const faults = (page) => page.evaluate(() => {
  const out = [];
  for (const figure of document.querySelectorAll("figure.picture")) {
    if (figure.getClientRects().length === 0) continue;
    const svg = figure.querySelector(".drawing > svg"), title = figure.querySelector("h3").textContent.slice(0, 40);
    if (!svg) { out.push(`${title}: not drawn`); continue; }
    const edge = svg.getBoundingClientRect(), scale = svg.viewBox.baseVal.width > 0 ? edge.width / svg.viewBox.baseVal.width : 1;
    const texts = [...svg.querySelectorAll("text")].flatMap((t) => {
      const lines = t.querySelectorAll("tspan");
      return [...(lines.length > 0 ? lines : [t])].map((e) => ({text: e.textContent.trim(), box: e.getBoundingClientRect(), owner: t}));
    }).filter((t) => t.text !== "" && t.box.width > 0);
    texts.forEach((a, i) => {
      if (parseFloat(getComputedStyle(a.owner).fontSize) * scale < 10.9) out.push(`${title}: small: ${a.text}`);
      if (a.box.left < edge.left - 3 || a.box.right > edge.right + 3) out.push(`${title}: cut off: ${a.text}`);
      for (const b of texts.slice(i + 1)) {
        const width = Math.min(a.box.right, b.box.right) - Math.max(a.box.left, b.box.left), height = Math.min(a.box.bottom, b.box.bottom) - Math.max(a.box.top, b.box.top);
        if (a.owner !== b.owner && width > 3 && height > 4) out.push(`${title}: overlap: ${a.text} / ${b.text}`);
      }
    });
  }
  return out;
});

/** What is touched or clicked and is less than 24 pixels high or wide, links within sentences apart. */
const smallTargets = (page) => page.evaluate(() =>
  [...document.querySelectorAll("button, summary, .languages label, .contents a")].filter((e) => e.getClientRects().length > 0).map((e) => [e.textContent.trim(), e.getBoundingClientRect()]).filter(([, b]) => b.width < 24 || b.height < 23.9).map(([text, b]) => `${text} ${b.width.toFixed(0)}x${b.height.toFixed(0)}`));

const smallTexts = (page) => page.evaluate(() =>
  [...new Set([...document.querySelectorAll("main *")].filter((e) => e.getClientRects().length > 0 && [...e.childNodes].some((n) => n.nodeType === 3 && n.textContent.trim() !== "") && !e.closest("svg") && parseFloat(getComputedStyle(e).fontSize) < 13).map((e) => `${e.tagName} ${getComputedStyle(e).fontSize}`))]);

// ---- screens ----
const names = ["alaska-2025", "elmira-1991", "ceasefire-two", "sale", "coalition-veto", "emission-1994"];
const pages = new Map(names.map((n) => [n, report(join(models, `${n}.yaml`))]));
for (const [name, file] of process.env.QUICK ? [] : pages) {
  for (const width of [1280, 820, 390]) {
    const {page, close} = await open(file, {viewport: {width, height: 900}});
    for (const lang of ["en", "zh-Hant"]) {
      if (lang !== "en") await page.locator("label[for='choose-zh-Hant']").click();
      const found = await faults(page), targets = await smallTargets(page), texts = await smallTexts(page);
      check(`${name} ${width} ${lang}: texts of pictures`, found.length === 0, found.slice(0, 4).join(" | "));
      check(`${name} ${width} ${lang}: targets of 24 pixels`, targets.length === 0, targets.slice(0, 4).join(" | "));
      check(`${name} ${width} ${lang}: readable texts`, texts.length === 0, texts.slice(0, 4).join(" | "));
      check(`${name} ${width} ${lang}: no scrolling sideways`, await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth));
    }
    await close();
  }
}

// ---- the graph of states: as many circles and arrows as the model says, rings where it holds ----
{
  const {page, close} = await open(pages.get("elmira-1991"));
  const states = JSON.parse(run("hold", join(models, "elmira-1991.yaml"), "--json")).answer, figure = page.locator("article[lang=en] figure", {hasText: "who would move"});
  check("states: a circle for each", (await figure.locator("svg .mark > *").count()) === states.state_count);
  check("states: two rings for each that holds by Nash", (await figure.locator(".drawing > svg circle[stroke='var(--good)'], .drawing > svg g[stroke='var(--good)'] > *").count()) >= 2 * states.equilibria.nash.length);
  check("states: the way starts where it starts", await page.evaluate(() => { const part = Object.values(JSON.parse(document.getElementById("data").textContent).en.parts).find((p) => p.kind === "states"); return part.rows.filter((r) => r.start).length === 1 && part.arcs.some((a) => a.kind === "way" && part.rows[a.from].start); }));
  await close();
}

// ---- forecasts of a register ----
{
  const model = join(folder, "coin.yaml"), register = join(folder, "register.db");
  writeFileSync(model, `detente: 1
title: Coin
parties: {a: {name: A}, b: {name: B}}
formats: {both: {table: [a, b], consent: [a, b]}}
issues: {x: {options: [none, some], no_deal: none}}
preferences:
  a: {weights: {x: 100}, values: {x: {none: 0, some: 0..100}}, no_deal: 50}
  b: {weights: {x: 100}, values: {x: {none: 0, some: 100}}}
scenarios: {agreed: {when: x == some}}
claims:
  - {by: Somebody, of: agreed, probability: 0.75, why: a test}
`);
  const plain = report(model);
  check("no register: nothing is said of scores", !/calibration"|"scores"/.test(readFileSync(plain, "utf8").match(/id="data">.*?<\/script>/s)[0]));
  for (let i = 0; i < 32; i++) {
    run("freeze", model, "--register", register, "--name", `f${i}`, "--on", "2025-01-01", "--draws", "50", "--seed", String(i + 1));
    run("resolve", register, `f${i}`, `agreed=${i % 2 ? "yes" : "no"}`, "--on", "2025-02-01");
  }
  const score = JSON.parse(run("score", register, "--json")).answer, {page, close} = await open(report(model, "--register", register));
  const parts = await page.evaluate(() => Object.values(JSON.parse(document.getElementById("data").textContent).en.parts));
  const scores = parts.find((p) => p.kind === "scores"), bins = parts.find((p) => p.kind === "calibration");
  check("scores: every source", scores?.rows.length === Object.keys(score.sources).length, `${scores?.rows.length}`);
  check("scores: as `score` says", scores?.rows.every((r) => Math.abs(r.brier - score.sources[r.source].brier) < 1e-9));
  check("scores: drawn", (await page.locator("article[lang=en] figure", {hasText: "How good past forecasts were"}).locator("svg .mark > *").count()) === scores?.rows.length);
  if (process.env.KEEP) await page.locator("article[lang=en] figure", {hasText: process.env.FIG}).screenshot({path: process.env.KEEP});
  const claim = bins?.rows.find((r) => /Somebody/.test(r.source));
  check("calibration: the claim of 75% that came true half the time", claim && claim.count === 32 && Math.abs(claim.said - 0.75) < 1e-9 && Math.abs(claim.happened - 0.5) < 1e-9 && claim.low < 0.36 && claim.high > 0.64, JSON.stringify(claim));
  check("calibration: drawn", (await page.locator("article[lang=en] figure", {hasText: "call likely"}).locator("svg .mark > *").count()) === bins?.rows.length);
  check("scores: texts", (await faults(page)).length === 0, (await faults(page)).slice(0, 3).join(" | "));
  await close();
}

// ---- paper ----
{
  const {page, close} = await open(pages.get("alaska-2025"));
  const pdf = (await page.pdf({preferCSSPageSize: true})).toString("latin1"), boxes = [...pdf.matchAll(/\/MediaBox\s*\[([^\]]*)\]/g)].map((m) => m[1].trim().split(/\s+/).map(Number));
  console.log(`printed: ${boxes.length} pages`);
  check("paper: A4", boxes.length > 3 && boxes.every((b) => Math.abs(b[2] - 595) < 2 && Math.abs(b[3] - 842) < 2), JSON.stringify(boxes[0]));
  await page.emulateMedia({media: "print"});
  await page.setViewportSize({width: 673, height: 980}); // what is between the margins of A4
  check("paper: nothing wider than the page", await page.evaluate(() => [...document.querySelectorAll("main svg, main table")].filter((e) => e.getClientRects().length > 0).every((e) => e.getBoundingClientRect().right <= innerWidth + 2)));
  check("paper: what is only for screens is left out", (await page.locator(".save:visible, .languages:visible, .contents:visible").count()) === 0);
  await close();
}

await browser.close();
rmSync(folder, {recursive: true, force: true});
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed === 0 ? 0 : 1);

// How the report's page lies on screens and on paper: no two texts of a picture overlap, none is cut off or too small to
// read, what is touched is large enough; the register of forecasts as pictures; what is drawn for small models.
// usage: layout_test.mjs DETENTE WEB MODELS.  Exit code 77: no browser, or the packages of web/ are not installed.
import {execFileSync} from "node:child_process";
import {existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync} from "node:fs";
import {createRequire} from "node:module";
import {tmpdir} from "node:os";
import {join, resolve} from "node:path";
import {constants, inflateSync} from "node:zlib";

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
/** Of every page of a PDF its size in points and how many runs of text it shows. */
function printed(pdf) {
  const text = pdf.toString("latin1"), body = (number) => { const at = text.indexOf(`\n${number} 0 obj`); return [at, text.slice(at, text.indexOf("endobj", at))]; };
  return [...text.matchAll(/\/Type\s*\/Page\b[^s][\s\S]*?endobj/g)].map(([page]) => {
    const [at, contents] = body(page.match(/\/Contents (\d+) 0 R/)[1]), start = at + contents.indexOf("stream\n") + 7, length = Number(contents.match(/\/Length (\d+)/)[1]);
    const drawn = inflateSync(pdf.subarray(start, start + length), {finishFlush: constants.Z_SYNC_FLUSH}).toString("latin1");
    return {box: page.match(/\/MediaBox\s*\[([^\]]*)\]/)[1].trim().split(/\s+/).map(Number), runs: (drawn.match(/T[jJ]/g) ?? []).length};
  });
}
const paperFaults = (page, height) => page.evaluate((most) => {
  const seen = (e) => e.getClientRects().length > 0, style = (e) => getComputedStyle(e), out = [];
  for (const e of document.querySelectorAll("main svg, main table")) if (seen(e) && e.getBoundingClientRect().right > innerWidth + 2) out.push(`too wide: ${e.closest("figure, details")?.textContent.slice(0, 40)}`);
  for (const e of document.querySelectorAll(".drawing > svg")) if (seen(e) && e.getBoundingClientRect().height > most) out.push(`too high: ${e.getAttribute("aria-label")}`);
  for (const e of document.querySelectorAll("main :is(h2, h3, h4, h5, h6), details.full > summary")) if (seen(e) && style(e).breakAfter !== "avoid") out.push(`a head may stand alone: ${e.tagName}`);
  for (const e of document.querySelectorAll(".table")) if (seen(e) && e.previousElementSibling?.tagName === "P" && style(e.previousElementSibling).breakAfter !== "avoid") out.push("a table may leave its sentence");
  for (const e of document.querySelectorAll("thead")) if (seen(e) && style(e).display !== "table-header-group") out.push("a head of a table is not repeated");
  for (const e of document.querySelectorAll("figure.picture, tr")) if (seen(e) && style(e).breakInside !== "avoid") out.push("a picture or a row may be cut");
  for (const e of document.querySelectorAll("button, input, .contents, .picture summary")) if (seen(e) && e.getBoundingClientRect().width > 1 && !e.closest(".languages")) out.push(`a control is seen: ${e.textContent || e.type}`);
  for (const e of document.querySelectorAll("details.full")) if (seen(e) && e.getBoundingClientRect().height < 40) out.push("an answer in full is not seen");
  return [...new Set(out)];
}, height);
const ceasefires = ["ceasefire-watch", "ceasefire-line"].map((n) => [n, report(join(models, `${n}.yaml`), "--events", join(models, `${n}.csv`))]);
for (const [name, file] of [["alaska-2025", pages.get("alaska-2025")], ...ceasefires]) {
  const {page, close} = await open(file);
  for (const lang of ["en", "zh-Hant"]) {
    if (lang !== "en") await page.locator("label[for='choose-zh-Hant']").click();
    for (const landscape of [false, true]) {
      const list = printed(await page.pdf({format: "A4", landscape})), [width, height] = landscape ? [842, 595] : [595, 842], place = `paper ${name} ${lang}${landscape ? " landscape" : ""}`;
      console.log(`${place}: ${list.length} pages`);
      check(`${place}: A4`, list.length > 3 && list.every(({box}) => Math.abs(box[2] - width) < 2 && Math.abs(box[3] - height) < 2), JSON.stringify(list[0]));
      check(`${place}: no empty page`, list.every(({runs}) => runs > 4), list.map(({runs}) => runs).join(" "));
    }
    await page.evaluate(() => dispatchEvent(new Event("beforeprint")));
    await page.emulateMedia({media: "print"});
    for (const [width, height, most] of [[673, 987, 800], [1001, 658, 560]]) { // what is between the margins of A4
      await page.setViewportSize({width, height});
      const found = await paperFaults(page, most);
      check(`paper ${name} ${lang} ${width}: heads, tables, pictures, controls`, found.length === 0, found.slice(0, 5).join(" | "));
      check(`paper ${name} ${lang} ${width}: what is only for screens is left out`, (await page.locator(".save:visible, .languages:visible, .contents:visible").count()) === 0);
    }
    await page.setViewportSize({width: 673, height: 987});
    const texts = await faults(page);
    check(`paper ${name} ${lang}: texts of pictures`, texts.filter((t) => !t.includes(": small:")).length === 0, texts.slice(0, 4).join(" | "));
    check(`paper ${name} ${lang}: drawn for its width`, await page.evaluate(() => [...document.querySelectorAll(".drawing > svg")].filter((e) => e.getClientRects().length > 0).every((e) => Number(e.getAttribute("width")) <= 680)));
    await page.emulateMedia({media: null});
    await page.setViewportSize({width: 1280, height: 900});
    await page.evaluate(() => dispatchEvent(new Event("afterprint")));
    check(`paper ${name} ${lang}: drawn for the screen again`, await page.evaluate(() => [...document.querySelectorAll(".drawing > svg")].some((e) => e.getClientRects().length > 0 && Number(e.getAttribute("width")) > 680)));
  }
  await close();
}

await browser.close();
rmSync(folder, {recursive: true, force: true});
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed === 0 ? 0 : 1);

// The report's page in a headless browser, from a file, without network.
// usage: page_test.mjs DETENTE WEB MODELS.  Exit code 77: no browser, or the packages of web/ are not installed.
import {execFileSync} from "node:child_process";
import {existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync} from "node:fs";
import {createRequire} from "node:module";
import {tmpdir} from "node:os";
import {join, resolve} from "node:path";

const [detente, web, models] = process.argv.slice(2).map((a) => resolve(a));
const chromium = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"].find(existsSync);
const require = createRequire(join(web, "package.json"));
function skip(why) { console.log(`skipped: ${why}`); process.exit(77); }
if (!chromium) skip("no chromium");
if (!existsSync(join(web, "node_modules/playwright-core")) || !existsSync(join(web, "node_modules/axe-core"))) skip("the packages of web/ are not installed");
const {chromium: browserType} = require("playwright-core"), axe = readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");

const folder = mkdtempSync(join(tmpdir(), "detente-page-"));
let passed = 0, failed = 0;
function check(what, holds, detail = "") {
  if (holds) passed++;
  else { failed++; console.log(`failed: ${what} ${detail}`); }
}
let reports = 0;
/** Writes a report; seconds of processor time, of all its threads, go to `spent`. */
const spent = {};
function report(model, ...args) {
  const file = join(folder, `${++reports}.html`);
  const times = execFileSync("bash", ["-c", 'TIMEFORMAT="%U %S"; { time "$@" 2>&3; } 3>&2 2>&1', "report", detente, "report", model, "--html", file, "--quiet", "--lang", "en", ...args], {encoding: "utf8"});
  spent[file] = times.trim().split(/\s+/).slice(-2).reduce((sum, t) => sum + Number(t), 0);
  return file;
}

const browser = await browserType.launch({executablePath: chromium, args: ["--no-sandbox"]});

/** Opens a page; every request but the file itself, every console message and every error counts as a failure. */
async function open(file, options = {}) {
  const context = await browser.newContext({viewport: {width: 1280, height: 900}, offline: true, acceptDownloads: true, ...options});
  const page = await context.newPage(), bad = [], cdp = await context.newCDPSession(page);
  await cdp.send("Performance.enable");
  page.on("request", (r) => { if (r.url() !== `file://${file}` && !r.url().startsWith("blob:")) bad.push(`request ${r.url()}`); });
  page.on("console", (m) => bad.push(`console ${m.text()}`));
  page.on("pageerror", (e) => bad.push(`error ${e.message}`));
  page.on("dialog", (d) => { bad.push("dialog"); d.dismiss(); });
  await page.goto(`file://${file}`);
  if (options.javaScriptEnabled !== false) await page.waitForFunction(() => document.documentElement.dataset.drawn, null, {timeout: 15000}).catch(() => bad.push("not drawn"));
  return {page, bad, cdp, close: () => context.close()};
}

/** Every picture of what is seen, with how many marks it has and how many rows its data. */
const marks = (page) => page.evaluate(() => {
  const data = JSON.parse(document.getElementById("data").textContent);
  return [...document.querySelectorAll("figure.picture")].filter((f) => f.getClientRects().length > 0).map((f) => {
    const part = data[f.closest("article").lang].parts[f.dataset.part], count = (s) => f.querySelectorAll(`.drawing > svg ${s}`).length;
    let want = (part.rows ?? []).length, have = count(".mark > *") + count("path.mark, circle.mark, rect.mark");
    if (part.kind === "way") want = part.rows.length * part.parties.length;
    if (part.kind === "states") {
      want = part.rows.length + new Set(part.arcs.map((a) => (a.party < 0 ? `${a.from} ${a.to}` : `${a.from} ${a.to} ${a.party}`))).size;
      have += count(".arc > *");
    }
    if (part.kind === "blockers") {
      const sets = new Set(part.rows.filter((r) => r.least).map((r) => `${r.scenario}|${r.drop.map((b) => b.id)}|${r.cost}`));
      want = Math.min(12, sets.size);
    }
    if (part.kind === "frontier") {
      const two = part.parties.length === 2;
      want = two ? part.points.length : part.points.length + part.solutions.length + 1;
      if (!two) have = count("g[data-mark=line] path");
    }
    return {kind: part.kind, want, have, rows: f.querySelectorAll("tbody tr").length, named: f.querySelector("svg[role=img]")?.getAttribute("aria-label") ?? ""};
  });
});

async function axeFindings(page) {
  // The policy forbids scripts of others; the browser's own debugging door evaluates beside it.
  await page.evaluate(axe + "\n;0");
  const found = await page.evaluate(() => axe.run(document, {resultTypes: ["violations"]}));
  return found.violations.filter((v) => v.impact === "serious" || v.impact === "critical").map((v) => `${v.id}: ${v.nodes.slice(0, 3).map((n) => n.target).join(" ; ")}`);
}

// ---- the Alaska report ----
const alaska = report(join(models, "alaska-2025.yaml")), megabyte = statSync(alaska).size / 1024 / 1024;
console.log(`the report took ${spent[alaska].toFixed(1)} s of processor time, the page has ${megabyte.toFixed(2)} MiB`);
check("the report takes less than 15 s on two processors", spent[alaska] < 30, `${spent[alaska]}`);
check("the page is no larger than 2 MiB", megabyte < 2, `${megabyte}`);
{
  const text = readFileSync(alaska, "utf8"), data = text.match(/<script type="application\/json" id="data">.*?<\/script>/s)[0];
  const own = text.match(/<style>.*?<\/style>/s)[0].length + text.match(/<script>.*?<\/script>/s)[0].length;
  check("script and style have less than 900 KB", own < 900 * 1000, `${own}`);
  check("the policy forbids everything else", /default-src 'none'/.test(text) && !/unsafe|https?:\/\/[^w]/.test(text.slice(0, text.indexOf("<style>"))));
  check("the data cannot end its element", !/<\/?(?!script)/.test(data.slice(1, -9)));
}
for (const colorScheme of ["light", "dark"]) {
  const {page, bad, close} = await open(alaska, {colorScheme});
  for (const lang of ["en", "zh-Hant"]) {
    if (lang !== "en") await page.locator("label[for='choose-zh-Hant']").click();
    const found = await marks(page), kinds = new Set(found.map((f) => f.kind));
    check(`${lang}: every kind of picture`, ["zones", "blockers", "drift", "positions", "red_lines", "frontier", "way", "scenarios", "inputs", "states", "tornado", "shares"].every((k) => kinds.has(k)), [...kinds]);
    for (const f of found) {
      check(`${lang} ${f.kind}: number of marks`, f.have === f.want && f.want > 0, `${f.have} of ${f.want}`);
      check(`${lang} ${f.kind}: table and name`, f.rows > 0 && f.named !== "");
    }
    check(`${lang}: only this language is seen`, (await page.locator("article:visible").count()) === 1 && (await page.locator("html").getAttribute("lang")) === lang);
    const findings = await axeFindings(page);
    check(`${colorScheme} ${lang}: accessibility`, findings.length === 0, findings.join(" | "));
  }
  check(`${colorScheme}: no request, no message, no error`, bad.length === 0, bad.join(" | "));
  await close();
}

// ---- interactive soon, keyboard, saving, paper ----
{
  const {page, bad, cdp, close} = await open(alaska);
  const metrics = Object.fromEntries((await cdp.send("Performance.getMetrics")).metrics.map((m) => [m.name, m.value]));
  const ready = await page.evaluate(() => performance.now()), worked = metrics.ScriptDuration + metrics.LayoutDuration + metrics.RecalcStyleDuration;
  console.log(`drawn and answering after ${ready.toFixed(0)} ms, ${(1000 * worked).toFixed(0)} ms of them script, style and layout`);
  check("interactive within a second (five on a loaded machine)", worked < 5, `${worked}`);
  const stops = [];
  for (let i = 0; i < 14; i++) {
    await page.keyboard.press("Tab");
    stops.push(await page.evaluate(() => `${document.activeElement.tagName}#${document.activeElement.id}${document.activeElement.getAttribute("href") ?? ""}`));
  }
  check("keyboard: first the language, then the contents in order", stops[0] === "INPUT#choose-en" && stops[1] === "A##en-deal" && stops[2] === "A##en-parties", stops.join(" "));
  check("keyboard: then the first picture", stops.some((s) => s.startsWith("SUMMARY")), stops.join(" "));
  await page.locator("#choose-en").focus();
  await page.keyboard.press("ArrowRight");
  check("keyboard: arrows change the language", await page.locator("article[lang='zh-Hant']").isVisible());
  await page.keyboard.press("ArrowLeft");
  for (const [i, end, begin] of [[0, ".svg", "<svg"], [1, ".csv", "\ufeff"]]) {
    const [download] = await Promise.all([page.waitForEvent("download"), page.locator("article[lang=en] figure .save button").nth(i).click()]);
    const text = readFileSync(await download.path(), "utf8");
    check(`saved ${end}`, download.suggestedFilename().endsWith(end) && text.startsWith(begin) && !text.includes("var(--"), text.slice(0, 80));
    if (end === ".csv") check("every row is saved", text.trim().split("\r\n").length === 8, text);
  }
  const pdf = await page.pdf({format: "A4"});
  check("prints", pdf.length > 20000);
  check("no message while used", bad.length === 0, bad.join(" | "));
  await close();
}
for (const width of [820, 390]) {
  const {page, close} = await open(alaska, {viewport: {width, height: 900}});
  check(`${width} pixels: the page does not scroll sideways`, await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth));
  await close();
}

// ---- without a script ----
{
  const {page, bad, close} = await open(alaska, {javaScriptEnabled: false});
  check("no script: sentences", (await page.locator("article[lang=en] .summary li").count()) >= 15);
  check("no script: tables", (await page.locator("article[lang=en] figure table").count()) >= 9);
  await page.locator("label[for='choose-zh-Hant']").click();
  check("no script: the language changes", (await page.locator("article[lang='zh-Hant']").isVisible()) && !(await page.locator("article[lang=en]").isVisible()));
  check("no script: nothing else", bad.length === 0, bad.join(" | "));
  await close();
}

// ---- markup in every text of a model stays text ----
{
  const evil = `<script>alert(1)</script><img src=x onerror=alert(2)>"'&</style></script><!--`;
  const q = JSON.stringify(evil), model = join(folder, "evil.yaml");
  writeFileSync(model, `detente: 1
title: ${q}
note: ${q}
as_of: 2025-01-01
sources:
  S: {title: ${q}, author: ${q}, publisher: ${q}, date: 2025-01-01, note: ${q}}
quantities:
  u: {name: ${q}, value: 1..5, source: S, quote: ${q}, why: ${q}, unit: ${q}, note: ${q}}
parties:
  a: {name: ${q}, aliases: [${q}], capability: 60, note: ${q}}
  b: {name: ${q}, capability: 40}
formats:
  both: {name: ${q}, table: [a, b], consent: [a, b], note: ${q}}
issues:
  x: {name: ${q}, options: {o: {name: ${q}, note: ${q}}, p: {name: ${q}}, r: {name: ${q}}}, no_deal: o, note: ${q}}
  y: {name: ${q}, options: {k: {name: ${q}}, l: {name: ${q}}}, no_deal: k}
rules:
  - {id: ru, name: ${q}, require: "not (x == r and y == l)", why: ${q}}
preferences:
  a: {weights: {x: 60, y: 40}, values: {x: {o: 0, p: 50, r: 100}, y: {k: 0, l: u}}, red_lines: [{id: ra, name: ${q}, require: "x != r", why: ${q}}]}
  b: {weights: {x: 50, y: 50}, values: {x: {o: 50, p: 40, r: 0}, y: {k: 0, l: 100}}, red_lines: [{id: rb, name: ${q}, require: "y == l", source: S, why: ${q}}]}
principles:
  - {id: pr, name: ${q}, by: a, require: "y == l", why: ${q}}
proposals:
  pp: {name: ${q}, by: a, x: p, note: ${q}}
scenarios:
  sc: {name: ${q}, when: "x == p", note: ${q}}
claims:
  - {by: ${q}, of: sc, probability: 0.5, source: S, why: ${q}}
`);
  let file;
  try { file = report(model); } catch (e) { check("the model full of markup is read", false, String(e.stderr ?? e)); }
  if (file) {
    const {page, bad, close} = await open(file);
    check("markup: nothing runs, nothing is loaded", bad.length === 0, bad.join(" | "));
    check("markup: no element of a model's making", (await page.locator("img").count()) === 0 && (await page.locator("script").count()) === 2);
    check("markup: it is read as it was written", (await page.locator("article[lang=en] h1").textContent()) === evil);
    for (const f of await marks(page)) check(`markup ${f.kind}: drawn`, f.have === f.want, `${f.have} of ${f.want}`);
    await close();
  }
}

// ---- a secret in every private text and number of a party ----
{
  const model = join(folder, "secret.yaml"), said = 'SECRET', number = "61.0625";
  writeFileSync(model, `detente: 1
title: Secrets
sources:
  S: {title: A source}
parties: {a: {name: Anna}, b: {name: Bert}}
formats: {both: {table: [a, b], consent: [a, b]}}
issues:
  x: {options: [o, p, r], no_deal: o}
  y: {decided_by: a, options: [k, l], no_deal: k}
preferences:
  a: {no_deal: {value: ${number}, why: ${said}1}, weights: {x: {value: 60..80, why: ${said}2}, y: {value: 40, source: S, quote: ${said}3}}, values: {x: {o: 0, p: {value: 70..90, why: ${said}4}, r: 100}, y: {k: 50, l: 100}}, red_lines: [{id: secretline, name: ${said}5, require: "x != r", why: ${said}6}]}
  b: {weights: {x: 50, y: 50}, values: {x: {o: 0, p: 50..80, r: 100}, y: {k: 100, l: 0}}}
proposals: {pp: {by: b, x: p}}
scenarios: {sc: {when: x == p}}
`);
  let told;
  try { told = [readFileSync(report(model), "utf8"), readFileSync(report(model, "--redact", "a"), "utf8")]; } catch (e) { check("the model with secrets is read", false, String(e.stderr ?? e)); }
  if (told) {
    check("the plain report tells them", told[0].includes("SECRET5") && told[0].includes("61.06") && told[0].includes('"states"') && told[0].includes('"tornado"'), told[0].match(/"kind":"\w+"/g).join(" "));
    const leaks = [...told[1].matchAll(/SECRET\d|secretline|61\.06\d*/g)].map((m) => `${m[0]} ${told[1].slice(m.index - 60, m.index + 40)}`);
    check("the redacted one does not", leaks.length === 0, leaks.slice(0, 3).join(" | "));
  }
}

// ---- what is redacted is nowhere ----
{
  const model = join(models, "alaska-2025.yaml"), file = report(model, "--redact", "ukraine"), md = join(folder, "redacted.md");
  execFileSync(detente, ["report", model, "--md", md, "--quiet", "--lang", "en", "--redact", "ukraine"]);
  const lines = ["No cession of land", "No lasting limits on its forces", "no-cession", "preferences.ukraine.", "pressure_ukraine", "traitor at home", "The zone while time passes", "23.6"];
  check("the plain report holds them", lines.slice(0, 2).every((l) => readFileSync(alaska, "utf8").includes(l)));
  for (const [name, text] of [["page", readFileSync(file, "utf8")], ["Markdown", readFileSync(md, "utf8")]]) {
    const told = lines.filter((l) => (l === "23.6" ? new RegExp("(>|\\| |[:,\\[])23\\.6(<| \\||,|\\])").test(text) : text.includes(l)));
    check(`redacted ${name}`, told.length === 0, told.join(", "));
  }
  const kinds = (await (async () => { const {page, close} = await open(file), found = await marks(page); await close(); return found; })()).map((f) => f.kind);
  check("redacted: no picture of moves, drivers or blockers", !kinds.some((k) => ["states", "tornado", "shares", "blockers", "way", "inputs"].includes(k)), kinds.join(" "));
  const {bad, page, close} = await open(file);
  check("redacted: the page works", bad.length === 0 && (await page.locator(".note").first().isVisible()), bad.join(" | "));
  await close();
}

// ---- is it being kept? ----
const kept = ["watch", "verdicts", "rates", "timeline", "map"];
const watchCsv = join(folder, "watch.csv");
writeFileSync(watchCsv, `source,channel,zone,from,until,state,reason
mission,patrol,Valley,2031-05-09,2031-05-12,watching,
mission,patrol,Valley,2031-05-13,2031-05-14,degraded,fog
mission,camera,,2031-05-09T06:00,2031-05-11T18:00,blind,no power
`);
const events = ["--events", join(models, "ceasefire-watch.csv"), "--events", watchCsv];
const watched = report(join(models, "ceasefire-watch.yaml"), ...events);
{
  const hours = (file) => JSON.parse(readFileSync(file, "utf8").match(/<script type="application\/json" id="data">(.*?)<\/script>/s)[1]).en.parts, inWatch = (parts) => Object.values(parts).filter((p) => p.kind === "watch").map((p) => JSON.stringify(p)).join().match(/\d{4}-\d\d-\d\dT\d\d:\d\d/g) ?? [];
  check("what is for the analyst has hours of watching", inWatch(hours(watched)).length > 0);
  const told = inWatch(hours(report(join(models, "ceasefire-watch.yaml"), ...events, "--public")));
  check("what is for the public has none", told.length === 0, told.join(" "));
}
/** Texts of a drawing that lie on one another. */
const collisions = (page) => page.evaluate(() => [...document.querySelectorAll("section[id$=-monitor] figure.picture")].filter((f) => f.getClientRects().length > 0).flatMap((f) => {
  const boxes = [...f.querySelectorAll(".drawing > svg text")].flatMap((t) => { const lines = [...t.querySelectorAll("tspan")]; return (lines.length > 0 ? lines : [t]).map((e) => ({text: e.textContent, box: e.getBoundingClientRect()})); }).filter((t) => t.text.trim() !== "");
  return boxes.flatMap((a, i) => boxes.slice(i + 1).filter((b) => Math.min(a.box.right, b.box.right) - Math.max(a.box.left, b.box.left) > 2 && Math.min(a.box.bottom, b.box.bottom) - Math.max(a.box.top, b.box.top) > 4).map((b) => `${f.querySelector("h3").textContent}: ${a.text} / ${b.text}`));
}));
for (const [width, colorScheme] of [[1280, "light"], [820, "dark"], [390, "light"]]) {
  const {page, bad, close} = await open(watched, {viewport: {width, height: 900}, colorScheme});
  for (const lang of ["en", "zh-Hant"]) {
    if (lang !== "en") await page.locator("label[for='choose-zh-Hant']").click();
    const found = await marks(page), place = `kept ${width} ${lang}`;
    check(`${place}: every kind of picture`, kept.every((k) => found.some((f) => f.kind === k)), found.map((f) => f.kind).join(" "));
    for (const f of found) check(`${place} ${f.kind}: marks, table, name`, f.have === f.want && f.want > 0 && f.rows > 0 && f.named !== "", `${f.have} of ${f.want}`);
    const over = await collisions(page);
    check(`${place}: no text on another`, over.length === 0, over.slice(0, 3).join(" | "));
    check(`${place}: no scrolling sideways`, await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth));
    const findings = await axeFindings(page);
    check(`${place}: accessibility`, findings.length === 0, findings.join(" | "));
  }
  check(`kept ${width}: no request, no message, no error`, bad.length === 0, bad.join(" | "));
  await close();
}
{
  const {page, close} = await open(watched), summary = await page.locator("article[lang=en] .summary").innerText();
  check("kept: who was watching comes first", summary.indexOf("Who was watching: ") > 0 && summary.indexOf("Who was watching: ") < summary.indexOf("No fire of heavy weapons"), summary);
  check("kept: a clause in a sentence, with number, reason and interval", /No fire of heavy weapons, in the valley\. North: 1 corroborated; 2 in doubt \(not known: .*\); beside the rate of the days before it comes to 20% of that rate \(2\.3% to 79%\)/.test(summary), summary);
  check("kept: dates as people write them", (await page.locator("article[lang='zh-Hant'] .summary").textContent()).includes("2031年5月10日"));
  check("kept: three states of watching", await page.evaluate(() => { const part = Object.values(JSON.parse(document.getElementById("data").textContent).en.parts).find((p) => p.kind === "watch"); return ["watching", "degraded", "blind"].every((k) => part.rows.some((r) => r.kind === k)); }));
  const map = page.locator("article[lang=en] section[id$=-monitor] figure").last();
  for (const [i, end] of [[0, ".svg"], [1, ".csv"]]) {
    const [download] = await Promise.all([page.waitForEvent("download"), map.locator(".save button").nth(i).click()]);
    const text = readFileSync(await download.path(), "utf8");
    check(`kept: the map is saved as ${end}`, download.suggestedFilename() === `map-${await map.getAttribute("data-part")}${end}` && !text.includes("var(--") && text.includes(end === ".svg" ? "20 km" : "Latitude"), text.slice(0, 120));
  }
  check("kept: the file of the borders is named", (await map.innerText()).includes("ceasefire-watch.geojson"));
  check("kept: files by their hashes", /[0-9a-f]{64}/.test(await page.locator("#en-evidence").textContent()) && (await page.locator("#en-evidence").textContent()).includes("Files of events"));
  await close();
  const plain = await open(watched, {javaScriptEnabled: false});
  check("kept: without a script the tables say it", (await plain.page.locator("article[lang=en] section[id$=-monitor] figure table tbody tr").count()) > 30);
  await plain.close();
}
{
  const ledger = join(folder, "kept.ledger"), run = (...args) => execFileSync(detente, ["ledger", ledger, ...args, "--quiet"]);
  run("append", join(models, "ceasefire-watch.csv"));
  run("dispute", "D1", "submitted", "e9/heavy-weapons/narrow", "--deadline", "2025-06-01");
  run("dispute", "D2", "submitted", "e9/heavy-weapons/wide");
  run("dispute", "D2", "contested");
  const {page, bad, close} = await open(report(join(models, "ceasefire-watch.yaml"), "--events", ledger), {viewport: {width: 390, height: 900}});
  const found = (await marks(page)).filter((f) => f.kind === "disputes"), over = await collisions(page);
  check("kept: disputes are drawn", found.length === 1 && found[0].have === 2 && found[0].rows === 2, JSON.stringify(found));
  check("kept: disputes on a small screen", over.length === 0 && bad.length === 0, [...over, ...bad].join(" | "));
  check("kept: disputes in a sentence", (await page.locator("article[lang=en] .summary").innerText()).includes("Disputes: 2; open: 2; past their deadline: 1."));
  await close();
}
{
  const none = readFileSync(report(join(models, "ceasefire-watch.yaml")), "utf8"), open = readFileSync(report(join(models, "ceasefire-watch.yaml"), ...events, "--public", "--draft"), "utf8");
  check("kept: without events one sentence says so", none.includes("No file of events was named") && !none.includes("--events") && !none.includes('id="en-monitor"'));
  check("kept: a draft says so", open.includes("Draft, not for publication"));
  const part = Object.values(JSON.parse(open.match(/id="data">(.*?)<\/script>/s)[1]).en.parts).find((p) => p.kind === "map");
  check("kept: for the public, places are coarse", part.rows.length > 0 && part.rows.every((r) => r.radius >= 10000 && Math.abs(Math.abs(r.lon * 10 % 1) - 0.5) < 1e-6), JSON.stringify(part.rows[0]));
  check("kept: for the public, no file of events", !open.includes("Files of events") && !/T\d\d:\d\d/.test(JSON.stringify(part)));
}
{
  const evil = `<script>alert(1)</script><img src=x onerror=alert(2)>"'&</style></script><!--`, q = JSON.stringify(evil), cell = `"${evil.replaceAll('"', '""')}"`;
  const model = join(folder, "kept.yaml"), csv = join(folder, "kept.csv"), zone = join(folder, "kept.geojson"), watch = join(folder, "kept-watch.csv");
  writeFileSync(zone, JSON.stringify({type: "FeatureCollection", features: [
    {type: "Feature", properties: {name: evil}, geometry: {type: "Polygon", coordinates: [[[10, 50], [11, 50], [11, 51], [10, 51], [10, 50]], [[10.4, 50.4], [10.6, 50.4], [10.6, 50.6], [10.4, 50.6], [10.4, 50.4]]]}},
    {type: "Feature", properties: {name: "line"}, geometry: {type: "LineString", coordinates: [[10, 50.5], [11, 50.7]]}}]}));
  writeFileSync(model, `detente: 1
title: ${q}
as_of: 2031-05-20
parties: {a: {name: ${q}, aliases: [A]}, b: {name: ${q}, aliases: [B]}}
issues: {x: {options: [p, q], no_deal: p}}
acts: {shout: ${q}}
agreements:
  pact:
    name: ${q}
    note: ${q}
    parties: [a, b]
    why: ${q}
    clauses:
      calm:
        name: ${q}
        text: ${q}
        readings:
          one: {name: ${q}, note: ${q}, by: ${q}, bound: [a, b], acts: [fire, shout], where: {inside: [{file: kept.geojson, feature: ${q}}], outside: [{file: kept.geojson, feature: line, buffer_m: 500}]}, from: 2031-05-10, until: 2031-05-14, status: ${q}, why: ${q}, exempt: [{acts: fire.mortar, provided: ${q}, why: ${q}}], triggers: [{id: t, name: ${q}, more_than: 0, why: ${q}}]}
          two: {name: ${q}, bound: [a], acts: any, until: 2031-05-14, why: ${q}}
`);
  const rows = ["2031-05-11T10:00,10.2,50.2,400,,fire.artillery", "2031-05-11T12:00,10.5,50.5,100,,shout", "2031-05-12T12:00,,,," + cell + ",fire", "2031-05-12T14:00,10.7,50.7,90000,,fire"];
  writeFileSync(csv, "id,source,family,kind,claimant,actor,date,longitude,latitude,radius,region,act,text\n" + rows.map((r, i) => `${i},${cell},${cell},allegation,B,A,${r},${cell}\n`).join(""));
  writeFileSync(watch, `source,channel,zone,from,until,state,reason\n${cell},${cell},${cell},2031-05-09,2031-05-12,degraded,${cell}\n`);
  let file;
  try { file = report(model, "--events", csv, "--events", watch); } catch (e) { check("kept: markup in every field is read", false, String(e.stderr ?? e)); }
  if (file) {
    const {page, bad, close} = await open(file);
    check("kept, markup: nothing runs, nothing is loaded", bad.length === 0, bad.join(" | "));
    check("kept, markup: no element of its making", (await page.locator("img").count()) === 0 && (await page.locator("script").count()) === 2);
    const found = await marks(page), text = await page.locator("article[lang=en] section[id$=-monitor]").textContent();
    check("kept, markup: read as it was written", text.includes(evil));
    check("kept, markup: every kind of picture", kept.every((k) => found.some((f) => f.kind === k)), found.map((f) => f.kind).join(" "));
    for (const f of found) check(`kept, markup ${f.kind}: drawn`, f.have === f.want, `${f.have} of ${f.want}`);
    check("kept: holes are no inside", (await page.locator("article[lang=en] .area path[fill-rule=evenodd]").count()) > 0);
    await close();
  }
}

await browser.close();
rmSync(folder, {recursive: true, force: true});
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed === 0 ? 0 : 1);

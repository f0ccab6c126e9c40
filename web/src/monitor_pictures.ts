// Pictures of "is it being kept?": who was watching, verdicts, rates, days, disputes.  Every mark stands for a row of the
// table below the picture.
import * as Plot from "@observablehq/plot";
import {accent, colour, fit, group, ink, paper, percent, plot, quiet, rule, wrap} from "./shapes";
import type {Drawing, Key, Row, Sheet} from "./shapes";
import {map} from "./map_picture";
import {hollow, list, looks, verdictKeys, verdictMarks} from "./verdict_marks";

const day = 86400000, bad = "var(--bad)";
const moment = (text: string): number => Date.parse(text);

// ---- lines under heads: a head for each clause, a line for each reading and party ----

interface Laid { heads: {text: string; y: number}[]; at: number[]; height: number }

function layHeads(s: Sheet, lanes: Row[], name: (r: Row) => string, step: (i: number) => number, top: number): Laid {
  const heads: Laid["heads"] = [], at: number[] = [];
  let y = top, last: string | null = null;
  lanes.forEach((lane, i) => {
    const head = name(lane);
    if (head !== last) {
      const text = wrap(head, fit(s.width - 10), 2), lines = text.split("\n").length;
      y += (last === null ? 0 : 12) + lines * 17;
      heads.push({text, y: y - 3});
      last = head;
    }
    at.push(y);
    y += step(i);
  });
  return {heads, at, height: y};
}

const headMark = (heads: Laid["heads"], x: number, dx = 0): Plot.Markish =>
  Plot.text(heads, {x: () => x, y: "y", dx, text: "text", textAnchor: "start", lineAnchor: "bottom", fill: ink, fontWeight: 600, stroke: paper, strokeWidth: 4, paintOrder: "stroke"} as any);

// ---- time ----

function dates(lang: string, span: number): (t: Date | number) => string {
  const options: Intl.DateTimeFormatOptions = span > 300 * day ? {year: "numeric", month: "short"} : {day: "numeric", month: "short"};
  const format = new Intl.DateTimeFormat(lang === "en" ? "en-GB" : lang, {...options, timeZone: "UTC"});
  return (t) => format.format(t);
}

/** The years that an axis without years runs over. */
function years(lang: string, from: number, until: number): string {
  const a = new Date(from).getUTCFullYear(), b = new Date(until - 1).getUTCFullYear(), unit = lang === "en" ? "" : "\u5e74";
  return until - from > 300 * day ? "" : a === b ? `${a}${unit}` : `${a}\u2013${b}${unit}`;
}

/** So many ticks at most, on whole days; months where they are longer. */
function ticks(from: number, until: number, most: number): number[] {
  const out: number[] = [], days = (until - from) / day, steps = [1, 2, 7, 14], step = steps.find((n) => days / n <= most);
  if (step !== undefined) {
    for (let t = Math.ceil(from / day) * day; t <= until; t += step * day) out.push(t);
    return out;
  }
  const first = new Date(from), months = [1, 2, 3, 6, 12, 24, 60].find((n) => days / 30.4 / n <= most) ?? 120;
  for (let m = 0; ; m += 1) {
    const t = Date.UTC(first.getUTCFullYear(), first.getUTCMonth() + m);
    if (t > until) return out;
    if (t >= from && new Date(t).getUTCMonth() % Math.min(12, months) === 0 && (months <= 12 || new Date(t).getUTCFullYear() % (months / 12) === 0)) out.push(t);
  }
}

function timeAxis(s: Sheet, from: number, until: number): object {
  return {type: "utc", domain: [from, until], ticks: ticks(from, until, s.width / 74), tickFormat: dates(s.lang, until - from), tickSize: 0, label: years(s.lang, from, until) || null, labelArrow: "none", labelAnchor: "right"};
}

// ---- who was watching ----

/** Names over the windows, on as many lines as keep them apart. */
function windowNames(s: Sheet, from: number, until: number, left: number, right: number): {name: string; x: number; line: number}[] {
  const ends: number[] = [], out: {name: string; x: number; line: number}[] = [];
  const scale = (t: number) => left + ((t - from) / (until - from)) * (s.width - left - right);
  for (const [name, members] of group(list(s, "windows"), (w) => w.name as string)) {
    const begin = Math.min(...members.map((w) => moment(w.from))), end = Math.max(...members.map((w) => moment(w.until)));
    const text = wrap(name, fit(s.width * 0.6), 1), half = (text.length * (s.lang === "en" ? 6.6 : 12.8)) / 2;
    const middle = Math.max(half + 2, Math.min(s.width - half - 2, scale((begin + end) / 2)));
    let line = ends.findIndex((e) => e < middle - half - 8);
    if (line < 0) line = ends.push(0) - 1;
    ends[line] = middle + half;
    out.push({name: text, x: from + ((middle - left) / (s.width - left - right)) * (until - from), line});
  }
  return out;
}

const states = ["watching", "degraded", "blind"], stateTints = [colour(2), colour(4), colour(3)];

function watch(s: Sheet): Drawing {
  const lanes = list(s, "lanes"), rows = list(s, "rows"), from = moment((s.part as Row).from), until = moment((s.part as Row).until);
  const left = 24, right = 24, names = windowNames(s, from, until, left, right), top = 8 + 17 * (1 + Math.max(-1, ...names.map((n) => n.line)));
  const step = 46, height = top + lanes.length * step + 4, y = (i: number) => top + i * step + 29;
  const windows = [...new Map(list(s, "windows").map((w) => [`${w.name} ${w.from} ${w.until}`, w])).values()], told = rows.filter((r) => r.kind === "told"), said = rows.filter((r) => states.includes(r.kind)), gaps = rows.filter((r) => r.kind === "gap");
  const svg = plot({
    width: s.width, height: height + 38, marginLeft: left, marginRight: right, marginTop: 0, marginBottom: 38,
    x: timeAxis(s, from, until) as any, y: {axis: null, domain: [0, height], range: [0, height]},
    marks: [
      Plot.rect(windows, {x1: (w: Row) => moment(w.from), x2: (w: Row) => moment(w.until), y1: top, y2: height, fill: accent, fillOpacity: 0.13}),
      Plot.text(names, {x: "x", y: (n: any) => top - 4 - 17 * n.line, text: "name", lineAnchor: "bottom", fill: accent} as any),
      Plot.ruleY(lanes, {y: (_: Row, i: number) => y(i) + 7, stroke: rule} as any),
      Plot.rect(told, {x1: (r: Row) => moment(r.from), x2: (r: Row) => moment(r.until), y1: (r: Row) => y(r.lane), y2: (r: Row) => y(r.lane) + 14, fill: ink, fillOpacity: 0.75, stroke: ink, strokeOpacity: 0.75, strokeWidth: 0.6, insetRight: 0.6, className: "mark"} as any),
      ...states.map((kind, i) => Plot.rect(said.filter((r) => r.kind === kind), {x1: (r: Row) => moment(r.from), x2: (r: Row) => moment(r.until), y1: (r: Row) => y(r.lane) + [0, 4, 1][i], y2: (r: Row) => y(r.lane) + [14, 10, 13][i], fill: kind === "blind" ? paper : stateTints[i], stroke: stateTints[i], strokeWidth: 1.5, strokeDasharray: kind === "blind" ? "3,3" : null, className: "mark"} as any)),
      Plot.dot(gaps, {x: (r: Row) => (moment(r.from) + moment(r.until)) / 2, y: (r: Row) => y(r.lane) + 7, r: 5, symbol: "times", stroke: bad, strokeWidth: 2.5, className: "mark"} as any),
      Plot.text(lanes, {x: from, dx: -left, y: (_: Row, i: number) => y(i) - 6, text: (l: Row) => wrap(l.family !== l.name ? `${l.name} (${l.family})` : l.name, fit(s.width - 20), 1), textAnchor: "start", lineAnchor: "bottom", fill: ink, stroke: paper, strokeWidth: 3, paintOrder: "stroke"} as any)
    ]
  } as any);
  const keys: Key[] = [{label: s.words.told, colour: ink, shape: "square"}, ...states.map((k, i): Key => ({label: s.words[k], colour: stateTints[i], shape: k === "blind" ? "box" : "square"})).filter((_, i) => said.some((r) => r.kind === states[i])), {label: s.words.in_force, colour: accent, shape: "box"}];
  return {svg, keys: gaps.length > 0 ? [...keys, {label: s.words.gap, colour: bad, shape: "cross"}] : keys};
}

// ---- verdicts ----

function verdicts(s: Sheet): Drawing {
  const lanes = list(s, "lanes"), rows = list(s, "rows"), filled = new Set(rows.map((r) => r.lane));
  const wide = s.width - 8, laid = layHeads(s, lanes, (l) => l.clause, (i) => (filled.has(i) ? 46 : 26 + 16 * wrap(lanes[i].text, fit(wide), 2).split("\n").length), 2);
  const room = (r: Row) => (r.high - r.low) * wide > 9 + 7.2 * r.text.length, middle = (r: Row) => (r.low + r.high) / 2;
  const svg = plot({
    width: s.width, height: laid.height + 8, marginLeft: 4, marginRight: 4, marginTop: 0, marginBottom: 4,
    x: {domain: [0, 1], axis: null}, y: {axis: null, domain: [0, laid.height + 4], range: [0, laid.height + 4]}, color: {type: "identity"},
    marks: [
      headMark(laid.heads, 0),
      Plot.text(lanes, {x: 0, y: (_: Row, i: number) => laid.at[i] + 3, text: (l: Row) => wrap(`${l.reading} \u00b7 ${l.party}`, fit(wide), 1), textAnchor: "start", lineAnchor: "top", fill: quiet} as any),
      Plot.text(lanes.filter((_, i) => !filled.has(i)), {x: 0, y: (l: Row) => laid.at[lanes.indexOf(l)] + 20, text: (l: Row) => wrap(l.text, fit(wide), 2), textAnchor: "start", lineAnchor: "top", fill: ink} as any),
      ...[...group(rows, (r) => r.verdict as string).entries()].map(([v, members]) =>
        Plot.rect(members, {x1: "low", x2: "high", y1: (r: Row) => laid.at[r.lane] + 20, y2: (r: Row) => laid.at[r.lane] + 38, insetLeft: 0.5, insetRight: 0.5, rx: 1.5, fill: hollow(v) ? paper : looks[v].tint, stroke: looks[v].tint, strokeWidth: 1.5, strokeDasharray: hollow(v) ? "4,3" : null, className: "mark"} as any)),
      Plot.text(rows.filter(room), {x: middle, y: (r: Row) => laid.at[r.lane] + 29, text: "text", fill: (r: Row) => (hollow(r.verdict) ? ink : paper), fontWeight: 600} as any)
    ]
  } as any);
  return {svg, keys: verdictKeys(s, rows).map((k): Key => (k.shape === "ring" ? {...k, shape: "box"} : {...k, shape: "square"}))};
}

// ---- rates ----

function rates(s: Sheet): Drawing {
  const rows = list(s, "rows"), compared = rows.filter((r) => r.compared), tops = [...compared.map((r) => r.high ?? r.value), 1];
  const lows = [...compared.flatMap((r) => [r.low, r.value, r.high]).filter((x) => x > 0), 1];
  const floor = Math.pow(10, Math.floor(Math.log10(Math.max(1e-4, Math.min(...lows) * 0.9)))), ceiling = Math.pow(10, Math.ceil(Math.log10(Math.max(...tops) * 1.1)));
  const powers: number[] = [];
  for (let e = Math.round(Math.log10(floor)); e <= Math.round(Math.log10(ceiling)); e++) powers.push(Math.pow(10, e));
  const labels = new Map(rows.map((r) => [r, wrap(`${r.reading} \u00b7 ${r.party}: ${r.text}`, fit(s.width - 4), 2)])), lines = (r: Row) => labels.get(r)!.split("\n").length;
  const laid = layHeads(s, rows, (r) => r.clause, (i) => lines(rows[i]) * 16 + (rows[i].compared ? 28 : 10), 18), bar = (r: Row) => at(r) + 15 + 16 * lines(r), at = (r: Row) => laid.at[rows.indexOf(r)];
  const clip = (x: number) => Math.max(floor, Math.min(ceiling, x)), none = (r: Row) => !(r.value > 0), end = (r: Row) => (r.high === null ? ceiling : clip(r.high));
  const svg = plot({
    width: s.width, height: laid.height + (compared.length === 0 ? 8 : 48), marginLeft: 22, marginRight: 26, marginTop: 0, marginBottom: compared.length === 0 ? 4 : 44,
    x: compared.length === 0 ? {axis: null, type: "log", domain: [floor, ceiling]} : {type: "log", domain: [floor, ceiling], ticks: powers, tickFormat: percent(s.lang), tickSize: 0, label: wrap(s.words.rate, fit(s.width), 1), labelAnchor: "left", labelArrow: "none"},
    y: {axis: null, domain: [0, laid.height + 4], range: [0, laid.height + 4]},
    marks: [
      Plot.ruleX(compared.length === 0 ? [] : powers, {stroke: rule}), Plot.ruleX(compared.length === 0 ? [] : [1], {stroke: ink, strokeWidth: 1.5}),
      Plot.text(compared.length === 0 ? [] : [1], {x: (d: number) => d, y: 2, text: () => s.words.unchanged, dx: -5, textAnchor: "end", lineAnchor: "top", fill: quiet, stroke: paper, strokeWidth: 3, paintOrder: "stroke"} as any),
      headMark(laid.heads, floor, -22),
      Plot.text(rows, {x: floor, dx: -22, y: (r: Row) => at(r) + 4, text: (r: Row) => labels.get(r)!, textAnchor: "start", lineAnchor: "top", fill: quiet, stroke: paper, strokeWidth: 4, paintOrder: "stroke"} as any),
      Plot.link(compared, {x1: (r: Row) => (none(r) ? floor : clip(r.low)), x2: end, y1: (r: Row) => bar(r), y2: (r: Row) => bar(r), stroke: accent, strokeWidth: 2.5} as any),
      Plot.dot(compared.filter((r) => r.high === null), {x: ceiling, y: (r: Row) => bar(r), r: 5, symbol: "triangle", rotate: 90, fill: accent} as any),
      Plot.dot(compared.filter((r) => !none(r)), {x: (r: Row) => clip(r.value), y: (r: Row) => bar(r), r: 5, fill: accent, stroke: paper, className: "mark"} as any),
      Plot.dot(compared.filter(none), {x: floor, y: (r: Row) => bar(r), r: 5.5, symbol: "triangle", rotate: -90, fill: accent, className: "mark"} as any),
      Plot.dot(rows.filter((r) => !r.compared), {x: floor, y: (r: Row) => at(r) + 11, r: 0.1, fill: "none", className: "mark"} as any)
    ]
  } as any);
  return {svg};
}

// ---- an agreement, day by day ----

function timeline(s: Sheet): Drawing {
  const lanes = list(s, "lanes"), rows = list(s, "rows"), order = list(s, "verdicts").map((v) => v.id as string);
  const begin = (l: Row) => moment(l.from ?? l.shown_from), end = (l: Row) => moment(l.until ?? l.shown_until);
  const from = Math.min(...lanes.map(begin)), until = Math.max(...lanes.map(end), from + day);
  const met = lanes.map((_, i) => order.filter((v) => rows.some((r) => r.lane === i && r.verdict === v)));
  const line = 22, laid = layHeads(s, lanes, (l) => l.clause, (i) => 40 + met[i].length * line, 2), most = Math.max(1, ...rows.map((r) => r.count));
  const size = (r: Row) => 3 + 7 * Math.sqrt(r.count / most), width = (r: Row) => (lanes[r.lane].width as number) * day;
  // A mark stands in the middle of what is in force of its day.
  const x = (r: Row) => (Math.max(moment(r.day), begin(lanes[r.lane])) + Math.min(moment(r.day) + width(r), end(lanes[r.lane]))) / 2, y = (r: Row) => laid.at[r.lane] + 42 + met[r.lane].indexOf(r.verdict) * line;
  const apart = ((s.width - 48) * day) / (until - from), told = rows.filter((r) => apart * (lanes[r.lane].width as number) > 26 + 7 * r.text.length);
  const svg = plot({
    width: s.width, height: laid.height + 44, marginLeft: 24, marginRight: 24, marginTop: 0, marginBottom: 38,
    x: timeAxis(s, from, until) as any, y: {axis: null, domain: [0, laid.height + 6], range: [0, laid.height + 6]},
    marks: [
      Plot.gridX(ticks(from, until, s.width / 74), {stroke: rule, strokeOpacity: 1} as any),
      headMark(laid.heads, from, -24),
      Plot.text(lanes, {x: from, y: (_: Row, i: number) => laid.at[i] + 3, dx: -24, text: (l: Row) => wrap(l.reading, fit(s.width - 12), 1), textAnchor: "start", lineAnchor: "top", fill: quiet, stroke: paper, strokeWidth: 3, paintOrder: "stroke"} as any),
      Plot.rect(lanes, {x1: begin, x2: end, y1: (_: Row, i: number) => laid.at[i] + 20, y2: (_: Row, i: number) => laid.at[i] + 27, fill: accent, fillOpacity: 0.5, rx: 2} as any),
      ...verdictMarks(rows, {x, y}, size),
      Plot.text(told, {x, y, dx: (2 + 10) as number, text: "text", textAnchor: "start", fill: ink, stroke: paper, strokeWidth: 3, paintOrder: "stroke"} as any)
    ],
    r: {type: "identity"}
  } as any);
  return {svg, keys: [{label: s.words.in_force, colour: accent, shape: "line"}, ...verdictKeys(s, rows)]};
}

// ---- disputes ----

function disputes(s: Sheet): Drawing {
  const rows = list(s, "rows"), steps = (s.part as Row).steps as string[], top = 40, half = Math.min(70, s.width / steps.length / 2);
  const name = (r: Row) => wrap([r.id, r.about, r.deadline].filter((t) => t !== "").join(" \u00b7 "), fit(s.width), 2), lines = Math.max(1, ...rows.map((r) => name(r).split("\n").length));
  const step = 34 + 16 * lines, y = (r: Row) => top + rows.indexOf(r) * step + 16 + 16 * lines;
  const tint = (r: Row) => (r.overdue ? bad : accent), height = top + rows.length * step + 6;
  const svg = plot({
    width: s.width, height, marginLeft: half, marginRight: half, marginTop: 0, marginBottom: 0,
    x: {axis: null, type: "linear", domain: [0, steps.length - 1]}, y: {axis: null, domain: [0, height], range: [0, height]}, color: {type: "identity"},
    marks: [
      Plot.text(steps, {x: (_: string, i: number) => i, y: top - 8, text: (t: string) => wrap(t, fit(2 * half - 4), 2), lineAnchor: "bottom", fill: quiet} as any),
      Plot.text(rows, {x: 0, dx: -half, y: (r: Row) => y(r) - 11, text: name, textAnchor: "start", lineAnchor: "bottom", fill: ink} as any),
      Plot.link(rows, {x1: 0, x2: steps.length - 1, y1: y, y2: y, stroke: rule, strokeWidth: 2} as any),
      Plot.link(rows.filter((r) => r.step > 0), {x1: 0, x2: "step", y1: y, y2: y, stroke: tint, strokeWidth: 2.5} as any),
      Plot.dot(rows.filter((r) => !r.overdue), {x: "step", y, r: 6, fill: accent, stroke: paper, className: "mark"} as any),
      Plot.dot(rows.filter((r) => r.overdue), {x: "step", y, r: 6, symbol: "times", stroke: bad, strokeWidth: 3, className: "mark"} as any)
    ]
  } as any);
  return {svg, keys: rows.some((r) => r.overdue) ? [{label: s.words.overdue, colour: bad, shape: "cross"}] : []};
}

export const monitorPictures: Record<string, (s: Sheet) => Drawing> = {watch, verdicts, rates, timeline, map, disputes};

// One function per picture.  Every mark stands for a row of the table below the picture.
import * as Plot from "@observablehq/plot";
import {shares, tornado} from "./drivers_pictures";
import {states} from "./graph_picture";
import {monitorPictures} from "./monitor_pictures";
import {positions} from "./positions_picture";
import {calibration, scores} from "./scores_pictures";
import {accent, beside, colour, dashes, fit, group, ink, over, paper, percent, plot, quiet, rule, wrap} from "./shapes";
import type {Drawing, Key, Part, Party, Row, Sheet} from "./shapes";

const rowsOf = (s: Sheet): Row[] => s.part.rows ?? [];

/** The zone of agreement per format: share of outcomes, from empty to all, by powers of ten. */
function zones(s: Sheet): Drawing {
  const rows = rowsOf(s), open = rows.filter((r) => r.high > 0), none = rows.filter((r) => !(r.high > 0));
  const least = Math.min(0.1, ...open.map((r) => (r.low > 0 ? r.low : r.high)));
  const floor = Math.pow(10, Math.floor(Math.log10(least))), powers: number[] = [];
  for (let p = floor; p < 1.5; p *= 10) powers.push(Math.min(1, p));
  const late = (r: Row) => (1 + Math.log10(r.high) / -Math.log10(floor)) * s.width + 7 * r.text.length * (s.lang === "en" ? 1 : 1.3) > s.width;
  const step = s.width < 500 ? 56 : 46, at = (r: Row) => rows.indexOf(r);
  const svg = plot({
    width: s.width, height: rows.length * step + 62, marginLeft: 20, marginRight: 24, marginTop: 30, marginBottom: 40,
    x: {type: "log", domain: [floor, 1], tickFormat: percent(s.lang), ticks: powers, label: s.words.share, labelAnchor: "left", labelArrow: "none", tickSize: 0},
    y: {axis: null, domain: [-0.3, rows.length - 0.7], reverse: true},
    marks: [
      Plot.ruleX(powers, {stroke: rule}),
      Plot.link(open, {x1: floor, x2: "high", y1: at, y2: at, stroke: accent, strokeWidth: 2}),
      Plot.dot(open, {x: "high", y: at, r: 5.5, fill: accent, className: "mark"}),
      Plot.text(open.filter((r) => !late(r)), {x: "high", y: at, text: "text", textAnchor: "start", dx: 11, fill: quiet}),
      Plot.text(open.filter(late), {x: "high", y: at, text: "text", textAnchor: "end", lineAnchor: s.width < 500 ? "top" : "bottom", dy: s.width < 500 ? 9 : -9, fill: quiet}),
      Plot.dot(none, {x: floor, y: at, r: 5, symbol: "times", stroke: "var(--bad)", strokeWidth: 2, className: "mark"}),
      Plot.text(none, {x: floor, y: at, dx: 12, textAnchor: "start", fill: "var(--bad)", text: (r: Row) => (r.status === "undecided" ? s.words.undecided : s.words.none)}),
      over(rows, (r) => wrap(r.format, fit(s.width * 0.62), 1), at, floor)
    ]
  } as any);
  return {svg};
}

/** What has to be given up: blockers on the left, least sets on the right, lines between them. */
function blockers(s: Sheet): Drawing {
  const least = rowsOf(s).filter((r) => r.least);
  const merged = [...group(least, (r) => r.scenario + "|" + r.drop.map((b: Row) => b.id).join("|") + "|" + r.cost).values()].slice(0, 12);
  const ids = [...new Map(merged.flatMap((g) => g[0].drop as Row[]).map((b) => [b.id, b])).values()];
  ids.sort((a, b) => a.party - b.party || (a.id < b.id ? -1 : 1));
  const step = 70, height = Math.max(ids.length, merged.length) * step + 30, half = Math.min(s.width * 0.4, 360);
  const left = (b: Row) => ((ids.findIndex((x) => x.id === b.id) + 0.5) / ids.length) * height;
  const right = (g: Row[]) => ((merged.indexOf(g) + 0.5) / merged.length) * height;
  const links = merged.flatMap((g) => (g[0].drop as Row[]).map((b) => ({b, g})));
  const tint = (b: Row) => (b.party < 0 ? quiet : colour(b.party));
  const label = (g: Row[]) => {
    const formats = g.map((r) => r.format).join(" · ");
    return wrap(`${g[0].scenario ? g[0].scenario + " — " : ""}${formats}`, fit(half - 14), 3) + `\n${s.words.cost} ${g[0].cost}`;
  };
  const svg = plot({
    width: s.width, height, margin: 4, x: {axis: null, domain: [0, s.width], range: [0, s.width]}, y: {axis: null, domain: [0, height], range: [0, height]},
    marks: [
      Plot.link(links, {x1: half, x2: s.width - half, y1: (d: any) => left(d.b), y2: (d: any) => right(d.g), stroke: (d: any) => tint(d.b), strokeWidth: 2, strokeOpacity: 0.75, curve: "bump-x"} as any),
      Plot.dot(ids, {x: half, y: left, r: 5, fill: tint}),
      Plot.text(ids, {x: half - 12, y: left, text: (b: Row) => wrap(b.name, fit(half - 14), 3), textAnchor: "end", fill: ink}),
      Plot.dot(merged, {x: s.width - half, y: right, r: 5, fill: paper, stroke: ink, strokeWidth: 1.5, className: "mark"}),
      Plot.text(merged, {x: s.width - half + 12, y: right, text: label, textAnchor: "start", fill: ink})
    ],
    color: {type: "identity"}
  } as any);
  return {svg};
}

/** The zone while time passes. */
function drift(s: Sheet): Drawing {
  const rows = rowsOf(s), formats = [...group(rows, (r) => r.format).keys()];
  const tint = (r: Row) => colour(formats.indexOf(r.format));
  const svg = plot({
    width: s.width, height: Math.min(380, Math.max(260, s.width * 0.5)), marginLeft: 52, marginRight: 14, marginTop: 26, marginBottom: 42,
    x: {label: s.words.months, labelArrow: "none", labelAnchor: "right", tickSize: 0, ticks: 6},
    y: {type: "sqrt", domain: [0, Math.max(0.01, ...rows.map((r) => r.share)) * 1.05], tickFormat: percent(s.lang), ticks: 6, label: s.words.drift_share, labelArrow: "none", tickSize: 0},
    color: {type: "identity"},
    marks: [
      Plot.gridY({stroke: rule, strokeOpacity: 1}),
      ...formats.map((f, i) => Plot.line(rows.filter((r) => r.format === f), {x: "month", y: "share", stroke: colour(i), strokeWidth: 2, strokeDasharray: dashes[i % dashes.length], z: null} as any)),
      Plot.dot(rows, {x: "month", y: "share", r: 3, fill: tint, className: "mark"})
    ]
  } as any);
  return {svg, keys: formats.map((f, i): Key => ({label: f, colour: colour(i), shape: "line", dash: dashes[i % dashes.length]}))};
}

/** Weights of parties by issues, red lines outlined, evidence as dots. */
function redLines(s: Sheet): Drawing {
  const rows = rowsOf(s), parties = [...group(rows, (r) => r.party.name).keys()], issues = [...group(rows, (r) => r.issue).keys()];
  const left = Math.min(250, s.width * 0.38), most = Math.max(0.01, ...rows.map((r) => r.weight)), step = 40;
  const cell = (s.width - left) / parties.length, flat = beside(parties, cell), head = flat ? 40 : 96;
  const svg = plot({
    width: s.width, height: issues.length * step + head + 4, marginLeft: left, marginRight: 2, marginTop: head, marginBottom: 4,
    x: {domain: parties, axis: "top", tickSize: 0, label: null, padding: 0.06, tickRotate: flat ? 0 : -90, tickFormat: (p: string) => (flat ? wrap(p, fit(cell), 2) : wrap(p, fit(90), 1))}, y: {domain: issues, tickSize: 0, label: null, padding: 0.12, tickFormat: (i: string) => wrap(i, fit(left - 8), 2)},
    opacity: {type: "identity"}, color: {type: "identity"},
    marks: [
      Plot.cell(rows, {x: (r: Row) => r.party.name, y: "issue", fill: accent, fillOpacity: (r: Row) => 0.04 + (0.66 * r.weight) / most, rx: 2, className: "mark"} as any),
      Plot.cell(rows.filter((r) => r.lines !== ""), {x: (r: Row) => r.party.name, y: "issue", fill: "none", stroke: "var(--mark)", strokeWidth: 2.5, rx: 2, className: "outline"} as any),
      Plot.text(rows, {x: (r: Row) => r.party.name, y: "issue", text: (r: Row) => (cell < 38 ? r.text.replace("%", "") : r.text), fill: ink, stroke: paper, strokeWidth: 3, paintOrder: "stroke"} as any),
      Plot.dot(rows.filter((r) => r.evidence !== ""), {x: (r: Row) => r.party.name, y: "issue", dx: Math.min(38, cell / 2 - 8), r: 3, fill: (r: Row) => (r.evidence === "evidenced" ? ink : paper), stroke: ink, strokeWidth: 1, className: "evidence"} as any)
    ]
  } as any);
  const keys: Key[] = [{label: s.words.red_line, colour: "var(--mark)", shape: "box"}, {label: s.words.evidenced, colour: ink, shape: "dot"}, {label: s.words.judged, colour: ink, shape: "ring"}];
  return {svg, keys};
}

/** The frontier: a scatter for two parties, parallel axes for more. */
function frontier(s: Sheet): Drawing {
  return s.part.parties!.length === 2 ? scatter(s) : parallel(s);
}

function solutionKeys(p: Part, none: string): Key[] {
  const names = [...new Set((p.solutions ?? []).map((x) => x.name))];
  return [...names.map((n, i): Key => ({label: n, colour: colour(i), shape: "diamond"})), {label: none, colour: ink, shape: "cross"}];
}

function scatter(s: Sheet): Drawing {
  const p = s.part, points = p.points ?? [], none = p.no_deal![0], names = [...new Set((p.solutions ?? []).map((x) => x.name))];
  const svg = plot({
    width: Math.min(s.width, 680), height: Math.min(s.width, 680) * (s.paper ? 0.55 : 0.72), marginLeft: 50, marginRight: 18, marginTop: 30, marginBottom: 44, inset: 12,
    x: {label: `${s.words.utility_of} ${p.parties![0].name}`, labelArrow: "none", tickSize: 0, nice: true}, y: {label: `${s.words.utility_of} ${p.parties![1].name}`, labelArrow: "none", tickSize: 0, nice: true},
    color: {type: "identity"},
    marks: [
      Plot.ruleX([none.u[0]], {stroke: rule, strokeWidth: 1.5}), Plot.ruleY([none.u[1]], {stroke: rule, strokeWidth: 1.5}),
      Plot.dot(points, {x: (d: any) => d.u[0], y: (d: any) => d.u[1], r: 4, fill: (d: any) => (d.zone ? quiet : paper), stroke: quiet, className: "mark"}),
      Plot.dot(p.solutions ?? [], {x: (d: any) => d.u[0], y: (d: any) => d.u[1], r: 7, symbol: "diamond", fill: (d: any) => colour(names.indexOf(d.name)), stroke: paper, className: "solution"} as any),
      Plot.dot([none], {x: (d: any) => d.u[0], y: (d: any) => d.u[1], r: 5, symbol: "times", stroke: ink, strokeWidth: 2.5}),
      Plot.text([none], {x: (d: any) => d.u[0], y: (d: any) => d.u[1], text: "name", dy: 15, fill: ink})
    ]
  } as any);
  return {svg, keys: [...solutionKeys(p, s.words.none), {label: s.words.in_zone, colour: quiet, shape: "dot"}, {label: s.words.on_frontier, colour: quiet, shape: "ring"}]};
}

function parallel(s: Sheet): Drawing {
  const p = s.part, parties = p.parties!, none = p.no_deal![0], names = [...new Set((p.solutions ?? []).map((x) => x.name))];
  const all = [...(p.points ?? []), ...(p.solutions ?? []), none];
  const ends = parties.map((_, i) => { const v = all.map((d) => d.u[i] ?? 0); return [Math.min(...v), Math.max(...v)]; });
  const at = (u: (number | null)[], i: number) => (ends[i][1] > ends[i][0] ? ((u[i] ?? 0) - ends[i][0]) / (ends[i][1] - ends[i][0]) : 0.5);
  const path = (list: {u: (number | null)[]}[], extra: (d: any) => object) => list.flatMap((d, k) => parties.map((_, i) => ({i, y: at(d.u, i), k, ...extra(d)})));
  const number = (x: number) => new Intl.NumberFormat(s.lang, {maximumFractionDigits: 1}).format(x), side = Math.min(90, s.width * 0.13), cell = (s.width - 2 * side) / Math.max(1, parties.length - 1), flat = beside(parties.map((q) => q.name), cell), head = flat ? 54 : 116;
  const svg = plot({
    width: s.width, height: (s.paper ? 246 : 306) + head, marginLeft: side, marginRight: side, marginTop: head, marginBottom: 26,
    x: {type: "linear", domain: [0, parties.length - 1], axis: null}, y: {domain: [0, 1], axis: null}, color: {type: "identity"},
    marks: [
      Plot.line(path((p.points ?? []).filter((d) => !d.zone), () => ({})), {x: "i", y: "y", z: "k", stroke: quiet, strokeOpacity: 0.13}),
      Plot.line(path((p.points ?? []).filter((d) => d.zone), () => ({})), {x: "i", y: "y", z: "k", stroke: accent, strokeOpacity: 0.35}),
      Plot.ruleX(parties.map((_, i) => i), {stroke: ink}),
      Plot.line(path([none], () => ({})), {x: "i", y: "y", z: "k", stroke: ink, strokeWidth: 2, strokeDasharray: "3,4"}),
      Plot.line(path(p.solutions ?? [], (d) => ({name: d.name})), {x: "i", y: "y", z: "k", stroke: (d: any) => colour(names.indexOf(d.name)), strokeWidth: 2.5}),
      Plot.dot(path(p.solutions ?? [], (d) => ({name: d.name})), {x: "i", y: "y", r: 4.5, symbol: "diamond", fill: (d: any) => colour(names.indexOf(d.name)), stroke: paper} as any),
      Plot.text(parties, {x: (_: any, i: number) => i, y: 1, dy: -22, text: (d: Party) => (flat ? wrap(d.name, fit(cell), 2) : wrap(d.name, fit(88), 1)), ...(flat ? {lineAnchor: "bottom"} : {rotate: -90, textAnchor: "start"}), fill: ink, fontWeight: 600} as any),
      Plot.text(parties, {x: (_: any, i: number) => i, y: 1, dy: -9, text: (_: any, i: number) => number(ends[i][1]), fill: quiet} as any),
      Plot.text(parties, {x: (_: any, i: number) => i, y: 0, dy: 13, text: (_: any, i: number) => number(ends[i][0]), fill: quiet} as any)
    ]
  } as any);
  const keys = solutionKeys(p, s.words.none).map((k): Key => (k.shape === "cross" ? {...k, shape: "dash"} : k)); // told from the lines of points by their marks
  return {svg, keys: [...keys, {label: s.words.in_zone, colour: accent, shape: "line"}, {label: s.words.on_frontier, colour: quiet, shape: "line"}]};
}

/** Gains after each step of a way. */
function way(s: Sheet): Drawing {
  const rows = rowsOf(s), parties = s.part.parties!;
  const flat = rows.flatMap((r) => parties.map((p, i) => ({step: r.step, gain: r.gains[i] as number | null, party: p}))).filter((d) => d.gain !== null);
  const svg = plot({
    width: Math.min(s.width, 680), height: s.paper ? 260 : 300, marginLeft: 48, marginRight: 18, marginTop: 28, marginBottom: 42, inset: 8,
    x: {ticks: rows.map((r) => r.step), tickFormat: "d", label: s.words.step, labelArrow: "none", tickSize: 0}, y: {label: s.words.gain, labelArrow: "none", tickSize: 0, nice: true}, color: {type: "identity"},
    marks: [
      Plot.gridY({stroke: rule, strokeOpacity: 1}), Plot.ruleY([0], {stroke: ink}),
      ...parties.map((p, i) => Plot.line(flat.filter((d) => d.party.index === p.index), {x: "step", y: "gain", stroke: colour(p.index), strokeWidth: 2, strokeDasharray: dashes[i % dashes.length]} as any)),
      Plot.dot(flat, {x: "step", y: "gain", r: 4.5, fill: (d: any) => colour(d.party.index), className: "mark"}),
      Plot.dot(rows.filter((r) => r.exposed), {x: "step", y: 0, symbol: "times", r: 6, stroke: "var(--bad)", strokeWidth: 2.5} as any)
    ]
  } as any);
  const keys = parties.map((p, i): Key => ({label: p.name, colour: colour(p.index), shape: "line", dash: dashes[i % dashes.length]}));
  return {svg, keys: rows.some((r) => r.exposed) ? [...keys, {label: s.words.exposed, colour: "var(--bad)", shape: "cross"}] : keys};
}

/** Probability of each scenario by every model; baselines and claims on lines of their own. */
function scenarios(s: Sheet): Drawing {
  const rows = rowsOf(s), kinds = ["bargain", "positions", "baseline", "claim"], line = 18, head = 36;
  const tints = [colour(0), colour(2), quiet, colour(1)], y = new Map<Row, number>(), heads: {name: string; y: number}[] = [];
  let at = 0;
  for (const [name, members] of group(rows, (r) => r.scenario)) {
    at += head;
    heads.push({name, y: at - line / 2});
    for (const kind of kinds) {
      const list = members.filter((m) => m.kind === kind);
      if (list.length === 0) continue;
      const lanes = Math.min(list.length, kind === "bargain" ? 4 : 1);
      list.forEach((m, i) => y.set(m, at + (i % lanes) * 9));
      at += line + (lanes - 1) * 9;
    }
  }
  const spot = (r: Row) => y.get(r)!, tint = (r: Row) => tints[kinds.indexOf(r.kind)];
  const of = (kind: string) => rows.filter((r) => r.kind === kind);
  const svg = plot({
    width: s.width, height: at + 46, marginLeft: 14, marginRight: 22, marginTop: 8, marginBottom: 38,
    x: {domain: [0, 1], tickFormat: percent(s.lang), label: s.words.probability, labelArrow: "none", tickSize: 0, ticks: 5}, y: {axis: null, domain: [0, at], range: [8, at + 8]}, color: {type: "identity"},
    marks: [
      Plot.gridX({stroke: rule, strokeOpacity: 1, ticks: 5}),
      Plot.text(heads, {x: 0, y: "y", dx: -7, text: (h: any) => wrap(h.name, fit(s.width), 1), textAnchor: "start", lineAnchor: "bottom", dy: -2, fill: ink, fontWeight: 600, stroke: paper, strokeWidth: 4} as any),
      Plot.link(rows.filter((r) => r.high > r.low), {x1: "low", x2: "high", y1: spot, y2: spot, stroke: tint, strokeOpacity: 0.35, strokeWidth: 1.5}),
      Plot.dot([...of("bargain"), ...of("positions")], {x: "p", y: spot, r: 5, fill: tint, fillOpacity: 0.6, stroke: paper, className: "mark"}),
      Plot.dot(of("baseline"), {x: "p", y: spot, r: 4.5, fill: paper, stroke: quiet, strokeWidth: 2, className: "mark"}),
      Plot.dot(of("claim"), {x: "p", y: spot, r: 6, symbol: "diamond", fill: tint, className: "mark"} as any),
      Plot.text(of("claim").filter((r) => r.p > 0.3), {x: "p", y: spot, dx: -12, text: "model", textAnchor: "end", fill: quiet}),
      Plot.text(of("claim").filter((r) => r.p <= 0.3), {x: "p", y: spot, dx: 12, text: "model", textAnchor: "start", fill: quiet})
    ]
  } as any);
  const shapes: Key["shape"][] = ["dot", "dot", "ring", "diamond"];
  return {svg, keys: kinds.map((k, i): Key => ({label: s.words[k], colour: tints[i], shape: shapes[i]})).filter((_, i) => of(kinds[i]).length > 0)};
}

/** The input that moves each probability most, widest first. */
function inputs(s: Sheet): Drawing {
  const rows = rowsOf(s), at = (r: Row) => rows.indexOf(r), names = new Map(rows.map((r) => [r, wrap(`${r.input} \u2192 ${r.scenario} \u00b7 ${r.model}`, fit(s.width - 30), 2)]));
  const step = [...names.values()].some((n) => n.includes("\n")) ? 62 : 48;
  const svg = plot({
    width: s.width, height: rows.length * step + 60, marginLeft: 14, marginRight: 22, marginTop: step - 14, marginBottom: 38,
    x: {domain: [0, 1], tickFormat: percent(s.lang), label: s.words.probability, labelArrow: "none", tickSize: 0, ticks: 5}, y: {axis: null, domain: [-0.2, rows.length - 0.7], reverse: true},
    marks: [
      Plot.gridX({stroke: rule, strokeOpacity: 1, ticks: 5}),
      Plot.link(rows, {x1: "low", x2: "high", y1: at, y2: at, stroke: accent, strokeWidth: 9, strokeOpacity: 0.55, className: "mark"}),
      Plot.dot(rows, {x: "p", y: at, r: 4.5, fill: ink, stroke: paper}),
      over(rows, (r) => names.get(r)!, at, 0)
    ]
  } as any);
  return {svg};
}

export const pictures: Record<string, (s: Sheet) => Drawing> = {zones, blockers, drift, positions, red_lines: redLines, frontier, way, scenarios, inputs, states, tornado, shares, scores, calibration, ...monitorPictures};

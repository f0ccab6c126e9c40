// What each party likes best, issue by issue: one line for each issue, parties that like the same stand side by side.
import * as Plot from "@observablehq/plot";
import {colour, fit, group, ink, paper, plot, quiet, rule, textWidth, wrap} from "./shapes";
import type {Drawing, Key, Party, Row, Sheet} from "./shapes";

interface Placed { left: number; right: number; lane: number }
interface Spot extends Placed { x: number; rows: Row[]; text: string }
interface Line { issue: string; title: number; at: number; spots: Spot[]; end: number }

const gap = 17, lineHeight = 13, labelLanes = 3;

/** The ninth party and on have the colours again, as rings. */
const again = (p: Party): boolean => p.index >= 8;

/** Into the first lane where it touches nothing. */
function lanes<T extends Placed>(list: T[]): T[][] {
  const out: T[][] = [];
  for (const d of [...list].sort((a, b) => a.left - b.left)) {
    d.lane = out.findIndex((l) => l[l.length - 1].right + 6 < d.left);
    if (d.lane < 0) d.lane = out.push([]) - 1;
    out[d.lane].push(d);
  }
  return out;
}

function spotsOf(rows: Row[], from: number, to: number): Spot[] {
  return [...group(rows, (r) => Math.round(r.at * 1e6)).values()].map((g) => {
    const half = (g.length * gap) / 2, middle = Math.min(to - half, Math.max(from + half, from + g[0].at * (to - from)));
    return {x: middle, left: middle - half, right: middle + half, lane: 0, rows: g, text: wrap([...new Set(g.map((r) => r.best))].join(" / "), 22, 2)};
  });
}

interface Label extends Placed { x: number; y: number; text: string }

/** Labels below the dots, in lanes; what finds no room in three of them is left to the table. */
function labelsOf(spots: Spot[], y: number, from: number, to: number): {labels: Label[]; end: number} {
  const labels = spots.map((p): Label => {
    const half = Math.max(...p.text.split("\n").map(textWidth)) / 2, x = Math.min(to - half, Math.max(from + half, p.x));
    return {x, left: x - half, right: x + half, lane: 0, y, text: p.text};
  });
  let at = y;
  for (const lane of lanes(labels).slice(0, labelLanes)) {
    for (const l of lane) l.y = at;
    at += lineHeight * Math.max(...lane.map((l) => l.text.split("\n").length)) + 2;
  }
  return {labels: labels.filter((l) => l.lane < labelLanes), end: at};
}

export function positions(s: Sheet): Drawing {
  const rows = s.part.rows ?? [], wide = s.width >= 640, from = wide ? 232 : 4, to = s.width - 4, lines: Line[] = [], labels: Label[] = [];
  let y = 26;
  for (const [issue, members] of group(rows, (r) => r.issue)) {
    const spots = spotsOf(members, from, to), depth = lanes(spots).length, title = y + (wide ? 10 : 6), at = title + (wide ? 0 : 20);
    const below = labelsOf(spots, at + depth * gap - 6, from, to);
    labels.push(...below.labels);
    lines.push({issue, title, at, spots, end: below.end});
    y = Math.max(below.end, title + (wide ? 24 : 0)) + 9;
  }
  const dots = lines.flatMap((l) => l.spots.flatMap((p) => p.rows.map((row, k) => ({row, x: p.left + (k + 0.5) * gap, y: l.at + p.lane * gap}))));
  const spans = dots.filter((d) => d.row.high > d.row.low).map((d, k) => ({...d, x1: from + d.row.low * (to - from), x2: from + d.row.high * (to - from), y: d.y - 2 + (k % 3) * 2}));
  const parties = [...new Map(rows.map((r) => [r.party.index, r.party as Party])).values()], power = new Map(rows.map((r) => [r.party.index, r.capability as number]));
  const number = new Intl.NumberFormat(s.lang, {maximumSignificantDigits: 2}), told = new Set(power.values()).size > 1;
  const svg = plot({
    width: s.width, height: y, margin: 0, x: {axis: null, domain: [0, s.width], range: [0, s.width]}, y: {axis: null, domain: [0, y], range: [0, y]}, r: {type: "sqrt", domain: [0, Math.max(0.5, ...rows.map((r) => r.weight))], range: [2.5, 8]}, color: {type: "identity"},
    marks: [
      Plot.text([s.words.first_option], {x: from, y: 8, text: (d: string) => d, textAnchor: "start", fill: quiet}),
      Plot.text([s.words.last_option], {x: to, y: 8, text: (d: string) => d, textAnchor: "end", fill: quiet}),
      Plot.link(lines, {x1: from, x2: to, y1: "at", y2: "at", stroke: rule}),
      Plot.text(lines, {x: wide ? 0 : from, y: "title", text: (l: Line) => wrap(l.issue, fit(wide ? from - 16 : s.width - 8), wide ? 2 : 1), textAnchor: "start", fill: ink, fontWeight: 600}),
      Plot.link(spans, {x1: "x1", x2: "x2", y1: "y", y2: "y", stroke: (d: any) => colour(d.row.party.index), strokeWidth: 2.5, strokeOpacity: 0.5}),
      Plot.dot(dots, {x: "x", y: "y", r: (d: any) => d.row.weight, fill: (d: any) => (again(d.row.party) ? paper : colour(d.row.party.index)), stroke: (d: any) => (again(d.row.party) ? colour(d.row.party.index) : paper), strokeWidth: (d: any) => (again(d.row.party) ? 2.5 : 1), className: "mark"} as any),
      Plot.text(labels, {x: "x", y: "y", text: "text", lineAnchor: "top", fill: quiet, fontSize: 11.5})
    ]
  } as any);
  return {svg, keys: parties.map((p): Key => ({label: told ? `${p.name} (${s.words.influence} ${number.format(power.get(p.index)!)})` : p.name, colour: colour(p.index), shape: again(p) ? "ring" : "dot"}))};
}

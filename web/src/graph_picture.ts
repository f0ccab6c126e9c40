// Outcomes as states: columns by how many moves away from the start, arrows by who moves.  The layout is computed here,
// from the order of the data alone, so the same data give the same drawing.
import * as Plot from "@observablehq/plot";
import {colour, dashes, fit, ink, paper, plot, quiet, wrap} from "./shapes";
import type {Arc, Drawing, Key, Row, Sheet} from "./shapes";

const good = "var(--good)", radius = 13;

/** Columns: first what the arrows lead to from the start, then what hangs on it, then what hangs together apart. */
function columnsOf(count: number, start: number, arcs: Arc[]): number[] {
  const column = new Array<number>(count).fill(-1);
  const spread = (from: number[], next: (n: number) => number[]) => {
    for (let seen = from; seen.length > 0;) {
      const found: number[] = [];
      for (const n of seen) for (const m of next(n)) if (column[m] < 0) { column[m] = column[n] + 1; found.push(m); }
      seen = found;
    }
  };
  const out = (n: number) => arcs.filter((a) => a.from === n).map((a) => a.to);
  const both = (n: number) => [...out(n), ...arcs.filter((a) => a.to === n).map((a) => a.from)];
  column[start] = 0;
  spread([start], out);
  spread(column.flatMap((c, i) => (c >= 0 ? [i] : [])), both);
  for (let i = 0; i < count; i++) if (column[i] < 0) { column[i] = 1; spread([i], both); }
  return column;
}

/** Nodes of each column from top to bottom, so that neighbours stand near one another (barycentres, a few sweeps). */
function ranked(column: number[], arcs: Arc[]): number[][] {
  const layers: number[][] = Array.from({length: Math.max(...column) + 1}, () => []);
  column.forEach((c, i) => layers[c].push(i));
  const place = new Array<number>(column.length).fill(0), put = (l: number[]) => l.forEach((n, k) => { place[n] = (k + 0.5) / l.length; });
  layers.forEach(put);
  for (let sweep = 0; sweep < 6; sweep++) {
    for (const layer of sweep % 2 ? [...layers].reverse() : layers) {
      const mean = new Map(layer.map((n) => {
        const near = arcs.flatMap((a) => (a.from === n ? [a.to] : a.to === n ? [a.from] : [])).filter((m) => column[m] !== column[n]);
        return [n, near.length ? near.reduce((t, m) => t + place[m], 0) / near.length : place[n]] as [number, number];
      }));
      layer.sort((a, b) => mean.get(a)! - mean.get(b)! || a - b);
      put(layer);
    }
  }
  return layers;
}

/** A crowded column is drawn as several beside one another. */
const abreast = (count: number): number => Math.min(3, Math.ceil(count / 10));

interface Spot { x: number; y: number; row: Row; room: number }

function spotsOf(s: Sheet, rows: Row[], layers: number[][], step: number, top: number, height: number): Spot[] {
  const spots: Spot[] = [], edge = step > 60 ? Math.min(110, s.width / layers.length / 2) : 24, gap = layers.length > 1 ? (s.width - 2 * edge) / (layers.length - 1) : 0;
  layers.forEach((layer, c) => layer.forEach((n, k) => {
    const beside = abreast(layer.length), aside = (beside - 1 - (k % beside)) * Math.min(46, (gap * 0.5) / beside) * (c > 0 ? 1 : -1);
    spots[n] = {x: edge + c * gap - aside, y: top + ((k + 0.5) / layer.length) * height, row: rows[n], room: step > 60 ? Math.min(2 * edge, gap || 2 * edge) : 0};
  }));
  return spots;
}

/** One mark for all arrows that look alike. */
function arrows(arcs: Arc[], spots: Spot[], parties: number[]): Plot.Markish[] {
  const width = {way: 4, better: 1.8, other: 0.9}, opacity = {way: 0.85, better: 0.9, other: 0.55}, alike = new Map<string, Arc[]>(), nth = new Map<string, number>();
  for (const a of arcs) {
    const pair = `${a.from}>${a.to}`, k = nth.get(pair) ?? 0, same = Math.abs(spots[a.from].x - spots[a.to].x) < 40;
    nth.set(pair, k + 1);
    const key = [a.kind, a.party, (same ? 32 : 10) + 14 * k].join("|");
    alike.set(key, [...(alike.get(key) ?? []), a]);
  }
  return [...alike].map(([key, list]) => {
    const [kind, party, bend] = key.split("|"), p = Number(party);
    return Plot.arrow(list, {
      x1: (a: Arc) => spots[a.from].x, y1: (a: Arc) => spots[a.from].y, x2: (a: Arc) => spots[a.to].x, y2: (a: Arc) => spots[a.to].y,
      bend: Number(bend), inset: radius + 5, headLength: kind === "way" ? 4 : kind === "better" ? 7 : 9, stroke: p < 0 ? ink : colour(p),
      strokeWidth: width[kind as Arc["kind"]], strokeOpacity: opacity[kind as Arc["kind"]], strokeDasharray: dashes[Math.max(0, parties.indexOf(p)) % dashes.length], className: "arc"
    } as any);
  });
}

/** The outcomes that matter, one under the other: number and what it is. */
function listed(s: Sheet, rows: Row[], arcs: Arc[], y: number): {lines: {x: number; y: number; id: string; text: string}[]; end: number} {
  const onWay = new Set(arcs.filter((a) => a.kind === "way").flatMap((a) => [a.from, a.to]));
  const shown = rows.filter((r, i) => rows.length <= 24 || r.start || r.deal || r.ring === "nash" || onWay.has(i)).slice(0, 24);
  const sides = s.width >= 700 ? 2 : 1, room = s.width / sides, half = Math.ceil(shown.length / sides), lines: {x: number; y: number; id: string; text: string}[] = [];
  let end = y;
  for (let side = 0; side < sides; side++) {
    let at = y;
    for (const r of shown.slice(side * half, (side + 1) * half)) {
      const text = wrap(r.what, fit(room - 52), 3);
      lines.push({x: side * room, y: at, id: String(r.id), text});
      at += 13 * text.split("\n").length + 7;
    }
    end = Math.max(end, at);
  }
  return {lines, end};
}

/** What several take together is drawn once, whoever they are. */
export function once(arcs: Arc[]): Arc[] {
  return arcs.filter((a, i) => a.party >= 0 || arcs.findIndex((b) => b.party < 0 && b.from === a.from && b.to === a.to) === i);
}

/** Who moves where, what holds, and the way from where it starts. */
export function states(s: Sheet): Drawing {
  const rows = s.part.rows ?? [], arcs = once(s.part.arcs ?? []), start = Math.max(0, rows.findIndex((r) => r.start));
  const layers = ranked(columnsOf(rows.length, start, arcs), arcs), tallest = Math.max(...layers.map((l) => Math.ceil(l.length / (rows.length > 12 ? abreast(l.length) : 1))));
  const short = rows.length <= 12 && s.width / layers.length >= 150 && rows.every((r) => r.what.length < 60);
  const step = short ? 92 : 42, top = 6, height = Math.max(tallest * step, 120);
  const spots = spotsOf(s, rows, layers, step, top, height), parties = [...new Map(arcs.map((a) => [a.party, a.who])).keys()].sort((a, b) => a - b);
  const below = short ? {lines: [], end: top + height + 8} : listed(s, rows, arcs, top + height + 26), ring = (kind: string) => spots.filter((p) => p.row.ring === kind);
  const circle = (list: Spot[], r: number, extra: object) => Plot.dot(list, {x: "x", y: "y", r, fill: "none", stroke: good, ...extra} as any);
  const svg = plot({
    width: s.width, height: below.end, margin: 0, x: {axis: null, domain: [0, s.width], range: [0, s.width]}, y: {axis: null, domain: [0, below.end], range: [0, below.end]}, color: {type: "identity"}, r: {type: "identity"},
    marks: [
      ...arrows(arcs, spots, parties),
      Plot.dot(spots, {x: "x", y: "y", r: radius, fill: (p: Spot) => (p.row.start ? ink : paper), stroke: (p: Spot) => (p.row.start || p.row.deal ? ink : quiet), strokeWidth: (p: Spot) => (p.row.deal ? 2.5 : 1.2), className: "mark"} as any),
      circle(ring("nash"), radius, {strokeWidth: 2.5}), circle(ring("nash"), radius + 4, {strokeWidth: 2}),
      circle(ring("seq"), radius + 2, {strokeWidth: 3}), circle(ring("gmr"), radius + 2, {strokeWidth: 2, strokeDasharray: "3,3"}),
      Plot.text(spots, {x: "x", y: "y", text: (p: Spot) => String(p.row.id), fill: (p: Spot) => (p.row.start ? paper : ink), fontWeight: 600, fontSize: 12} as any),
      Plot.text(spots.filter((p) => p.room > 0), {x: "x", y: "y", dy: radius + 8, lineAnchor: "top", text: (p: Spot) => wrap(p.row.what, fit(p.room - 10), 3), fill: ink, stroke: paper, strokeWidth: 4, paintOrder: "stroke"} as any),
      Plot.text(below.lines, {x: "x", y: "y", dx: 24, text: "id", textAnchor: "end", lineAnchor: "top", fill: ink, fontWeight: 600} as any),
      Plot.text(below.lines, {x: "x", y: "y", dx: 34, text: "text", textAnchor: "start", lineAnchor: "top", fill: quiet} as any)
    ]
  } as any);
  const named = new Map(arcs.map((a) => [a.party, a.who]));
  const keys: Key[] = [{label: s.words.start, colour: ink, shape: "dot"}, ...parties.map((p, i): Key => ({label: p < 0 ? s.words.together : named.get(p)!, colour: p < 0 ? ink : colour(p), shape: "line", dash: dashes[i % dashes.length]}))];
  if (rows.some((r) => r.deal)) keys.push({label: s.words.deal, colour: ink, shape: "ring"});
  for (const [kind, shape] of [["nash", "double"], ["seq", "ring"], ["gmr", "broken"]] as const) if (ring(kind).length > 0) keys.push({label: s.words[kind], colour: good, shape});
  return {svg, keys};
}

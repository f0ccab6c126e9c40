// The map of an agreement: borders, incidents each by itself with the circle in which it was, or counted in squares; step
// by step where borders move.
import * as Plot from "@observablehq/plot";
import {accent, fit, group, ink, paper, plot, quiet, rule, wrap} from "./shapes";
import type {Drawing, Key, Row, Sheet} from "./shapes";
import {outline, plainLongitude, projected, strokes} from "./projection";
import type {Border, Frame, Place} from "./projection";
import {hollow, list, looks, verdictKeys, verdictMarks} from "./verdict_marks";

const perDegree = 111195; // metres of a degree of latitude

/** What the map holds and how it lies in the plane; the same for all its steps. */
interface Ground {
  sheet: Sheet; frame: Frame; rows: Row[]; zones: Row[]; side: number;
  west: number; east: number; south: number; north: number; // of the plane, in degrees of latitude
  scale: number; left: number; width: number; height: number; // pixels
}
/** What is seen at a step; all: the whole time. */
interface Seen { rows: Row[]; zones: Row[]; all: boolean }

const at = (g: Ground, r: Row): Place => projected(g.frame, r.lon, r.lat);
const bordersOf = (z: Row): Border[] => z.borders as Border[];
const pixels = (g: Ground, metres: number): number => (metres / perDegree) * g.scale;

function groundOf(sheet: Sheet, width: number, most: number): Ground {
  const part = sheet.part as Row, frame = part.frame as Frame, rows = list(sheet, "rows"), zones = list(sheet, "zones"), side = (part.side as number) ?? 0;
  const all: Place[] = [...rows.map((r) => projected(frame, r.lon, r.lat)), ...zones.flatMap((z) => bordersOf(z).flatMap((b) => outline(frame, b)))];
  const least = (i: number) => all.reduce((a, p) => Math.min(a, p[i]), Infinity), greatest = (i: number) => all.reduce((a, p) => Math.max(a, p[i]), -Infinity);
  const far = Math.max(0.02, greatest(0) - least(0), greatest(1) - least(1), (4 * side) / perDegree) * 0.06 + (side / perDegree) * 0.5;
  const west = least(0) - far, east = greatest(0) + far, south = least(1) - far, north = greatest(1) + far;
  const left = frame.pole === 0 ? 50 : 6, scale = Math.min((width - left - 6) / (east - west), Math.min(most, width) / (north - south));
  return {sheet, frame, rows, zones, side, west, east, south, north, scale, left, width: (east - west) * scale, height: (north - south) * scale};
}

// ---- parallels and meridians ----

/** Round steps, so that at most so many fit. */
function round(span: number, most: number, steps: number[]): number {
  return steps.find((n) => span / n <= most) ?? steps[steps.length - 1];
}

const degrees = (signs: string) => (v: number): string => `${Math.abs(v)}\u00b0${Math.abs(v) === 180 || v === 0 ? "" : v < 0 ? signs[1] : signs[0]}`;
const multiples = (a: number, b: number, step: number): number[] => Array.from({length: Math.max(0, Math.floor(b / step) - Math.ceil(a / step) + 1)}, (_, i) => Math.round((Math.ceil(a / step) + i) * step * 100) / 100);
const grids = [0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 30, 60];

/** Straight, with the degrees along the edges. */
function straightGrid(g: Ground): {axes: object; marks: Plot.Markish[]} {
  const {narrow} = g.frame, across = round((g.east - g.west) / narrow, Math.max(2, g.width / 85), grids), down = round(g.north - g.south, Math.max(2, g.height / 60), grids);
  const meridians = multiples(g.west / narrow, g.east / narrow, across).map((v) => v * narrow), parallels = multiples(Math.max(-90, g.south), Math.min(90, g.north), down);
  const name = degrees("EW"), lon = (x: number) => name(Math.round(plainLongitude(x / narrow) * 100) / 100 || 0);
  return {
    axes: {x: {domain: [g.west, g.east], ticks: meridians, tickFormat: lon, tickSize: 0, label: null}, y: {domain: [g.south, g.north], ticks: parallels, tickFormat: degrees("NS"), tickSize: 0, label: null}},
    marks: [Plot.gridX(meridians, {stroke: rule, strokeOpacity: 1} as any), Plot.gridY(parallels, {stroke: rule, strokeOpacity: 1} as any)]
  };
}

/** Circles and rays about a pole, named where they are seen. */
function roundGrid(g: Ground): {axes: object; marks: Plot.Markish[]} {
  const {pole} = g.frame, reach = Math.max(...[g.west, g.east].flatMap((x) => [g.south, g.north].map((y) => Math.hypot(x, y))));
  const step = round(reach, 4, [0.2, 0.5, 1, 2, 5, 10, 20]), circles = multiples(step, reach, step), rays = multiples(-150, 180, 30);
  const inside = ([x, y]: Place) => x >= g.west && x <= g.east && y >= g.south && y <= g.north;
  const circle = (r: number) => Array.from({length: 181}, (_, i): Place => projected(g.frame, g.frame.west + 2 * i, pole * (90 - r)));
  const lines = [...circles.map(circle), ...rays.map((lon): Place[] => [[0, 0], projected(g.frame, lon, pole * (90 - reach))])];
  const parts = lines.flatMap((l, z) => l.flatMap((p, i) => (i === 0 ? [] : cut(g, l[i - 1], p).map((q) => ({x: q[0], y: q[1], z: `${z} ${i}`})))));
  const names = [...circles.map((r) => ({text: degrees("NS")(pole * (90 - r)), p: projected(g.frame, g.frame.west + 195, pole * (90 - r))})),
    ...rays.map((lon) => ({text: degrees("EW")(lon), p: projected(g.frame, lon, pole * (90 - 0.93 * Math.min(g.east - g.west, g.north - g.south) / 2))}))].filter((n) => inside(n.p) && !(Math.abs(n.p[0]) < 0.01 && n.p[1] > 0)); // names of zones stand at the top
  return {
    axes: {x: {axis: null, domain: [g.west, g.east]}, y: {axis: null, domain: [g.south, g.north]}},
    marks: [Plot.line(parts, {x: "x", y: "y", z: "z", stroke: rule} as any), Plot.text(names, {x: (n: any) => n.p[0], y: (n: any) => n.p[1], text: "text", fill: quiet, stroke: paper, strokeWidth: 3, paintOrder: "stroke"} as any)]
  };
}

/** What of a short line lies within the map (Liang and Barsky 1984). */
function cut(g: Ground, a: Place, b: Place): Place[] {
  const dx = b[0] - a[0], dy = b[1] - a[1];
  let from = 0, to = 1;
  for (const [p, q] of [[-dx, a[0] - g.west], [dx, g.east - a[0]], [-dy, a[1] - g.south], [dy, g.north - a[1]]]) {
    if (p === 0 && q < 0) return [];
    if (p < 0) from = Math.max(from, q / p);
    if (p > 0) to = Math.min(to, q / p);
  }
  return from >= to ? [] : [[a[0] + from * dx, a[1] + from * dy], [a[0] + to * dx, a[1] + to * dy]];
}

// ---- borders ----

/** Of borders that move the older are paler, when all are seen. */
function strength(z: Row, seen: Seen): number {
  const ends = seen.zones.filter((x) => x.end !== undefined).map((x) => x.end as number), newest = Math.max(...ends), oldest = Math.min(...ends);
  return z.end === undefined || !seen.all || newest === oldest ? 1 : 0.25 + (0.75 * (z.end - oldest)) / (newest - oldest);
}

function borderMarks(g: Ground, seen: Seen): Plot.Markish[] {
  const tint = (z: Row) => (z.role === "inside" ? accent : quiet);
  // All rings of a zone are one path: what lies in an odd number of them is inside.
  const areas = seen.zones.map((zone) => ({zone, geometry: {type: "MultiLineString", coordinates: bordersOf(zone).filter((b) => b.kind === "ring").map((b) => outline(g.frame, b))}})).filter((a) => a.geometry.coordinates.length > 0);
  const edge = (zone: Row, kind: string) => ({zone, geometry: {type: "MultiLineString", coordinates: bordersOf(zone).filter((b) => b.kind === kind).flatMap((b) => (kind === "ring" ? strokes(g.frame, b) : [outline(g.frame, b)]))}});
  const edges = seen.zones.map((z) => edge(z, "ring")), lines = seen.zones.map((z) => edge(z, "line")), any = (e: {geometry: {coordinates: Place[][]}}) => e.geometry.coordinates.length > 0;
  const points = seen.zones.flatMap((zone) => bordersOf(zone).filter((b) => b.kind === "point").map((b) => ({zone, p: outline(g.frame, b)[0]})));
  const opacity = (a: {zone: Row}) => strength(a.zone, seen);
  return [
    Plot.geo(areas, {geometry: "geometry", fill: (a: any) => tint(a.zone), fillOpacity: (a: any) => 0.1 * opacity(a), className: "area"} as any),
    ...["inside", "outside"].map((role) => Plot.geo(edges.filter((e) => any(e) && e.zone.role === role), {geometry: "geometry", stroke: (a: any) => tint(a.zone), strokeOpacity: opacity, strokeWidth: 1.2, strokeDasharray: role === "inside" ? null : "5,4", className: "border"} as any)),
    Plot.geo(lines.filter(any), {geometry: "geometry", stroke: (a: any) => tint(a.zone), strokeOpacity: opacity, strokeWidth: 1.8, className: "border"} as any),
    Plot.dot(points, {x: (p: any) => p.p[0], y: (p: any) => p.p[1], r: (p: any) => Math.max(2.5, pixels(g, p.zone.buffer)), stroke: (p: any) => tint(p.zone), fill: (p: any) => tint(p.zone), fillOpacity: 0.1} as any)
  ];
}

/** A name stands over its zone once, and not on another. */
function zoneNames(g: Ground, seen: Seen): Plot.Markish {
  const taken: number[][] = [], out: {name: string; x: number; y: number}[] = [];
  const newest = [...group(seen.zones, (z) => `${z.name} ${z.role}`).values()].map((same) => same[same.length - 1]);
  for (const z of newest) {
    const all = bordersOf(z).map((b) => outline(g.frame, b)).reduce((a, b) => (a.length >= b.length ? a : b), []);
    if (all.length === 0) continue;
    const high = bordersOf(z).some((b) => b.kind !== "point") ? 0 : pixels(g, z.buffer) / g.scale, name = wrap(z.name, fit(g.width * 0.5), 1), half = (name.length * 7) / 2 / g.scale, xs = all.map((p) => p[0]);
    const x = Math.min(g.east - half, Math.max(g.west + half, (Math.min(...xs) + Math.max(...xs)) / 2));
    const y = Math.max(...all.map((p) => p[1])) + high, box = [x - half, x + half, y, y + 18 / g.scale];
    if (taken.some((t) => t[0] < box[1] && box[0] < t[1] && t[2] < box[3] && box[2] < t[3])) continue;
    taken.push(box);
    out.push({name, x, y});
  }
  return Plot.text(out, {x: "x", y: "y", text: "name", lineAnchor: "bottom", dy: -3, fill: accent, stroke: paper, strokeWidth: 4, paintOrder: "stroke"} as any);
}

// ---- incidents ----

/** Squares: the area tells how many, bands which verdicts. */
function squareMarks(g: Ground, rows: Row[]): Plot.Markish[] {
  const order = list(g.sheet, "verdicts").map((v) => v.id as string), step = g.side / perDegree;
  const cells = [...group(rows, (r) => `${r.lon} ${r.lat} ${r.vague === true}`).values()], sum = (c: Row[]) => c.reduce((n, r) => n + r.incidents, 0);
  const most = mostInSquare(g), bands = cells.flatMap((cell) => {
    const all = sum(cell), side = Math.max(3.5 / g.scale, step * 0.96 * Math.sqrt(all / most)), [x, y] = at(g, cell[0]);
    let before = 0;
    return [...cell].sort((a, b) => order.indexOf(a.verdict) - order.indexOf(b.verdict)).map((row) => {
      const x1 = x - side / 2 + (before / all) * side;
      before += row.incidents;
      return {row, x1, x2: x - side / 2 + (before / all) * side, y1: y - side / 2, y2: y + side / 2};
    });
  });
  const mark = (some: typeof bands, look: object) => Plot.rect(some, {x1: "x1", x2: "x2", y1: "y1", y2: "y2", className: "mark", ...look} as any);
  const tint = (b: any) => looks[b.row.verdict].tint, open = (b: any) => hollow(b.row.verdict);
  return [
    mark(bands.filter((b) => b.row.vague), {fill: tint, fillOpacity: 0.25, stroke: tint, strokeWidth: 1.2, strokeDasharray: "3,2"}),
    mark(bands.filter((b) => !b.row.vague), {fill: (b: any) => (open(b) ? paper : tint(b)), stroke: (b: any) => (open(b) ? tint(b) : paper), strokeWidth: (b: any) => (open(b) ? 1.2 : 0.4)})
  ];
}

function mostInSquare(g: Ground): number {
  return Math.max(1, ...[...group(g.rows, (r) => `${r.lon} ${r.lat} ${r.vague === true}`).values()].map((c) => c.reduce((n, r) => n + r.incidents, 0)));
}

function placeMarks(g: Ground, rows: Row[]): Plot.Markish[] {
  const x = (r: Row) => at(g, r)[0], y = (r: Row) => at(g, r)[1], crowd = g.rows.length > 120, tint = (r: Row) => looks[r.verdict].tint;
  return [
    Plot.dot(rows.filter((r) => pixels(g, r.radius) > 5), {x, y, r: (r: Row) => pixels(g, r.radius), stroke: tint, strokeOpacity: crowd ? 0.18 : 0.45, fill: tint, fillOpacity: crowd ? 0.015 : 0.05, className: "within"} as any),
    ...verdictMarks(rows, {x, y}, (r) => Math.min(11, (crowd ? 2.4 : 4) + 1.1 * Math.log2(r.incidents)))
  ];
}

// ---- the whole ----

function scaleBar(g: Ground): Plot.Markish[] {
  const km = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000].filter((n) => pixels(g, n * 1000) < g.width * 0.35).pop() ?? 1, end = g.west + (km * 1000) / perDegree;
  return [
    Plot.link([km], {x1: g.west, x2: end, y1: g.south, y2: g.south, stroke: ink, strokeWidth: 3, dy: -8, dx: 8} as any),
    Plot.text([km], {x: g.west, y: g.south, text: (n: number) => `${n} km`, textAnchor: "start", lineAnchor: "bottom", dx: 8, dy: -14, fill: ink, stroke: paper, strokeWidth: 3, paintOrder: "stroke"} as any)
  ];
}

function drawGround(g: Ground, seen: Seen): SVGSVGElement {
  const grid = g.frame.pole === 0 ? straightGrid(g) : roundGrid(g), foot = g.frame.pole === 0 ? 36 : 6;
  const svg = plot({
    width: g.width + g.left + 6, height: g.height + 10 + foot, marginLeft: g.left, marginRight: 6, marginTop: 10, marginBottom: foot,
    ...grid.axes, r: {type: "identity"}, color: {type: "identity"}, opacity: {type: "identity"},
    marks: [...grid.marks, ...borderMarks(g, seen), ...(g.side > 0 ? squareMarks(g, seen.rows) : placeMarks(g, seen.rows)), zoneNames(g, seen), ...scaleBar(g)]
  } as any);
  for (const path of svg.querySelectorAll(".area path")) path.setAttribute("fill-rule", "evenodd");
  return svg;
}

function keysOf(g: Ground): Key[] {
  const verdicts = verdictKeys(g.sheet, g.rows), {words} = g.sheet;
  const role = (r: string, label: string): Key[] => (g.zones.some((z) => z.role === r) ? [{label, colour: r === "inside" ? accent : quiet, shape: "box"}] : []);
  const shapes = g.side > 0 ? verdicts.map((k): Key => ({...k, shape: k.shape === "ring" ? "box" : "square"})) : verdicts;
  const square: Key[] = g.side > 0 ? [{label: `${words.largest} ${new Intl.NumberFormat(g.sheet.lang).format(mostInSquare(g))}`, colour: ink, shape: "square"}] : [];
  const vague: Key[] = g.rows.some((r) => r.vague) ? [{label: words.vague, colour: quiet, shape: "dashed"}] : [];
  return [...shapes, ...vague, ...square, ...role("inside", words.inside), ...role("outside", words.outside)];
}

export function map(s: Sheet): Drawing {
  const names = ((s.part as Row).steps as string[] | undefined) ?? [], ground = groundOf(s, s.width, 620), whole: Seen = {rows: ground.rows, zones: ground.zones, all: true};
  const step = (i: number): Seen => ({rows: ground.rows.filter((r) => r.step === i), zones: ground.zones.filter((z) => z.end === undefined || (z.first <= i && i < z.end)), all: false});
  const svg = drawGround(ground, whole), keys = keysOf(ground);
  if (names.length < 2) return {svg, keys};
  const small = groundOf(s, Math.min(s.width, 330), 300);
  return {svg, keys, steps: {label: s.words.time_shown, all: s.words.all_time, names, draw: (i) => (i < 0 ? drawGround(ground, whole) : drawGround(ground, step(i))), small: (i) => drawGround(small, step(i))}};
}

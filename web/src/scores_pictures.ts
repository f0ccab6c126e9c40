// How good past forecasts were, and whether what a source calls likely happens.
import * as Plot from "@observablehq/plot";
import {accent, colour, fit, group, ink, over, paper, percent, plot, quiet, rule, wrap} from "./shapes";
import type {Drawing, Key, Row, Sheet} from "./shapes";

const kinds = ["model", "baseline", "claim"];

/** Brier scores by source, best first. */
export function scores(s: Sheet): Drawing {
  const rows = s.part.rows ?? [], step = 42, at = (r: Row) => rows.indexOf(r), most = Math.max(0.3, ...rows.map((r) => r.brier)) * 1.08;
  const tint = (r: Row) => [colour(0), quiet, colour(1)][kinds.indexOf(r.kind)], of = (k: string) => rows.filter((r) => r.kind === k);
  const svg = plot({
    width: s.width, height: rows.length * step + 74, marginLeft: 14, marginRight: 70, marginTop: 36, marginBottom: 40,
    x: {domain: [0, most], label: s.words.brier, labelArrow: "none", tickSize: 0, ticks: 5}, y: {axis: null, domain: [-0.3, rows.length - 0.6], reverse: true}, color: {type: "identity"},
    marks: [
      Plot.ruleX([0.25], {stroke: rule, strokeWidth: 2}),
      Plot.link(rows, {x1: 0, x2: "brier", y1: at, y2: at, stroke: tint, strokeWidth: 2}),
      Plot.dot(of("model"), {x: "brier", y: at, r: 5.5, fill: tint, className: "mark"}),
      Plot.dot(of("baseline"), {x: "brier", y: at, r: 5, fill: paper, stroke: tint, strokeWidth: 2, className: "mark"}),
      Plot.dot(of("claim"), {x: "brier", y: at, r: 6, symbol: "diamond", fill: tint, className: "mark"} as any),
      Plot.text(rows, {x: "brier", y: at, dx: 11, text: (r: Row) => new Intl.NumberFormat(s.lang, {maximumFractionDigits: 2}).format(r.brier), textAnchor: "start", fill: quiet}),
      over(rows, (r) => wrap(`${r.source} (${r.count})`, fit(s.width - 90), 1), at, 0)
    ]
  } as any);
  const keys: Key[] = [{label: s.words.model, colour: colour(0), shape: "dot"}, {label: s.words.baseline, colour: quiet, shape: "ring"}, {label: s.words.claim, colour: colour(1), shape: "diamond"}];
  return {svg, keys: keys.filter((_, i) => of(kinds[i]).length > 0)};
}

/** What was said against how often it happened: a square for each source. */
export function calibration(s: Sheet): Drawing {
  const rows = s.part.rows ?? [], sources = [...group(rows, (r) => r.source).keys()], across = Math.max(1, Math.min(sources.length, Math.floor(s.width / 210)));
  const cell = s.width / across, side = Math.min(cell - 62, 210), step = side + 74, say = percent(s.lang), height = Math.ceil(sources.length / across) * step + 4;
  const left = (n: number) => 44 + (n % across) * cell, top = (n: number) => Math.floor(n / across) * step + 26, of = (r: Row) => sources.indexOf(r.source);
  const x = (r: Row) => left(of(r)) + r.said * side, y = (r: Row, v: number) => top(of(r)) + (1 - v) * side, nth = sources.map((_, n) => n), ends = [0, 0.5, 1];
  const ticks = nth.flatMap((n) => ends.map((v) => ({n, v})));
  const svg = plot({
    width: s.width, height, margin: 0, x: {axis: null, domain: [0, s.width], range: [0, s.width]}, y: {axis: null, domain: [0, height], range: [0, height]}, r: {type: "sqrt", domain: [0, Math.max(...rows.map((r) => r.count))], range: [2.5, 8]}, color: {type: "identity"},
    marks: [
      Plot.link(ticks, {x1: (d: any) => left(d.n), x2: (d: any) => left(d.n) + side, y1: (d: any) => top(d.n) + (1 - d.v) * side, y2: (d: any) => top(d.n) + (1 - d.v) * side, stroke: rule}),
      Plot.link(ticks, {x1: (d: any) => left(d.n) + d.v * side, x2: (d: any) => left(d.n) + d.v * side, y1: (d: any) => top(d.n), y2: (d: any) => top(d.n) + side, stroke: rule}),
      Plot.link(nth, {x1: left, y1: (n: number) => top(n) + side, x2: (n: number) => left(n) + side, y2: top, stroke: quiet, strokeDasharray: "4,4"}),
      Plot.text(ticks, {x: (d: any) => left(d.n) - 6, y: (d: any) => top(d.n) + (1 - d.v) * side, text: (d: any) => say(d.v), textAnchor: "end", fill: quiet, fontSize: 11.5}),
      Plot.text(ticks, {x: (d: any) => left(d.n) + d.v * side, y: (d: any) => top(d.n) + side + 12, text: (d: any) => say(d.v), fill: quiet, fontSize: 11.5}),
      Plot.text(nth, {x: (n: number) => left(n) + side / 2, y: (n: number) => top(n) + side + 30, text: () => `${s.words.said} / ${s.words.happened}`, fill: quiet, fontSize: 11.5}),
      Plot.text(nth, {x: left, y: (n: number) => top(n) - 12, text: (n: number) => wrap(sources[n], fit(cell - 56), 1), textAnchor: "start", fill: ink, fontWeight: 600}),
      Plot.link(rows, {x1: x, x2: x, y1: (r: Row) => y(r, r.low), y2: (r: Row) => y(r, r.high), stroke: accent, strokeWidth: 2, strokeOpacity: 0.55}),
      Plot.dot(rows, {x, y: (r: Row) => y(r, r.happened), r: "count", fill: accent, stroke: paper, className: "mark"})
    ]
  } as any);
  return {svg};
}

// How good past forecasts were, and whether what a source calls likely happens.
import * as Plot from "@observablehq/plot";
import {colour, fit, group, over, paper, percent, plot, quiet, rule, wrap} from "./shapes";
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

/** What was said against how often it happened. */
export function calibration(s: Sheet): Drawing {
  const rows = s.part.rows ?? [], sources = [...group(rows, (r) => r.source).keys()], tint = (r: Row) => colour(sources.indexOf(r.source)), side = Math.min(s.width, 520);
  const beside = (r: Row) => r.said + (sources.indexOf(r.source) - (sources.length - 1) / 2) * 0.008;
  const axis = {domain: [0, 1], tickFormat: percent(s.lang), labelArrow: "none", tickSize: 0, ticks: 5};
  const svg = plot({
    width: side, height: side, marginLeft: 52, marginRight: 16, marginTop: 28, marginBottom: 44, x: {...axis, label: s.words.said}, y: {...axis, label: s.words.happened}, r: {type: "sqrt", domain: [0, Math.max(...rows.map((r) => r.count))], range: [2.5, 10]}, color: {type: "identity"},
    marks: [
      Plot.gridX({stroke: rule, strokeOpacity: 1, ticks: 5}), Plot.gridY({stroke: rule, strokeOpacity: 1, ticks: 5}),
      Plot.link([0], {x1: 0, y1: 0, x2: 1, y2: 1, stroke: quiet, strokeDasharray: "4,4"}),
      Plot.link(rows, {x1: beside, x2: beside, y1: "low", y2: "high", stroke: tint, strokeWidth: 2, strokeOpacity: 0.6}),
      Plot.dot(rows, {x: beside, y: "happened", r: "count", fill: tint, stroke: paper, className: "mark"})
    ]
  } as any);
  return {svg, keys: sources.map((n, i): Key => ({label: n, colour: colour(i), shape: "dot"}))};
}

// What would change it: what each input does to the outcome, where that turns, and the shares of the variance.
import * as Plot from "@observablehq/plot";
import {accent, colour, fit, group, ink, paper, percent, plot, quiet, rule, wrap} from "./shapes";
import type {Drawing, Key, Row, Sheet} from "./shapes";

/** Bars over the outcome on the left, the range of each input with its turning value on the right. */
export function tornado(s: Sheet): Drawing {
  const rows = s.part.rows ?? [], step = 46, top = 24, height = top + rows.length * step + 34;
  const wide = s.width * (s.width > 560 ? 0.6 : 0.52), gap = 28, track = wide + gap, room = s.width - track - 12;
  const values = rows.flatMap((r) => [r.low, r.high]), least = Math.min(...values), most = Math.max(...values);
  const ends = s.part.event ? [Math.max(0, Math.floor(least * 10 - 0.5) / 10), Math.min(1, Math.ceil(most * 10 + 0.5) / 10)] : [least, most];
  const x = (v: number) => 14 + ((v - ends[0]) / (ends[1] - ends[0] || 1)) * (wide - 28), at = (r: Row) => top + rows.indexOf(r) * step + 30;
  const along = (r: Row, v: number) => track + (r.to > r.from ? Math.min(1, Math.max(0, (v - r.from) / (r.to - r.from))) : 0.5) * room;
  const number = new Intl.NumberFormat(s.lang, {maximumSignificantDigits: 3}), say = s.part.event ? percent(s.lang) : (v: number) => number.format(v);
  const ticks = [0, 0.25, 0.5, 0.75, 1].map((t) => ends[0] + t * (ends[1] - ends[0])), turning = rows.filter((r) => r.flip !== null);
  const svg = plot({
    width: s.width, height, margin: 0, x: {axis: null, domain: [0, s.width], range: [0, s.width]}, y: {axis: null, domain: [0, height], range: [0, height]}, color: {type: "identity"},
    marks: [
      Plot.ruleX(ticks, {x, y1: top, y2: height - 36, stroke: rule}),
      Plot.ruleX([s.part.mean], {x, y1: top, y2: height - 36, stroke: ink, strokeDasharray: "3,3"}),
      Plot.text(s.width > 560 ? ticks : [ticks[0], ticks[2], ticks[4]], {x, y: height - 26, text: say, fill: quiet}),
      Plot.text([s.words.mean], {x: 14, y: 12, text: (d: string) => d, textAnchor: "start", fill: quiet}),
      Plot.link(rows, {x1: (r: Row) => x(r.low), x2: (r: Row) => x(r.high), y1: at, y2: at, stroke: accent, strokeWidth: 10, strokeOpacity: 0.55, className: "mark"}),
      Plot.dot(rows, {x: (r: Row) => x(r.high), y: at, r: 4, fill: accent, stroke: paper}),
      Plot.text(rows, {x: 14, y: at, dx: -2, dy: -9, text: (r: Row) => wrap(r.input, fit(wide - 8), 1), textAnchor: "start", lineAnchor: "bottom", fill: ink, stroke: paper, strokeWidth: 4, paintOrder: "stroke"} as any),
      Plot.link(rows, {x1: track, x2: track + room, y1: at, y2: at, stroke: quiet, strokeWidth: 1.5}),
      Plot.dot(rows, {x: (r: Row) => along(r, r.now), y: at, r: 4, fill: quiet, stroke: paper}),
      Plot.dot(turning, {x: (r: Row) => along(r, r.flip), y: at, r: 6.5, symbol: "diamond", fill: "var(--mark)", stroke: paper, className: "flip"} as any),
      Plot.text([s.words.range], {x: track, y: 12, text: (d: string) => wrap(d, fit(room + 12), 1), textAnchor: "start", fill: quiet}),
      Plot.text(turning, {x: track, y: at, dx: -2, dy: -9, text: (r: Row) => wrap(`${s.words.turns} ${r.turns}`, fit(room + 12), 1), textAnchor: "start", lineAnchor: "bottom", fill: ink})
    ]
  } as any);
  return {svg, keys: [{label: s.words.where_high, colour: accent, shape: "dot"}, {label: s.words.now, colour: quiet, shape: "dot"}, ...(turning.length > 0 ? [{label: s.words.turns, colour: "var(--mark)", shape: "diamond"} as Key] : [])]};
}

/** Shares of the variance, three measures for each input. */
export function shares(s: Sheet): Drawing {
  const rows = s.part.rows ?? [], inputs = [...group(rows, (r) => r.input).keys()], step = 58, kinds = ["share", "alone", "together"];
  const at = (r: Row) => inputs.indexOf(r.input) * step + kinds.indexOf(r.measure) * 11 + 30, tint = (r: Row) => colour([0, 2, 1][kinds.indexOf(r.measure)]), height = inputs.length * step + 52;
  const of = (kind: string) => rows.filter((r) => r.measure === kind);
  const svg = plot({
    width: s.width, height, marginLeft: 14, marginRight: 24, marginTop: 4, marginBottom: 44,
    x: {domain: [0, 1], tickFormat: percent(s.lang), label: s.words.share_of_all, labelArrow: "none", tickSize: 0, ticks: 5}, y: {axis: null, domain: [0, height - 48], range: [4, height - 44]}, color: {type: "identity"},
    marks: [
      Plot.gridX({stroke: rule, strokeOpacity: 1, ticks: 5}),
      Plot.link(rows, {x1: "low", x2: "high", y1: at, y2: at, stroke: tint, strokeWidth: 2, strokeOpacity: 0.5}),
      Plot.dot(of("share"), {x: "share", y: at, r: 5, fill: tint, stroke: paper, className: "mark"}),
      Plot.dot(of("alone"), {x: "share", y: at, r: 4, fill: paper, stroke: tint, strokeWidth: 2, className: "mark"}),
      Plot.dot(of("together"), {x: "share", y: at, r: 5, symbol: "diamond", fill: tint, stroke: paper, className: "mark"} as any),
      Plot.text(inputs, {x: 0, y: (i: string) => inputs.indexOf(i) * step + 20, dx: -7, text: (i: string) => wrap(i, fit(s.width - 24), 1), textAnchor: "start", lineAnchor: "bottom", fill: ink, stroke: paper, strokeWidth: 4, paintOrder: "stroke"} as any)
    ]
  } as any);
  return {svg, keys: [{label: s.words.share_of_all, colour: colour(0), shape: "dot"}, {label: s.words.alone, colour: colour(2), shape: "ring"}, {label: s.words.with_all, colour: colour(1), shape: "diamond"}]};
}

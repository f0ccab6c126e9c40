// Verdicts in pictures: told apart by colour, by shape and by place.
import * as Plot from "@observablehq/plot";
import {colour, group, paper, quiet} from "./shapes";
import type {Key, Row, Sheet} from "./shapes";

export const list = (s: Sheet, name: string): Row[] => ((s.part as Row)[name] as Row[] | undefined) ?? [];

export const looks: Record<string, {tint: string; shape: Key["shape"]; symbol: string}> = {
  corroborated: {tint: colour(1), shape: "square", symbol: "square"},
  alleged: {tint: colour(4), shape: "dot", symbol: "circle"},
  contradicted: {tint: colour(3), shape: "diamond", symbol: "diamond"},
  exempt: {tint: colour(2), shape: "triangle", symbol: "triangle"},
  within: {tint: colour(0), shape: "cross", symbol: "times"},
  indeterminate: {tint: quiet, shape: "ring", symbol: "circle"},
  differs: {tint: colour(5), shape: "wedge", symbol: "triangle"}
};
export const hollow = (v: string) => looks[v].shape === "ring";
const turned = (v: string) => (v === "differs" ? 180 : 0);

/** The verdicts that are met, in their order, as a key. */
export function verdictKeys(s: Sheet, met: Row[]): Key[] {
  const seen = new Set(met.map((r) => r.verdict));
  return list(s, "verdicts").filter((v) => seen.has(v.id)).map((v): Key => ({label: v.name, colour: looks[v.id].tint, shape: looks[v.id].shape}));
}

/** One group of marks for each verdict: its shape, its colour. */
export function verdictMarks(rows: Row[], place: object, r: (d: Row) => number): Plot.Markish[] {
  return [...group(rows, (d) => d.verdict as string).entries()].map(([v, members]) =>
    Plot.dot(members, {
      ...place, r, symbol: looks[v].symbol, rotate: turned(v), className: "mark", strokeWidth: hollow(v) || v === "within" ? 2 : 1,
      fill: hollow(v) ? paper : v === "within" ? "none" : looks[v].tint, stroke: hollow(v) || v === "within" ? looks[v].tint : paper
    } as any)
  );
}

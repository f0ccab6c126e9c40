// What the pictures share: the data of the page, colours, text that fits, keys.
import * as Plot from "@observablehq/plot";

export type Words = Record<string, string>;
export interface Party { index: number; name: string }
export type Row = Record<string, any>;
/** A move from one row to another; party -1: several together. */
export interface Arc { from: number; to: number; kind: "way" | "better" | "other"; party: number; who: string }
export interface Part {
  kind: string;
  rows?: Row[];
  arcs?: Arc[];
  event?: boolean;
  mean?: number;
  parties?: Party[];
  points?: {zone: boolean; u: (number | null)[]}[];
  solutions?: {name: string; u: (number | null)[]}[];
  no_deal?: {name: string; u: (number | null)[]}[];
}
export interface Sheet { part: Part; words: Words; width: number; lang: string; paper: boolean }
export interface Key { label: string; colour: string; shape: "dot" | "ring" | "line" | "dash" | "diamond" | "cross" | "box" | "double" | "broken" | "square" | "triangle" | "wedge" | "dashed"; dash?: string }
/** A drawing by time: draw(-1) is the whole time; small: for paper, where several stand side by side. */
export interface Steps { label: string; all: string; names: string[]; draw: (i: number) => SVGSVGElement; small: (i: number) => SVGSVGElement }
export interface Drawing { svg: SVGSVGElement; keys?: Key[]; steps?: Steps }

export const ink = "var(--ink)", quiet = "var(--quiet)", rule = "var(--rule)", paper = "var(--paper)", accent = "var(--accent)";
const colours = 8;

/** Dashes beside colours, for lines of several parties or formats. */
export const dashes = ["0", "6,3", "2,3", "8,3,2,3", "12,3", "4,4", "1,4", "10,4"];

/** A colour that the colour-blind can tell from its neighbours (Okabe and Ito). */
export function colour(i: number): string {
  return `var(--p${((i % colours) + colours) % colours})`;
}

export function percent(lang: string): (x: number) => string {
  return (x) => new Intl.NumberFormat(lang, {style: "percent", maximumSignificantDigits: 2}).format(x);
}

/** Columns of a text: a Chinese character takes two. */
function columns(text: string): number {
  let n = 0;
  for (const c of text) n += c.codePointAt(0)! > 0x2e7f || c === "\u2014" || c === "\u2026" ? 2 : 1;
  return n;
}

/** Lines of at most so many columns, the last one shortened. */
export function wrap(text: string, most: number, lines = 2): string {
  const words = text.match(/[（「『〈《]*[\u2e80-\uffff][；，。：、！？）」』〉》…]*\s*|[^\s\u2e80-\uffff]+\s*/gu) ?? [text];
  const out: string[] = [""];
  for (const w of words) {
    const last = out[out.length - 1];
    if (last !== "" && columns(last + w.trimEnd()) > most) out.push(w);
    else out[out.length - 1] = last + w;
  }
  const kept = out.slice(0, lines).map((l) => l.trimEnd());
  if (out.length > lines) {
    while (columns(kept[lines - 1]) + 2 > most && kept[lines - 1].length > 1) kept[lines - 1] = kept[lines - 1].slice(0, -1).trimEnd();
    kept[lines - 1] += "\u2026";
  }
  return kept.join("\n");
}

/** How many columns fit into so many pixels of small text. */
export function fit(pixels: number): number {
  return Math.max(8, Math.floor(pixels / 6.4));
}

const base: Plot.PlotOptions = {style: {fontSize: "12.5px", fontFamily: "inherit", color: "var(--ink)", background: "none", overflow: "visible"}};

export function plot(options: Plot.PlotOptions): SVGSVGElement {
  return Plot.plot({...base, ...options, figure: false} as Plot.PlotOptions) as unknown as SVGSVGElement;
}

/** About how wide a small text is, in pixels. */
export function textWidth(text: string): number {
  return columns(text) * 6.2;
}

/** Do these names stand beside one another in so many pixels each? */
export function beside(names: string[], pixels: number): boolean {
  return names.every((n) => (n.match(/[^\s\u2e80-\uffff]+/gu) ?? [""]).every((w) => columns(w) * 6.8 < pixels - 4) && (columns(n) * 6.8 < pixels - 4 || (pixels > 60 && columns(n) * 6.4 < 2 * pixels)));
}

/** A label over a line of its own, from the left edge. */
export function over<T>(data: T[], text: (d: T) => string, y: (d: T) => number, x: number): Plot.Markish {
  return Plot.text(data, {text, y, x: () => x, textAnchor: "start", lineAnchor: "bottom", dy: -9, fill: ink});
}

export function group<T, K>(list: T[], key: (d: T) => K): Map<K, T[]> {
  const map = new Map<K, T[]>();
  for (const d of list) {
    const k = key(d), g = map.get(k);
    if (g) g.push(d);
    else map.set(k, [d]);
  }
  return map;
}

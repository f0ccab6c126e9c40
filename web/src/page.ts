// Puts the pictures into the page, with a key, and lets the reader save each as SVG or CSV.  The page says everything
// without this script; it only draws what the tables hold.
import {pictures} from "./pictures";
import type {Drawing, Key, Part, Steps, Words} from "./shapes";

interface Edition { words: Words; parts: Record<string, Part> }

const svgSpace = "http://www.w3.org/2000/svg";
const data = JSON.parse(document.getElementById("data")!.textContent!) as Record<string, Edition>;

function element(name: string, attributes: Record<string, string>, ...children: (Node | string)[]): HTMLElement {
  const e = document.createElement(name);
  for (const [k, v] of Object.entries(attributes)) e.setAttribute(k, v);
  e.append(...children);
  return e;
}

function shape(key: Key): SVGSVGElement {
  const svg = document.createElementNS(svgSpace, "svg"), add = (name: string, a: Record<string, string>) => {
    const e = document.createElementNS(svgSpace, name);
    for (const [k, v] of Object.entries(a)) e.setAttribute(k, v);
    svg.append(e);
  };
  const long = key.shape === "line" || key.shape === "dash";
  svg.setAttribute("viewBox", long ? "0 0 24 14" : "0 0 14 14");
  if (long) svg.setAttribute("class", "long");
  svg.setAttribute("aria-hidden", "true");
  const c = key.colour;
  if (key.shape === "dot") add("circle", {cx: "7", cy: "7", r: "5", fill: c});
  if (key.shape === "ring") add("circle", {cx: "7", cy: "7", r: "4", fill: "none", stroke: c, "stroke-width": "2"});
  if (key.shape === "double") {
    add("circle", {cx: "7", cy: "7", r: "6", fill: "none", stroke: c, "stroke-width": "1.5"});
    add("circle", {cx: "7", cy: "7", r: "3.2", fill: "none", stroke: c, "stroke-width": "1.5"});
  }
  if (key.shape === "broken") add("circle", {cx: "7", cy: "7", r: "5", fill: "none", stroke: c, "stroke-width": "2", "stroke-dasharray": "3 2"});
  if (key.shape === "diamond") add("path", {d: "M7 1 12 7 7 13 2 7Z", fill: c});
  if (key.shape === "square") add("rect", {x: "2", y: "2", width: "10", height: "10", fill: c});
  if (key.shape === "triangle") add("path", {d: "M7 2 12.5 12H1.5Z", fill: c});
  if (key.shape === "wedge") add("path", {d: "M7 12 12.5 2H1.5Z", fill: c});
  if (key.shape === "cross") add("path", {d: "M3 3 11 11M11 3 3 11", stroke: c, "stroke-width": "2.5"});
  if (key.shape === "box") add("rect", {x: "1.5", y: "2.5", width: "11", height: "9", fill: "none", stroke: c, "stroke-width": "2.5"});
  if (key.shape === "dashed") add("rect", {x: "2", y: "2", width: "10", height: "10", fill: "none", stroke: c, "stroke-width": "1.5", "stroke-dasharray": "3 2"});
  if (key.shape === "line" || key.shape === "dash") add("path", {d: "M0 7H24", stroke: c, "stroke-width": "2.5", "stroke-dasharray": key.dash && key.dash !== "0" ? key.dash : key.shape === "dash" ? "4 2" : "none"});
  return svg;
}

// ---- saving ----

function save(name: string, type: string, text: string): void {
  const url = URL.createObjectURL(new Blob([text], {type}));
  const link = element("a", {href: url, download: name}) as HTMLAnchorElement;
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(url), 10000);
}

/** The drawing by itself: colours of the page's scheme written out. */
function saveSvg(figure: HTMLElement, name: string): void {
  const svg = figure.querySelector<SVGSVGElement>(".drawing > svg")!, copy = svg.cloneNode(true) as SVGSVGElement;
  const root = getComputedStyle(document.documentElement);
  copy.setAttribute("xmlns", svgSpace);
  copy.setAttribute("color", root.getPropertyValue("--ink").trim());
  copy.setAttribute("font-family", "sans-serif");
  copy.removeAttribute("style");
  const title = document.createElementNS(svgSpace, "title");
  title.textContent = figure.querySelector("h3")!.textContent;
  copy.prepend(title);
  const text = new XMLSerializer().serializeToString(copy).replace(/var\((--[\w-]+)\)/g, (_, v) => root.getPropertyValue(v).trim());
  save(`${name}.svg`, "image/svg+xml", text);
}

const quoted = (text: string): string => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);

function saveCsv(figure: HTMLElement, name: string): void {
  const rows = [...figure.querySelectorAll("tr")].map((tr) => [...tr.cells].map((c) => quoted(c.textContent ?? "")).join(","));
  save(`${name}.csv`, "text/csv", "\ufeff" + rows.join("\r\n") + "\r\n");
}

// ---- drawing ----

function legend(keys: Key[]): HTMLElement {
  return element("ul", {class: "key"}, ...keys.map((k) => element("li", {}, shape(k), k.label)));
}

function buttons(figure: HTMLElement, words: Words, name: string): HTMLElement {
  const title = figure.querySelector("h3")!.textContent ?? "";
  const button = (word: string, run: () => void) => {
    const b = element("button", {type: "button", "aria-label": `${word}: ${title}`}, word);
    b.addEventListener("click", run);
    return b;
  };
  return element("div", {class: "save"}, button(words.svg, () => saveSvg(figure, name)), button(words.csv, () => saveCsv(figure, name)));
}

/** The picture is one image with one name. */
function nameImage(svg: SVGSVGElement, name: string, description: string): SVGSVGElement {
  for (const g of svg.querySelectorAll("[aria-label]")) {
    g.setAttribute("data-mark", g.getAttribute("aria-label")!);
    g.removeAttribute("aria-label");
  }
  svg.setAttribute("role", "img");
  svg.setAttribute("aria-label", name);
  if (description !== "") svg.setAttribute("aria-description", description);
  return svg;
}

/** A slider that shows one step after the other; a screen reader hears the step and how much is drawn in it. */
function slider(figure: HTMLElement, steps: Steps, id: string): HTMLElement {
  const title = figure.querySelector("h3")!.textContent ?? "", name = (i: number) => (i < 0 ? steps.all : steps.names[i]);
  const input = element("input", {type: "range", id, min: "0", max: String(steps.names.length), step: "1", value: "0", "aria-valuetext": name(-1)}) as HTMLInputElement;
  const said = element("p", {class: "step", "aria-hidden": "true"}, name(-1));
  input.addEventListener("input", () => {
    const i = Number(input.value) - 1;
    input.setAttribute("aria-valuetext", name(i));
    said.textContent = name(i);
    figure.querySelector(".drawing > svg")!.replaceWith(nameImage(steps.draw(i), `${title}: ${name(i)}`, figure.querySelector("figcaption p")!.textContent ?? ""));
  });
  return element("div", {class: "steps"}, element("label", {for: id}, steps.label), input, said);
}

/** For paper: the first step, the last, and some between. */
function paperSteps(steps: Steps): HTMLElement {
  const count = steps.names.length, shown = Math.min(4, count), picked = Array.from({length: shown}, (_, k) => Math.round((k * (count - 1)) / Math.max(1, shown - 1)));
  return element("div", {class: "multiples"}, ...picked.map((i) => element("div", {}, element("p", {}, steps.names[i]), nameImage(steps.small(i), steps.names[i], ""))));
}

function put(figure: HTMLElement, drawing: Drawing, words: Words, name: string): void {
  const space = figure.querySelector(".drawing")!, title = figure.querySelector("h3")!.textContent ?? "", {keys, steps} = drawing;
  nameImage(drawing.svg, title, figure.querySelector("figcaption p")!.textContent ?? "");
  space.replaceChildren(...(keys ? [legend(keys)] : []), ...(steps ? [slider(figure, steps, `step-${figure.closest("article")!.lang}-${name}`)] : []), drawing.svg, ...(steps ? [paperSteps(steps)] : []));
  if (!figure.querySelector(".save")) figure.append(buttons(figure, words, name));
}

const drawn = new Map<string, number>();

/** What is still to be drawn, from the top of the page down. */
let queue: (() => void)[] = [];
const patience = 30; // milliseconds in which the page does not answer

/** A few pictures at a time, so that the page answers meanwhile; or all that are left. */
function drawQueued(all: boolean): void {
  const began = performance.now();
  while (queue.length > 0 && (all || performance.now() - began < patience)) queue.shift()!();
  if (queue.length > 0) setTimeout(drawQueued, 0, false);
  else document.documentElement.dataset.drawn = "yes";
}

let onPaper = false;
const paperWidth = 672; // pixels between the margins of A4

/** What is seen: the pictures of one language, for the width of the page. */
function enqueue(article: HTMLElement): void {
  const lang = article.lang, edition = data[lang];
  const width = onPaper ? paperWidth : Math.max(300, Math.min(928, Math.floor(article.getBoundingClientRect().width)));
  if (edition === undefined || drawn.get(lang) === width) return;
  drawn.set(lang, width);
  for (const figure of article.querySelectorAll<HTMLElement>("figure.picture")) {
    const id = figure.dataset.part!, part = edition.parts[id], picture = part && pictures[part.kind];
    if (picture) queue.push(() => put(figure, picture({part, words: edition.words, width, lang, paper: onPaper}), edition.words, `${part.kind}-${id}`));
  }
}

function drawSeen(all: boolean): void {
  for (const article of document.querySelectorAll<HTMLElement>("article")) {
    if (article.getClientRects().length > 0) enqueue(article);
  }
  drawQueued(all);
}

/** The page takes the language and the title of what is read, and a link into the other language shows that. */
function follow(all: boolean): void {
  const chosen = document.querySelector<HTMLInputElement>('input[name="language"]:checked');
  const article = document.querySelector<HTMLElement>(chosen ? `.in-${chosen.id.slice("choose-".length)}` : "article");
  if (article === null) return;
  document.documentElement.lang = article.lang;
  document.title = article.querySelector("h1")?.textContent ?? document.title;
  drawSeen(all);
}

let waiting = 0;
addEventListener("resize", () => {
  clearTimeout(waiting);
  waiting = window.setTimeout(drawSeen, 150, true);
});
for (const input of document.querySelectorAll('input[name="language"]')) input.addEventListener("change", () => follow(true));
const target = location.hash.length > 1 ? document.getElementById(decodeURIComponent(location.hash.slice(1))) : null;
const other = target?.closest<HTMLElement>("article")?.lang;
if (other) (document.getElementById(`choose-${other}`) as HTMLInputElement | null)?.click();
for (const [event, paper] of [["beforeprint", true], ["afterprint", false]] as const) {
  addEventListener(event, () => {
    onPaper = paper;
    drawSeen(true);
  });
}
follow(false);

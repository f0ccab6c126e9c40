// From longitude and latitude to the plane of a map.  The page's data say where the map is cut and whether it is seen from
// above a pole; units are degrees of latitude, the same along both axes.
export interface Frame { west: number; narrow: number; pole: number }
export type Place = [number, number];
export interface Border { kind: string; points: number[] }

const radians = Math.PI / 180;
const eastOf = (lon: number, from: number): number => (((lon - from) % 360) + 360) % 360;

/** Longitudes as people write them: -180 to 180. */
export const plainLongitude = (lon: number): number => eastOf(lon, -180) - 180;

/** A longitude that may lie past the edge is not turned back: a border goes on where it went. */
function place(f: Frame, lon: number, lat: number): Place {
  if (f.pole === 0) return [lon * f.narrow, lat];
  const away = 90 - f.pole * lat, angle = (lon - f.west - 180) * radians;
  return [away * Math.sin(angle), -f.pole * away * Math.cos(angle)];
}

export const projected = (f: Frame, lon: number, lat: number): Place => place(f, f.west + eastOf(lon, f.west), lat);

/** Corners of a border, as a whole turned to where the map begins; about a pole what is straight becomes round. */
function corners(f: Frame, border: Border): Place[] {
  const p = border.points, pairs = Array.from({length: p.length / 2}, (_, i): Place => [p[2 * i], p[2 * i + 1]]);
  const least = Math.min(...pairs.map((x) => x[0])), turn = 360 * Math.floor((least - f.west) / 360);
  const turned = pairs.map(([lon, lat]): Place => [lon - turn, lat]), closed = border.kind === "ring" ? [...turned, turned[0]] : turned;
  if (f.pole === 0) return closed;
  return closed.flatMap(([lon, lat], i) => {
    if (i === 0) return [[lon, lat] as Place];
    const [a, b] = closed[i - 1], steps = Math.max(1, Math.ceil(Math.abs(lon - a) / 2));
    return Array.from({length: steps}, (_, k): Place => [a + ((k + 1) / steps) * (lon - a), b + ((k + 1) / steps) * (lat - b)]);
  });
}

export const outline = (f: Frame, border: Border): Place[] => corners(f, border).map(([lon, lat]) => place(f, lon, lat));

/** Where a file cuts a zone at the date line or ends it in a pole is no border: the line is drawn without it. */
export function strokes(f: Frame, border: Border): Place[][] {
  const list = corners(f, border), out: Place[][] = [[]], lons = list.map((p) => p[0]), about = Math.max(...lons) - Math.min(...lons) > 359.99;
  const seam = (a: Place, b: Place) => (about && a[0] === b[0] && Math.max(Math.abs(a[1]), Math.abs(b[1])) === 90) || (Math.abs(plainLongitude(a[0])) === 180 && Math.abs(plainLongitude(b[0])) === 180 && a[0] === b[0]) || (Math.abs(a[1]) === 90 && Math.abs(b[1]) === 90);
  list.forEach((at, i) => {
    if (i > 0 && seam(list[i - 1], at)) out.push([]);
    out[out.length - 1].push(place(f, at[0], at[1]));
  });
  return out.filter((l) => l.length > 1);
}

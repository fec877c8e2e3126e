/** The axes of the plane in pixels: confidence across on the nines scale, share up, and a column at the left for images without confidence. */
import { openNinesScale } from "../marks/confidence.ts";
import { type Brush, edgeRounding } from "./planeBrush.ts";
import { type PlanePoints, shareOf } from "./planePoints.ts";

/** Confidences that may have a tick. The axis ends at `.9999` or a higher one. */
const marks = [0, 0.5, 0.9, 0.99, 0.999, 0.9999, 0.99999, 0.999999, 0.9999999] as const;
/** Width of the column without confidence, in units of the nines scale. */
const withoutColumn = 0.12;

export interface PlaneScale {
  readonly width: number;
  readonly height: number;
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
  /** The range in units of the nines scale and of shares. */
  readonly limits: Brush;
  readonly ticks: readonly number[];
  /** Whether there is a column for images without confidence. */
  readonly hasColumn: boolean;
  x(units: number): number;
  y(share: number): number;
  /** Units across, and share, at a pixel; within the limits. */
  unitsAt(x: number): number;
  shareAt(y: number): number;
}

export function planeScale(
  { confidence, count }: Pick<PlanePoints, "confidence" | "count">,
  size: { readonly width: number; readonly height: number },
): PlaneScale {
  let reached = 0;
  let hasColumn = false;
  for (let index = 0; index < count; index++) {
    const value = confidence[index] as number;
    if (Number.isNaN(value)) hasColumn = true;
    else if (value > reached) reached = value;
  }
  const end = marks.find((mark) => mark >= 0.9999 && mark >= reached) ?? marks[8];
  const narrow = size.width < 520;
  const [left, right, top, bottom] = [narrow ? 44 : 56, size.width - (narrow ? 20 : 34), 26, size.height - 58];
  const limits: Brush = { left: hasColumn ? -withoutColumn : 0, right: openNinesScale(end), bottom: 0, top: 1 };
  const perUnit = (right - left) / (limits.right - limits.left);
  const within = (value: number, low: number, high: number): number => Math.min(high, Math.max(low, value));
  return {
    ...size,
    left,
    right,
    top,
    bottom,
    limits,
    // Labels of a narrow plane would touch.
    ticks: marks.filter(
      (mark) =>
        mark <= end && (!narrow || mark !== 0.5) && (!narrow || end < 0.99999 || [0, 0.9, 0.999, 0.99999, 0.9999999].includes(mark)),
    ),
    hasColumn,
    x: (units) => left + (units - limits.left) * perUnit,
    y: (share) => bottom - share * (bottom - top),
    unitsAt: (x) => within(limits.left + (x - left) / perUnit, limits.left, limits.right),
    shareAt: (y) => within((bottom - y) / (bottom - top), 0, 1),
  };
}

/** An irregular sequence in [0, 1) that spreads dots over the column: multiples of the golden ratio. */
const spread = (index: number): number => (index * 0.6180339887498949) % 1;

/** The place of an image across, in units of the nines scale. */
function unitsOf(points: Pick<PlanePoints, "confidence">, index: number, limits: Brush): number {
  const confidence = points.confidence[index] as number;
  if (Number.isNaN(confidence)) return limits.left * (0.25 + 0.5 * spread(index));
  return Math.min(limits.right, openNinesScale(confidence));
}

export interface PlanePlaces {
  /** Pixels; NaN for images without votes, which have no place yet. */
  readonly x: Float32Array;
  readonly y: Float32Array;
}

export function planePlaces(points: PlanePoints, scale: PlaneScale): PlanePlaces {
  const places = { x: new Float32Array(points.count), y: new Float32Array(points.count) };
  for (let index = 0; index < points.count; index++) {
    places.x[index] = scale.x(unitsOf(points, index, scale.limits));
    places.y[index] = scale.y(shareOf(points, index));
  }
  return places;
}

/** Images with votes inside the brush, ascending. */
export function imagesInside(points: PlanePoints, limits: Brush, { left, right, bottom, top }: Brush): number[] {
  const inside: number[] = [];
  for (let index = 0; index < points.count; index++) {
    const share = shareOf(points, index);
    if (!(share >= bottom - edgeRounding && share <= top + edgeRounding)) continue;
    const units = unitsOf(points, index, limits);
    if (units >= left - edgeRounding && units <= right + edgeRounding) inside.push(index);
  }
  return inside;
}

/**
 * Up to `most` of the images, from the most recognised: by share, then by the lower end of the interval, then by index. Takes a few
 * milliseconds for tens of thousands of images, of which a page shows the first.
 */
export function mostRecognised(points: PlanePoints, images: readonly number[], most: number): number[] {
  const first = images.slice(0, most);
  let least = Number.POSITIVE_INFINITY;
  const sort = (): void => {
    sortByRecognition(points, first);
    first.length = Math.min(first.length, most);
    least = shareOf(points, first.at(-1) ?? -1);
  };
  sort();
  for (let at = most; at < images.length; at++) {
    const image = images[at] as number;
    if (!(shareOf(points, image) >= least)) continue;
    first.push(image);
    if (first.length >= 2 * most) sort();
  }
  sort();
  return first;
}

function sortByRecognition(points: PlanePoints, images: number[]): void {
  images.sort(
    (one, other) =>
      shareOf(points, other) - shareOf(points, one) || (points.low[other] as number) - (points.low[one] as number) || one - other,
  );
}

/** The image whose dot is nearest to a point, at most `reach` pixels away; null if there is none. */
export function nearestImage({ x, y }: PlanePlaces, at: { readonly x: number; readonly y: number }, reach = 12): number | null {
  let [best, bestDistance] = [-1, reach * reach];
  for (let index = 0; index < x.length; index++) {
    const dx = (x[index] as number) - at.x;
    if (dx > reach || dx < -reach) continue;
    const distance = dx * dx + ((y[index] as number) - at.y) ** 2;
    if (distance <= bestDistance) [best, bestDistance] = [index, distance];
  }
  return best < 0 ? null : best;
}

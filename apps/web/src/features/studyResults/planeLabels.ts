/** Names beside a few dots of the plane: of the most recognised images, where no dot and no other name is in the way. */

import type { PlanePoints } from "./planePoints.ts";
import { mostRecognised, type PlanePlaces, type PlaneScale } from "./planeScale.ts";

export interface PlaneLabel {
  readonly image: number;
  readonly text: string;
  readonly x: number;
  readonly y: number;
  readonly anchor: "start" | "end";
}

interface Box {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

/** Width of a character, in pixels, and of the gap to the dot. */
const characterWidth = 6.4;
const gap = 9;
const halfHeight = 8;

const overlaps = (one: Box, other: Box): boolean =>
  one.left < other.right && other.left < one.right && one.top < other.bottom && other.top < one.bottom;

export function planeLabels(
  points: PlanePoints,
  places: PlanePlaces,
  scale: PlaneScale,
  labelOf: (image: number) => string,
  most = 6,
): PlaneLabel[] {
  const voted = [...points.votes.keys()].filter((image) => (points.votes[image] as number) > 0);
  const taken: Box[] = [];
  const labels: PlaneLabel[] = [];
  for (const image of mostRecognised(points, voted, 4 * most)) {
    if (labels.length >= most) break;
    const [x, y] = [places.x[image] as number, places.y[image] as number];
    const text = labelOf(image);
    const width = text.length * characterWidth;
    for (const anchor of ["start", "end"] as const) {
      const left = anchor === "start" ? x + gap - 2 : x - gap + 2 - width;
      const box = { left, right: left + width, top: y - halfHeight, bottom: y + halfHeight };
      if (box.right > scale.right || box.left < scale.left) continue;
      if (taken.some((other) => overlaps(box, other)) || isOverDot(box, places, image)) continue;
      taken.push(box);
      labels.push({ image, text, x: anchor === "start" ? x + gap : x - gap, y: y + 4, anchor });
      break;
    }
  }
  return labels;
}

const dotRadius = 4;

function isOverDot({ left, right, top, bottom }: Box, { x, y }: PlanePlaces, own: number): boolean {
  for (let image = 0; image < x.length; image++) {
    if (image === own) continue;
    const [dotX, dotY] = [x[image] as number, y[image] as number];
    if (dotX > left - dotRadius && dotX < right + dotRadius && dotY > top - dotRadius && dotY < bottom + dotRadius) return true;
  }
  return false;
}

/** Operations in a ball around an image, clipped to [0, 255]: projection, steepest-ascent steps and random points. */
import type { Norm } from "@pareidolia/core/norm";
import type { Random } from "@pareidolia/core/random";
import { normalStream } from "../normal.ts";

const clip = (value: number): number => Math.max(0, Math.min(255, value));

export interface Ball {
  readonly centre: Uint8Array;
  readonly norm: Norm;
  readonly epsilon: number;
}

/** Projects onto the ball, then clips to [0, 255]. The result stays in the ball, since its centre is within [0, 255] too. */
export function project({ centre, norm, epsilon }: Ball, pixels: Float32Array): Float32Array {
  const change = Float64Array.from(pixels, (value, i) => value - (centre[i] as number));
  const factor = norm === "l2" ? Math.min(1, epsilon / Math.max(lengthOf(change), 1e-30)) : 1;
  return pixels.map((_, i) => {
    const value = (change[i] as number) * factor;
    return clip((centre[i] as number) + (norm === "l2" ? value : Math.max(-epsilon, Math.min(epsilon, value))));
  });
}

/** A step of `size` grey levels along the steepest direction in the norm. */
export function stepAlong({ norm }: Ball, pixels: Float32Array, gradient: Float32Array, size: number): Float32Array {
  const factor = size / Math.max(lengthOf(gradient), 1e-30);
  return pixels.map((value, i) => {
    const slope = gradient[i] as number;
    return value + (norm === "linf" ? size * Math.sign(slope) : factor * slope);
  });
}

/** A random point: uniform in the cube for L-infinity; with uniform direction and uniform radius for L2. */
export function randomPoint(ball: Ball, random: Random): Float32Array {
  const { centre, norm, epsilon } = ball;
  if (norm === "linf")
    return project(
      ball,
      Float32Array.from(centre, (value) => value + (2 * random.uniform() - 1) * epsilon),
    );
  const radius = epsilon * random.uniform();
  const normal = normalStream(random);
  const direction = Float64Array.from(centre, () => normal());
  const factor = radius / Math.max(lengthOf(direction), 1e-30);
  return project(
    ball,
    Float32Array.from(centre, (value, i) => value + (direction[i] as number) * factor),
  );
}

function lengthOf(values: Float64Array | Float32Array): number {
  let sum = 0;
  for (const value of values) sum += value * value;
  return Math.sqrt(sum);
}

/**
 * The order of an epoch's images and their random augmentation. Both are keyed by (seed, epoch, image), so they depend neither on the
 * batch size nor on the process that draws.
 */
import { pixelCount } from "@pareidolia/core/image";
import { Purpose, Random } from "@pareidolia/core/random";
import type { LabelledImages } from "../data/labelledImages.ts";
import type { Augmentation } from "./trainingRecipe.ts";

/** A random permutation (Fisher-Yates). Its random stream uses the index `count`, which no image has. */
export function shuffledOrder(options: { seed: number; epoch: number; count: number }): Uint32Array {
  const random = new Random({ seed: options.seed, generation: options.epoch, index: options.count, purpose: Purpose.TRAIN });
  const order = Uint32Array.from({ length: options.count }, (_, index) => index);
  for (let last = options.count - 1; last > 0; last--) {
    const other = random.below(last + 1);
    const moved = order[last] as number;
    order[last] = order[other] as number;
    order[other] = moved;
  }
  return order;
}

/** Writes one augmented image, channel by channel, into `target` at `offset`. Values stay in [0, 255]. */
export function drawAugmented(
  { shape, images }: LabelledImages,
  { largestShift, largestLift, mirror }: Augmentation,
  address: { seed: number; epoch: number; image: number },
  target: Float32Array,
  offset: number,
): void {
  const random = new Random({ seed: address.seed, generation: address.epoch, index: address.image, purpose: Purpose.TRAIN });
  const right = random.below(2 * largestShift + 1) - largestShift;
  const down = random.below(2 * largestShift + 1) - largestShift;
  const lift = largestLift * random.uniform();
  const contrast = 1 - lift / 255;
  const mirrored = mirror && random.chance(0.5);
  const { width, height } = shape;
  const size = pixelCount(shape);
  const source = address.image * size;
  let place = offset;
  for (let plane = source; plane < source + size; plane += width * height)
    for (let y = 0; y < height; y++) {
      const fromY = y - down;
      for (let x = 0; x < width; x++) {
        const fromX = (mirrored ? width - 1 - x : x) - right;
        const inside = fromX >= 0 && fromX < width && fromY >= 0 && fromY < height;
        target[place++] = lift + contrast * (inside ? (images[plane + fromY * width + fromX] as number) : 0);
      }
    }
}

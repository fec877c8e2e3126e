/**
 * Ablation with a control. Near an optimum of the search almost any change lowers the confidence, so a drop alone means little. As a
 * control, each region is also changed at random, by at least as much as painting over changes it. The random change is the difference
 * that painting over makes in another region, mirrored, added or subtracted, and scaled to size. It has the same texture in the same
 * place but does not remove the content. If only the size of a change mattered, each of the two would be equally likely to cost more.
 */
import { type ByteImage, toFloatImage } from "@pareidolia/core/image";
import { Purpose, Random } from "@pareidolia/core/random";
import { type AblatedRegion, type AblationOptions, ablate, cutIntoRegions, meanColour, paintOver, type Region } from "./ablation.ts";
import { signTest } from "./signTest.ts";

export interface ControlledRegion extends AblatedRegion {
  /** Confidence lost by the random change; null if no change of this size fits between 0 and 255. */
  readonly controlDrop: number | null;
}

export interface ControlledAblation {
  readonly confidence: number;
  /** Row by row. */
  readonly regions: readonly ControlledRegion[];
  /** One-sided p of the sign test over the regions that removal costs more than the random change; 1 without any pair. */
  readonly p: number;
}

/** Largest factor for scaling up another region's change. */
const maxScale = 4;
const attempts = 20;
/** The random change is at least as large as the region's own, and larger by at most this fraction. */
const maxExcess = 0.02;
const halvings = 16;

/** @throws AppError INVALID_INPUT as `ablate` does. */
export async function ablateWithControl(options: AblationOptions & { readonly seed: number }): Promise<ControlledAblation> {
  const { classIndex, classifier, signal } = options;
  const { confidence, regions } = await ablate(options);
  const changed = changeAtRandom(options);
  const variants = changed.filter((variant) => variant !== null);
  const { probabilities, classes } =
    variants.length === 0
      ? { probabilities: new Float32Array(), classes: 0 }
      : await classifier.predict(variants.map(toFloatImage), signal);
  let row = 0;
  const controlled = regions.map((region, index) => ({
    ...region,
    controlDrop: changed[index] === null ? null : confidence - (probabilities[row++ * classes + classIndex] as number),
  }));
  const differences = controlled.flatMap(({ drop, controlDrop }) => (controlDrop === null ? [] : drop - controlDrop));
  return { confidence, regions: controlled, p: signTest(differences) };
}

interface Change {
  readonly region: Region;
  /** Difference that painting over makes to each value of the region, row by row. */
  readonly values: Int16Array;
  /** Euclidean length of the difference. */
  readonly size: number;
}

/** One randomly changed image per region, in the order of the regions; null if no change fits. */
export function changeAtRandom(
  options: Pick<AblationOptions, "image" | "regions" | "paint"> & { readonly seed: number },
): readonly (ByteImage | null)[] {
  const { image, paint, seed } = options;
  const colour = paint === "grey" ? new Array<number>(image.channels).fill(128) : meanColour(image);
  const changes = cutIntoRegions(image, options.regions).map((region): Change => {
    const before = valuesOf(image, region);
    const after = valuesOf(paintOver(image, region, colour), region);
    const values = Int16Array.from(after, (value, index) => value - (before[index] as number));
    return { region, values, size: Math.sqrt(values.reduce((sum, value) => sum + value * value, 0)) };
  });
  return changes.map((change, index) => {
    const models = changes.filter((other) => other !== change && other.size > 0 && change.size <= maxScale * other.size);
    if (change.size === 0 || models.length === 0) return null;
    for (let attempt = 0; attempt < attempts; attempt++) {
      const random = new Random({ seed, generation: attempt, index, purpose: Purpose.RESAMPLE });
      const moved = moveChange(models[random.below(models.length)] as Change, change.region, image.channels, random);
      const variant = applyAtSize(image, change, moved);
      if (variant !== null) return variant;
    }
    return null;
  });
}

function valuesOf({ pixels, width, channels }: ByteImage, region: Region): Uint8Array {
  const values = new Uint8Array(region.width * region.height * channels);
  for (let row = 0; row < region.height; row++) {
    const from = ((region.y + row) * width + region.x) * channels;
    values.set(pixels.subarray(from, from + region.width * channels), row * region.width * channels);
  }
  return values;
}

/** Moves the change of one region to another, randomly mirrored and negated. If sides differ by a pixel, the edge is repeated. */
function moveChange({ region: from, values }: Change, to: Region, channels: number, random: Random): Float64Array {
  const [flipX, flipY, sign] = [random.below(2) === 1, random.below(2) === 1, random.below(2) === 1 ? 1 : -1];
  const moved = new Float64Array(to.width * to.height * channels);
  const place = (at: number, length: number, flip: boolean): number =>
    flip ? length - 1 - Math.min(at, length - 1) : Math.min(at, length - 1);
  for (let row = 0; row < to.height; row++)
    for (let column = 0; column < to.width; column++)
      for (let channel = 0; channel < channels; channel++) {
        const source = (place(row, from.height, flipY) * from.width + place(column, from.width, flipX)) * channels + channel;
        moved[(row * to.width + column) * channels + channel] = sign * (values[source] as number);
      }
  return moved;
}

/** Applies a moved change, scaled to the size of the region's own change; null if it does not fit between 0 and 255. */
function applyAtSize(image: ByteImage, { region, size }: Change, moved: Float64Array): ByteImage | null {
  const before = valuesOf(image, region);
  const scaled = (scale: number): { readonly values: Uint8Array; readonly size: number } => {
    let squares = 0;
    const values = before.map((value, index) => {
      const after = Math.round(Math.min(255, Math.max(0, value + scale * (moved[index] as number))));
      squares += (after - value) ** 2;
      return after;
    });
    return { values, size: Math.sqrt(squares) };
  };
  let [low, high] = [0, 2 * maxScale];
  let best = scaled(high);
  if (best.size < size) return null;
  for (let halving = 0; halving < halvings && best.size > size * (1 + maxExcess / 4); halving++) {
    const middle = (low + high) / 2;
    const tried = scaled(middle);
    if (tried.size >= size) [high, best] = [middle, tried];
    else low = middle;
  }
  if (best.size > size * (1 + maxExcess)) return null;
  const pixels = image.pixels.slice();
  const across = region.width * image.channels;
  for (let row = 0; row < region.height; row++)
    pixels.set(best.values.subarray(row * across, (row + 1) * across), ((region.y + row) * image.width + region.x) * image.channels);
  return { ...image, pixels };
}

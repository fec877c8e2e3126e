/**
 * Ablation with a control. Near an optimum of the search nearly any change lowers the confidence, so a fall says little by itself: each
 * region is also changed at random, by at least as much as painting it over changes it. The random change is one that paints over
 * another region of the image, mirrored, added or subtracted, and scaled to size: the same texture in the same place, but it does not
 * remove what is there. If only the size of a change mattered, either of the two would be as likely to cost more, region by region.
 */
import { type ByteImage, toFloatImage } from "@pareidolia/core/image";
import { Purpose, Random } from "@pareidolia/core/random";
import { type AblatedRegion, type AblationOptions, ablate, cutIntoRegions, meanColour, paintOver, type Region } from "./ablation.ts";
import { signTest } from "./signTest.ts";

export interface ControlledRegion extends AblatedRegion {
  /** Confidence lost to the random change; null where no change of this size fits between 0 and 255. */
  readonly controlDrop: number | null;
}

export interface ControlledAblation {
  readonly confidence: number;
  /** Row by row. */
  readonly regions: readonly ControlledRegion[];
  /** One-sided, by the sign test over the regions: removing costs more than the random change; 1 where there is no pair. */
  readonly p: number;
}

/** A region's change is not reused for another region if it would have to be scaled up by more than this. */
const largestScale = 4;
const attempts = 20;
/** The random change is at least as large as the region's own, and at most larger by this factor. */
const largestExcess = 0.02;
const halvings = 16;

/** @throws AppError INVALID_INPUT as `ablate` does. */
export async function ablateWithControl(options: AblationOptions & { readonly seed: number }): Promise<ControlledAblation> {
  const { classIndex, classifier, signal } = options;
  const { confidence, regions } = await ablate(options);
  const changed = changeAtRandom(options);
  const shown = changed.filter((variant) => variant !== null);
  const { probabilities, classes } =
    shown.length === 0 ? { probabilities: new Float32Array(), classes: 0 } : await classifier.predict(shown.map(toFloatImage), signal);
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
  /** What painting over adds to each value of the region, row by row. */
  readonly values: Int16Array;
  /** Its Euclidean length. */
  readonly size: number;
}

/** One image per region, in the order of the regions. */
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
    const models = changes.filter((other) => other !== change && other.size > 0 && change.size <= largestScale * other.size);
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

/** The change of one region laid over another, mirrored and negated at random; where sides differ by a pixel, its edge repeats. */
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

/** The image with the moved change, scaled until it is as large as the region's own; null if the range 0 to 255 leaves no room for that. */
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
  let [low, high] = [0, 2 * largestScale];
  let best = scaled(high);
  if (best.size < size) return null;
  for (let halving = 0; halving < halvings && best.size > size * (1 + largestExcess / 4); halving++) {
    const middle = (low + high) / 2;
    const tried = scaled(middle);
    if (tried.size >= size) [high, best] = [middle, tried];
    else low = middle;
  }
  if (best.size > size * (1 + largestExcess)) return null;
  const pixels = image.pixels.slice();
  const across = region.width * image.channels;
  for (let row = 0; row < region.height; row++)
    pixels.set(best.values.subarray(row * across, (row + 1) * across), ((region.y + row) * image.width + region.x) * image.channels);
  return { ...image, pixels };
}

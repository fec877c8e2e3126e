/**
 * Images from NumPy arrays: N x H x W, N x H x W x C or N x C x H x W with 1 or 3 channels, as integers of 0 to 255 or as floats of 0 to 1,
 * -1 to 1 or 0 to 255. Optional arrays of the same length give classes and the source's confidences.
 */
import type { ByteImage } from "@pareidolia/core/image";
import { type ForeignData, type ForeignImage, importLimits, quote, unreadable } from "./foreignData.ts";
import type { NumpyArray } from "./npy.ts";

interface Layout {
  readonly count: number;
  readonly width: number;
  readonly height: number;
  readonly channels: 1 | 3;
  /** Strides, in elements. */
  readonly image: number;
  readonly y: number;
  readonly x: number;
  readonly channel: number;
}

/** Grey level of a value of the array. */
interface Scale {
  readonly factor: number;
  readonly offset: number;
  readonly description: string;
}

const names = {
  images: ["images", "image", "imgs", "x", "pixels", "data"],
  labels: ["labels", "label", "classes", "class", "targets", "target", "niches", "niche", "y"],
  claimed: ["confidences", "confidence", "fitness", "fitnesses", "scores", "score", "objective", "objectives", "probabilities"],
  ids: ["ids", "id"],
} as const;

/** @param arrays by name, without `.npy` */
export function readNumpyImages(arrays: ReadonlyMap<string, NumpyArray>, fileName: string): ForeignData {
  const [name, array] = findImages(arrays);
  const layout = layoutOf(array, name);
  const beside = (role: keyof typeof names): NumpyArray | null => {
    const found = [...arrays].find(([other]) => other !== name && names[role].some((known) => known === other.toLowerCase()));
    if (found === undefined) return null;
    if (found[1].shape[0] !== layout.count)
      throw unreadable(`${quote(found[0])} has ${found[1].shape[0] ?? 0} entries for ${layout.count} images`);
    return found[1];
  };
  const [labels, claimed, ids] = [beside("labels"), beside("claimed"), beside("ids")];
  if (labels !== null && labels.shape.length !== 1) throw unreadable("the array of labels has more than one dimension");
  if (claimed !== null && (claimed.kind === "text" || claimed.shape.length > 2))
    throw unreadable("the array of confidences is neither N nor N x classes");
  const scale = scaleOf(array, name);
  const used = new Set([array, labels, claimed, ids]);
  const unmapped = [...arrays].filter(([, other]) => !used.has(other)).map(([other]) => other);
  const warnings = [`Values of ${quote(name)} are read as ${scale.description}.`];
  if (layout.channel > layout.x && layout.channels === 3) warnings.push(`${quote(name)} is read as N x channels x height x width.`);
  const seen = new Set<string>();
  return {
    format: "numpy",
    warnings,
    unmapped,
    skipped: [],
    runs: [
      {
        sourceKey: fileName,
        name: fileName.slice(0, 100),
        state: "SUCCEEDED",
        sourceState: "",
        parameters: { array: name, shape: array.shape.join(" x "), type: array.type },
        metrics: { images: layout.count },
        tags: [],
        notes: "",
        startedAt: null,
        endedAt: null,
        curve: [],
        imageCount: layout.count,
        async *images(skip) {
          for (let index = 0; index < layout.count; index++) {
            const image = imageAt(array, layout, scale, index);
            const id = ids?.text(index * (ids.strides[0] as number)) ?? null;
            if (image === null) skip(`image ${index} of ${quote(name)}`, "it has a value that is not a number, or out of range");
            else if (id !== null && seen.has(id)) skip(`image ${index} of ${quote(name)}`, `its ID ${quote(id)} occurs twice`);
            else {
              if (id !== null) seen.add(id);
              yield {
                image,
                ...classOf(labels, index),
                ...claimOf(claimed, labels, index),
                generation: null,
                sourceId: id,
                sourceParentId: null,
              };
            }
          }
        },
      },
    ],
  };
}

function findImages(arrays: ReadonlyMap<string, NumpyArray>): readonly [string, NumpyArray] {
  const shaped = [...arrays].filter(([, { shape, kind }]) => (shape.length === 3 || shape.length === 4) && kind !== "text");
  const found = shaped.find(([name]) => names.images.some((known) => known === name.toLowerCase())) ?? shaped[0];
  if (found === undefined)
    throw unreadable("none of its arrays has the shape of images: N x height x width, or N x height x width x channels");
  return found;
}

function layoutOf({ shape, strides }: NumpyArray, name: string): Layout {
  const isChannel = (side: number | undefined): side is 1 | 3 => side === 1 || side === 3;
  const [count, ...sides] = shape as readonly [number, ...number[]];
  const [image, ...steps] = strides as readonly [number, ...number[]];
  const layout = ((): Omit<Layout, "count" | "image"> => {
    if (sides.length === 2) {
      const [height, width] = sides as [number, number];
      return { height, width, channels: 1, y: steps[0] as number, x: steps[1] as number, channel: 0 };
    }
    const [first, second, third] = sides as [number, number, number];
    if (isChannel(third))
      return { height: first, width: second, channels: third, y: steps[0] as number, x: steps[1] as number, channel: steps[2] as number };
    if (isChannel(first))
      return { height: second, width: third, channels: first, channel: steps[0] as number, y: steps[1] as number, x: steps[2] as number };
    throw unreadable(`${quote(name)} has the shape (${shape.join(", ")}), in which no side is 1 or 3 channels`);
  })();
  const { width, height } = layout;
  if (count === 0) throw unreadable(`${quote(name)} contains no image`);
  if (count > importLimits.images) throw unreadable(`it contains ${count} images; the limit is ${importLimits.images}`);
  if (width < 1 || height < 1 || width > importLimits.imageSide || height > importLimits.imageSide)
    throw unreadable(`its images have ${width} x ${height} pixels; the limit is ${importLimits.imageSide} a side`);
  return { ...layout, count, image };
}

function scaleOf(array: NumpyArray, name: string): Scale {
  if (array.kind === "boolean") return { factor: 255, offset: 0, description: "black and white" };
  let [least, most] = [Infinity, -Infinity];
  for (let at = 0; at < array.length; at++) {
    const value = array.number(at);
    if (value < least) least = value;
    if (value > most) most = value;
  }
  if (!Number.isFinite(least) || !Number.isFinite(most)) {
    if (least === Infinity) throw unreadable(`${quote(name)} contains no number`);
    throw unreadable(`${quote(name)} contains infinite values`);
  }
  if (array.kind === "float" && least >= 0 && most <= 1) return { factor: 255, offset: 0, description: "grey levels of 0 to 1" };
  if (array.kind === "float" && least >= -1 && least < 0 && most <= 1)
    return { factor: 127.5, offset: 127.5, description: "grey levels of -1 to 1" };
  if (least >= 0 && most <= 255) return { factor: 1, offset: 0, description: "grey levels of 0 to 255" };
  throw unreadable(`the values of ${quote(name)} reach from ${least} to ${most}, which are not grey levels of 0 to 255, 0 to 1 or -1 to 1`);
}

/** Null if a value is not a number. */
function imageAt(array: NumpyArray, layout: Layout, { factor, offset }: Scale, index: number): ByteImage | null {
  const { width, height, channels } = layout;
  const pixels = new Uint8Array(width * height * channels);
  let at = 0;
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++)
      for (let channel = 0; channel < channels; channel++) {
        const value = array.number(index * layout.image + y * layout.y + x * layout.x + channel * layout.channel);
        if (Number.isNaN(value)) return null;
        pixels[at++] = Math.min(255, Math.max(0, Math.floor(value * factor + offset + 0.5)));
      }
  return { width, height, channels, pixels };
}

function classOf(labels: NumpyArray | null, index: number): Pick<ForeignImage, "niche" | "label"> {
  if (labels === null) return { niche: null, label: null };
  const at = index * (labels.strides[0] as number);
  if (labels.kind === "text") return { niche: null, label: labels.text(at).slice(0, 200) };
  const value = labels.number(at);
  return { niche: Number.isSafeInteger(value) && value >= 0 && value <= 1_000_000 ? value : null, label: null };
}

/** Of N x classes, the value of the image's class, or the highest without one. */
function claimOf(claimed: NumpyArray | null, labels: NumpyArray | null, index: number): Pick<ForeignImage, "claimed"> {
  if (claimed === null) return { claimed: null };
  const [row, step = 0] = claimed.strides as readonly [number, number?];
  const classes = claimed.shape[1] ?? 1;
  const niche = classOf(labels, index).niche;
  const values = Array.from({ length: classes }, (_, column) => claimed.number(index * row + column * step));
  const value = niche !== null && claimed.shape.length === 2 ? values[niche] : Math.max(...values);
  return { claimed: value !== undefined && Number.isFinite(value) ? value : null };
}

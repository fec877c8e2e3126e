/**
 * Groups a study's images for comparison: by the network that gave the label, by source, by the generation of the elite, and by the groups
 * and conditions of the plan.
 */
import type { Stimulus } from "../../protocols/stimulus.ts";
import type { StudyImage } from "./studyData.ts";

export const groupingIds = ["model", "source", "generation", "group", "condition"] as const;
export type GroupingId = (typeof groupingIds)[number];

export interface ImageGroup {
  /** Of the network, source, group or condition; empty for generations. */
  readonly name: string;
  /** First and last generation; null for other groupings. */
  readonly from: number | null;
  readonly to: number | null;
  /** Indices of images, ascending. */
  readonly images: readonly number[];
}

export interface ImageGrouping {
  readonly by: GroupingId;
  readonly groups: readonly ImageGroup[];
  /** Images without a network, generation, group or condition. */
  readonly without: number;
  /** Smaller groups that are left out, and their images. */
  readonly leftOut: { readonly groups: number; readonly images: number };
}

/** Every group is compared with every other, so more could not be read. */
const maxGroups = 12;
/** Generations are divided into so many bins with about as many images each. */
const generationBins = 4;

/** @param stimuli of the plan, one for each image. */
export function groupImages(images: readonly StudyImage[], stimuli: readonly Stimulus[], by: GroupingId): ImageGrouping {
  if (by === "generation") return byGeneration(images);
  const members = new Map<string, number[]>();
  let without = 0;
  for (const [index, image] of images.entries()) {
    const name = nameOf(image, stimuli[index], by);
    if (name === "") without++;
    else {
      const own = members.get(name);
      if (own === undefined) members.set(name, [index]);
      else own.push(index);
    }
  }
  const largest = [...members]
    .map(([name, own]): ImageGroup => ({ name, from: null, to: null, images: own }))
    .sort((one, other) => other.images.length - one.images.length || (one.name < other.name ? -1 : 1));
  const rest = largest.slice(maxGroups);
  return {
    by,
    groups: largest.slice(0, maxGroups),
    without,
    leftOut: { groups: rest.length, images: rest.reduce((sum, group) => sum + group.images.length, 0) },
  };
}

/** Empty for an image without one. */
function nameOf(image: StudyImage, stimulus: Stimulus | undefined, by: Exclude<GroupingId, "generation">): string {
  switch (by) {
    case "model":
      return image.model ?? "";
    case "source":
      return image.source;
    case "group":
    case "condition":
      return stimulus?.[by] ?? "";
  }
}

/** Bins end where the generation changes, so that all images of one generation are in one bin. */
function byGeneration(images: readonly StudyImage[]): ImageGrouping {
  const known = images.flatMap(({ generation }, index) => (generation == null ? [] : [{ generation, index }]));
  known.sort((one, other) => one.generation - other.generation || one.index - other.index);
  const groups: ImageGroup[] = [];
  let start = 0;
  for (let bin = 1; bin <= generationBins && start < known.length; bin++) {
    let end = Math.max(start + 1, Math.round((bin * known.length) / generationBins));
    while (end < known.length && known[end]?.generation === known[end - 1]?.generation) end++;
    const own = known.slice(start, end);
    groups.push({
      name: "",
      from: own[0]?.generation ?? null,
      to: own.at(-1)?.generation ?? null,
      images: own.map(({ index }) => index).sort((one, other) => one - other),
    });
    start = end;
  }
  return { by: "generation", groups, without: images.length - known.length, leftOut: { groups: 0, images: 0 } };
}

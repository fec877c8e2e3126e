/** Lists of foils by label and by image, while a researcher edits them. */
import { usableFoils } from "@pareidolia/perception/study/checkDetails";
import { detailsOf, type ListedFoils, noSorting } from "@pareidolia/perception/study/imageDetails";
import type { StudyImageRowFragment } from "../../../graphql/generated/graphql.ts";
import { toDraftImage } from "../draftPlan.ts";

/** The images of each label, in the order of classes. */
export function imagesByLabel(images: readonly StudyImageRowFragment[]): ReadonlyMap<number, readonly StudyImageRowFragment[]> {
  const byLabel = new Map<number, StudyImageRowFragment[]>();
  for (const image of [...images].sort((a, b) => a.label - b.label)) {
    const own = byLabel.get(image.label);
    if (own === undefined) byLabel.set(image.label, [image]);
    else own.push(image);
  }
  return byLabel;
}

/** The image's foils by these lists: its own, or those of its label. */
export function foilsOf(foils: ListedFoils, { image, label, source }: StudyImageRowFragment): readonly number[] {
  const details = { truths: {}, foils, groups: noSorting, conditions: noSorting };
  return detailsOf(details, { image: image.sha256, label, source }).foils;
}

function usable(foils: ListedFoils, row: StudyImageRowFragment): readonly number[] {
  return usableFoils({ ...toDraftImage(row), foils: foilsOf(foils, row) });
}

export function countWithFoils(foils: ListedFoils, images: readonly StudyImageRowFragment[], needed: number): number {
  return images.filter((image) => usable(foils, image).length >= needed).length;
}

/** Adds the network's next choices to the images that lack foils, as far as they are known. */
export function fillFromNextChoices(foils: ListedFoils, images: readonly StudyImageRowFragment[], needed: number): ListedFoils {
  const byImage = { ...foils.byImage };
  for (const row of images) {
    const own = usable(foils, row);
    if (own.length >= needed) continue;
    const filled = usableFoils({ ...toDraftImage(row), foils: [...own, ...row.runnersUp] }).slice(0, needed);
    if (filled.length > own.length) byImage[row.image.sha256] = filled;
  }
  return { ...foils, byImage };
}

/** An empty list is no entry. */
export function withFoils(entries: ListedFoils["byLabel"], name: string, values: readonly number[]): ListedFoils["byLabel"] {
  const { [name]: _replaced, ...others } = entries;
  return values.length === 0 ? others : { ...others, [name]: values };
}

/** Images by group or condition, while a researcher sorts them. */
import { encodings } from "@pareidolia/encodings/registry";
import { detailsOf, noFoils, noSorting, type SortedImages, type Sorting } from "@pareidolia/perception/study/imageDetails";
import type { StudyImageRowFragment } from "../../../graphql/generated/graphql.ts";
import { splitLabel } from "../../marks/labels.ts";

export type SortKind = "group" | "condition";

export const sortingTexts: Readonly<Record<Sorting, string>> = { hand: "by hand", label: "by label", source: "by encoding" };

export interface Section {
  /** As the plan has it; empty for images without one. */
  readonly name: string;
  /** In words. */
  readonly text: string;
  readonly images: readonly StudyImageRowFragment[];
}

/** Images without a group or condition come first. */
export function sortedInto(
  sorted: SortedImages,
  images: readonly StudyImageRowFragment[],
  classNames: readonly string[],
): readonly Section[] {
  const sections = new Map<string, StudyImageRowFragment[]>();
  const texts = new Map<string, string>();
  const details = { truths: {}, foils: noFoils, groups: sorted, conditions: noSorting };
  for (const row of images) {
    const { label, source, image } = row;
    const { group: name } = detailsOf(details, { image: image.sha256, label, source });
    const section = sections.get(name);
    if (section === undefined) sections.set(name, [row]);
    else section.push(row);
    if (sorted.byImage[image.sha256] === undefined) texts.set(name, wordsFor(sorted.by, row, classNames));
  }
  return [...sections]
    .map(([name, own]) => ({ name, text: texts.get(name) ?? name, images: own }))
    .sort((a, b) => Number(a.name !== "") - Number(b.name !== ""));
}

function wordsFor(by: Sorting, { label, source }: StudyImageRowFragment, classNames: readonly string[]): string {
  if (by === "label") return splitLabel(classNames[label] ?? `class ${label}`).name;
  return by === "source" ? (encodings.find(({ id }) => id === source)?.label ?? source) : "";
}

export function takeOut(byImage: SortedImages["byImage"], hashes: ReadonlySet<string>): SortedImages["byImage"] {
  return Object.fromEntries(Object.entries(byImage).filter(([hash]) => !hashes.has(hash)));
}

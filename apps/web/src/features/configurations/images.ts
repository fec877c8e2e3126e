/** The images of a search's configurations, merged from pages and events. An image that arrives late replaces no newer one. */
import type { ConfigurationImageFragment } from "../../graphql/generated/graphql.ts";

export type Image = ConfigurationImageFragment;

/** By trajectory ID. */
export type Images = ReadonlyMap<string, Image>;

export function foldImages(known: Images, arriving: readonly Image[]): Images {
  const newer = arriving.filter((image) => image.step > (known.get(image.id)?.step ?? -1));
  if (newer.length === 0) return known;
  const folded = new Map(known);
  for (const { id, configuration, class: index, label, start, step, storedConfidence, image } of newer)
    folded.set(id, { id, configuration, class: index, label, start, step, storedConfidence, image });
  return folded;
}

/** The images of each configuration: the first start of every class, then the second, and so on. */
export function imagesByConfiguration(images: Images): ReadonlyMap<number, readonly Image[]> {
  const grouped = new Map<number, Image[]>();
  for (const image of images.values()) {
    const group = grouped.get(image.configuration);
    if (group === undefined) grouped.set(image.configuration, [image]);
    else group.push(image);
  }
  for (const group of grouped.values()) group.sort((a, b) => a.start - b.start || a.class - b.class);
  return grouped;
}

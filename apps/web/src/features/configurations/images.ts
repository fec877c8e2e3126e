/** The images of a search's configurations, as pages and events bring them. Folding is idempotent: a late one changes nothing. */
import type { ConfigurationImageFragment } from "../../graphql/generated/graphql.ts";

export type Image = ConfigurationImageFragment;

/** By trajectory. */
export type Images = ReadonlyMap<string, Image>;

export function foldImages(known: Images, arriving: readonly Image[]): Images {
  const news = arriving.filter((image) => image.step > (known.get(image.id)?.step ?? -1));
  if (news.length === 0) return known;
  const folded = new Map(known);
  for (const { id, configuration, class: index, label, start, step, storedConfidence, image } of news)
    folded.set(id, { id, configuration, class: index, label, start, step, storedConfidence, image });
  return folded;
}

/** Of each configuration, one image a class before any second start. */
export function imagesByConfiguration(images: Images): ReadonlyMap<number, readonly Image[]> {
  const grouped = new Map<number, Image[]>();
  for (const image of images.values()) {
    const rows = grouped.get(image.configuration);
    if (rows === undefined) grouped.set(image.configuration, [image]);
    else rows.push(image);
  }
  for (const rows of grouped.values()) rows.sort((a, b) => a.start - b.start || a.class - b.class);
  return grouped;
}

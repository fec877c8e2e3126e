/** The pictures of a search's configurations, as pages and events bring them. Folding is idempotent: a late one changes nothing. */
import type { ConfigurationPictureFragment } from "../../graphql/generated/graphql.ts";

export type Picture = ConfigurationPictureFragment;

/** By trajectory. */
export type Pictures = ReadonlyMap<string, Picture>;

export function foldPictures(known: Pictures, arriving: readonly Picture[]): Pictures {
  const news = arriving.filter((picture) => picture.step > (known.get(picture.id)?.step ?? -1));
  if (news.length === 0) return known;
  const folded = new Map(known);
  for (const { id, configuration, class: index, label, start, step, storedConfidence, image } of news)
    folded.set(id, { id, configuration, class: index, label, start, step, storedConfidence, image });
  return folded;
}

/** Of each configuration, one picture a class before any second start. */
export function picturesByConfiguration(pictures: Pictures): ReadonlyMap<number, readonly Picture[]> {
  const grouped = new Map<number, Picture[]>();
  for (const picture of pictures.values()) {
    const rows = grouped.get(picture.configuration);
    if (rows === undefined) grouped.set(picture.configuration, [picture]);
    else rows.push(picture);
  }
  for (const rows of grouped.values()) rows.sort((a, b) => a.start - b.start || a.class - b.class);
  return grouped;
}

"use client";
/** The number of images that a view finds, in its tab. */
import { useLiveQuery } from "../../graphql/client/useLiveQuery.ts";
import { GalleryCountDocument } from "../../graphql/generated/graphql.ts";
import { formatTotal } from "../marks/numbers.ts";

const pollMilliseconds = 60_000;

export function GalleryCount({ search }: { readonly search: string }) {
  const { data, error } = useLiveQuery({ query: GalleryCountDocument, variables: { search }, poll: pollMilliseconds });
  // A search with a mistake has no count; the view says so when it is open.
  return data === undefined || error !== undefined ? null : (
    <span className="n12">{formatTotal(data.galleryImages.totalCount, data.galleryImages.totalCountIsCapped)}</span>
  );
}

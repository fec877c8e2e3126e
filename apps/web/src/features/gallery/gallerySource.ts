/** Loads the gallery's images from the API, in one list for all kinds of runs. */
import type { Client, CombinedError } from "urql";
import { GalleryImagesDocument, type GalleryImagesQuery, type GalleryImagesQueryVariables } from "../../graphql/generated/graphql.ts";
import { toGalleryItem } from "./galleryItem.ts";
import type { GalleryPage } from "./galleryPages.ts";
import type { GalleryList } from "./galleryState.ts";

export interface GallerySource {
  /** Identifies the list. */
  readonly key: string;
  /** The query of the first page. */
  readonly query: { readonly document: typeof GalleryImagesDocument; readonly variables: GalleryImagesQueryVariables };
  /** A page from the cache, or null. */
  readCached(client: Client, after: string | null): GalleryPage | null;
  load(client: Client, after: string | null): Promise<{ readonly page: GalleryPage | null; readonly error: CombinedError | undefined }>;
}

const pageSize = 60;

/** The variables that all pages of a list share. */
export function listVariables({ search, sort: { column, direction }, ids }: GalleryList) {
  return { search, orderBy: { column, direction }, ...(ids === null ? {} : { filter: { eliteIds: [...ids] } }) };
}

const pageOf = ({ galleryImages }: GalleryImagesQuery): GalleryPage => ({
  ...galleryImages,
  nodes: galleryImages.nodes.map(toGalleryItem),
});

export function gallerySource(list: GalleryList): GallerySource {
  const variables = listVariables(list);
  const variablesOf = (after: string | null) => ({ ...variables, first: pageSize, after });
  return {
    key: JSON.stringify(variables),
    query: { document: GalleryImagesDocument, variables: variablesOf(null) },
    readCached(client, after) {
      const data = client.readQuery(GalleryImagesDocument, variablesOf(after), { requestPolicy: "cache-only" })?.data;
      return data ? pageOf(data) : null;
    },
    async load(client, after) {
      const { data, error } = await client.query(GalleryImagesDocument, variablesOf(after), { requestPolicy: "network-only" }).toPromise();
      return { page: data ? pageOf(data) : null, error };
    },
  };
}

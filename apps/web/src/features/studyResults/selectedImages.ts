/** Loads what the API knows of the images that are selected on the plane: their IDs, and the elites that they show. */
import type { Client } from "urql";
import { SelectedImagesDocument, type SelectedImagesQuery } from "../../graphql/generated/graphql.ts";

export interface SelectedImage {
  /** Its place in the plan. */
  readonly index: number;
  readonly imageId: string;
  /** Null unless it shows an elite. */
  readonly eliteId: string | null;
}

/** Of the query. */
const pageSize = 100;

export function readPage(data: SelectedImagesQuery | undefined): readonly SelectedImage[] {
  const study = data?.node?.__typename === "Study" ? data.node : null;
  return study?.images.nodes.map(({ index, eliteId, image }) => ({ index, imageId: image.id, eliteId: eliteId ?? null })) ?? [];
}

/** All of them, page by page. @throws Error with a message for users. */
export async function loadSelectedImages(client: Client, studyKey: string, indices: readonly number[]): Promise<readonly SelectedImage[]> {
  const sorted = [...indices].sort((one, other) => one - other);
  const found: SelectedImage[] = [];
  for (let from = 0; from < sorted.length; from += pageSize) {
    const variables = { key: studyKey, indices: sorted.slice(from, from + pageSize) };
    const { data, error } = await client.query(SelectedImagesDocument, variables).toPromise();
    if (error !== undefined) throw error;
    found.push(...readPage(data));
  }
  return found;
}

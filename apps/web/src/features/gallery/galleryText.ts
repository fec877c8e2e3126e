/** The GraphQL query of the gallery with its search and order, for users who want the same images from a program. */
import { literal } from "../queries/literal.ts";
import { listVariables } from "./gallerySource.ts";
import type { GalleryList } from "./galleryState.ts";

export function galleryQuery(list: GalleryList): string {
  const { search, orderBy, ...filtered } = listVariables(list);
  const where = "filter" in filtered ? `, filter: ${literal(filtered.filter)}` : "";
  return `{
  galleryImages(first: 100, search: ${literal(search)}${where}, orderBy: { column: ${literal(orderBy.column)}, direction: ${orderBy.direction} }) {
    nodes { id kind label confidence reached generation createdAt run { key name methodLabel } model { name } image { url } }
    pageInfo { hasNextPage endCursor }
    totalCount
  }
}`;
}

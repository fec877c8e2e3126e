/** The GraphQL query of the gallery with its filter and order, for users who want the same images from a program. */
import { literal } from "../queries/literal.ts";

interface Ordered {
  readonly filter: object;
  readonly orderBy: { readonly field: string; readonly direction: string };
}

/** Filters have no enum values. @param fields Of an image, besides its run and address. */
export function galleryQuery(list: "elites" | "trajectories" | "perturbations", { filter, orderBy }: Ordered, fields: string): string {
  const where = Object.keys(filter).length === 0 ? "" : `, filter: ${literal(filter)}`;
  return `{
  ${list}(first: 100${where}, orderBy: { field: ${orderBy.field}, direction: ${orderBy.direction} }) {
    nodes { ${fields} run { key methodLabel model { name } } image { url } }
    pageInfo { hasNextPage endCursor }
    totalCount
  }
}`;
}

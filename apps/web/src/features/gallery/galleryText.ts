/** The GraphQL query of the gallery with its filter and order, for users who want the same images from a program. */

interface Ordered {
  readonly filter: object;
  readonly orderBy: { readonly field: string; readonly direction: string };
}

/** A value of a filter as GraphQL writes it. Filters have no enum values. */
function literal(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(literal).join(", ")}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  const parts = Object.entries(value).map(([name, given]) => `${name}: ${literal(given)}`);
  return `{ ${parts.join(", ")} }`;
}

/** @param fields Of an image, besides its run and address. */
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

/** The text of the query for the palette's elites, to copy. */
import type { EliteFilter } from "../../graphql/generated/graphql.ts";

export function paletteQueryText({ labelContains }: EliteFilter): string {
  const filter = labelContains == null ? "" : `, filter: { labelContains: ${JSON.stringify(labelContains)} }`;
  return `query {
  elites(first: 50${filter}, orderBy: { field: STORED_FITNESS, direction: DESC }) {
    totalCount
    nodes { id label storedFitness image { url } run { key } }
  }
}`;
}

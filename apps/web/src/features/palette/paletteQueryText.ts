/** The query behind the palette's images, ready to paste. */
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

/** The text of the query for the palette's elites, to copy. */
import type { EliteFilter } from "../../graphql/generated/graphql.ts";

export function paletteQueryText({ labelContains, encoding }: EliteFilter): string {
  const conditions = Object.entries({ labelContains, encoding }).filter(([, value]) => value != null);
  const filter =
    conditions.length === 0 ? "" : `, filter: { ${conditions.map(([name, value]) => `${name}: ${JSON.stringify(value)}`).join(", ")} }`;
  return `query {
  elites(first: 50${filter}, orderBy: { field: STORED_CONFIDENCE, direction: DESC }) {
    totalCount
    nodes { id label storedConfidence image { url } run { key } }
  }
}`;
}

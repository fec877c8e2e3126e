/** The query behind the palette's images, ready to paste. */
import type { EliteFilter } from "../../graphql/generated/graphql.ts";

export function paletteQueryText({ niche }: EliteFilter): string {
  const filter = niche === null || niche === undefined ? "" : `, filter: { niche: [${[niche].flat().join(", ")}] }`;
  return `query {
  elites(first: 50${filter}, orderBy: { field: STORED_FITNESS, direction: DESC }) {
    totalCount
    nodes { id label storedFitness image { url } run { key } }
  }
}`;
}

/** The searches that find what is selected in the table: single runs, a part at a time, and each group by itself. */
import { joinSearches } from "@pareidolia/search/formatSearch";
import type { SelectedRows } from "./partSelection.ts";

/** A search has at most 50 values. */
const keysOfSearch = 40;
/** Without a condition on archived, a search leaves archived runs out. */
const archivedToo = "archived = true OR archived = false";

export interface SelectedSearch {
  readonly search: string;
  /** Whether its runs are one group; otherwise each run was selected by itself. */
  readonly isGroup: boolean;
}

export function searchesOf({ runs, groups }: SelectedRows): readonly SelectedSearch[] {
  const keys = [...runs];
  const parts = Array.from({ length: Math.ceil(keys.length / keysOfSearch) }, (_, i) =>
    keys.slice(i * keysOfSearch, (i + 1) * keysOfSearch),
  );
  return [
    ...parts.map((part) => ({ search: joinSearches(`run IN (${part.join(", ")})`, archivedToo), isGroup: false })),
    ...[...groups.keys()].map((search) => ({ search, isGroup: true })),
  ];
}

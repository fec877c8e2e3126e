/** Adds a condition to a search, or removes it, as a chip beside the search field does. */
import { formatTree, joinSearches } from "./formatSearch.ts";
import { parseSearch } from "./parseSearch.ts";
import type { SearchTree } from "./searchTree.ts";

/** What every row must meet, as text; null for a search with a mistake. */
function conditionsIn(search: string): readonly string[] | null {
  const { value, problem } = parseSearch(search);
  if (problem !== undefined) return null;
  const parts: readonly SearchTree[] = value === null ? [] : value.kind === "and" ? value.parts : [value];
  return parts.map(formatTree);
}

const formatted = (condition: string): string => formatTree(parseSearch(condition).value ?? null);

/** Whether the search requires the condition, in whatever notation. */
export function hasCondition(search: string, condition: string): boolean {
  return conditionsIn(search)?.includes(formatted(condition)) === true;
}

/** @param others conditions that the new one replaces. A search with a mistake is not changed. */
export function toggleCondition(search: string, condition: string, others: readonly string[] = []): string {
  const conditions = conditionsIn(search);
  if (conditions === null) return search;
  const wanted = formatted(condition);
  const dropped = new Set([wanted, ...others.map(formatted)]);
  const kept = conditions.filter((each) => !dropped.has(each)).reduce(joinSearches, "");
  return conditions.includes(wanted) ? kept : joinSearches(kept, wanted);
}

/** A retention rule as a sentence. */
import type { RetentionRuleInput, RunState } from "../../graphql/generated/graphql.ts";

const stateNames: Partial<Record<RunState, string>> = {
  SUCCEEDED: "finished",
  FAILED: "failed",
  CANCELLED: "cancelled",
  CRASHED: "crashed",
};

export const actionNames = {
  DELETE_TRASHED: "Delete the trash",
  TRASH_RUNS: "Move runs to the trash",
  TRIM_RUNS: "Trim runs",
} as const;

function listed(words: readonly string[]): string {
  return words.length < 2 ? (words[0] ?? "") : `${words.slice(0, -1).join(", ")} and ${words.at(-1)}`;
}

type Rule = Pick<RetentionRuleInput, "action" | "days" | "states" | "kinds" | "archived" | "withoutTag" | "keepPinned">;

/** "Move failed and crashed runs to the trash 30 days after their end, except pinned ones". @param labelOf the label of a kind of run. */
export function ruleText(rule: Rule, labelOf: (kind: string) => string): string {
  const days = rule.days === 1 ? "a day" : `${rule.days} days`;
  if (rule.action === "DELETE_TRASHED") return `Delete what has been in the trash for ${days}`;
  const states = listed((rule.states ?? []).map((state) => stateNames[state] ?? state.toLowerCase()));
  const archived = rule.archived == null ? "" : rule.archived ? "archived " : "unarchived ";
  const kinds = (rule.kinds ?? []).length === 0 ? "" : ` (${listed((rule.kinds ?? []).map(labelOf))})`;
  const runs = `${archived}${states === "" ? "" : `${states} `}runs${kinds}`;
  const what = rule.action === "TRASH_RUNS" ? `Move ${runs} to the trash` : `Remove replaced elites of ${runs}`;
  const exceptions = [
    ...(rule.keepPinned === false ? [] : ["pinned ones"]),
    ...(rule.withoutTag == null || rule.withoutTag === "" ? [] : [`those with the tag ${rule.withoutTag}`]),
  ];
  return `${what} ${days} after their end${exceptions.length === 0 ? "" : `, except ${listed(exceptions)}`}`;
}

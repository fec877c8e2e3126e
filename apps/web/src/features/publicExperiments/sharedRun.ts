/** A run as its page for visitors loads it. */
import type { SharedRunQuery } from "../../graphql/generated/graphql.ts";
import { isRun, type RunType } from "../../graphql/runTypes.ts";

type Node = NonNullable<SharedRunQuery["node"]>;

export type SharedRun = Extract<Node, { __typename: RunType }>;
export type SharedRunOf<Type extends RunType> = Extract<Node, { __typename: Type }>;

interface Expected {
  readonly experimentId: string | null;
  readonly visibility: "PUBLIC" | "UNLISTED";
}

/**
 * The run, if this page may show it: members read more than visitors do, and a run of another experiment has another page.
 * @param expected Without an ID, the run's experiment is the one of the link.
 */
export function sharedRunOf(data: SharedRunQuery | undefined, { experimentId, visibility }: Expected): SharedRun | null {
  const run = isRun(data?.node) ? data.node : null;
  if (run === null || run.experiment.visibility !== visibility) return null;
  return experimentId === null || run.experiment.id === experimentId ? run : null;
}

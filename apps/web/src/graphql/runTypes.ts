/** The object types that implement the interface `Run`, one for each kind of run. */
export const runTypes = ["EvolutionRun", "AscentRun", "PerturbationRun", "RetrainingRun", "ImportedRun"] as const;
export type RunType = (typeof runTypes)[number];

export function isRunType(typename: unknown): typename is RunType {
  return runTypes.some((type) => type === typename);
}

/** Narrows a node to a run of any kind. */
export function isRun<Node extends { readonly __typename: string }>(
  node: Node | null | undefined,
): node is Extract<Node, { __typename: RunType }> {
  return isRunType(node?.__typename);
}

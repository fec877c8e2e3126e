/** The kinds of runs. A run's row stores the kind's id as text, so a new kind is one entry here and needs no migration. */

export interface RunKindDefinition {
  readonly id: string;
  readonly label: string;
  readonly description: string;
  /** What a run of this kind counts, in the plural, and when one of them counts as reached. */
  readonly outcome: { readonly unit: string; readonly reachedMeans: string };
}

export const runKinds = [
  {
    id: "evolution",
    label: "Evolution",
    description: "MAP-Elites on genomes that draw images: one niche a class.",
    outcome: { unit: "classes", reachedMeans: "≥ .9999" },
  },
  {
    id: "ascent",
    label: "Gradient ascent",
    description: "Follows the network's own gradient from a start image, one trajectory a class.",
    outcome: { unit: "trajectories", reachedMeans: "≥ .9999" },
  },
  {
    id: "perturbation",
    label: "Perturbation",
    description: "Changes a photograph as little as possible until the network takes it for something else.",
    outcome: { unit: "attacks", reachedMeans: "label changed" },
  },
  {
    id: "retraining",
    label: "Retraining chain",
    description: "Trains the network again with a class for what fooled it, and fools the new one, several times.",
    outcome: { unit: "networks", reachedMeans: "trained and fooled" },
  },
] as const satisfies readonly RunKindDefinition[];

export type RunKind = (typeof runKinds)[number]["id"];

/** Undefined for a kind that only a later version knows. */
export function findRunKind(id: string): RunKindDefinition | undefined {
  return runKinds.find((kind) => kind.id === id);
}

/** The kinds of runs. A run's row holds the id as text, so that a further kind is one entry here and changes no table. */

export interface RunKindDefinition {
  readonly id: string;
  readonly label: string;
  readonly description: string;
}

export const runKinds = [
  {
    id: "evolution",
    label: "Evolution",
    description: "MAP-Elites on genomes that draw images: one niche a class.",
  },
  {
    id: "ascent",
    label: "Gradient ascent",
    description: "Follows the network's own gradient from a start image, one trajectory a class.",
  },
  {
    id: "perturbation",
    label: "Perturbation",
    description: "Changes a photograph as little as possible until the network takes it for something else.",
  },
  {
    id: "retraining",
    label: "Retraining chain",
    description: "Trains the network again with a class for what fooled it, and fools the new one, several times.",
  },
] as const satisfies readonly RunKindDefinition[];

export type RunKind = (typeof runKinds)[number]["id"];

/** Undefined for a kind that only a later version knows. */
export function findRunKind(id: string): RunKindDefinition | undefined {
  return runKinds.find((kind) => kind.id === id);
}

/** Runs as imports leave them, whose parameters are numbers in some runs and texts or flags in others, for tests of recorded fields. */
import type { Parameters } from "@pareidolia/core/parameterSpec";
import { serialisePlan } from "@pareidolia/core/runKinds/registry";
import type { Connection } from "@pareidolia/persistence/server/database/database";

export interface ImportedRunValues {
  readonly parameters: Parameters;
  readonly metrics: Readonly<Record<string, number>>;
}

/** Of RUN-1 and the following. */
export const mixedRuns: readonly ImportedRunValues[] = [
  {
    parameters: { lr: 0.1, optimizer: "Adam", "learning rate": 1, augment: true },
    metrics: { accuracy: 0.9, "val loss": 0.3 },
  },
  { parameters: { lr: 0.01, optimizer: "sgd", "learning rate": 2, augment: false }, metrics: { accuracy: 0.5 } },
  { parameters: { lr: "adaptive", optimizer: "adamw", augment: "true" }, metrics: {} },
  { parameters: { lr: "0.1", optimizer: "adam", LR: 5, 'a,"b"': "x" }, metrics: { accuracy: 0.7 } },
  { parameters: { lr: true, optimizer: "none" }, metrics: {} },
  { parameters: { lr: "", seed: 3 }, metrics: { accuracy: 0.2 } },
  { parameters: {}, metrics: {} },
];

interface Place {
  readonly workspaceId: string;
  readonly userId: string;
  readonly modelId: string;
  readonly experimentId: string;
  /** Default: `mixedRuns`. */
  readonly runs?: readonly ImportedRunValues[];
  /** Number of the first. Default: 1. */
  readonly firstNumber?: number;
}

export async function createImportedRuns(connection: Connection, place: Place): Promise<void> {
  const { workspaceId, userId, modelId, experimentId, runs = mixedRuns, firstNumber = 1 } = place;
  await connection.run.createMany({
    data: runs.map(({ parameters, metrics }, i) => {
      const source = { importId: "import", fileName: "runs.csv", sha256: "ab".repeat(32), key: String(i), state: "finished" };
      const number = firstNumber + i;
      return {
        id: `${workspaceId} imported ${number}`,
        workspaceId,
        experimentId,
        createdById: userId,
        modelId,
        number,
        kind: "imported",
        plan: serialisePlan({ kind: "imported", plan: { method: "wandb", source, metrics, imageCount: 0, curve: [], histories: [] } })
          .document,
        preset: "",
        parameters: { ...parameters },
        seed: 0,
        state: "SUCCEEDED" as const,
        endedAt: new Date(),
      };
    }),
  });
}

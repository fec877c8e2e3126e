/** The operations of the commands that change or show single objects, with what they answer. A test checks each against the API's schema. */
import type { ChangedItem } from "./changes.ts";
import { mutationText } from "./mutationText.ts";

const runFields = "run { id key name state }";

export interface RunChanged {
  readonly run: { readonly id: string; readonly key: string; readonly name: string; readonly state: string };
}

export const pauseRun = mutationText("pauseRun", "RunInput", "PauseRunSuccess", runFields);
export const resumeRun = mutationText("resumeRun", "RunInput", "ResumeRunSuccess", runFields);
export const cancelRun = mutationText("cancelRun", "RunInput", "CancelRunSuccess", runFields);
export const renameRun = mutationText("renameRun", "RenameRunInput", "RenameRunSuccess", runFields);

const items = "items { reference skipped message }";

export interface ItemsChanged {
  readonly items: readonly ChangedItem[];
}

export const tagRuns = mutationText("tagRuns", "TagRunsInput", "TagRunsSuccess", items);
export const archiveRuns = mutationText("archiveRuns", "RunsInput", "ArchiveRunsSuccess", items);
export const unarchiveRuns = mutationText("unarchiveRuns", "RunsInput", "UnarchiveRunsSuccess", items);
export const archiveExperiments = mutationText("archiveExperiments", "ExperimentsInput", "ArchiveExperimentsSuccess", items);
export const unarchiveExperiments = mutationText("unarchiveExperiments", "ExperimentsInput", "UnarchiveExperimentsSuccess", items);

const startedRun = "id key name state seed";

export const forkRun = mutationText("forkRun", "ForkRunInput", "ForkRunSuccess", `run { ${startedRun} }`);
export const rerunRuns = mutationText("rerunRuns", "RerunRunsInput", "RerunRunsSuccess", `${items} runs { ${startedRun} }`);

export const compareRuns = `query CompareRuns($entries: [ComparedRunsInput!]!, $generation: Int) {
  runComparison(entries: $entries, generation: $generation) { generation entries { name runs { key } }
    outcomes { kinds { kindLabel unit reachedMeans isMeasured runCount reached total median { mean low high } } }
    parameters { name label differs values { values count } } tests { pairs { first second adjustedP delta } } } }`;

interface ComparedValues {
  readonly values: readonly unknown[];
  readonly count: number;
}

export interface RunsCompared {
  readonly runComparison: {
    readonly generation: number;
    readonly entries: readonly { readonly name: string; readonly runs: readonly { readonly key: string }[] }[];
    readonly outcomes: readonly {
      readonly kinds: readonly {
        readonly kindLabel: string;
        readonly unit: string;
        readonly reachedMeans: string;
        readonly isMeasured: boolean;
        readonly runCount: number;
        readonly reached: number;
        readonly total: number;
        readonly median: { readonly mean: number; readonly low: number | null; readonly high: number | null } | null;
      }[];
    }[];
    readonly parameters: readonly {
      readonly name: string;
      readonly label: string;
      readonly differs: boolean;
      readonly values: readonly ComparedValues[];
    }[];
    readonly tests: {
      readonly pairs: readonly { readonly first: number; readonly second: number; readonly adjustedP: number; readonly delta: number }[];
    };
  };
}

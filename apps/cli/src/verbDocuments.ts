/** The operations of the commands that change or show single objects, with what they answer. A test checks each against the API's schema. */
import type { ChangedItem } from "./changes.ts";
import { mutationText } from "./mutationText.ts";

export interface RunChanged {
  readonly run: { readonly id: string; readonly key: string; readonly name: string; readonly state: string };
}

export const renameRun = mutationText("renameRun", "RenameRunInput", "RenameRunSuccess", "run { id key name state }");

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

export const pauseSweep = mutationText("pauseSweep", "SweepInput", "PauseSweepSuccess", "sweep { id key name state }");
export const resumeSweep = mutationText("resumeSweep", "SweepInput", "ResumeSweepSuccess", "sweep { id key name state }");

export interface SweepChanged {
  readonly sweep: { readonly id: string; readonly key: string; readonly name: string; readonly state: string };
}

const interval = "{ estimate low high }";

export const sweepResults = `query SweepResults($id: ID!) { sweep(id: $id) { key name state axes { path label values valueLabels }
  results { totalEvaluations savedEvaluations secondsLeft points { index values count median ${interval} mean ${interval} } } } }`;

interface Interval {
  readonly estimate: number;
  readonly low: number | null;
  readonly high: number | null;
}

export interface SweepResultsRead {
  readonly sweep: {
    readonly key: string;
    readonly name: string;
    readonly state: string;
    readonly axes: readonly {
      readonly path: string;
      readonly label: string;
      readonly values: readonly unknown[];
      readonly valueLabels: readonly string[];
    }[];
    readonly results: {
      readonly totalEvaluations: number;
      readonly savedEvaluations: number;
      readonly secondsLeft: number | null;
      readonly points: readonly {
        readonly index: number;
        readonly values: readonly unknown[];
        readonly count: number;
        readonly median: Interval | null;
        readonly mean: Interval | null;
      }[];
    };
  } | null;
}

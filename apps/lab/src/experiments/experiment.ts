/** What `npm run repro` can run: an experiment of the paper with the bars that it has to reach on every seed. */
import type { Classifier } from "@pareidolia/core/classifier";
import type { Preset } from "@pareidolia/core/parameterSpec";
import type { ReportRow } from "../report.ts";

export interface ExperimentOptions {
  readonly classifier: Classifier;
  /** Absent: the presets that the experiment is judged on. */
  readonly presets?: readonly string[] | undefined;
  readonly seeds: readonly number[];
  /** Absent: as many as the experiment is judged on. */
  readonly generations?: number | undefined;
  readonly onProgress: (line: string) => void;
}

export interface ExperimentResult {
  readonly head: readonly string[];
  /** One line a seed and checkpoint. */
  readonly lines: readonly (readonly string[])[];
  readonly rows: readonly ReportRow[];
}

export interface Experiment {
  readonly id: string;
  readonly description: string;
  readonly presets: readonly Preset[];
  run(options: ExperimentOptions): Promise<ExperimentResult>;
}

/** A benchmark of `npm run bench`: a row of the quality table, measured as a ratio within one run. */
import type { DifferentiableClassifier } from "@pareidolia/core/differentiableClassifier";
import type { ReportRow } from "@pareidolia/lab/report";

export interface BenchmarkOptions {
  /** Opens the classifier on the first call. */
  readonly openClassifier: () => Promise<DifferentiableClassifier>;
  readonly repetitions: number;
  /** Whether to measure other programs too, if they are installed. */
  readonly peers: boolean;
  /** Runs in P8's large database. */
  readonly runs: number;
  readonly onProgress: (line: string) => void;
}

export interface Benchmark {
  readonly id: string;
  readonly description: string;
  run(options: BenchmarkOptions): Promise<readonly ReportRow[]>;
}

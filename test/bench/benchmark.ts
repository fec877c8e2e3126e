/** What `npm run bench` can run: a row of the quality table, measured as a ratio within one run. */
import type { Classifier } from "@pareidolia/core/classifier";
import type { ReportRow } from "@pareidolia/lab/report";

interface BenchmarkOptions {
  readonly classifier: Classifier;
  readonly repetitions: number;
  readonly onProgress: (line: string) => void;
}

export interface Benchmark {
  readonly id: string;
  readonly description: string;
  run(options: BenchmarkOptions): Promise<readonly ReportRow[]>;
}

/** The fields of a run that its analyses need. `generation` may increase while an analysis is open. */
export interface AnalysedRun {
  readonly id: string;
  readonly key: string;
  /** The last stored generation; null before the first one. */
  readonly generation?: number | null;
  readonly model: { readonly labels: readonly string[] };
}

/** What the analyses need to know of the run that they are about. Its generation moves on while they are looked at. */
export interface AnalysedRun {
  readonly id: string;
  readonly key: string;
  /** The last stored generation; null before the first one. */
  readonly generation?: number | null;
  readonly model: { readonly labels: readonly string[] };
}

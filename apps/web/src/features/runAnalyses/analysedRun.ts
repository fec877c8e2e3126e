/** What the analyses need to know of the run that they are about. Its generation moves on while they are looked at. */
export interface AnalysedRun {
  readonly id: string;
  readonly key: string;
  /** The last that is stored; below 0 before the first. */
  readonly generation: number;
  readonly model: { readonly labels: readonly string[] };
}

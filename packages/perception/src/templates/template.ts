/** A template: the rules of a published design, and the numbers of the original. The researcher adds images, or changes a rule. */
import type { StoppingRule } from "../stopping/registry.ts";
import type { TrialRules } from "../trials/design.ts";

export interface Template {
  readonly id: string;
  readonly label: string;
  readonly description: string;
  /** Citation with the experiment's number. */
  readonly source: string;
  readonly rules: TrialRules;
  readonly stopping: StoppingRule;
  /** Numbers and labels of the original, as far as they are known; null if not. */
  readonly original: { readonly images: number | null; readonly voters: number | null; readonly labels: readonly string[] | null };
}

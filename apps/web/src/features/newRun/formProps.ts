/** What every form of the new-run page is handed. */
import type { FoundExperiment } from "../experiments/useFindExperiment.ts";
import type { AskedProblems } from "./askedValues.ts";
import type { ModelChoice } from "./modelDetail.ts";
import type { MethodChoice } from "./useMethodForm.ts";

export interface MethodFormInput {
  readonly experiment: FoundExperiment | null;
  readonly experiments: readonly FoundExperiment[];
  readonly models: readonly ModelChoice[];
  readonly methods: readonly MethodChoice[];
  /** Tells the page, before it is painted, what of its address the form cannot use. */
  readonly onAsked: (problems: AskedProblems) => void;
}

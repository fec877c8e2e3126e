/** What every form of the new-run page is handed. */
import type { FoundExperiment } from "../experiments/useFindExperiment.ts";
import type { ModelChoice } from "./modelDetail.ts";
import type { MethodChoice } from "./useMethodForm.ts";

export interface MethodFormInput {
  readonly experiment: FoundExperiment | null;
  readonly experiments: readonly FoundExperiment[];
  readonly models: readonly ModelChoice[];
  readonly methods: readonly MethodChoice[];
}

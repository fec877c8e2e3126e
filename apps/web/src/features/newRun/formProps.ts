/** The props of every form of the new-run page. */
import type { FoundExperiment } from "../experiments/useFindExperiment.ts";
import type { AddressProblems } from "./methodAddress.ts";
import type { ModelChoice } from "./modelDetail.ts";
import type { MethodChoice } from "./useMethodForm.ts";

export interface MethodFormInput {
  readonly experiment: FoundExperiment | null;
  readonly experiments: readonly FoundExperiment[];
  readonly models: readonly ModelChoice[];
  readonly methods: readonly MethodChoice[];
  /** Reports the errors in the page's address, before the first paint. */
  readonly onAddressProblems: (problems: AddressProblems) => void;
}

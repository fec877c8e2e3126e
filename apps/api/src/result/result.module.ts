/** API module for results. */
import type { NounModule } from "../assembly/nounModule.ts";
import { ResultSelection } from "./resultSelection.ts";

declare module "../assembly/nounModule.ts" {
  interface Services {
    readonly resultSelection: ResultSelection;
  }
}

export const resultModule: NounModule = {
  services: {
    resultSelection: ({ database, services }) =>
      new ResultSelection({ database, experiments: services.experiments, models: services.models, runs: services.runs }),
  },
};

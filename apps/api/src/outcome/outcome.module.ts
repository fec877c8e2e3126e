/** API module for outcomes. */
import type { OutcomeRecord } from "@pareidolia/persistence/lab/runs/measureOutcomes";
import DataLoader from "dataloader";
import type { Load, NounModule } from "../assembly/nounModule.ts";
import { ExperimentOutcomesResolver, OutcomeResolver, RunOutcomeResolver } from "./outcome.resolver.ts";

declare module "../assembly/nounModule.ts" {
  interface Loaders {
    readonly experimentOutcomes: Load<OutcomeRecord[]>;
    readonly outcome: Load<OutcomeRecord | null>;
  }
}

export const outcomeModule: NounModule = {
  resolvers: [ExperimentOutcomesResolver, OutcomeResolver, RunOutcomeResolver],
  loaders: {
    experimentOutcomes: ({ actor, services }) => new DataLoader((ids) => services.experiments.measure(actor, ids)),
    outcome: ({ actor, services }) => new DataLoader((ids) => services.runs.measure(actor, ids)),
  },
};

/** Resolves outcomes of runs and experiments. */
import type { ExperimentRecord } from "@pareidolia/persistence/lab/experiments/readExperiments";
import type { ModelRecord } from "@pareidolia/persistence/lab/models/readModels";
import type { OutcomeRecord } from "@pareidolia/persistence/lab/runs/measureOutcomes";
import type { RunRecord } from "@pareidolia/persistence/lab/runs/readRuns";
import { Ctx, FieldResolver, Float, Resolver, Root } from "type-graphql";
import type { ApiContext } from "../context.ts";
import { ExperimentType } from "../experiment/experiment.type.ts";
import { loadExisting } from "../loadExisting.ts";
import { ModelType } from "../model/model.type.ts";
import { RunType } from "../run/run.type.ts";
import { type KindMeasure, kindMeasureOf } from "./kindMeasure.type.ts";
import { OutcomeType } from "./outcome.type.ts";

type MeasuredOutcome = OutcomeRecord & KindMeasure;

const measured = (outcome: OutcomeRecord): MeasuredOutcome => ({ ...outcome, ...kindMeasureOf(outcome.kind) });

@Resolver(() => OutcomeType)
export class OutcomeResolver {
  @FieldResolver(() => ModelType, { description: "Model that the runs target." })
  model(@Root() outcome: OutcomeRecord, @Ctx() { loaders }: ApiContext): Promise<ModelRecord> {
    return loadExisting(loaders.model, outcome.modelId);
  }

  @FieldResolver(() => Float, {
    nullable: true,
    description:
      "Median confidence on stored images, 0 to 1: over classes (0 for an empty niche), over trajectories, over attacks (0 for " +
      "one that failed), or over the classes of a chain's last network. Null before the first result, and for imported runs.",
  })
  medianConfidence(@Root() outcome: OutcomeRecord): number | null {
    return outcome.median;
  }
}

@Resolver(() => RunType)
export class RunOutcomeResolver {
  @FieldResolver(() => OutcomeType, { description: "Outcome of the run so far." })
  async outcome(@Root() run: RunRecord, @Ctx() { loaders }: ApiContext): Promise<MeasuredOutcome> {
    return measured(await loadExisting(loaders.outcome, run.id));
  }
}

@Resolver(() => ExperimentType)
export class ExperimentOutcomesResolver {
  @FieldResolver(() => [OutcomeType], {
    description: "Outcomes of the runs so far: one for each pair of kind and model, because other runs cannot be pooled.",
  })
  async outcomes(@Root() experiment: ExperimentRecord, @Ctx() { loaders }: ApiContext): Promise<MeasuredOutcome[]> {
    return (await loaders.experimentOutcomes.load(experiment.id)).map(measured);
  }
}

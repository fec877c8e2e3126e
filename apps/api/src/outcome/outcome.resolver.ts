/** Resolves outcomes of runs and experiments. */
import { getRunKind } from "@pareidolia/core/runKinds/registry";
import type { ExperimentRecord } from "@pareidolia/persistence/experiments/readExperiments";
import type { ModelRecord } from "@pareidolia/persistence/models/readModels";
import type { OutcomeRecord } from "@pareidolia/persistence/runs/measureOutcomes";
import type { RunRecord } from "@pareidolia/persistence/runs/readRuns";
import { Ctx, FieldResolver, Float, Resolver, Root } from "type-graphql";
import type { ApiContext } from "../context.ts";
import { ExperimentType } from "../experiment/experiment.type.ts";
import { loadExisting } from "../loadExisting.ts";
import { ModelType } from "../model/model.type.ts";
import { RunType } from "../run/run.type.ts";
import { OutcomeType } from "./outcome.type.ts";

@Resolver(() => OutcomeType)
export class OutcomeResolver {
  @FieldResolver(() => String, { description: "Display name of the kind of run." })
  kindLabel(@Root() outcome: OutcomeRecord): string {
    return getRunKind(outcome.kind).label;
  }

  @FieldResolver(() => String, { description: "Unit of `reached` and `total`, in the plural, such as “classes”." })
  unit(@Root() outcome: OutcomeRecord): string {
    return getRunKind(outcome.kind).outcome.unit;
  }

  @FieldResolver(() => String, { description: "Success criterion, such as “≥ .9999” or “label changed”." })
  reachedMeans(@Root() outcome: OutcomeRecord): string {
    return getRunKind(outcome.kind).outcome.reachedMeans;
  }

  @FieldResolver(() => ModelType, { description: "Model that the runs target." })
  model(@Root() outcome: OutcomeRecord, @Ctx() { loaders }: ApiContext): Promise<ModelRecord> {
    return loadExisting(loaders.model, outcome.modelId);
  }

  @FieldResolver(() => Float, {
    nullable: true,
    description:
      "Median confidence on stored images, 0 to 1: over classes (0 for an empty niche), over trajectories, or over the classes of a " +
      "chain's last network. Null for perturbations, which succeed by changing the label, and before the first result.",
  })
  medianConfidence(@Root() outcome: OutcomeRecord): number | null {
    return outcome.median;
  }
}

@Resolver(() => RunType)
export class RunOutcomeResolver {
  @FieldResolver(() => OutcomeType, { description: "Outcome of the run so far." })
  outcome(@Root() run: RunRecord, @Ctx() { loaders }: ApiContext): Promise<OutcomeRecord> {
    return loadExisting(loaders.outcome, run.id);
  }
}

@Resolver(() => ExperimentType)
export class ExperimentOutcomesResolver {
  @FieldResolver(() => [OutcomeType], {
    description: "Outcomes of the runs so far: one for each pair of kind and model, because other runs cannot be pooled.",
  })
  outcomes(@Root() experiment: ExperimentRecord, @Ctx() { loaders }: ApiContext): Promise<OutcomeRecord[]> {
    return loaders.experimentOutcomes.load(experiment.id);
  }
}

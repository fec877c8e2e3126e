/** Inputs that start and cancel analyses. */

import type { WorkState } from "@pareidolia/persistence/lab/analyses/readAnalyses";
import { Field, ID, InputType, Int, registerEnumType } from "type-graphql";
import { WorkStateEnum } from "../chain/chain.type.ts";
import { ParameterValuesScalar } from "../openValue/openValues.ts";

export const AblationPaint = { MEAN: "mean", GREY: "grey" } as const;
export type AblationPaint = (typeof AblationPaint)[keyof typeof AblationPaint];

registerEnumType(AblationPaint, {
  name: "AblationPaint",
  description: "Colour that covers a region of an image.",
  valuesConfig: {
    MEAN: { description: "The image's mean colour, which keeps the overall tone." },
    GREY: { description: "Mid-grey." },
  },
});

@InputType("StartAnalysisInput", { description: "Input of `startAnalysis`." })
export class StartAnalysisInput {
  @Field(() => String, { description: "ID of a kind of analysis; `analysisKinds` lists them." })
  kind!: string;

  @Field(() => [ID], {
    description: "IDs of the objects to analyse, or keys of runs. `AnalysisKind.subject` specifies their type and number.",
  })
  about!: string[];

  @Field(() => ParameterValuesScalar, {
    nullable: true,
    description: "Values by parameter name; `AnalysisKind.parameters` lists them. Default: the defaults of the kind.",
  })
  parameters?: unknown;
}

@InputType("AblateEliteInput", { description: "Input of `ablateElite`." })
export class AblateEliteInput {
  @Field(() => ID, { description: "ID of the elite whose image to ablate." })
  eliteId!: string;

  @Field(() => Int, {
    nullable: true,
    description: "Number of regions along each side of the image, 2 to 32 and at most its shorter side in pixels. Default: 8.",
  })
  regions?: number | null;

  @Field(() => AblationPaint, { nullable: true, description: "Colour that covers each region. Default: MEAN." })
  paint?: AblationPaint | null;
}

@InputType("MeasureSurvivalInput", { description: "Input of `measureSurvival`." })
export class MeasureSurvivalInput {
  @Field(() => ID, { description: "ID of the elite whose image to distort." })
  eliteId!: string;
}

@InputType("MeasureDetectorsInput", { description: "Input of `measureDetectors`." })
export class MeasureDetectorsInput {
  @Field(() => ID, { description: "An evolution (ID, or key such as RUN-142)." })
  runId!: string;

  @Field(() => Int, { nullable: true, description: "Number of generations to measure, spread evenly over the run: 2 to 50. Default: 10." })
  generations?: number | null;
}

@InputType("ScoreImageInput", { description: "Input of `scoreImage`." })
export class ScoreImageInput {
  @Field(() => ID, { description: "ID of the image to score, or its key such as IMG-9f3a." })
  imageId!: string;
}

@InputType("CancelAnalysisInput", { description: "Input of `cancelAnalysis`." })
export class CancelAnalysisInput {
  @Field(() => ID, { description: "ID of the analysis to cancel." })
  analysisId!: string;
}

@InputType("ScoreTransferInput", { description: "Input of `scoreTransfer`. Give either an experiment or runs." })
export class ScoreTransferInput {
  @Field(() => ID, {
    nullable: true,
    description: "Score the evolutions of this experiment (ID, or key such as EXP-12): the 50 oldest if there are more.",
  })
  experimentId?: string | null;

  @Field(() => [ID], { nullable: true, description: "Score these evolutions (IDs, or keys such as RUN-142), 1 to 50." })
  runIds?: string[] | null;
}

@InputType("AnalysisFilter", { description: "Conditions on analyses. All must hold; a null condition is ignored." })
export class AnalysisFilter {
  @Field(() => String, { nullable: true, description: "Only analyses of this kind (ID; `analysisKinds` lists them)." })
  kind?: string | null;

  @Field(() => ID, { nullable: true, description: "Only analyses of this run or of its elites (ID, or key such as RUN-142)." })
  runId?: string | null;

  @Field(() => [WorkStateEnum], { nullable: true, description: "Only analyses in one of these states." })
  state?: WorkState[] | null;
}

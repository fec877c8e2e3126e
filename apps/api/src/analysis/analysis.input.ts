/** Inputs that start and cancel analyses. */
import { Field, ID, InputType, Int, registerEnumType } from "type-graphql";
import { JsonScalar } from "../scalars.ts";

export const AblationPaint = { MEAN: "mean", GREY: "grey" } as const;
export type AblationPaint = (typeof AblationPaint)[keyof typeof AblationPaint];

registerEnumType(AblationPaint, {
  name: "AblationPaint",
  description: "With what a region is painted over.",
  valuesConfig: {
    MEAN: { description: "The image's mean colour, which leaves the overall tone as it was." },
    GREY: { description: "Mid-grey." },
  },
});

@InputType("StartAnalysisInput", { description: "A kind of analysis and its question. `analysisKinds` lists the kinds." })
export class StartAnalysisInput {
  @Field(() => String, { description: "The ID of an analysis kind." })
  kind!: string;

  @Field(() => [ID], { description: "What the analysis is about, as the kind's `subject` says: IDs, or keys of runs." })
  about!: string[];

  @Field(() => JsonScalar, { nullable: true, description: "Values by parameter name; by default the kind's own." })
  parameters?: unknown;
}

@InputType("AblateEliteInput", { description: "Which elite's image is to be painted over region by region." })
export class AblateEliteInput {
  @Field(() => ID, { description: "The elite." })
  eliteId!: string;

  @Field(() => Int, { nullable: true, description: "Regions along each side, 2 to 32; by default 8." })
  regions?: number | null;

  @Field(() => AblationPaint, { nullable: true, description: "With what; by default the mean colour." })
  paint?: AblationPaint | null;
}

@InputType("MeasureSurvivalInput", { description: "Which elite's image is to be compressed, scaled, blurred and cropped." })
export class MeasureSurvivalInput {
  @Field(() => ID, { description: "The elite." })
  eliteId!: string;
}

@InputType("MeasureDetectorsInput", { description: "Which run's generations are to be shown to detectors." })
export class MeasureDetectorsInput {
  @Field(() => ID, { description: "An evolution (id, or key such as RUN-142)." })
  runId!: string;

  @Field(() => Int, { nullable: true, description: "How many generations, spread over the run: 2 to 50, by default 10." })
  generations?: number | null;
}

@InputType("ScoreImageInput", { description: "Names a stored image." })
export class ScoreImageInput {
  @Field(() => ID, { description: "The image." })
  imageId!: string;
}

@InputType("CancelAnalysisInput", { description: "Names an analysis." })
export class CancelAnalysisInput {
  @Field(() => ID, { description: "The analysis." })
  analysisId!: string;
}

@InputType("ScoreTransferInput", { description: "Whose elites are to be shown to the other models of their label space." })
export class ScoreTransferInput {
  @Field(() => ID, { nullable: true, description: "All evolutions of this experiment (id, or key such as EXP-12)." })
  experimentId?: string | null;

  @Field(() => [ID], { nullable: true, description: "These evolutions (ids or keys), at most 50; not together with an experiment." })
  runIds?: string[] | null;
}

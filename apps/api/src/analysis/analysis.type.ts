/**
 * Types of analyses: computations on stored images by a worker. `startAnalysis` starts every kind, and `result` is its result as JSON.
 * Kinds with a dedicated page have a typed result too.
 */
import type { AblatedRegion, Ablation } from "@pareidolia/analysis/ablation";
import type { DetectorPoint } from "@pareidolia/analysis/kinds/detectors";
import { analysisKinds } from "@pareidolia/analysis/kinds/registry";
import type { SurvivalResult } from "@pareidolia/analysis/kinds/survival";
import type { AnalysisPriority, AnalysisSubject } from "@pareidolia/core/analysisContract";
import { Field, Float, Int, ObjectType, registerEnumType } from "type-graphql";
import { WorkStateEnum } from "../chain/chain.type.ts";
import { ParameterSpecType } from "../encoding/encoding.type.ts";
import { payloadOf } from "../errors/payload.ts";
import { NodeInterface } from "../node/node.type.ts";
import { AnalysisInputScalar, AnalysisResultScalar } from "../openValue/openValues.ts";
import { connectionTypesOf } from "../pagination/connection.ts";
import { Requires } from "../policy/requires.ts";
import { DateTimeScalar } from "../scalars.ts";

export const AnalysisPriorityEnum = { INTERACTIVE: "interactive", BACKGROUND: "background" } as const;

registerEnumType(AnalysisPriorityEnum, {
  name: "AnalysisPriority",
  description: "Priority of an analysis. Each priority has its own queue, so quick analyses never wait for slow ones.",
  valuesConfig: {
    INTERACTIVE: { description: "Analyses of one image, which take seconds." },
    BACKGROUND: { description: "Analyses of many images, which take minutes." },
  },
});

export const AnalysisSubjectEnum = {
  ELITE: "elite",
  IMAGE: "image",
  RUN: "run",
  ARCHIVE: "archive",
  ARCHIVES: "archives",
} as const satisfies Record<string, AnalysisSubject>;

registerEnumType(AnalysisSubjectEnum, {
  name: "AnalysisSubject",
  description: "Type and number of the objects that a kind of analysis takes in `StartAnalysisInput.about`.",
  valuesConfig: {
    ELITE: { description: "One elite, by its ID." },
    IMAGE: { description: "One stored image, by its ID." },
    RUN: { description: "One run that is neither queued nor running, by its ID or key." },
    ARCHIVE: { description: "One evolution's archives, generation by generation, by its ID or key." },
    ARCHIVES: { description: "The current archives of 1 to 50 evolutions, by their IDs or keys." },
  },
});

@Requires("analysis:read")
@ObjectType("AnalysisKind", { description: "A kind of analysis, with the input that `startAnalysis` takes for it." })
export class AnalysisKindType {
  @Field(() => String, { description: "ID of the kind, for `StartAnalysisInput.kind`." })
  readonly id!: string;

  @Field(() => String, { description: "Display name." })
  readonly label!: string;

  @Field(() => AnalysisPriorityEnum, { description: "Priority of analyses of this kind." })
  readonly priority!: AnalysisPriority;

  @Field(() => AnalysisSubjectEnum, { description: "Type and number of the objects in `StartAnalysisInput.about`." })
  readonly subject!: AnalysisSubject;

  @Field(() => [ParameterSpecType], { description: "Parameters of the kind, for `StartAnalysisInput.parameters`." })
  readonly parameters!: readonly ParameterSpecType[];
}

@Requires("analysis:read")
@ObjectType("Analysis", {
  implements: NodeInterface,
  description: "A computation on stored images by a worker. Poll it with `node` until its state is SUCCEEDED, FAILED or CANCELLED.",
})
export class AnalysisType extends NodeInterface {
  @Field(() => String, { description: `ID of the analysis's kind: ${analysisKinds.map(({ id }) => `\`${id}\``).join(", ")}.` })
  readonly kind!: string;

  @Field(() => WorkStateEnum, { description: "How far the analysis is: queued, running or ended." })
  readonly state!: string;

  @Field(() => Int, { description: "Units of work completed, such as scores written." })
  readonly done!: number;

  @Field(() => Int, { nullable: true, description: "Units of work in total; null until a worker has counted them." })
  readonly total!: number | null;

  @Field(() => String, { nullable: true, description: "Why the analysis failed; null otherwise." })
  readonly failure!: string | null;

  @Field(() => AnalysisInputScalar, { description: "The analysed objects and all parameter values." })
  readonly input!: unknown;

  @Field(() => AnalysisResultScalar, { nullable: true, description: "Result of the analysis as JSON; null until it succeeds." })
  readonly result!: unknown;

  @Field(() => DateTimeScalar, { description: "When the analysis was first requested." })
  readonly createdAt!: Date;

  @Field(() => DateTimeScalar, { nullable: true, description: "When a worker started the analysis; null before that." })
  readonly startedAt!: Date | null;

  @Field(() => DateTimeScalar, { nullable: true, description: "When the analysis ended; null until then." })
  readonly endedAt!: Date | null;
}

@Requires("analysis:read")
@ObjectType("AblatedRegion", { description: "A region of an image, and the confidence when it is covered." })
export class AblatedRegionType implements AblatedRegion {
  @Field(() => Int, { description: "Left edge of the region, in pixels." })
  readonly x!: number;

  @Field(() => Int, { description: "Upper edge of the region, in pixels." })
  readonly y!: number;

  @Field(() => Int, { description: "Width of the region, in pixels." })
  readonly width!: number;

  @Field(() => Int, { description: "Height of the region, in pixels." })
  readonly height!: number;

  @Field(() => Float, { description: "Confidence in the elite's class with the region covered, 0 to 1." })
  readonly confidence!: number;

  @Field(() => Float, { description: "By how much covering the region lowers the confidence, -1 to 1; negative if it raises it." })
  readonly drop!: number;
}

@Requires("analysis:read")
@ObjectType("Ablation", { description: "How much each region of an elite's image contributes to the confidence." })
export class AblationType implements Ablation {
  @Field(() => Float, { description: "Confidence in the elite's class on the stored image, 0 to 1." })
  readonly confidence!: number;

  @Field(() => [AblatedRegionType], { description: "Regions of the image, row by row." })
  readonly regions!: readonly AblatedRegionType[];

  @Field(() => Float, { description: "Share of regions that lower the confidence by at least `countedDrop` when covered, 0 to 1." })
  readonly loweredShare!: number;

  @Field(() => Float, { description: "The smallest drop of the confidence that `loweredShare` counts: .01, one percentage point." })
  readonly countedDrop!: number;
}

type SurvivalCurve = SurvivalResult["curves"][number];
type SurvivalPoint = SurvivalCurve["points"][number];

@Requires("analysis:read")
@ObjectType("SurvivalPoint", { description: "The network's output for an image distorted at one level." })
export class SurvivalPointType implements SurvivalPoint {
  @Field(() => Float, { description: "Level of the distortion, in the unit given in the curve's `label`." })
  readonly level!: number;

  @Field(() => Float, { description: "Confidence in the elite's class on the distorted image, 0 to 1." })
  readonly confidence!: number;

  @Field(() => Int, { description: "Index of the class with the highest confidence, from 0." })
  readonly topClass!: number;

  @Field(() => String, { description: "Label of the class with the highest confidence." })
  readonly topLabel!: string;

  @Field(() => String, { description: "Thumbnail of the distorted image: a PNG as a data URL." })
  readonly thumbnail!: string;
}

@Requires("analysis:read")
@ObjectType("SurvivalCurve", { description: "Confidence after one distortion at increasing levels." })
export class SurvivalCurveType implements SurvivalCurve {
  @Field(() => String, { description: "ID of the distortion: `jpeg`, `resize`, `blur` or `crop`." })
  readonly distortion!: string;

  @Field(() => String, { description: "Display name of the distortion, with the unit of its levels." })
  readonly label!: string;

  @Field(() => Float, {
    nullable: true,
    description: "Level at which the confidence falls below half, interpolated between two points; null if it never does.",
  })
  readonly halfGoneAt!: number | null;

  @Field(() => [SurvivalPointType], { description: "Points of the curve, from the mildest level to the harshest." })
  readonly points!: readonly SurvivalPointType[];
}

@Requires("analysis:read")
@ObjectType("Survival", { description: "How much of an elite's confidence survives compression, scaling, blur and cropping." })
export class SurvivalType implements SurvivalResult {
  @Field(() => Float, { description: "Confidence in the elite's class on the stored image, 0 to 1." })
  readonly confidence!: number;

  @Field(() => [SurvivalCurveType], { description: "One curve per distortion." })
  readonly curves!: readonly SurvivalCurveType[];
}

@Requires("analysis:read")
@ObjectType("DetectorPoint", { description: "How well a detector distinguishes the archive's images after one generation from real ones." })
export class DetectorPointType implements DetectorPoint {
  @Field(() => Int, { description: "Number of the generation, from 0." })
  readonly generation!: number;

  @Field(() => String, { description: "ID of the detector, such as `maximum-softmax`, `odin` or `energy`." })
  readonly detector!: string;

  @Field(() => String, { description: "Display name of the detector." })
  readonly label!: string;

  @Field(() => Float, { description: "Area under the ROC curve, 0 to 1: .5 is chance, 1 is perfect separation." })
  readonly auroc!: number;

  @Field(() => Float, {
    nullable: true,
    description: "Lower end of its 95% interval for other images of both kinds; null if there is none.",
  })
  readonly aurocLow!: number | null;

  @Field(() => Float, { nullable: true, description: "Upper end of that interval." })
  readonly aurocHigh!: number | null;

  @Field(() => Float, { description: "Share of fooling images accepted at the threshold that accepts 95% of real images, 0 to 1." })
  readonly falsePositiveRate!: number;

  @Field(() => Float, {
    nullable: true,
    description: "Lower end of its 95% interval for other images of both kinds; null if there is none.",
  })
  readonly falsePositiveRateLow!: number | null;

  @Field(() => Float, { nullable: true, description: "Upper end of that interval." })
  readonly falsePositiveRateHigh!: number | null;

  @Field(() => String, { nullable: true, description: "Why an interval is missing, such as too few images; null if both are known." })
  readonly intervalReason!: string | null;

  @Field(() => Int, { description: "Number of fooling images compared. An image that holds several niches counts once." })
  readonly images!: number;

  @Field(() => Int, { description: "Number of real images compared." })
  readonly references!: number;
}

export const analysisConnection = connectionTypesOf({ noun: "Analysis", plural: "analyses", node: AnalysisType, action: "analysis:read" });

@Requires("analysis:start")
@ObjectType("StartAnalysisSuccess", { description: "The analysis is queued, running or already finished." })
export class StartAnalysisSuccess {
  @Field(() => AnalysisType, { description: "The new analysis, or the equal one that exists." })
  readonly analysis!: unknown;
}

export const StartAnalysisPayload = payloadOf({
  name: "StartAnalysisPayload",
  description: "Result of `startAnalysis` and of the mutations that start one kind of analysis.",
  success: StartAnalysisSuccess,
  missing: true,
});

@Requires("analysis:cancel")
@ObjectType("CancelAnalysisSuccess", { description: "The analysis is cancelled. Scores written so far are kept." })
export class CancelAnalysisSuccess {
  @Field(() => AnalysisType, { description: "The analysis, cancelled now or ended before." })
  readonly analysis!: unknown;
}

export const CancelAnalysisPayload = payloadOf({
  name: "CancelAnalysisPayload",
  description: "Result of `cancelAnalysis`.",
  success: CancelAnalysisSuccess,
  missing: true,
});

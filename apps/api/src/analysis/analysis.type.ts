/** Computations on stored pictures that a worker does when asked. */
import { analysisKinds } from "@pareidolia/core/analysisKind";
import { Field, Float, Int, ObjectType, registerEnumType } from "type-graphql";
import { WorkStateEnum } from "../chain/chain.type.ts";
import { payloadOf } from "../errors/payload.ts";
import { NodeInterface } from "../node/node.type.ts";
import { connectionTypesOf } from "../pagination/connection.ts";
import { DateTimeScalar, JsonScalar } from "../scalars.ts";

export const AnalysisPriorityEnum = { INTERACTIVE: "interactive", BACKGROUND: "background" } as const;

registerEnumType(AnalysisPriorityEnum, {
  name: "AnalysisPriority",
  description: "Each priority has its own queue, so quick analyses never wait behind slow ones.",
  valuesConfig: {
    INTERACTIVE: { description: "Analyses of one image, which take seconds." },
    BACKGROUND: { description: "Analyses of many images, which take minutes." },
  },
});

@ObjectType("Analysis", {
  implements: NodeInterface,
  description: "A computation on stored images, done by a worker. Poll it by its ID until it has ended.",
})
export class AnalysisType extends NodeInterface {
  @Field(() => String, { description: `One of ${analysisKinds.map(({ id }) => `\`${id}\``).join(", ")}.` })
  readonly kind!: string;

  @Field(() => WorkStateEnum, { description: "Its state: queued, running, or how it ended." })
  readonly state!: string;

  @Field(() => Int, { description: "Units of work done, such as scores written." })
  readonly done!: number;

  @Field(() => Int, { nullable: true, description: "Units of work in total; null until the worker has counted them." })
  readonly total!: number | null;

  @Field(() => String, { nullable: true, description: "Why it failed, for people." })
  readonly failure!: string | null;

  @Field(() => JsonScalar, { description: "What was asked, resolved." })
  readonly input!: unknown;

  @Field(() => JsonScalar, { nullable: true, description: "What came out, as a document; null until it has succeeded." })
  readonly result!: unknown;

  @Field(() => DateTimeScalar, { description: "When it was asked for." })
  readonly createdAt!: Date;

  @Field(() => DateTimeScalar, { nullable: true, description: "When a worker began it." })
  readonly startedAt!: Date | null;

  @Field(() => DateTimeScalar, { nullable: true, description: "When it ended." })
  readonly endedAt!: Date | null;
}

@ObjectType("AblatedRegion", { description: "A region of an image that was painted over." })
export class AblatedRegionType {
  @Field(() => Int, { description: "Its left edge in pixels." })
  readonly x!: number;

  @Field(() => Int, { description: "Its upper edge in pixels." })
  readonly y!: number;

  @Field(() => Int, { description: "In pixels." })
  readonly width!: number;

  @Field(() => Int, { description: "In pixels." })
  readonly height!: number;

  @Field(() => Float, { description: "Confidence in the class without it." })
  readonly confidence!: number;

  @Field(() => Float, { description: "By how much that is lower; negative where the region stood in the way." })
  readonly drop!: number;
}

@ObjectType("Ablation", { description: "How much each region of an elite's image contributes: the confidence without it." })
export class AblationType {
  @Field(() => Float, { description: "Confidence in the class on the whole stored image." })
  readonly confidence!: number;

  @Field(() => [AblatedRegionType], { description: "Row by row." })
  readonly regions!: readonly AblatedRegionType[];

  @Field(() => Float, { description: "Share of the regions whose removal lowers the confidence at all." })
  readonly loweredShare!: number;
}

@ObjectType("SurvivalPoint", { description: "An image after one distortion at one level." })
export class SurvivalPointType {
  @Field(() => Float, { description: "In the unit that the curve's label names." })
  readonly level!: number;

  @Field(() => Float, { description: "Confidence in the elite's class." })
  readonly confidence!: number;

  @Field(() => Int, { description: "The class that the network takes it for now." })
  readonly topClass!: number;

  @Field(() => String, { description: "That class's name." })
  readonly topLabel!: string;

  @Field(() => String, { description: "The distorted image, made small: a PNG as a data URL." })
  readonly thumbnail!: string;
}

@ObjectType("SurvivalCurve", { description: "One distortion, from its mildest level to its harshest." })
export class SurvivalCurveType {
  @Field(() => String, { description: "`jpeg`, `resize`, `blur` or `crop`." })
  readonly distortion!: string;

  @Field(() => String, { description: "That, for people, with the unit of its levels." })
  readonly label!: string;

  @Field(() => Float, { nullable: true, description: "The level at which half of the confidence is gone; null where it never is." })
  readonly halfGoneAt!: number | null;

  @Field(() => [SurvivalPointType], { description: "By level." })
  readonly points!: readonly SurvivalPointType[];
}

@ObjectType("Survival", { description: "How much of an elite's confidence survives compression, scaling, blur and cropping." })
export class SurvivalType {
  @Field(() => Float, { description: "Confidence in the class on the stored image as it is." })
  readonly confidence!: number;

  @Field(() => [SurvivalCurveType], { description: "One a distortion." })
  readonly curves!: readonly SurvivalCurveType[];
}

@ObjectType("DetectorPoint", { description: "How well a detector tells the archive's images of one generation from real ones." })
export class DetectorPointType {
  @Field(() => Int, { description: "Which generation's archive." })
  readonly generation!: number;

  @Field(() => String, { description: "The detector's id, such as `maximum-softmax`, `odin` or `energy`." })
  readonly detector!: string;

  @Field(() => String, { description: "That, for people." })
  readonly label!: string;

  @Field(() => Float, { description: "Area under the ROC curve: .5 is chance, 1 tells all apart." })
  readonly auroc!: number;

  @Field(() => Float, { description: "Share of fooling images that pass when 95% of real images do." })
  readonly falsePositiveRate!: number;

  @Field(() => Int, { description: "Fooling images compared, each once however many niches it holds." })
  readonly images!: number;

  @Field(() => Int, { description: "Real images compared." })
  readonly references!: number;
}

export const analysisConnection = connectionTypesOf("Analysis", "analyses", AnalysisType);

@ObjectType("StartAnalysisSuccess", { description: "The analysis is queued, running or already done." })
export class StartAnalysisSuccess {
  @Field(() => AnalysisType, { description: "The computation." })
  readonly analysis!: unknown;
}

export const StartAnalysisPayload = payloadOf({
  name: "StartAnalysisPayload",
  description: "What `scoreImage`, `ablateElite`, `measureSurvival`, `measureDetectors` and `scoreTransfer` answer.",
  success: StartAnalysisSuccess,
  missing: true,
});

@ObjectType("CancelAnalysisSuccess", { description: "The analysis is cancelled; scores already written are kept." })
export class CancelAnalysisSuccess {
  @Field(() => AnalysisType, { description: "The analysis." })
  readonly analysis!: unknown;
}

export const CancelAnalysisPayload = payloadOf({
  name: "CancelAnalysisPayload",
  description: "What `cancelAnalysis` answers.",
  success: CancelAnalysisSuccess,
  missing: true,
});

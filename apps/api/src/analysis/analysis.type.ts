/**
 * Computations on stored images by a worker. Every kind is asked for with `startAnalysis` and answers as `result`; the kinds with a page of
 * their own have a typed result too.
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
import { connectionTypesOf } from "../pagination/connection.ts";
import { Requires } from "../policy/requires.ts";
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

export const AnalysisSubjectEnum = { ELITE: "elite", IMAGE: "image", ARCHIVE: "archive", ARCHIVES: "archives" } as const satisfies Record<
  string,
  AnalysisSubject
>;

registerEnumType(AnalysisSubjectEnum, {
  name: "AnalysisSubject",
  description: "What a kind of analysis is about.",
  valuesConfig: {
    ELITE: { description: "One elite, by its ID." },
    IMAGE: { description: "One stored image, by its ID." },
    ARCHIVE: { description: "One evolution's archives, generation by generation, by its ID or key." },
    ARCHIVES: { description: "The current archives of 1 to 50 evolutions, by their IDs or keys." },
  },
});

@Requires("analysis:read")
@ObjectType("AnalysisKind", { description: "A kind of analysis, and what `startAnalysis` takes for it." })
export class AnalysisKindType {
  @Field(() => String, { description: "For `StartAnalysisInput.kind`." })
  readonly id!: string;

  @Field(() => String, { description: "Display name." })
  readonly label!: string;

  @Field(() => AnalysisPriorityEnum, { description: "Its queue." })
  readonly priority!: AnalysisPriority;

  @Field(() => AnalysisSubjectEnum, { description: "What `StartAnalysisInput.about` names." })
  readonly subject!: AnalysisSubject;

  @Field(() => [ParameterSpecType], { description: "For `StartAnalysisInput.parameters`." })
  readonly parameters!: readonly ParameterSpecType[];
}

@Requires("analysis:read")
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

  @Field(() => String, { nullable: true, description: "Why it failed." })
  readonly failure!: string | null;

  @Field(() => JsonScalar, { description: "The question, with every parameter." })
  readonly input!: unknown;

  @Field(() => JsonScalar, { nullable: true, description: "The result as JSON; null until the analysis has succeeded." })
  readonly result!: unknown;

  @Field(() => DateTimeScalar, { description: "When it was requested." })
  readonly createdAt!: Date;

  @Field(() => DateTimeScalar, { nullable: true, description: "When a worker began it." })
  readonly startedAt!: Date | null;

  @Field(() => DateTimeScalar, { nullable: true, description: "When it ended." })
  readonly endedAt!: Date | null;
}

@Requires("analysis:read")
@ObjectType("AblatedRegion", { description: "A region of an image that was painted over." })
export class AblatedRegionType implements AblatedRegion {
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

@Requires("analysis:read")
@ObjectType("Ablation", { description: "How much each region of an elite's image contributes: the confidence without it." })
export class AblationType implements Ablation {
  @Field(() => Float, { description: "Confidence in the class on the whole stored image." })
  readonly confidence!: number;

  @Field(() => [AblatedRegionType], { description: "Row by row." })
  readonly regions!: readonly AblatedRegionType[];

  @Field(() => Float, { description: "Share of the regions whose removal lowers the confidence at all." })
  readonly loweredShare!: number;
}

type SurvivalCurve = SurvivalResult["curves"][number];
type SurvivalPoint = SurvivalCurve["points"][number];

@Requires("analysis:read")
@ObjectType("SurvivalPoint", { description: "An image after one distortion at one level." })
export class SurvivalPointType implements SurvivalPoint {
  @Field(() => Float, { description: "In the unit that the curve's label names." })
  readonly level!: number;

  @Field(() => Float, { description: "Confidence in the elite's class." })
  readonly confidence!: number;

  @Field(() => Int, { description: "The class that the network takes it for now." })
  readonly topClass!: number;

  @Field(() => String, { description: "Label of that class." })
  readonly topLabel!: string;

  @Field(() => String, { description: "The distorted image, made small: a PNG as a data URL." })
  readonly thumbnail!: string;
}

@Requires("analysis:read")
@ObjectType("SurvivalCurve", { description: "One distortion, from its mildest level to its harshest." })
export class SurvivalCurveType implements SurvivalCurve {
  @Field(() => String, { description: "`jpeg`, `resize`, `blur` or `crop`." })
  readonly distortion!: string;

  @Field(() => String, { description: "Display name, with the unit of its levels." })
  readonly label!: string;

  @Field(() => Float, { nullable: true, description: "The level at which half of the confidence is gone; null where it never is." })
  readonly halfGoneAt!: number | null;

  @Field(() => [SurvivalPointType], { description: "By level." })
  readonly points!: readonly SurvivalPointType[];
}

@Requires("analysis:read")
@ObjectType("Survival", { description: "How much of an elite's confidence survives compression, scaling, blur and cropping." })
export class SurvivalType implements SurvivalResult {
  @Field(() => Float, { description: "Confidence in the class on the stored image as it is." })
  readonly confidence!: number;

  @Field(() => [SurvivalCurveType], { description: "One a distortion." })
  readonly curves!: readonly SurvivalCurveType[];
}

@Requires("analysis:read")
@ObjectType("DetectorPoint", { description: "How well a detector tells the archive's images of one generation from real ones." })
export class DetectorPointType implements DetectorPoint {
  @Field(() => Int, { description: "Which generation's archive." })
  readonly generation!: number;

  @Field(() => String, { description: "The detector's id, such as `maximum-softmax`, `odin` or `energy`." })
  readonly detector!: string;

  @Field(() => String, { description: "Display name of the detector." })
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

export const analysisConnection = connectionTypesOf({ noun: "Analysis", plural: "analyses", node: AnalysisType, action: "analysis:read" });

@Requires("analysis:start")
@ObjectType("StartAnalysisSuccess", { description: "The analysis is queued, running or already done." })
export class StartAnalysisSuccess {
  @Field(() => AnalysisType, { description: "The computation." })
  readonly analysis!: unknown;
}

export const StartAnalysisPayload = payloadOf({
  name: "StartAnalysisPayload",
  description: "The answer of `startAnalysis` and of the mutations that start one kind of analysis.",
  success: StartAnalysisSuccess,
  missing: true,
});

@Requires("analysis:cancel")
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

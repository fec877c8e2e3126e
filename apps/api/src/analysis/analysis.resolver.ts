/** Resolves analyses: lists them, starts and cancels them, and parses their results. */
import { countedDrop, shareOfLowered } from "@pareidolia/analysis/ablation";
import { ablation } from "@pareidolia/analysis/kinds/ablation";
import { type DetectorPoint, detectors } from "@pareidolia/analysis/kinds/detectors";
import { findAnalysisKind, priorityOfAnalysis } from "@pareidolia/analysis/kinds/findAnalysisKind";
import { survival } from "@pareidolia/analysis/kinds/survival";
import { fewestForArea, fewestForRate } from "@pareidolia/analysis/rocIntervals";
import type { AnalysisContract, AnalysisPriority, AnyAnalysisContract } from "@pareidolia/core/analysisContract";
import type { AnalysisRecord } from "@pareidolia/persistence/lab/analyses/readAnalyses";
import type { EliteRecord } from "@pareidolia/persistence/lab/elites/readElites";
import type { ImageRecord } from "@pareidolia/persistence/lab/images/readImages";
import type { RunRecord } from "@pareidolia/persistence/lab/runs/readRuns";
import { Arg, Args, Ctx, FieldResolver, ID, Mutation, Query, Resolver, Root } from "type-graphql";
import type { ApiContext } from "../context.ts";
import { EliteType } from "../elite/elite.type.ts";
import { type Payload, resolvePayload } from "../errors/payload.ts";
import { encodeGlobalId } from "../globalId/globalId.ts";
import { ImageType } from "../image/image.type.ts";
import type { Connection } from "../pagination/connection.ts";
import { ConnectionArguments } from "../pagination/connectionArguments.ts";
import { Requires } from "../policy/requires.ts";
import { RunType } from "../run/run.type.ts";
import {
  AblateEliteInput,
  AnalysisFilter,
  CancelAnalysisInput,
  MeasureDetectorsInput,
  MeasureSurvivalInput,
  ScoreImageInput,
  ScoreTransferInput,
  StartAnalysisInput,
} from "./analysis.input.ts";
import {
  AblationType,
  AnalysisKindType,
  AnalysisPriorityEnum,
  AnalysisType,
  analysisConnection,
  CancelAnalysisPayload,
  DetectorPointType,
  StartAnalysisPayload,
  SurvivalType,
} from "./analysis.type.ts";

/** Null if the analysis is of another kind or has no result. @throws AppError CORRUPT_DATA. */
function readResult<Result extends object>(analysis: AnalysisRecord, contract: AnalysisContract<string, object, Result>): Result | null {
  return analysis.kind !== contract.id || analysis.result === null ? null : contract.readResult(analysis.result);
}

const repeatedRequest =
  "A repeated request returns the existing analysis, and restarts it if it failed or was cancelled. A stored result never changes.";

type AnalysisPayload = Promise<Payload<{ analysis: AnalysisRecord }>>;

function reasonOf({ images, references, aurocLow, falsePositiveRateLow }: DetectorPoint): string | null {
  if (aurocLow !== null && falsePositiveRateLow !== null) return null;
  const { positives, negatives } = fewestForRate;
  if (references < positives || images < negatives)
    return `The 95% interval of the area needs at least ${fewestForArea} images of both kinds, and that of the false positive rate ${negatives} fooling images and ${positives} real ones.`;
  return "An earlier version of the program measured no intervals. Measure the detectors again.";
}

@Resolver(() => AnalysisType)
export class AnalysisResolver {
  @Requires("analysis:read")
  @Query(() => analysisConnection.connection, { description: "Analyses in your workspace, newest first." })
  analyses(
    @Args(() => ConnectionArguments) args: ConnectionArguments,
    @Arg("filter", () => AnalysisFilter, { nullable: true, description: "Lists only analyses that match all conditions." })
    filter: AnalysisFilter | null | undefined,
    @Ctx() { actor, services }: ApiContext,
  ): Promise<Connection<AnalysisRecord>> {
    return services.analyses.list(actor, args, filter);
  }

  @Requires("analysis:read")
  @Query(() => [AnalysisKindType], { description: "All kinds of analyses that `startAnalysis` accepts." })
  analysisKinds(@Ctx() { actor, services }: ApiContext): readonly AnyAnalysisContract[] {
    return services.analyses.kinds(actor);
  }

  @Requires("analysis:start")
  @Mutation(() => StartAnalysisPayload, {
    description:
      "Starts an analysis of any kind; `Analysis.result` has its result. " +
      "A repeated request returns the existing analysis, and restarts it if it failed, was cancelled or may have new results.",
  })
  startAnalysis(
    @Arg("input", () => StartAnalysisInput, { description: "The analysis to start." }) input: StartAnalysisInput,
    @Ctx() { actor, services }: ApiContext,
  ): AnalysisPayload {
    return resolvePayload("StartAnalysisSuccess", async () => ({ analysis: await services.analyses.start(actor, input) }));
  }

  @Requires("analysis:start")
  @Mutation(() => StartAnalysisPayload, {
    description:
      "Scores a stored image with every model of its label space that has not scored it yet; `Image.scores` has the scores. " +
      "Call it again to score with models added since.",
  })
  scoreImage(
    @Arg("input", () => ScoreImageInput, { description: "The image to score." }) input: ScoreImageInput,
    @Ctx() { actor, services }: ApiContext,
  ): AnalysisPayload {
    return resolvePayload("StartAnalysisSuccess", async () => ({ analysis: await services.analyses.scoreImage(actor, input) }));
  }

  @Requires("analysis:cancel")
  @Mutation(() => CancelAnalysisPayload, {
    description: "Cancels a queued or running analysis. Its worker stops within a second. Scores written so far are kept.",
  })
  cancelAnalysis(
    @Arg("input", () => CancelAnalysisInput, { description: "The analysis to cancel." }) input: CancelAnalysisInput,
    @Ctx() { actor, services }: ApiContext,
  ): AnalysisPayload {
    return resolvePayload("CancelAnalysisSuccess", async () => ({ analysis: await services.analyses.cancel(actor, input) }));
  }

  @Requires("analysis:start")
  @Mutation(() => StartAnalysisPayload, {
    description: `Measures how much each region of an elite's image contributes to the confidence. ${repeatedRequest}`,
  })
  ablateElite(
    @Arg("input", () => AblateEliteInput, { description: "The elite to ablate and how to cover its regions." }) input: AblateEliteInput,
    @Ctx() { actor, services }: ApiContext,
  ): AnalysisPayload {
    return resolvePayload("StartAnalysisSuccess", async () => ({ analysis: await services.analyses.ablate(actor, input) }));
  }

  @Requires("analysis:start")
  @Mutation(() => StartAnalysisPayload, {
    description: `Measures how much of an elite's confidence survives compression, scaling, blur and cropping. ${repeatedRequest}`,
  })
  measureSurvival(
    @Arg("input", () => MeasureSurvivalInput, { description: "The elite whose image to distort." }) input: MeasureSurvivalInput,
    @Ctx() { actor, services }: ApiContext,
  ): AnalysisPayload {
    return resolvePayload("StartAnalysisSuccess", async () => ({ analysis: await services.analyses.measureSurvival(actor, input) }));
  }

  @Requires("analysis:start")
  @Mutation(() => StartAnalysisPayload, {
    description: `Measures how well detectors distinguish an evolution's images from real ones, by generation. ${repeatedRequest}`,
  })
  measureDetectors(
    @Arg("input", () => MeasureDetectorsInput, { description: "The evolution to measure." }) input: MeasureDetectorsInput,
    @Ctx() { actor, services }: ApiContext,
  ): AnalysisPayload {
    return resolvePayload("StartAnalysisSuccess", async () => ({ analysis: await services.analyses.measureDetectors(actor, input) }));
  }

  @Requires("analysis:start")
  @Mutation(() => StartAnalysisPayload, {
    description:
      "Scores the current elites of evolutions with every model of their label space that has not scored them yet. " +
      "`transferMatrix` returns the scores. To score a single image, use `scoreImage`.",
  })
  scoreTransfer(
    @Arg("input", () => ScoreTransferInput, { description: "The evolutions whose elites to score." }) input: ScoreTransferInput,
    @Ctx() { actor, services }: ApiContext,
  ): AnalysisPayload {
    return resolvePayload("StartAnalysisSuccess", async () => ({ analysis: await services.analyses.scoreTransfer(actor, input) }));
  }

  @FieldResolver(() => ID, { description: "Opaque ID, unique across all types." })
  id(@Root() analysis: AnalysisRecord): string {
    return encodeGlobalId("Analysis", analysis.id);
  }

  @FieldResolver(() => AnalysisPriorityEnum, { description: "Priority of the analysis, which depends on its kind." })
  priority(@Root() analysis: AnalysisRecord): AnalysisPriority {
    return priorityOfAnalysis(analysis.kind);
  }

  @FieldResolver(() => String, { description: "Display name of the analysis's kind." })
  kindLabel(@Root() analysis: AnalysisRecord): string {
    return findAnalysisKind(analysis.kind)?.label ?? analysis.kind;
  }

  @FieldResolver(() => RunType, {
    nullable: true,
    description: "The run that it analyses, or whose elite it analyses; null for other analyses.",
  })
  async run(@Root() analysis: AnalysisRecord, @Ctx() { loaders }: ApiContext): Promise<RunRecord | null> {
    return analysis.runId === null ? null : loaders.run.load(analysis.runId);
  }

  @FieldResolver(() => EliteType, { nullable: true, description: "The elite that it analyses; null if it analyses something else." })
  async elite(@Root() analysis: AnalysisRecord, @Ctx() { loaders }: ApiContext): Promise<EliteRecord | null> {
    const eliteId = analysis.input["eliteId"];
    return typeof eliteId === "string" ? loaders.elite.load(eliteId) : null;
  }

  @FieldResolver(() => AblationType, {
    nullable: true,
    description: "Result of an ablation; null for other kinds and until the analysis succeeds.",
  })
  ablation(@Root() analysis: AnalysisRecord): AblationType | null {
    const found = readResult(analysis, ablation);
    // Earlier versions counted every drop, however small.
    return found === null ? null : { ...found, loweredShare: shareOfLowered(found.regions), countedDrop };
  }

  @FieldResolver(() => SurvivalType, {
    nullable: true,
    description: "Result of a survival analysis; null for other kinds and until the analysis succeeds.",
  })
  survival(@Root() analysis: AnalysisRecord): SurvivalType | null {
    return readResult(analysis, survival);
  }

  @FieldResolver(() => [DetectorPointType], {
    nullable: true,
    description: "Result of a detector analysis, by detector, then by generation; null for other kinds and until the analysis succeeds.",
  })
  detectors(@Root() analysis: AnalysisRecord): readonly DetectorPointType[] | null {
    return readResult(analysis, detectors)?.points.map((point) => ({ ...point, intervalReason: reasonOf(point) })) ?? null;
  }
}

@Resolver(() => EliteType)
export class EliteAnalysesResolver {
  @FieldResolver(() => AnalysisType, {
    nullable: true,
    description: "Latest ablation of the elite's image; null if there is none. `ablateElite` starts one.",
  })
  ablation(@Root() elite: EliteRecord, @Ctx() { loaders }: ApiContext): Promise<AnalysisRecord | null> {
    return loaders.ablation.load(elite.id);
  }

  @FieldResolver(() => AnalysisType, {
    nullable: true,
    description: "Latest survival analysis of the elite's image; null if there is none. `measureSurvival` starts one.",
  })
  survival(@Root() elite: EliteRecord, @Ctx() { loaders }: ApiContext): Promise<AnalysisRecord | null> {
    return loaders.survival.load(elite.id);
  }
}

@Resolver(() => ImageType)
export class ImageAnalysesResolver {
  @FieldResolver(() => AnalysisType, {
    nullable: true,
    description: "The analysis that `scoreImage` started for the image; null if there is none.",
  })
  scoring(@Root() image: ImageRecord, @Ctx() { loaders }: ApiContext): Promise<AnalysisRecord | null> {
    return loaders.scoring.load(image.sha256);
  }
}

/** Resolves analyses: lists them, starts and cancels them, and parses their results. */
import { ablation } from "@pareidolia/analysis/kinds/ablation";
import { detectors } from "@pareidolia/analysis/kinds/detectors";
import { findAnalysisKind, priorityOfAnalysis } from "@pareidolia/analysis/kinds/findAnalysisKind";
import { survival } from "@pareidolia/analysis/kinds/survival";
import type { AnalysisContract, AnalysisPriority, AnyAnalysisContract } from "@pareidolia/core/analysisContract";
import type { AnalysisRecord, WorkState } from "@pareidolia/persistence/queries/analysisQueries";
import type { EliteRecord } from "@pareidolia/persistence/queries/eliteQueries";
import type { ImageRecord } from "@pareidolia/persistence/queries/imageQueries";
import type { RunRecord } from "@pareidolia/persistence/queries/runQueries";
import { Arg, Args, Ctx, FieldResolver, ID, Mutation, Query, Resolver, Root } from "type-graphql";
import { WorkStateEnum } from "../chain/chain.type.ts";
import type { ApiContext } from "../context.ts";
import { EliteType } from "../elite/elite.type.ts";
import { answer, type Payload } from "../errors/payload.ts";
import { encodeGlobalId } from "../globalId/globalId.ts";
import { ImageType } from "../image/image.type.ts";
import type { Connection } from "../pagination/connection.ts";
import { ForwardArguments } from "../pagination/connectionArguments.ts";
import { Requires } from "../policy/requires.ts";
import { RunType } from "../run/run.type.ts";
import {
  AblateEliteInput,
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

/** Null for an analysis of another kind, or without a result. @throws AppError CORRUPT_DATA. */
function readResult<Result extends object>(analysis: AnalysisRecord, contract: AnalysisContract<string, object, Result>): Result | null {
  return analysis.kind !== contract.id || analysis.result === null ? null : contract.readResult(analysis.result);
}

const sameAgain =
  "Repeating a request returns the stored result, which never changes, or the analysis already running. A failed or cancelled analysis starts again.";

type Asked = Promise<Payload<{ analysis: AnalysisRecord }>>;

@Resolver(() => AnalysisType)
export class AnalysisResolver {
  @Requires("analysis:read")
  @Query(() => analysisConnection.connection, { description: "Analyses, latest first." })
  analyses(
    @Args(() => ForwardArguments) args: ForwardArguments,
    @Arg("kind", () => String, { nullable: true, description: "Only this kind." }) kind: string | null | undefined,
    @Arg("runId", () => ID, { nullable: true, description: "Only those about this run." }) runId: string | null | undefined,
    @Arg("state", () => [WorkStateEnum], { nullable: true, description: "Only analyses in these states." })
    state: WorkState[] | null | undefined,
    @Ctx() { actor, services }: ApiContext,
  ): Promise<Connection<AnalysisRecord>> {
    return services.analyses.list(actor, args, { kind, runId, state });
  }

  @Requires("analysis:read")
  @Query(() => [AnalysisKindType], { description: "The kinds of analyses, for `startAnalysis`." })
  analysisKinds(@Ctx() { actor, services }: ApiContext): readonly AnyAnalysisContract[] {
    return services.analyses.kinds(actor);
  }

  @Requires("analysis:start")
  @Mutation(() => StartAnalysisPayload, {
    description:
      "Starts an analysis of any kind; `Analysis.result` holds what comes out. A repeated request returns the analysis that is stored or running, and starts it again if it failed, was cancelled, or may have new results.",
  })
  startAnalysis(
    @Arg("input", () => StartAnalysisInput, { description: "The kind and its question." }) input: StartAnalysisInput,
    @Ctx() { actor, services }: ApiContext,
  ): Asked {
    return answer("StartAnalysisSuccess", async () => ({ analysis: await services.analyses.start(actor, input) }));
  }

  @Requires("analysis:start")
  @Mutation(() => StartAnalysisPayload, {
    description:
      "Scores one stored image with every model of its label space that has not scored it yet. `Image.scores` holds the result. Call it again to score with models added since.",
  })
  scoreImage(
    @Arg("input", () => ScoreImageInput, { description: "Which image." }) input: ScoreImageInput,
    @Ctx() { actor, services }: ApiContext,
  ): Asked {
    return answer("StartAnalysisSuccess", async () => ({ analysis: await services.analyses.scoreImage(actor, input) }));
  }

  @Requires("analysis:cancel")
  @Mutation(() => CancelAnalysisPayload, {
    description: "Cancels a queued or running analysis. Its worker stops within a second; the scores written so far are kept.",
  })
  cancelAnalysis(
    @Arg("input", () => CancelAnalysisInput, { description: "Which analysis." }) input: CancelAnalysisInput,
    @Ctx() { actor, services }: ApiContext,
  ): Asked {
    return answer("CancelAnalysisSuccess", async () => ({ analysis: await services.analyses.cancel(actor, input) }));
  }

  @Requires("analysis:start")
  @Mutation(() => StartAnalysisPayload, { description: `Measures how much each region of an elite's image contributes. ${sameAgain}` })
  ablateElite(
    @Arg("input", () => AblateEliteInput, { description: "Which, and how." }) input: AblateEliteInput,
    @Ctx() { actor, services }: ApiContext,
  ): Asked {
    return answer("StartAnalysisSuccess", async () => ({ analysis: await services.analyses.ablate(actor, input) }));
  }

  @Requires("analysis:start")
  @Mutation(() => StartAnalysisPayload, {
    description: `Measures what survives of an elite's confidence when its image is compressed, scaled, blurred or cropped. ${sameAgain}`,
  })
  measureSurvival(
    @Arg("input", () => MeasureSurvivalInput, { description: "Which." }) input: MeasureSurvivalInput,
    @Ctx() { actor, services }: ApiContext,
  ): Asked {
    return answer("StartAnalysisSuccess", async () => ({ analysis: await services.analyses.measureSurvival(actor, input) }));
  }

  @Requires("analysis:start")
  @Mutation(() => StartAnalysisPayload, {
    description: `Measures how well detectors tell a run's images from real ones, by generation. ${sameAgain}`,
  })
  measureDetectors(
    @Arg("input", () => MeasureDetectorsInput, { description: "Which run." }) input: MeasureDetectorsInput,
    @Ctx() { actor, services }: ApiContext,
  ): Asked {
    return answer("StartAnalysisSuccess", async () => ({ analysis: await services.analyses.measureDetectors(actor, input) }));
  }

  @Requires("analysis:start")
  @Mutation(() => StartAnalysisPayload, {
    description:
      "Scores every current elite of these runs with every model of its label space that has not scored it yet; `transferMatrix` reads the scores. To score a single image, use `scoreImage`.",
  })
  scoreTransfer(
    @Arg("input", () => ScoreTransferInput, { description: "Whose elites." }) input: ScoreTransferInput,
    @Ctx() { actor, services }: ApiContext,
  ): Asked {
    return answer("StartAnalysisSuccess", async () => ({ analysis: await services.analyses.scoreTransfer(actor, input) }));
  }

  @FieldResolver(() => ID, { description: "Opaque, and unique over all types." })
  id(@Root() analysis: AnalysisRecord): string {
    return encodeGlobalId("Analysis", analysis.id);
  }

  @FieldResolver(() => AnalysisPriorityEnum, { description: "Which queue it uses; its kind decides." })
  priority(@Root() analysis: AnalysisRecord): AnalysisPriority {
    return priorityOfAnalysis(analysis.kind);
  }

  @FieldResolver(() => String, { description: "Display name of its kind." })
  kindLabel(@Root() analysis: AnalysisRecord): string {
    return findAnalysisKind(analysis.kind)?.label ?? analysis.kind;
  }

  @FieldResolver(() => RunType, { nullable: true, description: "The run that it is about, if one." })
  async run(@Root() analysis: AnalysisRecord, @Ctx() { loaders }: ApiContext): Promise<RunRecord | null> {
    return analysis.runId === null ? null : loaders.run.load(analysis.runId);
  }

  @FieldResolver(() => EliteType, { nullable: true, description: "The elite that it is about, if one." })
  async elite(@Root() analysis: AnalysisRecord, @Ctx() { loaders }: ApiContext): Promise<EliteRecord | null> {
    const eliteId = analysis.input["eliteId"];
    return typeof eliteId === "string" ? loaders.elite.load(eliteId) : null;
  }

  @FieldResolver(() => AblationType, {
    nullable: true,
    description: "The result of an ablation; null for other kinds, and until it has succeeded.",
  })
  ablation(@Root() analysis: AnalysisRecord): AblationType | null {
    return readResult(analysis, ablation);
  }

  @FieldResolver(() => SurvivalType, {
    nullable: true,
    description: "The result of a survival analysis; null for other kinds, and until it has succeeded.",
  })
  survival(@Root() analysis: AnalysisRecord): SurvivalType | null {
    return readResult(analysis, survival);
  }

  @FieldResolver(() => [DetectorPointType], {
    nullable: true,
    description: "The result of a detector analysis, by detector and generation; null for other kinds, and until it has succeeded.",
  })
  detectors(@Root() analysis: AnalysisRecord): readonly DetectorPointType[] | null {
    return readResult(analysis, detectors)?.points ?? null;
  }
}

@Resolver(() => EliteType)
export class EliteAnalysesResolver {
  @FieldResolver(() => AnalysisType, { nullable: true, description: "Its latest ablation; `ablateElite` starts one." })
  ablation(@Root() elite: EliteRecord, @Ctx() { loaders }: ApiContext): Promise<AnalysisRecord | null> {
    return loaders.ablation.load(elite.id);
  }

  @FieldResolver(() => AnalysisType, { nullable: true, description: "Its latest survival analysis; `measureSurvival` starts one." })
  survival(@Root() elite: EliteRecord, @Ctx() { loaders }: ApiContext): Promise<AnalysisRecord | null> {
    return loaders.survival.load(elite.id);
  }
}

@Resolver(() => ImageType)
export class ImageAnalysesResolver {
  @FieldResolver(() => AnalysisType, { nullable: true, description: "Its scoring by other models, if one was started with `scoreImage`." })
  scoring(@Root() image: ImageRecord, @Ctx() { loaders }: ApiContext): Promise<AnalysisRecord | null> {
    return loaders.scoring.load(image.sha256);
  }
}

/** Resolves computations that workers do when asked. */
import { AppError } from "@pareidolia/core/appError";
import type { AnalysisRecord } from "@pareidolia/persistence/queries/analysisQueries";
import type { EliteRecord } from "@pareidolia/persistence/queries/eliteQueries";
import type { RunRecord } from "@pareidolia/persistence/queries/runQueries";
import { Arg, Args, Ctx, FieldResolver, ID, Mutation, Query, Resolver, Root } from "type-graphql";
import { z } from "zod";
import type { ApiContext } from "../context.ts";
import { EliteType } from "../elite/elite.type.ts";
import { answer, type Payload } from "../errors/payload.ts";
import { encodeGlobalId } from "../globalId/globalId.ts";
import type { Connection } from "../pagination/connection.ts";
import { ForwardArguments } from "../pagination/connectionArguments.ts";
import { RunType } from "../run/run.type.ts";
import { AblateEliteInput, MeasureDetectorsInput, MeasureSurvivalInput, ScoreTransferInput } from "./analysis.input.ts";
import { AblationType, AnalysisType, analysisConnection, DetectorPointType, StartAnalysisPayload, SurvivalType } from "./analysis.type.ts";

const region = z.object({ x: z.int(), y: z.int(), width: z.int(), height: z.int(), confidence: z.number(), drop: z.number() });
const ablationResult = z.object({ confidence: z.number(), regions: z.array(region), loweredShare: z.number() });
const survivalPoint = z.object({
  level: z.number(),
  confidence: z.number(),
  topClass: z.int(),
  topLabel: z.string(),
  thumbnail: z.string(),
});
const survivalCurve = z.object({
  distortion: z.string(),
  label: z.string(),
  halfGoneAt: z.number().nullable(),
  points: z.array(survivalPoint),
});
const survivalResult = z.object({ confidence: z.number(), curves: z.array(survivalCurve) });
const detectorPoint = z.object({
  generation: z.int(),
  detector: z.string(),
  label: z.string(),
  auroc: z.number(),
  falsePositiveRate: z.number(),
  images: z.int(),
  references: z.int(),
});
const detectorsResult = z.object({ points: z.array(detectorPoint) });

function readResult<T>(analysis: AnalysisRecord, kind: string, schema: z.ZodType<T>): T | null {
  if (analysis.kind !== kind || analysis.result === null) return null;
  const result = schema.safeParse(analysis.result);
  if (!result.success) throw new AppError("CORRUPT_DATA", "An analysis is not what a worker writes.", { cause: result.error });
  return result.data;
}

/** Of the same pictures and the same network. */
const sameAgain =
  "Asked the same again it answers what was measured, since that cannot change, or goes on with what is under way; what failed is measured anew.";

type Asked = Promise<Payload<{ analysis: AnalysisRecord }>>;

@Resolver(() => AnalysisType)
export class AnalysisResolver {
  @Query(() => analysisConnection.connection, { description: "Computations that were asked for, the latest first." })
  analyses(
    @Args(() => ForwardArguments) args: ForwardArguments,
    @Arg("kind", () => String, { nullable: true, description: "Only those of this kind." }) kind: string | null | undefined,
    @Arg("runId", () => ID, { nullable: true, description: "Only those about this run." }) runId: string | null | undefined,
    @Ctx() { actor, services }: ApiContext,
  ): Promise<Connection<AnalysisRecord>> {
    return services.analyses.list(actor, args, { kind, runId });
  }

  @Mutation(() => StartAnalysisPayload, { description: `Measures how much each region of an elite's image contributes. ${sameAgain}` })
  ablateElite(
    @Arg("input", () => AblateEliteInput, { description: "Which, and how." }) input: AblateEliteInput,
    @Ctx() { actor, services }: ApiContext,
  ): Asked {
    return answer("StartAnalysisSuccess", async () => ({ analysis: await services.analyses.ablate(actor, input) }));
  }

  @Mutation(() => StartAnalysisPayload, {
    description: `Measures what survives of an elite's confidence when its image is compressed, scaled, blurred or cropped. ${sameAgain}`,
  })
  measureSurvival(
    @Arg("input", () => MeasureSurvivalInput, { description: "Which." }) input: MeasureSurvivalInput,
    @Ctx() { actor, services }: ApiContext,
  ): Asked {
    return answer("StartAnalysisSuccess", async () => ({ analysis: await services.analyses.measureSurvival(actor, input) }));
  }

  @Mutation(() => StartAnalysisPayload, {
    description: `Measures how well detectors tell a run's images from real ones, by generation. ${sameAgain}`,
  })
  measureDetectors(
    @Arg("input", () => MeasureDetectorsInput, { description: "Which run." }) input: MeasureDetectorsInput,
    @Ctx() { actor, services }: ApiContext,
  ): Asked {
    return answer("StartAnalysisSuccess", async () => ({ analysis: await services.analyses.measureDetectors(actor, input) }));
  }

  @Mutation(() => StartAnalysisPayload, {
    description:
      "Has every current elite scored by every model of its label space that has not scored it yet; `transferMatrix` reads the scores.",
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

  @FieldResolver(() => RunType, { nullable: true, description: "The run that it is about, if one." })
  async run(@Root() analysis: AnalysisRecord, @Ctx() { loaders }: ApiContext): Promise<RunRecord | null> {
    return analysis.runId === null ? null : loaders.run.load(analysis.runId);
  }

  @FieldResolver(() => EliteType, { nullable: true, description: "The elite that it is about, if one." })
  async elite(@Root() analysis: AnalysisRecord, @Ctx() { loaders }: ApiContext): Promise<EliteRecord | null> {
    const eliteId = analysis.input["eliteId"];
    return typeof eliteId === "string" ? loaders.elite.load(eliteId) : null;
  }

  @FieldResolver(() => AblationType, { nullable: true, description: "Of an ablation that has succeeded: what came out." })
  ablation(@Root() analysis: AnalysisRecord): AblationType | null {
    return readResult(analysis, "ablation", ablationResult);
  }

  @FieldResolver(() => SurvivalType, { nullable: true, description: "Of a survival that has succeeded: what came out." })
  survival(@Root() analysis: AnalysisRecord): SurvivalType | null {
    return readResult(analysis, "survival", survivalResult);
  }

  @FieldResolver(() => [DetectorPointType], { nullable: true, description: "Of detectors that were measured: by detector and generation." })
  detectors(@Root() analysis: AnalysisRecord): readonly DetectorPointType[] | null {
    return readResult(analysis, "detectors", detectorsResult)?.points ?? null;
  }
}

@Resolver(() => EliteType)
export class EliteAnalysesResolver {
  @FieldResolver(() => AnalysisType, { nullable: true, description: "Its ablation that was asked for last; `ablateElite` asks." })
  ablation(@Root() elite: EliteRecord, @Ctx() { loaders }: ApiContext): Promise<AnalysisRecord | null> {
    return loaders.ablation.load(elite.id);
  }

  @FieldResolver(() => AnalysisType, { nullable: true, description: "Its survival that was asked for last; `measureSurvival` asks." })
  survival(@Root() elite: EliteRecord, @Ctx() { loaders }: ApiContext): Promise<AnalysisRecord | null> {
    return loaders.survival.load(elite.id);
  }
}

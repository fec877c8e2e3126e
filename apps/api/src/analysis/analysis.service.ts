/** Starts, cancels and reads analyses. Workers compute them. */
import type { Actor } from "@pareidolia/core/actor";
import { AppError } from "@pareidolia/core/appError";
import { analysisJobOf } from "@pareidolia/jobs/analysisJob";
import type { Queue } from "@pareidolia/jobs/queue";
import type { Database } from "@pareidolia/persistence/database";
import {
  type AnalysisListFilter,
  type AnalysisRecord,
  askForAnalysis,
  countAnalyses,
  findAnalyses,
  findAnalysesOfElites,
  findAnalysesOfInputs,
  listAnalyses,
  type NewAnalysis,
  type WorkState,
} from "@pareidolia/persistence/queries/analysisQueries";
import type { EliteRecord } from "@pareidolia/persistence/queries/eliteQueries";
import { cancelAnalysis } from "@pareidolia/persistence/runs/cancelAnalysis";
import type { EliteService } from "../elite/elite.service.ts";
import { parseIdOf } from "../globalId/globalId.ts";
import type { ImageService } from "../image/image.service.ts";
import { type Connection, toConnection } from "../pagination/connection.ts";
import { type ForwardArguments, readPage } from "../pagination/connectionArguments.ts";
import type { CursorShape } from "../pagination/cursor.ts";
import { counterOf } from "../pagination/rowCounter.ts";
import { policy } from "../policy/policy.ts";
import type { RunService } from "../run/run.service.ts";
import { checkWholeNumber, invalid } from "../run/runLauncher.ts";
import type { RunSelection } from "../run/runSelection.ts";
import { readName } from "../text.ts";
import type {
  AblateEliteInput,
  CancelAnalysisInput,
  MeasureDetectorsInput,
  MeasureSurvivalInput,
  ScoreImageInput,
  ScoreTransferInput,
} from "./analysis.input.ts";

export interface AnalysisServiceOptions {
  readonly database: Database;
  readonly queue: Queue;
  readonly elites: EliteService;
  readonly images: ImageService;
  readonly runs: RunService;
  readonly selection: RunSelection;
}

const byCreation: CursorShape = { name: "analyses.createdAt", values: ["time", "text"] };
function transferInput(runIds: readonly string[]): { readonly runIds: readonly string[] } {
  return { runIds: [...runIds].sort() };
}

const usualRegions = 8;
const usualGenerations = 10;

export class AnalysisService {
  readonly #options: AnalysisServiceOptions;

  constructor(options: AnalysisServiceOptions) {
    this.#options = options;
  }

  get #connection() {
    return this.#options.database.connection;
  }

  async load(actor: Actor, ids: readonly string[]): Promise<(AnalysisRecord | null)[]> {
    return policy.only(actor, "analysis:read", await findAnalyses(this.#connection, ids));
  }

  /** The last analysis of that kind of each elite. */
  async loadOfElites(actor: Actor, kind: "ablation" | "survival", eliteIds: readonly string[]): Promise<(AnalysisRecord | null)[]> {
    policy.require(actor, "analysis:read", actor);
    return findAnalysesOfElites(this.#connection, { workspaceId: actor.workspaceId, kind, eliteIds });
  }

  /** The scoring of each image by other models, or null. */
  async loadOfImages(actor: Actor, hashes: readonly string[]): Promise<(AnalysisRecord | null)[]> {
    policy.require(actor, "analysis:read", actor);
    const inputs = hashes.map((imageSha256) => ({ imageSha256 }));
    return findAnalysesOfInputs(this.#connection, { workspaceId: actor.workspaceId, kind: "scoring", inputs });
  }

  /** The analysis that `scoreTransfer` started for exactly these runs, or null. */
  async findTransfer(actor: Actor, runIds: readonly string[]): Promise<AnalysisRecord | null> {
    policy.require(actor, "analysis:read", actor);
    const inputs = [transferInput(runIds)];
    const [found] = await findAnalysesOfInputs(this.#connection, { workspaceId: actor.workspaceId, kind: "transfer", inputs });
    return found ?? null;
  }

  async list(
    actor: Actor,
    args: ForwardArguments,
    asked: { kind: string | null | undefined; runId: string | null | undefined; state: readonly WorkState[] | null | undefined },
  ): Promise<Connection<AnalysisRecord>> {
    policy.require(actor, "analysis:read", actor);
    const filter: AnalysisListFilter = {
      workspaceId: actor.workspaceId,
      kind: readName(asked.kind, "kind"),
      runId: asked.runId == null ? undefined : (await this.#options.runs.getByReference(actor, asked.runId, "runId")).id,
      states: asked.state ?? undefined,
    };
    const page = await listAnalyses(this.#connection, { filter, page: readPage(args, byCreation) });
    return toConnection(
      page,
      byCreation,
      counterOf(this.#options.database, (request) => countAnalyses(request, filter)),
    );
  }

  /** A repeated request scores with the models added since. */
  async scoreImage(actor: Actor, input: ScoreImageInput): Promise<AnalysisRecord> {
    policy.require(actor, "analysis:start", actor);
    const { sha256 } = await this.#options.images.getByReference(actor, input.imageId, "input.imageId");
    return this.#ask(actor, { kind: "scoring", runId: null, modelId: null, input: { imageSha256: sha256 }, again: true });
  }

  async cancel(actor: Actor, input: CancelAnalysisInput): Promise<AnalysisRecord> {
    const analysis = await this.#get(actor, parseIdOf("Analysis", input.analysisId, "input.analysisId"));
    policy.require(actor, "analysis:cancel", analysis);
    await this.#options.database.transaction((transaction) => cancelAnalysis(transaction, { analysisId: analysis.id }));
    return this.#get(actor, analysis.id);
  }

  async ablate(actor: Actor, input: AblateEliteInput): Promise<AnalysisRecord> {
    policy.require(actor, "analysis:start", actor);
    const regions = checkWholeNumber(input.regions ?? usualRegions, "regions", 2, 32);
    const elite = await this.#getElite(actor, input.eliteId);
    if (regions > Math.min(elite.image.width, elite.image.height))
      throw invalid("regions", "There are fewer pixels along a side than that.");
    const about = { eliteId: elite.id, regions, paint: input.paint ?? "mean" };
    return this.#ask(actor, { kind: "ablation", runId: elite.runId, modelId: null, input: about, again: false });
  }

  async measureSurvival(actor: Actor, input: MeasureSurvivalInput): Promise<AnalysisRecord> {
    policy.require(actor, "analysis:start", actor);
    const elite = await this.#getElite(actor, input.eliteId);
    return this.#ask(actor, { kind: "survival", runId: elite.runId, modelId: null, input: { eliteId: elite.id }, again: false });
  }

  async measureDetectors(actor: Actor, input: MeasureDetectorsInput): Promise<AnalysisRecord> {
    policy.require(actor, "analysis:start", actor);
    const generations = checkWholeNumber(input.generations ?? usualGenerations, "generations", 2, 50);
    const run = await this.#options.runs.getByReference(actor, input.runId, "input.runId");
    if (run.kind !== "evolution") throw invalid("runId", "Only an evolution has generations.");
    if (run.generation < 0)
      throw new AppError("CONFLICT", "This run has stored no generation yet. Ask again in a moment.", { field: "input.runId" });
    const about = { runId: run.id, generation: run.generation, generations };
    return this.#ask(actor, { kind: "detectors", runId: run.id, modelId: run.modelId, input: about, again: false });
  }

  /** Asked again it scores what is new: further elites and further models. */
  async scoreTransfer(actor: Actor, input: ScoreTransferInput): Promise<AnalysisRecord> {
    policy.require(actor, "analysis:start", actor);
    const runIds = await this.#options.selection.read(actor, input, "input.");
    return this.#ask(actor, { kind: "transfer", runId: null, modelId: null, input: transferInput(runIds), again: true });
  }

  /** @throws AppError NOT_FOUND. */
  async #getElite(actor: Actor, eliteId: string): Promise<EliteRecord> {
    const [elite] = await this.#options.elites.load(actor, [parseIdOf("Elite", eliteId, "input.eliteId")]);
    if (elite == null) throw new AppError("NOT_FOUND", "There is no such elite.", { field: "input.eliteId" });
    return elite;
  }

  async #ask(
    actor: Actor,
    question: Omit<NewAnalysis, "workspaceId" | "createdById"> & { readonly again: boolean },
  ): Promise<AnalysisRecord> {
    const { database, queue } = this.#options;
    const id = await database.transaction(async (transaction) => {
      const asked = await askForAnalysis(transaction, { workspaceId: actor.workspaceId, createdById: actor.userId, ...question });
      if (asked.enqueue) await queue.enqueue(transaction.executor, analysisJobOf(question.kind), { analysisId: asked.id });
      return asked.id;
    });
    return this.#get(actor, id);
  }

  /** @throws AppError NOT_FOUND. */
  async #get(actor: Actor, id: string): Promise<AnalysisRecord> {
    const [analysis] = await this.load(actor, [id]);
    if (analysis == null) throw new AppError("NOT_FOUND", "There is no such analysis.");
    return analysis;
  }
}

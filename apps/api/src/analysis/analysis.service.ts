/** Starts, cancels and reads analyses. Workers compute them. */
import { ablation } from "@pareidolia/analysis/kinds/ablation";
import { detectors } from "@pareidolia/analysis/kinds/detectors";
import { findAnalysisKind } from "@pareidolia/analysis/kinds/findAnalysisKind";
import { analysisKinds } from "@pareidolia/analysis/kinds/registry";
import { scoring } from "@pareidolia/analysis/kinds/scoring";
import { survival } from "@pareidolia/analysis/kinds/survival";
import { transfer } from "@pareidolia/analysis/kinds/transfer";
import { verification } from "@pareidolia/analysis/kinds/verification";
import type { Actor, MemberActor } from "@pareidolia/core/actor";
import type { AnalysisSubject, AnyAnalysisContract } from "@pareidolia/core/analysisContract";
import { AppError } from "@pareidolia/core/appError";
import { resolveParameters } from "@pareidolia/core/parameterSpec";
import { analysisJobOf } from "@pareidolia/jobs/analysisJob";
import type { Queue } from "@pareidolia/jobs/queue";
import { appendAuditEntry } from "@pareidolia/persistence/access/audit/appendAuditEntry";
import { cancelAnalysis } from "@pareidolia/persistence/lab/analyses/cancelAnalysis";
import {
  type AnalysisListFilter,
  type AnalysisRecord,
  countAnalyses,
  findAnalyses,
  findAnalysesOfElites,
  findAnalysesOfInputs,
  listAnalyses,
} from "@pareidolia/persistence/lab/analyses/readAnalyses";
import { requestAnalysis } from "@pareidolia/persistence/lab/analyses/requestAnalysis";
import type { Database } from "@pareidolia/persistence/server/database/database";
import { parseIdOf } from "../globalId/globalId.ts";
import { type Connection, toConnection } from "../pagination/connection.ts";
import { type ConnectionArguments, readPage } from "../pagination/connectionArguments.ts";
import type { CursorShape } from "../pagination/cursor.ts";
import { counterOf } from "../pagination/rowCounter.ts";
import { policy } from "../policy/policy.ts";
import { invalid } from "../run/runLauncher.ts";
import { readName } from "../text.ts";
import type {
  AblateEliteInput,
  AnalysisFilter,
  CancelAnalysisInput,
  MeasureDetectorsInput,
  MeasureSurvivalInput,
  ScoreImageInput,
  ScoreTransferInput,
  StartAnalysisInput,
} from "./analysis.input.ts";
import { archivesSubject, type ResolvedSubject, type SubjectServices, subjectReaders } from "./analysisSubjects.ts";

export interface AnalysisServiceOptions extends SubjectServices {
  readonly database: Database;
  readonly queue: Queue;
}

const byCreation: CursorShape = { name: "analyses.createdAt", values: ["time", "text"] };

/** Parameters from an input; null means the default. */
type GivenParameters = Readonly<Record<string, unknown>>;

/** Puts `prefix`, which ends in a dot, before the parameter named by an error. @throws AppError INVALID_INPUT. */
function naming<T>(prefix: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof AppError) || error.field === undefined) throw error;
    throw new AppError(error.code, error.message, { field: error.field.replace(/^parameters\./, prefix), cause: error });
  }
}

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

  /** Each elite's latest analysis of this kind, or null. */
  async loadOfElites(actor: Actor, kind: string, eliteIds: readonly string[]): Promise<(AnalysisRecord | null)[]> {
    const scope = policy.scope(actor, "analysis:read");
    return findAnalysesOfElites(this.#connection, { scope, kind, eliteIds });
  }

  /** The scoring of each image by other models, or null. */
  async loadOfImages(actor: Actor, hashes: readonly string[]): Promise<(AnalysisRecord | null)[]> {
    const scope = policy.scope(actor, "analysis:read");
    const inputs = hashes.map((imageSha256) => ({ imageSha256 }));
    return findAnalysesOfInputs(this.#connection, { scope, kind: scoring.id, inputs });
  }

  /** The verification of each run, or null. */
  async loadVerifications(actor: Actor, runIds: readonly string[]): Promise<(AnalysisRecord | null)[]> {
    const scope = policy.scope(actor, "analysis:read");
    const inputs = runIds.map((runId) => ({ runId }));
    return findAnalysesOfInputs(this.#connection, { scope, kind: verification.id, inputs });
  }

  /** The analysis that `scoreTransfer` started for exactly these runs, or null. */
  async findTransfer(actor: Actor, runIds: readonly string[]): Promise<AnalysisRecord | null> {
    const scope = policy.scope(actor, "analysis:read");
    const inputs = [archivesSubject(runIds).question];
    const [found] = await findAnalysesOfInputs(this.#connection, { scope, kind: transfer.id, inputs });
    return found ?? null;
  }

  async list(actor: Actor, args: ConnectionArguments, wanted: AnalysisFilter | null | undefined): Promise<Connection<AnalysisRecord>> {
    const scope = policy.scope(actor, "analysis:read");
    const filter: AnalysisListFilter = {
      scope,
      kind: readName(wanted?.kind, "filter.kind"),
      runId: wanted?.runId == null ? undefined : (await this.#options.runs.getByReference(actor, wanted.runId, "filter.runId")).id,
      states: wanted?.state ?? undefined,
    };
    const page = await listAnalyses(this.#connection, { filter, page: readPage(args, byCreation) });
    return toConnection(
      page,
      byCreation,
      counterOf(this.#options.database, (request) => countAnalyses(request, filter)),
    );
  }

  kinds(actor: Actor): readonly AnyAnalysisContract[] {
    policy.requireInWorkspace(actor, "analysis:read");
    return analysisKinds;
  }

  /** Starts an analysis of any kind. */
  async start(actor: Actor, input: StartAnalysisInput): Promise<AnalysisRecord> {
    policy.requireInWorkspace(actor, "analysis:start");
    const contract = findAnalysisKind(input.kind);
    if (contract === undefined) throw invalid("kind", `Unknown kind of analysis. Known: ${analysisKinds.map(({ id }) => id).join(", ")}.`);
    const given = input.parameters ?? {};
    if (typeof given !== "object" || Array.isArray(given)) throw invalid("parameters", "Parameters must be an object of names and values.");
    const subject = await this.#read(actor, contract.subject, { ids: input.about, field: "input.about" });
    return this.#request(actor, contract, subject, { given: given as GivenParameters, prefix: "input.parameters." });
  }

  async scoreImage(actor: Actor, { imageId }: ScoreImageInput): Promise<AnalysisRecord> {
    policy.requireInWorkspace(actor, "analysis:start");
    return this.#request(actor, scoring, await this.#read(actor, "image", { ids: [imageId], field: "input.imageId" }));
  }

  async cancel(actor: Actor, input: CancelAnalysisInput): Promise<AnalysisRecord> {
    const analysis = await this.#get(actor, parseIdOf("Analysis", input.analysisId, "input.analysisId"));
    policy.require(actor, "analysis:cancel", analysis);
    await this.#options.database.transaction(async (transaction) => {
      await cancelAnalysis(transaction, { analysisId: analysis.id });
      const { kind, state } = analysis;
      const values = { before: { kind, state }, after: { kind, state: "CANCELLED" } };
      const subject = { subjectType: "Analysis", subjectId: analysis.id };
      await appendAuditEntry(transaction.connection, actor, { action: "analysis:cancel", ...subject, ...values });
    });
    return this.#get(actor, analysis.id);
  }

  async ablate(actor: Actor, { eliteId, ...given }: AblateEliteInput): Promise<AnalysisRecord> {
    policy.requireInWorkspace(actor, "analysis:start");
    const subject = await this.#read(actor, "elite", { ids: [eliteId], field: "input.eliteId" });
    return this.#request(actor, ablation, subject, { given, prefix: "input." });
  }

  async measureSurvival(actor: Actor, { eliteId }: MeasureSurvivalInput): Promise<AnalysisRecord> {
    policy.requireInWorkspace(actor, "analysis:start");
    return this.#request(actor, survival, await this.#read(actor, "elite", { ids: [eliteId], field: "input.eliteId" }));
  }

  async measureDetectors(actor: Actor, { runId, ...given }: MeasureDetectorsInput): Promise<AnalysisRecord> {
    policy.requireInWorkspace(actor, "analysis:start");
    const subject = await this.#read(actor, "archive", { ids: [runId], field: "input.runId" });
    return this.#request(actor, detectors, subject, { given, prefix: "input." });
  }

  async verifyRun(actor: Actor, { runId }: { readonly runId: string }): Promise<AnalysisRecord> {
    policy.requireInWorkspace(actor, "analysis:start");
    return this.#request(actor, verification, await this.#read(actor, "run", { ids: [runId], field: "input.runId" }));
  }

  async scoreTransfer(actor: Actor, input: ScoreTransferInput): Promise<AnalysisRecord> {
    policy.requireInWorkspace(actor, "analysis:start");
    return this.#request(actor, transfer, archivesSubject(await this.#options.selection.read(actor, input, "input.")));
  }

  #read(actor: Actor, subject: AnalysisSubject, { ids, field }: { readonly ids: readonly string[]; readonly field: string }) {
    return subjectReaders[subject]({ actor, ids, field }, this.#options);
  }

  async #request(
    actor: MemberActor,
    contract: AnyAnalysisContract,
    { question, runId, modelId, image }: ResolvedSubject,
    { given, prefix }: { readonly given: GivenParameters; readonly prefix: string } = { given: {}, prefix: "input." },
  ): Promise<AnalysisRecord> {
    const { database, queue } = this.#options;
    const input = naming(prefix, () => {
      const set = Object.fromEntries(Object.entries(given).filter(([, value]) => value != null));
      const resolved = { ...question, ...resolveParameters(contract.parameters, set) };
      if (image !== null) contract.checkImage?.(contract.readQuestion(resolved), image);
      return resolved;
    });
    const { workspaceId, userId: createdById } = actor;
    const id = await database.transaction(async (transaction) => {
      const row = { workspaceId, createdById, kind: contract.id, runId, modelId, input, again: contract.computesAgain };
      const requested = await requestAnalysis(transaction, row);
      if (requested.enqueue) {
        await queue.enqueue(transaction.executor, analysisJobOf(contract.priority), { analysisId: requested.id });
        const subject = { subjectType: "Analysis", subjectId: requested.id, subjectName: contract.label };
        const after = { kind: contract.id, runId, modelId, input };
        await appendAuditEntry(transaction.connection, actor, { action: "analysis:start", ...subject, before: null, after });
      }
      return requested.id;
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

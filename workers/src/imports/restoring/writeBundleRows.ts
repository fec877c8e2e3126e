/**
 * Writes the rows of a bundle in the caller's transaction, in an order in which every row finds those that it refers to. Images are there
 * already, with their scores by networks that are here: all workspaces share them, so they are locked only at the end, and only the scores
 * by networks of the bundle itself are written then.
 */
import { randomUUID } from "node:crypto";
import { toLine } from "@pareidolia/core/lineText";
import type { BundleManifest } from "@pareidolia/exchange/bundleManifest";
import type { RowOf, TableName } from "@pareidolia/exchange/bundleTables";
import { isRunState } from "@pareidolia/exchange/restoring/runRow";
import { isUnfinished, stateOfUnfinished, sweepHere } from "@pareidolia/exchange/restoring/stateHere";
import type { ImportRecord } from "@pareidolia/persistence/files/imports/readImports";
import { ensureUnknownNetwork, touchExperiment } from "@pareidolia/persistence/files/imports/writeImportedRuns";
import { planByIndex } from "@pareidolia/persistence/files/restoring/planByIndex";
import type { RestoredFrom } from "@pareidolia/persistence/files/restoring/readRestored";
import { restoreChains, restoreLinkElites, restoreLinks } from "@pareidolia/persistence/files/restoring/restoreChains";
import type { RestoredIds } from "@pareidolia/persistence/files/restoring/restoredRows";
import { restoreElites, restoreGenerations, restoreGenomes } from "@pareidolia/persistence/files/restoring/restoreEvolutions";
import { restoreModel } from "@pareidolia/persistence/files/restoring/restoreModels";
import * as results from "@pareidolia/persistence/files/restoring/restoreResults";
import { restoreRuns } from "@pareidolia/persistence/files/restoring/restoreRuns";
import * as subjects from "@pareidolia/persistence/files/restoring/restoreSubjects";
import { writeFigures } from "@pareidolia/persistence/lab/runs/writeFigures";
import { shareScores } from "@pareidolia/persistence/lab/scores/shareScores";
import { writeScores } from "@pareidolia/persistence/lab/scores/writeScores";
import type { Connection } from "@pareidolia/persistence/server/database/database";
import type { Scope } from "@pareidolia/persistence/server/scope/scope";
import type { BundleNetwork } from "./openNetworks.ts";
import { piecesOf } from "./piecesOf.ts";
import type { BundleScores } from "./scoreBundle.ts";
import type { SpooledBundle } from "./spooledBundle.ts";

export interface BundleToWrite {
  readonly bundle: SpooledBundle;
  readonly networks: readonly BundleNetwork[];
  readonly scores: BundleScores;
  readonly record: ImportRecord;
  readonly scope: Scope;
  readonly ids: Omit<RestoredIds, "models">;
  /** The first number of each. */
  readonly numbers: { readonly experiment: number; readonly sweep: number; readonly run: number };
  /** The new experiment of an export of one run; null for others, and if a member chose an experiment. */
  readonly ownExperimentId: string | null;
  /** Keys of the runs, and authors of the comments, in the export. */
  readonly keys: ReadonlyMap<number, string>;
  readonly authors: ReadonlyMap<number, string>;
}

class BundleWriting {
  readonly #connection: Connection;
  readonly #input: BundleToWrite;

  constructor(connection: Connection, input: BundleToWrite) {
    this.#connection = connection;
    this.#input = input;
  }

  /** Names are in one line, as members' are. @param isNext whether a row starts another statement. */
  async #each<Name extends TableName>(
    name: Name,
    write: (rows: readonly RowOf<Name>[]) => Promise<void>,
    isNext?: (last: RowOf<Name>, row: RowOf<Name>) => boolean,
  ): Promise<void> {
    for await (const rows of piecesOf(this.#input.bundle.rows(name), isNext))
      await write(rows.map((row) => ("name" in row && typeof row.name === "string" ? { ...row, name: toLine(row.name) } : row)));
  }

  async write(): Promise<{ readonly createdExperimentIds: readonly string[] }> {
    const connection = this.#connection;
    const { record, ids: known, ownExperimentId } = this.#input;
    await planByIndex(connection);
    const ids: RestoredIds = { ...known, models: await this.#writeModels() };
    const createdExperimentIds = await this.#writeExperiments(ids);
    await this.#writeRuns(ids, ownExperimentId ?? record.experimentId);
    await this.#writeResults(ids);
    // From here on, others who show or score one of these images wait.
    await this.#each("images", (rows) =>
      shareScores(connection, { workspaceId: record.workspaceId, images: rows.map(({ sha256 }) => sha256) }),
    );
    for (const [number, { id, newReport }] of this.#input.networks.entries())
      if (id !== null && newReport !== null)
        for await (const piece of this.#input.scores.of(number)) await writeScores(connection, id, piece);
    // Last, because others that start runs there wait for it.
    if (ownExperimentId === null && record.experimentId !== null)
      await touchExperiment(connection, { workspaceId: record.workspaceId, experimentId: record.experimentId });
    return { createdExperimentIds };
  }

  async #writeModels(): Promise<string[]> {
    const { networks, record } = this.#input;
    const models: string[] = [];
    for (const { id, model, newReport } of networks) {
      if (id === null) {
        models.push(await ensureUnknownNetwork(this.#connection, record));
        continue;
      }
      if (newReport !== null)
        await restoreModel(this.#connection, record, { id, model: { ...model, name: toLine(model.name) }, report: newReport });
      models.push(id);
    }
    return models;
  }

  async #writeExperiments(ids: RestoredIds): Promise<readonly string[]> {
    const connection = this.#connection;
    const { record, numbers, scope, ownExperimentId, bundle } = this.#input;
    const firstNumber = numbers.experiment;
    if (ownExperimentId !== null) {
      const name = record.experimentName ?? record.fileName;
      const row = {
        experiment: 0,
        name,
        description: `Restored from ${record.fileName}.`,
        notes: "",
        archived_at: null,
        created_at: new Date(),
      };
      await subjects.restoreExperiments(connection, { ...ids, experiments: [ownExperimentId] }, { rows: [row], firstNumber });
      return [ownExperimentId];
    }
    await this.#each("tags", (rows) =>
      subjects.restoreTags(
        connection,
        ids,
        rows.map(({ name }) => name),
      ),
    );
    await this.#each("experiments", async (rows) => {
      await subjects.restoreExperiments(connection, ids, { rows, firstNumber });
      const tagged = rows.map(({ experiment, tags }) => ({ id: ids.experiments[experiment] as string, tags }));
      await subjects.restoreTagsOf(connection, { scope, kind: "Experiment" }, tagged);
    });
    await this.#each("sweeps", (rows) =>
      subjects.restoreSweeps(connection, ids, { rows: rows.map((row) => ({ ...row, ...sweepHere(row) })), firstNumber: numbers.sweep }),
    );
    return bundle.manifest.subject === "run" ? [] : ids.experiments;
  }

  async #writeRuns(ids: RestoredIds, experimentId: string | null): Promise<void> {
    const connection = this.#connection;
    const { numbers, scope, keys, authors, bundle } = this.#input;
    const { workspace } = bundle.manifest.origin;
    const at = new Date().toISOString();
    await this.#each("runs", async (rows) => {
      const restored = rows.map((row) => ({
        ...row,
        ...stateHere(row, bundle.manifest),
        origin: { workspace: workspace.slice(0, 200), key: keys.get(row.run) ?? `run ${row.run}`, at } satisfies RestoredFrom,
      }));
      await restoreRuns(connection, ids, { rows: restored, firstNumber: numbers.run, experimentId });
      const tagged = rows.map(({ run, tags }) => ({ id: ids.runs[run] as string, tags }));
      await subjects.restoreTagsOf(connection, { scope, kind: "Run" }, tagged);
    });
    await this.#each("rung_decisions", (rows) => subjects.restoreRungDecisions(connection, ids, rows));
    await this.#each("rung_results", (rows) => subjects.restoreRungResults(connection, ids, rows));
    await this.#each("comments", (rows) =>
      subjects.restoreComments(
        connection,
        ids,
        rows.map((row) => ({ ...row, author: authors.get(row.comment) ?? "" })),
      ),
    );
  }

  async #writeResults(ids: RestoredIds): Promise<void> {
    const connection = this.#connection;
    const originals = new Map<number, number>();
    const chains = new Map<number, string>();
    for await (const { run, forked_from: original } of this.#input.bundle.rows("runs")) if (original !== null) originals.set(run, original);
    for await (const { run } of this.#input.bundle.rows("chains")) chains.set(run, randomUUID());
    await this.#each("generations", (rows) => restoreGenerations(connection, ids, rows));
    await this.#each("step_hashes", (rows) => results.restoreStepHashes(connection, ids, rows));
    // Run by run, so that the copies of a fork find the parents in the run before it.
    await this.#each(
      "genomes",
      (rows) => restoreGenomes(connection, ids, { rows, originals }),
      (last, row) => last.run !== row.run,
    );
    await this.#each("elites", (rows) => restoreElites(connection, ids, rows));
    await this.#each("trajectories", (rows) => results.restoreTrajectories(connection, ids, rows));
    await this.#each("milestones", (rows) => results.restoreMilestones(connection, ids, rows));
    // Each has megabytes.
    for await (const row of this.#input.bundle.rows("checkpoints")) await results.restoreCheckpoint(connection, ids, row);
    await this.#each("perturbations", (rows) => results.restorePerturbations(connection, ids, rows));
    await this.#each("chains", (rows) => restoreChains(connection, ids, { rows, chains }));
    await this.#each("links", (rows) => restoreLinks(connection, ids, { rows, chains }));
    await this.#each("link_elites", (rows) => restoreLinkElites(connection, { rows, chains }));
    // A bundle of an earlier version counts attacks and networks by another criterion.
    await writeFigures(connection, ids.runs);
    await this.#each("imported_images", (rows) => results.restoreImportedImages(connection, ids, rows));
  }
}

/** An unfinished run has no worker here. */
function stateHere(
  { state, kind, ended_at: endedAt }: RowOf<"runs">,
  manifest: BundleManifest,
): { readonly state: string; readonly ended_at: string | null } {
  if (!isRunState(state) || !isUnfinished(state)) return { state, ended_at: endedAt };
  const here = stateOfUnfinished(kind, manifest).state;
  return { state: here, ended_at: here === "PAUSED" ? endedAt : (endedAt ?? new Date().toISOString()) };
}

/** @throws any error of the database, after which the transaction must be rolled back. */
export function writeBundleRows(
  connection: Connection,
  input: BundleToWrite,
): Promise<{ readonly createdExperimentIds: readonly string[] }> {
  return new BundleWriting(connection, input).write();
}

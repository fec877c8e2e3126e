/** Restoring reads no table as a whole, so an export with ten times as many rows takes ten times as long. */
import { createHash } from "node:crypto";
import type { RowOf } from "@pareidolia/exchange/bundleTables";
import type { ImportRecord } from "@pareidolia/persistence/files/imports/readImports";
import { writeImages } from "@pareidolia/persistence/lab/images/writeImages";
import { writeScores } from "@pareidolia/persistence/lab/scores/writeScores";
import { openScope } from "@pareidolia/persistence/server/scope/openScope";
import { localUserId, localWorkspaceId } from "@pareidolia/persistence/workspace/workspaces/localWorkspace";
import { writeBundleRows } from "@pareidolia/workers/imports/restoring/writeBundleRows";
import { afterAll, beforeAll, expect, it } from "vitest";
import type { TestApi } from "../../support/api.ts";
import { evolutionModel, evolutionRun } from "../../support/evolutionBundle.ts";
import { withClient } from "../../support/postgresServer.ts";
import { startOtherServer } from "../../support/restoringBench.ts";

let api: TestApi;
beforeAll(async () => {
  api = await startOtherServer();
});
afterAll(() => api.close());

const large = ["genomes", "elites", "images", "scores", "shared_scores", "workspace_images"];
const count = 3_000;
const addresses = Array.from({ length: count }, (_, at) => ({ generation: Math.floor(at / 5), index: at % 5 }));
const hashOf = (at: number): string => createHash("sha256").update(String(at)).digest("hex");

/** An evolution of 600 generations, in each of which a child wins each of five niches. */
function evolution(): Readonly<Record<string, readonly object[]>> {
  const run = { ...evolutionRun, experiment: 0, generation: 599, tags: [], plan: { encoding: "cppn", generations: 599, offspring: 6 } };
  const experiment = { experiment: 0, name: "Large", description: "", notes: "", tags: [], archived_at: null, created_at: run.created_at };
  const genomes = addresses.map(({ generation, index }, at) => ({
    run: 0,
    generation,
    index,
    sha256: hashOf(at),
    byte_length: 1,
    bytes: "AA==",
    copied: false,
    image: hashOf(at),
    parents: generation === 0 ? [] : [generation - 1, index],
  }));
  const elites = addresses.map(({ generation, index }) => ({
    run: 0,
    niche: index,
    generation,
    genome_generation: generation,
    genome_index: index,
    search_fitness: 0.5,
    stored_fitness: 0.5,
    replaced_at: generation === 599 ? null : generation + 1,
  }));
  const images = addresses.map((_, at) => ({ sha256: hashOf(at) })).toSorted((a, b) => (a.sha256 < b.sha256 ? -1 : 1));
  return { experiments: [experiment], models: [evolutionModel], runs: [run], genomes, elites, images };
}

it("looks every row up by index, also while Postgres knows the tables as small ones", async () => {
  const { connection } = api.database;
  const { id: modelId } = await connection.model.findFirstOrThrow({ where: { slug: "linear" } });
  const shape = { width: 8, height: 8, channels: 1, byteLength: 1 };
  await writeImages(
    connection,
    addresses.map((_, at) => ({ image: { sha256: hashOf(at), ...shape } })),
  );
  const probabilities = new Float32Array([0.5, 0.5, 0, 0, 0]);
  await writeScores(
    connection,
    modelId,
    addresses.map((_, at) => ({ image: { sha256: hashOf(at) }, probabilities })),
  );
  // As in a workspace that had few rows when Postgres last counted them.
  await withClient(api.ownerUrl, (client) =>
    client.query("UPDATE pg_class SET reltuples = 0, relpages = 1 WHERE relname = ANY ($1)", [large]),
  );
  const tables = evolution();
  const manifest = { subject: "workspace", parts: [], tables: {}, origin: { workspace: "Lab" } };
  const record = { id: "import", workspaceId: localWorkspaceId, createdById: localUserId, experimentId: null } as unknown as ImportRecord;
  const owner = { workspaceId: localWorkspaceId, createdById: localUserId };
  await connection.import.create({ data: { ...owner, id: "import", fileName: "export.zip", sha256: "0".repeat(64), byteLength: 1 } });
  const bundle = {
    manifest,
    genomes: { drawn: count, total: count },
    rows: async function* (name: string) {
      yield* (tables[name] ?? []) as RowOf<"runs">[];
    },
  };
  const read = await api.database.longTransaction(async (transaction) => {
    await writeBundleRows(transaction.connection, {
      bundle: bundle as never,
      networks: [{ id: modelId, model: {} as never, newReport: null }],
      scores: { compared: 0, equal: 0, of: async function* () {} },
      record,
      scope: openScope(localWorkspaceId),
      ids: { ...owner, importId: "import", experiments: ["large"], sweeps: [], runs: ["large"], comments: [] },
      numbers: { experiment: 1, sweep: 1, run: 1 },
      ownExperimentId: null,
      keys: new Map(),
      authors: new Map(),
    });
    return transaction.connection.$queryRaw<{ readonly table: string; readonly scanned: number; readonly fetched: number }[]>`
      SELECT relname::text AS table, seq_tup_read::int AS scanned, coalesce(idx_tup_fetch, 0)::int AS fetched FROM pg_stat_xact_user_tables
      WHERE relname = ANY (${large})`;
  });
  expect(await connection.elite.count()).toBe(count);
  expect(await connection.score.count({ where: { owner: localWorkspaceId } })).toBe(count);
  expect(read.filter(({ scanned }) => scanned > 0)).toEqual([]);
  // Each row is looked up a few times, for its references, triggers and scores.
  expect(read.filter(({ fetched }) => fetched > 20 * count)).toEqual([]);
});

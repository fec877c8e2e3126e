/** Searches, orders and groups read only the reader's workspace, whatever others have: 1,000 of 20,000 runs, the surest ones elsewhere. */

import { Prisma } from "@pareidolia/persistence/generated/client";
import { seedModels } from "@pareidolia/persistence/lab/models/zooModels";
import { listRunValues } from "@pareidolia/persistence/lab/search/listValues";
import { findRecordedNames, listRecordedNames } from "@pareidolia/persistence/lab/search/recordedNames";
import { listRunGroups } from "@pareidolia/persistence/lab/search/runGroups";
import { countSearchedRuns, findRunCells, listSearchedRuns } from "@pareidolia/persistence/lab/search/searchRuns";
import { type Database, openDatabase } from "@pareidolia/persistence/server/database/database";
import { openScope } from "@pareidolia/persistence/server/scope/openScope";
import { localUserId, localWorkspaceId, seedLocalOwner } from "@pareidolia/persistence/workspace/workspaces/localWorkspace";
import { checkSearch } from "@pareidolia/search/checkSearch";
import type { SearchField } from "@pareidolia/search/fields/field";
import { runFields } from "@pareidolia/search/fields/runFields";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createStranger, stranger } from "../../support/actors.ts";
import { createTestDatabase, type TestDatabase } from "../../support/database.ts";
import { withClient } from "../../support/postgresServer.ts";
import { testModel } from "../../support/runs.ts";
import { conditionsOn } from "../../support/searchStatements.ts";
import { seedRows } from "../../support/seedRows.ts";

const runs = 20_000;
const own = 1_000;

let testDatabase: TestDatabase;
let database: Database;
beforeAll(async () => {
  testDatabase = await createTestDatabase();
  database = await openDatabase(testDatabase.url);
  const { connection } = database;
  await seedLocalOwner(connection);
  await createStranger(database);
  await seedModels(connection, [testModel]);
  const { id: modelId, labelSpace } = await connection.model.findFirstOrThrow({ where: { slug: testModel.id } });
  const places = [
    [localWorkspaceId, localUserId],
    [stranger.workspaceId, stranger.userId],
  ] as const;
  const statements: (readonly [string, Prisma.Sql])[] = [];
  for (const [workspaceId, createdById] of places) {
    await connection.experiment.create({ data: { id: `of ${workspaceId}`, workspaceId, createdById, number: 1, name: "Many runs" } });
    const isOwn = workspaceId === localWorkspaceId;
    // Tags as large as the reader's: if two tags shared the whole table, reading all of it would cost as much as an index.
    const tagCount = isOwn ? 1 : (runs - own) / own;
    await connection.tag.createMany({
      data: Array.from({ length: tagCount }, (_, i) => ({
        id: `tag ${i} of ${workspaceId}`,
        workspaceId,
        name: i === 0 ? "paper" : `paper ${i}`,
      })),
    });
    const range = Prisma.sql`generate_series(${isOwn ? 1 : own + 1}::int, ${isOwn ? own : runs}::int) i`;
    statements.push(
      [
        "runs",
        Prisma.sql`INSERT INTO runs (id, workspace_id, experiment_id, created_by_id, model_id, number, kind, preset, parameters, plan, seed, state,
            generation, evaluations, median, mean, best, fooling_count, created_at, started_at, ended_at, updated_at)
          SELECT 'run ' || i, ${workspaceId}, ${`of ${workspaceId}`}, ${createdById}, ${modelId}, i, 'evolution', 'preset ' || i % 7,
            jsonb_build_object('mutationRate', i % 10 / 10.0, 'lr', CASE i % 3 WHEN 0 THEN to_jsonb(i) WHEN 1 THEN '"adaptive"' ELSE 'true' END),
            jsonb_build_object('encoding', 'cppn', 'generations', 10, 'offspring', 2),
            i % 5, 'SUCCEEDED',
            9, i, CASE WHEN ${isOwn}::bool THEN i / 2000.0 ELSE 0.9999 END, 0, 0, i % 10, now() - i * interval '1 minute',
            now() - i * interval '1 minute', now(), now() - i * interval '1 second' FROM ${range}`,
      ],
      // Metrics of imported runs: a workspace may have this many.
      [
        "run_metrics",
        Prisma.sql`INSERT INTO run_metrics (run_id, name, workspace_id, value)
          SELECT 'run ' || i, m, ${workspaceId}, i / 20000.0 FROM ${range}, unnest('{accuracy,loss}'::text[]) m`,
      ],
      [
        "generations",
        Prisma.sql`INSERT INTO generations (run_id, generation, median, mean, minimum, maximum, search_median, search_mean, search_minimum,
            search_maximum, jumps, filled, evaluations)
          SELECT 'run ' || i, g, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 1 FROM ${range}, generate_series(0, 9) g`,
      ],
      [
        "images",
        Prisma.sql`INSERT INTO images (sha256, width, height, channels, byte_length) SELECT lpad(i::text, 64, '0'), 8, 8, 1, 100 FROM ${range}`,
      ],
      [
        "genomes",
        Prisma.sql`INSERT INTO genomes (id, run_id, workspace_id, generation, index, sha256, byte_length, bytes, image_sha256)
          SELECT 'genome ' || i, 'run ' || i, ${workspaceId}, 0, 0, lpad(i::text, 64, '0'), 1, '\\x00'::bytea, lpad(i::text, 64, '0') FROM ${range}`,
      ],
      [
        "elites",
        Prisma.sql`INSERT INTO elites (id, run_id, workspace_id, experiment_id, model_id, method, genome_id, niche, generation, fitness, stored_fitness)
          SELECT 'elite ' || i, 'run ' || i, ${workspaceId}, ${`of ${workspaceId}`}, ${modelId}, 'cppn', 'genome ' || i, 0, 0, 0.5, 0.5 FROM ${range}`,
      ],
      [
        "recognition",
        Prisma.sql`INSERT INTO recognition (workspace_id, image_sha256, label_space, label, studies, votes, agreeing, corrected_votes, recognised, guess_odds)
          SELECT ${workspaceId}, lpad(i::text, 64, '0'), ${labelSpace}, 0, 1, 24, i % 25, 24, i % 25, 0 FROM ${range} WHERE i % 10 = 0`,
      ],
      [
        "run_tags",
        Prisma.sql`INSERT INTO run_tags (run_id, tag_id)
          SELECT 'run ' || i, 'tag ' || i % ${tagCount}::int || ${` of ${workspaceId}`} FROM ${range} WHERE i % 3 = 0`,
      ],
    );
  }
  await seedRows(testDatabase.ownerUrl, statements);
  // Also marks pages whose rows all readers see, so that a statement may read an index alone.
  await withClient(testDatabase.ownerUrl, (client) => client.query("VACUUM (ANALYZE)"));
}, 120_000);
afterAll(async () => {
  await database.close();
  await testDatabase.drop();
});

interface Plan {
  readonly "Node Type": string;
  readonly "Relation Name"?: string;
  readonly "Index Name"?: string;
  readonly "Actual Rows": number;
  readonly "Actual Loops": number;
  readonly "Rows Removed by Filter"?: number;
  readonly Plans?: readonly Plan[];
}

const nodesOf = (plan: Plan): Plan[] => [plan, ...(plan.Plans ?? []).flatMap(nodesOf)];

/** The last statement that the call sends, as Postgres carries it out. */
async function explain(call: (connection: Database["connection"]) => Promise<unknown>): Promise<Plan[]> {
  const sent: Prisma.Sql[] = [];
  const connection = new Proxy(database.connection, {
    get: (target, name) =>
      name === "$queryRaw"
        ? async (query: Prisma.Sql) => {
            sent.push(query);
            return database.connection.$queryRaw(query);
          }
        : Reflect.get(target, name),
  });
  await call(connection);
  const [row] = await database.connection.$queryRaw<{ "QUERY PLAN": readonly { readonly Plan: Plan }[] }[]>(
    Prisma.sql`EXPLAIN (ANALYZE, FORMAT JSON) ${sent.at(-1)}`,
  );
  return nodesOf(row?.["QUERY PLAN"][0]?.Plan as Plan);
}

/** Rows of a table that the plan reads, over all loops: those it returns and those it drops. */
const rowsRead = (plan: readonly Plan[], tables: readonly string[]) =>
  plan
    .filter((node) => tables.includes(node["Relation Name"] ?? ""))
    .reduce((sum, node) => sum + (node["Actual Rows"] + (node["Rows Removed by Filter"] ?? 0)) * node["Actual Loops"], 0);

const reader = { scope: openScope(localWorkspaceId), userId: localUserId, readsRecognition: true };
const field = (name: string) => runFields.find(name) as SearchField;
const searchFor = (text: string) => ({
  reader,
  filter: {},
  search: checkSearch(text, { registry: runFields, now: Date.now() }).value ?? null,
});
/** Of the parameters and metrics that runs have. */
const recorded = [field("param.lr"), field("metric.accuracy")];
const page = { limit: 50, backward: false, after: null, before: null };
const tables = ["runs", "generations", "run_tags", "run_metrics"];
/** Each run of the workspace once, with its tag and the last row of its statistics for each column that shows one. */
const most = 5 * own;

function expectBounded(plan: readonly Plan[]): void {
  expect(rowsRead(plan, tables)).toBeLessThan(most);
  expect(plan.filter((node) => node["Node Type"] === "Seq Scan" && tables.includes(node["Relation Name"] ?? ""))).toEqual([]);
}

describe("of 20,000 runs, 1,000 of them the reader's", () => {
  it.each([
    ...runFields.fields.filter(({ parameter }) => parameter === undefined).flatMap(conditionsOn),
    ...recorded.flatMap(conditionsOn),
    "mutationRate = 0.1",
    "cppn paper",
  ])("%s reads those of the reader", async (text) => {
    expectBounded(await explain((connection) => countSearchedRuns({ connection, most: null }, searchFor(text))));
  });

  const sortable = runFields.fields.filter(({ isSortable, parameter }) => isSortable && parameter === undefined);
  it.each([...sortable, ...recorded].map(({ name }) => name))("a page by %s reads those of the reader", async (name) => {
    const order = { field: field(name), direction: "DESC" } as const;
    expectBounded(await explain((connection) => listSearchedRuns(connection, { ...searchFor("median > 0.1"), order, page })));
  });

  it("what people say is read of the reader's images that studies asked about, once in a statement", async () => {
    const plan = await explain((connection) => countSearchedRuns({ connection, most: null }, searchFor("recognition < 0.5")));
    for (const table of ["recognition", "genomes", "elites"]) expect(rowsRead(plan, [table]), table).toBeLessThanOrEqual(own / 10);
  });

  it("the newest page stops after its rows", async () => {
    const order = { field: field("created"), direction: "DESC" } as const;
    const plan = await explain((connection) => listSearchedRuns(connection, { ...searchFor(""), order, page }));
    expect(rowsRead(plan, ["runs"])).toBeLessThan(150);
  });

  it("totals, groups and searches for states, methods and figures read the index of found runs alone", async () => {
    const order = { sort: { by: "runCount" }, direction: "DESC" } as const;
    const by = (name: string) => ({ ...searchFor(""), groupBy: [field(name)], measures: [field("median"), field("mean"), field("best")] });
    const statements: readonly ((connection: Database["connection"]) => Promise<unknown>)[] = [
      ...["", "state = running", "encoding = cppn AND median > 0.1", "tag = paper AND pinned = true", "metric.accuracy > 0.01"].map(
        (text) => (connection: Database["connection"]) => countSearchedRuns({ connection, most: null }, searchFor(text)),
      ),
      ...["model", "seed", "method"].map(
        (name) => (connection: Database["connection"]) => listRunGroups(connection, { ...by(name), order, page }),
      ),
      (connection) => listRunValues(connection, { reader, field: field("name"), pattern: "%trial%" }),
    ];
    for (const statement of statements) {
      const plan = await explain(statement);
      const ofRuns = plan.filter((node) => node["Relation Name"] === "runs");
      expect(ofRuns.map((node) => [node["Node Type"], node["Index Name"]])).toEqual([["Index Only Scan", "runs_found_idx"]]);
      expect(rowsRead(plan, ["generations"])).toBe(0);
    }
  });

  it("a search for a text that does not occur reads the index, and the notes of runs that have notes", async () => {
    const plan = await explain((connection) => countSearchedRuns({ connection, most: null }, searchFor("xyzzy")));
    const ofRuns = plan.filter((node) => node["Relation Name"] === "runs");
    expect(ofRuns.map((node) => node["Index Name"] ?? node["Node Type"])).toContain("runs_found_idx");
    expect(rowsRead(plan, ["runs"])).toBeLessThanOrEqual(own + own / 10);
  });

  it("groups and cells read those of the reader", async () => {
    const grouping = { ...searchFor("tag = paper OR seed < 3"), groupBy: [field("preset")], measures: [field("median"), field("best")] };
    const order = { sort: { by: "measure", index: 0 }, direction: "DESC" } as const;
    expectBounded(await explain((connection) => listRunGroups(connection, { ...grouping, order, page })));
    const runIds = Array.from({ length: 50 }, (_, i) => `run ${i + 1}`);
    const plan = await explain((connection) => findRunCells(connection, { reader, runIds, fields: runFields.fields }));
    expect(rowsRead(plan, tables)).toBeLessThan(50 * 10);
  });

  it("groups by recorded fields and averages of them read those of the reader", async () => {
    const grouping = { ...searchFor("param.lr != none"), groupBy: recorded, measures: recorded };
    for (const by of ["measure", "key"] as const) {
      const order = { sort: { by, index: 0 }, direction: "ASC" } as const;
      expectBounded(await explain((connection) => listRunGroups(connection, { ...grouping, order, page })));
    }
  });

  it("names of recorded fields and their values are read once of each run of the reader", async () => {
    const { scope } = reader;
    const statements: readonly ((connection: Database["connection"]) => Promise<unknown>)[] = [
      (connection) => listRecordedNames(connection, { scope, pattern: "%", except: [], most: 200 }),
      (connection) => findRecordedNames(connection, { scope, parameters: ["lr", "none"], metrics: ["accuracy"] }),
      ...recorded.map((of) => (connection: Database["connection"]) => listRunValues(connection, { reader, field: of, pattern: "%" })),
    ];
    for (const statement of statements) {
      const plan = await explain(statement);
      expectBounded(plan);
      expect(rowsRead(plan, ["runs"])).toBeLessThanOrEqual(own);
      expect(rowsRead(plan, ["run_metrics"])).toBeLessThanOrEqual(2 * own);
    }
  });
});

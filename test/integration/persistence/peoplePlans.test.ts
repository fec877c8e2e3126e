/** Lists by what people say read their pages by index: 50,000 images of each kind, nine in ten of which people voted on. */

import { Prisma } from "@pareidolia/persistence/generated/client";
import { listElites } from "@pareidolia/persistence/lab/elites/readElites";
import { listPerturbationResults } from "@pareidolia/persistence/lab/perturbations/readPerturbations";
import type { LabelledKind } from "@pareidolia/persistence/lab/recognition/labelledImages";
import type { PeopleFilter } from "@pareidolia/persistence/lab/recognition/peopleConditions";
import { findRecognition } from "@pareidolia/persistence/lab/recognition/readRecognition";
import { listTrajectoryResults } from "@pareidolia/persistence/lab/trajectories/readTrajectories";
import { type Database, openDatabase } from "@pareidolia/persistence/server/database/database";
import type { Direction, Page, Position } from "@pareidolia/persistence/server/database/keyset";
import { openScope } from "@pareidolia/persistence/server/scope/openScope";
import { localUserId, localWorkspaceId } from "@pareidolia/persistence/workspace/workspaces/localWorkspace";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createTestDatabase, type TestDatabase } from "../../support/database.ts";
import { withClient } from "../../support/postgresServer.ts";
import { seedRun } from "../../support/runs.ts";
import { seedRows } from "../../support/seedRows.ts";

const rows = 50_000;
const scope = openScope(localWorkspaceId);

let testDatabase: TestDatabase;
let database: Database;

beforeAll(async () => {
  testDatabase = await createTestDatabase();
  database = await openDatabase(testDatabase.url);
  const runId = await seedRun(database);
  const { connection } = database;
  const { modelId, experimentId, method } = await connection.run.findUniqueOrThrow({ where: { id: runId } });
  const { labelSpace } = await connection.model.findUniqueOrThrow({ where: { id: modelId } });
  const facets = Prisma.sql`${runId}, ${localWorkspaceId}, ${experimentId}, ${modelId}, ${method}`;
  const places = Prisma.sql`generate_series(1, ${rows}::int) i`;
  const hash = Prisma.raw("encode(sha256(i::text::bytea), 'hex')");
  // 24 votes on each: 25 shares, so that thousands of images have equal shares.
  await seedRows(testDatabase.ownerUrl, [
    ["images", Prisma.sql`INSERT INTO images (sha256, width, height, channels, byte_length) SELECT ${hash}, 8, 8, 1, 100 FROM ${places}`],
    [
      "genomes",
      Prisma.sql`INSERT INTO genomes (id, run_id, workspace_id, generation, index, sha256, byte_length, bytes, image_sha256)
        SELECT 'genome ' || i, ${runId}, ${localWorkspaceId}, i, 0, ${hash}, 1, '\\x00'::bytea, ${hash} FROM ${places}`,
    ],
    [
      "elites",
      Prisma.sql`INSERT INTO elites (id, run_id, workspace_id, experiment_id, model_id, method, genome_id, niche, generation, fitness, stored_fitness)
        SELECT 'elite ' || i, ${facets}, 'genome ' || i, i, i, 0.5, (i % 997) / 997.0 FROM ${places}`,
    ],
    [
      "trajectories",
      Prisma.sql`INSERT INTO trajectories (id, run_id, workspace_id, experiment_id, model_id, method, configuration, class, start, step, ended,
          confidence, stored_confidence, image_sha256)
        SELECT 'trajectory ' || i, ${facets}, 0, i, 0, 1, true, 0.5, (i % 997) / 997.0, ${hash} FROM ${places}`,
    ],
    [
      "scores",
      Prisma.sql`INSERT INTO scores (id, image_sha256, model_id, owner, probabilities, top_class, top_confidence)
        SELECT 'score ' || i, ${hash}, ${modelId}, ${localWorkspaceId}, decode(repeat('0000803f', 5), 'hex'), 0, 0.5 FROM ${places}`,
    ],
    [
      "perturbations",
      Prisma.sql`INSERT INTO perturbations (id, run_id, workspace_id, experiment_id, model_id, method, index, success, steps, linf, l2, l0,
          original_sha256, original_class, original_confidence, stored_class, stored_confidence, confidence, image_sha256)
        SELECT 'perturbation ' || i, ${facets}, i, true, 1, 1, 1, 1, encode(sha256('1'::bytea), 'hex'), 0, 0.5, i, (i % 997) / 997.0, 0.5, ${hash}
        FROM ${places}`,
    ],
    [
      "recognition",
      Prisma.sql`INSERT INTO recognition (workspace_id, image_sha256, label_space, label, studies, votes, agreeing, corrected_votes, recognised, guess_odds)
        SELECT ${localWorkspaceId}, ${hash}, ${labelSpace}, i, 1, 24, i % 25, 24, i % 25, 0 FROM ${places} WHERE i % 10 > 0`,
    ],
  ]);
  await withClient(testDatabase.ownerUrl, (client) => client.query("ANALYZE"));
}, 120_000);
afterAll(async () => {
  await database.close();
  await testDatabase.drop();
});

interface Plan {
  readonly "Node Type": string;
  readonly "Relation Name"?: string;
  readonly "Actual Rows": number;
  readonly "Actual Loops": number;
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

interface List {
  readonly people?: PeopleFilter;
  readonly closedStudies?: readonly string[];
  readonly order: { readonly field: "confidence" | "share" | "votes"; readonly direction: Direction };
  readonly after?: Position | null;
  readonly before?: Position;
  readonly limit?: number;
}

/** A page of each kind: the usual list of the gallery. */
const lists: Readonly<Record<LabelledKind, (connection: Database["connection"], list: List) => Promise<Page<{ readonly id: string }>>>> = {
  elite: (connection, list) =>
    listElites(connection, { ...requestOf(list), filter: { ...filterOf(list), current: true }, order: orderOf(list, "storedFitness") }),
  trajectory: (connection, list) =>
    listTrajectoryResults(connection, { ...requestOf(list), filter: filterOf(list), order: orderOf(list, "storedConfidence") }),
  perturbation: (connection, list) =>
    listPerturbationResults(connection, {
      ...requestOf(list),
      filter: { ...filterOf(list), success: true },
      order: orderOf(list, "storedConfidence"),
    }),
};
const kinds = ["elite", "trajectory", "perturbation"] as const;

const filterOf = ({ people, closedStudies }: List) => ({ scope, people, closedStudies });
const orderOf = <Own extends string>({ order: { field, direction } }: List, own: Own) => ({
  field: field === "confidence" ? own : field,
  direction,
});
const requestOf = ({ after = null, before, limit = 60 }: List) => ({
  page: { limit, backward: before !== undefined, after, before: before ?? null },
});

const largeTables = new Set(["elites", "genomes", "images", "perturbations", "recognition", "scores", "trajectories"]);
const scans = (plan: readonly Plan[]) =>
  plan.filter((node) => node["Node Type"] === "Seq Scan" && largeTables.has(node["Relation Name"] ?? ""));
/** Rows that nodes returned, over all loops. */
const maxRows = (plan: readonly Plan[]) => plan.reduce((most, node) => Math.max(most, node["Actual Rows"] * node["Actual Loops"]), 0);

const share = { field: "share", direction: "DESC" } as const;
const votes = { field: "votes", direction: "DESC" } as const;
const confidence = { field: "confidence", direction: "DESC" } as const;
const deep = "8";

describe.each(kinds)("a page of 60 images of 50,000, of kind %s", (kind) => {
  it.each<[string, List]>([
    ["in order of share", { order: share }],
    ["in order of share, in the middle", { order: share, after: [12 / 24, deep, `${kind} 1`] }],
    ["in order of share, ascending", { order: { ...share, direction: "ASC" } }],
    ["in order of votes, in the middle", { order: votes, after: [24, deep, `${kind} 1`] }],
    ["in order of confidence, with a share of at least .5", { order: confidence, people: { minimumShare: 0.5 } }],
    ["in order of confidence, with at most .1 and 10 votes", { order: confidence, people: { maximumShare: 0.1, minimumVotes: 10 } }],
    ["in order of share, with one closed study", { order: share, closedStudies: ["closed"] }],
    ["in order of confidence, of those never asked about", { order: confidence, people: { asked: false } }],
    ["in order of share, with a share of at most .5", { order: share, people: { maximumShare: 0.5 } }],
  ])("%s reads no table as a whole", async (_name, list) => {
    const plan = await explain((connection) => lists[kind](connection, list));
    expect(scans(plan).map((node) => node["Relation Name"])).toEqual([]);
    expect(maxRows(plan)).toBeLessThan(2_500);
  });

  it("reads what people say about its images by key", async () => {
    const ids = Array.from({ length: 60 }, (_, i) => `${kind} ${i * 700 + 1}`);
    const plan = await explain((connection) => findRecognition(connection, { scope, userId: localUserId, kind, ids }));
    expect(scans(plan)).toEqual([]);
    expect(maxRows(plan)).toBeLessThan(200);
  });

  it("continues where the page before ended, through equal shares", async () => {
    const seen: string[] = [];
    let after: Position | null = null;
    for (let page = 0; page < 40; page++) {
      const found = await lists[kind](database.connection, { order: share, limit: 100, after });
      seen.push(...found.rows.map(({ node }) => node.id));
      after = found.rows.at(-1)?.position ?? null;
    }
    expect(new Set(seen).size).toBe(4_000);
    // 50,000 / 25 images have 24 of 24 votes, and as many 23.
    expect(after?.[0]).toBe(23 / 24);
    const back = await lists[kind](database.connection, { order: share, limit: 100, before: after ?? [] });
    expect(back.rows.map(({ node }) => node.id)).toEqual(seen.slice(-101, -1));
  });
});

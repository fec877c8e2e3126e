/** Lists of elites by what people say read their pages by index: 50,000 elites, nine in ten of which people voted on. */
import { type Database, openDatabase } from "@pareidolia/persistence/database/database";
import { type EliteListFilter, type EliteListOrder, listElites } from "@pareidolia/persistence/elites/readElites";
import { Prisma } from "@pareidolia/persistence/generated/client";
import { findRecognitionOfElites } from "@pareidolia/persistence/recognition/readRecognition";
import { openScope } from "@pareidolia/persistence/scope/openScope";
import { localUserId, localWorkspaceId } from "@pareidolia/persistence/workspaces/localWorkspace";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createTestDatabase, type TestDatabase } from "../../support/database.ts";
import { seedRun } from "../../support/runs.ts";

const elites = 50_000;
const scope = openScope(localWorkspaceId);

let testDatabase: TestDatabase;
let database: Database;

beforeAll(async () => {
  testDatabase = await createTestDatabase();
  database = await openDatabase(testDatabase.url);
  const runId = await seedRun(database);
  const { connection } = database;
  const { modelId } = await connection.run.findUniqueOrThrow({ where: { id: runId } });
  const { labelSpace } = await connection.model.findUniqueOrThrow({ where: { id: modelId } });
  // 24 votes on each: 25 shares, so that thousands of images have equal shares.
  for (const statement of [
    Prisma.sql`INSERT INTO images (sha256, width, height, channels, byte_length) SELECT encode(sha256(i::text::bytea), 'hex'), 8, 8, 1, 100 FROM generate_series(1, ${elites}::int) i`,
    Prisma.sql`INSERT INTO genomes (id, run_id, generation, index, sha256, byte_length, bytes, image_sha256)
      SELECT 'genome ' || i, ${runId}, i, 0, encode(sha256(i::text::bytea), 'hex'), 1, '\\x00'::bytea, encode(sha256(i::text::bytea), 'hex') FROM generate_series(1, ${elites}::int) i`,
    Prisma.sql`INSERT INTO elites (id, run_id, genome_id, niche, generation, fitness, stored_fitness)
      SELECT 'elite ' || i, ${runId}, 'genome ' || i, i, i, 0.5, (i % 997) / 997.0 FROM generate_series(1, ${elites}::int) i`,
    Prisma.sql`INSERT INTO recognition (workspace_id, image_sha256, label_space, label, studies, votes, agreeing)
      SELECT ${localWorkspaceId}, encode(sha256(i::text::bytea), 'hex'), ${labelSpace}, i, 1, 24, i % 25 FROM generate_series(1, ${elites}::int) i WHERE i % 10 > 0`,
  ])
    await connection.$executeRaw(statement);
  await connection.$executeRaw`ANALYZE`;
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

const filter: EliteListFilter = { scope, current: true };
const list = (given: Partial<EliteListFilter>, order: EliteListOrder, after: readonly (string | number)[] | null = null) =>
  explain((connection) =>
    listElites(connection, {
      filter: { ...filter, ...given },
      order,
      page: { limit: 60, backward: false, after, before: null },
    }),
  );
const largeTables = new Set(["elites", "genomes", "images", "recognition"]);
const scans = (plan: readonly Plan[]) =>
  plan.filter((node) => node["Node Type"] === "Seq Scan" && largeTables.has(node["Relation Name"] ?? ""));
/** Rows that nodes returned, over all loops. */
const mostRows = (plan: readonly Plan[]) => plan.reduce((most, node) => Math.max(most, node["Actual Rows"] * node["Actual Loops"]), 0);

describe("a page of 60 elites of 50,000", () => {
  const share: EliteListOrder = { field: "share", direction: "DESC" };
  const votes: EliteListOrder = { field: "votes", direction: "DESC" };
  const confidence: EliteListOrder = { field: "storedFitness", direction: "DESC" };
  const deep = "8";

  it.each([
    ["in order of share", {}, share, null],
    ["in order of share, in the middle", {}, share, [12 / 24, deep, "elite 1"]],
    ["in order of share, ascending", {}, { ...share, direction: "ASC" } as const, null],
    ["in order of votes, in the middle", {}, votes, [24, deep, "elite 1"]],
    ["in order of confidence, with a share of at least .5", { people: { minimumShare: 0.5 } }, confidence, null],
    ["in order of confidence, with at most .1 and 10 votes", { people: { maximumShare: 0.1, minimumVotes: 10 } }, confidence, null],
    ["in order of share, with one closed study", { closedStudies: ["closed"] }, share, null],
    ["in order of confidence, of those never asked about", { people: { asked: false } }, confidence, null],
    ["in order of share, with a share of at most .5", { people: { maximumShare: 0.5 } }, share, null],
  ])("%s reads no table as a whole", async (_name, given, order, after) => {
    const plan = await list(given, order, after);
    expect(scans(plan).map((node) => node["Relation Name"])).toEqual([]);
    expect(mostRows(plan)).toBeLessThan(2_500);
  });

  it("reads what people say about its elites by key", async () => {
    const eliteIds = Array.from({ length: 60 }, (_, i) => `elite ${i * 700 + 1}`);
    const plan = await explain((connection) => findRecognitionOfElites(connection, { scope, userId: localUserId, eliteIds }));
    expect(scans(plan)).toEqual([]);
    expect(mostRows(plan)).toBeLessThan(200);
  });

  it("continues where the page before ended, through equal shares", async () => {
    const seen: string[] = [];
    let after: readonly (string | number)[] | null = null;
    for (let page = 0; page < 40; page++) {
      const found = await listElites(database.connection, {
        filter,
        order: share,
        page: { limit: 100, backward: false, after, before: null },
      });
      seen.push(...found.rows.map(({ node }) => node.id));
      after = found.rows.at(-1)?.position ?? null;
    }
    expect(new Set(seen).size).toBe(4_000);
    // 50,000 / 25 elites have 24 of 24 votes, and as many 23.
    expect(after?.[0]).toBe(23 / 24);
    const back = await listElites(database.connection, {
      filter,
      order: share,
      page: { limit: 100, backward: true, after: null, before: after },
    });
    expect(back.rows.map(({ node }) => node.id)).toEqual(seen.slice(-101, -1));
  });
});

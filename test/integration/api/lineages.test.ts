/** Lineages in a large archive by GraphQL, over real HTTP and Postgres: no figure depends on how many nodes are requested. */
import { maxAncestors } from "@pareidolia/api/limits/costs";
import { findDescent, findLineage } from "@pareidolia/persistence/lab/genomes/lineage";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startTestApi, type TestApi } from "../../support/api.ts";
import { withClient } from "../../support/postgresServer.ts";
import { seedRun, testModel } from "../../support/runs.ts";

const niches = 1_000;
const founders = 100;
const founderOf = (niche: number): number => Math.floor(niche / 10) % founders;
const sha256 = "a".repeat(64);
const holder = (niche: number): string => `holder-${String(niche).padStart(4, "0")}`;

/**
 * A thousand niches in families of ten neighbours. Each family descends from one founder, which held only the first niche: the elites of a
 * family share this ancestor, and all but the first have switched goals.
 */
async function storeArchive({ connection }: TestApi["database"], runId: string): Promise<void> {
  await connection.image.create({ data: { sha256, width: 8, height: 8, channels: 1, byteLength: 1 } });
  const genome = { runId, sha256, byteLength: 0, bytes: Buffer.alloc(0), imageSha256: sha256 };
  await connection.genome.createMany({
    data: Array.from({ length: founders }, (_, i) => ({ ...genome, id: `founder-${i}`, generation: 0, index: i })),
  });
  const all = Array.from({ length: niches }, (_, niche) => niche);
  await connection.genome.createMany({
    data: all.map((niche) => ({ ...genome, id: holder(niche), generation: 1, index: niche, firstParentId: `founder-${founderOf(niche)}` })),
  });
  const elite = { runId, fitness: 0.5, storedFitness: 0.5 };
  await connection.elite.createMany({
    data: [
      ...all
        .filter((niche) => niche % 10 === 0)
        .map((niche) => ({ ...elite, id: `first-${niche}`, genomeId: `founder-${founderOf(niche)}`, niche, generation: 0, replacedAt: 1 })),
      ...all.map((niche) => ({ ...elite, id: `elite-${niche}`, genomeId: holder(niche), niche, generation: 1 })),
    ],
  });
}

let api: TestApi;
beforeAll(async () => {
  api = await startTestApi();
  const labels = Array.from({ length: niches }, (_, i) => `class ${i}`);
  await storeArchive(api.database, await seedRun(api.database, { model: { ...testModel, labels } }));
});
afterAll(() => api.close());

// oxlint-disable-next-line typescript/no-explicit-any -- the fields depend on the query
async function readRun(fields: string): Promise<any> {
  const { body } = await api.query(`{ node(id: "RUN-1") { ... on EvolutionRun { ${fields} } } }`);
  expect(body.errors).toBeUndefined();
  return body.data.node;
}

describe("a large archive's lineages", () => {
  it.each([1, 20, 5000])("count all goal switches, even with a limit of %d nodes", async (limit) => {
    const { phylogeny } = await readRun(`phylogeny(limit: ${limit}) { goalSwitchShare nodeCount nodes { generation } }`);
    expect(phylogeny.goalSwitchShare).toBeCloseTo(0.9, 12);
    expect([phylogeny.nodeCount, phylogeny.nodes.length]).toEqual([1_100, Math.min(limit, 1_100)]);
  });

  it("are compared for every pair of niches, by label distance and with a control", async () => {
    const fields = `label pairs distance { lower median upper }`;
    const { relatedness } = await readRun(`relatedness { niches relatedPairs bands { ${fields} } all { ${fields} } pairs(limit: 3) {
      first second relatedness labelDistance firstElite { label image { sha256 } } secondElite { label } } }`);
    const { bands, all } = relatedness;
    // A hundred families of ten have 45 pairs each, and the two elites of a pair share one of their three ancestors.
    expect([relatedness.niches, relatedness.relatedPairs, all.pairs]).toEqual([1_000, 4_500, 499_500]);
    expect(bands.map(({ pairs }: { pairs: number }) => pairs)).toEqual([495_000, 0, 4_500, 0, 0, 0]);
    expect(bands[2].distance).toEqual({ lower: 2, median: 3, upper: 5 });
    expect(all.distance.median).toBeGreaterThan(250);
    expect(bands[1].distance).toBeNull();
    expect(relatedness.pairs.map(({ first, second }: { first: number; second: number }) => [first, second])).toEqual([
      [0, 1],
      [0, 2],
      [0, 3],
    ]);
    expect(relatedness.pairs[0]).toEqual({
      first: 0,
      second: 1,
      relatedness: 1 / 3,
      labelDistance: 1,
      firstElite: { label: "class 0", image: { sha256 } },
      secondElite: { label: "class 1" },
    });
  });

  it("are read up to a limit, and not at all beyond it", async () => {
    const { connection } = api.database;
    const { id: runId } = await connection.run.findFirstOrThrow({ where: { number: 1 } });
    // A thousand holders and their hundred founders.
    expect(await findLineage(connection, { runId, limit: 5, most: 1_099 })).toBeNull();
    expect(await findLineage(connection, { runId, limit: 5, most: 1_100 })).toMatchObject({ genomes: 1_100, taken: 1_000, switched: 900 });
    expect(await findDescent(connection, { runId, most: 1_099 })).toBeNull();
    expect(await findDescent(connection, { runId, most: 1_100 })).toHaveLength(1_100);
    const elsewhere = { runId: "nowhere", limit: 5, most: 1 };
    expect(await findLineage(connection, elsewhere)).toEqual({ rows: [], genomes: 0, taken: 0, switched: 0 });
  });

  it("are null if they have too many ancestors", async () => {
    const { connection } = api.database;
    const runId = await seedRun(api.database, { model: { ...testModel, id: "broad", sha256: "3".repeat(64) } });
    const { workspaceId, experimentId, modelId } = await connection.run.findUniqueOrThrow({ where: { id: runId } });
    await withClient(api.ownerUrl, async (client) => {
      // Triggers and foreign keys cost several times as much as the rows.
      await client.query("SET session_replication_role = replica");
      await client.query(
        `INSERT INTO genomes (id, run_id, workspace_id, generation, index, sha256, byte_length, bytes, image_sha256)
          SELECT 'many-' || i, $1, $2, 0, i, $3, 0, '', $3 FROM generate_series(0, $4::int) AS i`,
        [runId, workspaceId, sha256, maxAncestors],
      );
      await client.query(
        `INSERT INTO elites (id, run_id, workspace_id, experiment_id, model_id, genome_id, niche, generation, fitness, stored_fitness)
          SELECT 'many-' || i, $1, $2, $3, $4, 'many-' || i, i, 0, 0.5, 0.5 FROM generate_series(0, $5::int) AS i`,
        [runId, workspaceId, experimentId, modelId, maxAncestors],
      );
      // As autovacuum does; without statistics, the plans are for a few rows.
      await client.query("ANALYZE genomes, elites");
    });
    const fields = "phylogeny { nodeCount } relatedness { niches }";
    const { body } = await api.query(`{ node(id: "RUN-2") { ... on EvolutionRun { ${fields} } } }`);
    expect([body.errors, body.data.node]).toEqual([undefined, { phylogeny: null, relatedness: null }]);
  });

  it.each([0, 501])("are not listed with a limit of %d pairs", async (limit) => {
    const { body } = await api.query(`{ node(id: "RUN-1") { ... on EvolutionRun { relatedness { pairs(limit: ${limit}) { first } } } } }`);
    expect(body.errors[0].extensions.code).toBe("INVALID_INPUT");
  });
});

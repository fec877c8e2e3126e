/** Expensive queries on a long list of scores neither block other users' pages nor look like a lost database. */
import { setTimeout as sleep } from "node:timers/promises";
import { carryOutRun } from "@pareidolia/workers/tasks/carryOutRun.task";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startTestApi, type TestApi } from "../../support/api.ts";
import { createLinearClassifier } from "../../support/linearClassifier.ts";
import { withClient } from "../../support/postgresServer.ts";
import { openRawSocket } from "../../support/rawSocket.ts";
import { evolveContext, seedRun } from "../../support/runs.ts";

let api: TestApi;
let scoresOfRun: number;

const models = 50;
const photos = 1_000;

/** A score for every pair of `models` networks and `photos` photos. */
async function seedScores(): Promise<void> {
  await withClient(api.ownerUrl, async (client) => {
    await client.query(`INSERT INTO models (id, slug, name, description, licence, source, sha256, width, height, channels, labels, label_space)
      SELECT 'copy-' || i, 'copy-' || i, name, description, licence, source, sha256, width, height, channels, labels, label_space
      FROM models, generate_series(1, ${models}) i WHERE slug = 'linear'`);
    await client.query(`INSERT INTO images (sha256, width, height, channels, byte_length)
      SELECT md5(i::text) || md5('x' || i), 8, 8, 1, 100 FROM generate_series(1, ${photos}) i`);
    await client.query(`INSERT INTO photos (id, image_sha256, name)
      SELECT 'photo-' || i, md5(i::text) || md5('x' || i), 'Photo ' || i FROM generate_series(1, ${photos}) i`);
    await client.query(`INSERT INTO scores (id, image_sha256, model_id, probabilities, top_class, top_confidence)
      SELECT 'score-' || m || '-' || i, md5(i::text) || md5('x' || i), 'copy-' || m, decode(repeat('00', 20), 'hex'), 0, random()
      FROM generate_series(1, ${models}) m, generate_series(1, ${photos}) i`);
    await client.query("ANALYZE");
  });
}

beforeAll(async () => {
  api = await startTestApi();
  const classifier = createLinearClassifier({ input: { width: 8, height: 8, channels: 1 }, classes: 5 });
  const runId = await seedRun(api.database);
  await carryOutRun({ runId }, evolveContext({ database: api.database, objectStore: api.objectStore, classifier }));
  scoresOfRun = (await api.query("{ scores(first: 1) { totalCount } }")).body.data.scores.totalCount;
  await seedScores();
});
afterAll(() => api.close());

const gallery = '{ elites(first: 50, filter: { runId: "RUN-1" }) { totalCount nodes { niche label image { url } } } }';
const exact = "{ scores(first: 1) { totalCount(exact: true) } }";

describe("counts", () => {
  it("of scores stop at 500 rows unless the exact count is requested", async () => {
    const { body } = await api.query("{ scores(first: 1) { totalCount totalCountIsCapped exact: totalCount(exact: true) } }");
    expect(body.data.scores).toEqual({ totalCount: 500, totalCountIsCapped: true, exact: models * photos + scoresOfRun });
  });

  it("of short lists are exact", async () => {
    const { body } = await api.query("{ models(first: 1) { totalCount totalCountIsCapped } }");
    expect(body.data.models).toEqual({ totalCount: models + 1, totalCountIsCapped: false });
  });
});

describe("ten exact counts at once", () => {
  // Eight connections remain for pages, which never queue behind counts.
  it("use only two connections", async () => {
    const running: number[] = [];
    await withClient(api.databaseUrl, async (client) => {
      let done = false;
      const counts = Promise.all(Array.from({ length: 10 }, () => api.query(exact))).finally(() => {
        done = true;
      });
      while (!done) {
        const { rows } = await client.query<{ count: number }>(`SELECT count(*)::int AS count FROM pg_stat_activity
          WHERE datname = current_database() AND backend_type = 'client backend' AND pid <> pg_backend_pid()
            AND state = 'active' AND query LIKE 'SELECT count(*)%'`);
        running.push(rows[0]?.count ?? 0);
        await sleep(10);
      }
      await counts;
    });
    console.info(`At most ${Math.max(...running)} counts ran at a time.`);
    expect(Math.max(...running)).toBe(2);
  });
});

describe("a request that sends too many statements", () => {
  const lists = Array.from({ length: 60 }, (_, i) => `a${i}: runs(first: 1, filter: { experimentId: "EXP-1" }) { totalCount }`);
  const error = {
    message: "This query is too expensive: it takes more than 150 database statements. Ask for fewer fields or rows, or split it.",
    extensions: { code: "TOO_EXPENSIVE" },
  };

  it("is stopped over HTTP, and the next request succeeds", async () => {
    const { status, body } = await api.query(`{ ${lists.join(" ")} }`);
    expect([status, body.errors[0]]).toMatchObject([429, error]);
    expect((await api.query(gallery)).status).toBe(200);
  });

  it("is stopped over a WebSocket, and the next request succeeds", async () => {
    const socket = await openRawSocket(api.url);
    socket.subscribe("many", `{ ${lists.join(" ")} }`);
    expect((await socket.answer("many")).payload).toMatchObject({ errors: expect.arrayContaining([expect.objectContaining(error)]) });
    socket.subscribe("next", gallery);
    expect(await socket.answer("next")).toMatchObject({ type: "next", payload: { data: { elites: { totalCount: expect.any(Number) } } } });
    await socket.close();
  });
});

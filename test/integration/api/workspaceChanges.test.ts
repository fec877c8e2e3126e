/**
 * The log of a workspace's changes with real transactions: a client that reconnects with `since` misses no change, in whatever order
 * transactions commit.
 */
import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { encodeGlobalId } from "@pareidolia/api/globalId/globalId";
import type { MemberActor } from "@pareidolia/core/actor";
import { readChanges, readPlace } from "@pareidolia/persistence/lab/tracking/readChanges";
import { renumberRestoredLog } from "@pareidolia/persistence/lab/tracking/renumberRestoredLog";
import { openScope } from "@pareidolia/persistence/server/scope/openScope";
import { workspaceChanges } from "@pareidolia/persistence/workspace/cleanUps/workspaceChanges";
import pg from "pg";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { credentialsOf, localOwner, stranger } from "../../support/actors.ts";
import { dataOf, type EventStream, openEventStream } from "../../support/eventStream.ts";
import { withClient } from "../../support/postgresServer.ts";
import { openRawSocket } from "../../support/rawSocket.ts";
import { startTrackingApi, type TrackingApi } from "../../support/trackingApi.ts";

let api: TrackingApi;
const streams: EventStream[] = [];

beforeAll(async () => {
  api = await startTrackingApi(1);
});
afterEach(() => {
  for (const stream of streams.splice(0)) stream.cut();
});
afterAll(() => api.close());

const patience = { timeout: 60_000 };
const query =
  "subscription ($since: Float) { workspaceChanges(since: $since) { seq everything runIds experimentIds webhookIds bulkQueryIds } }";

interface Change {
  readonly seq: number;
  readonly everything: boolean;
  readonly runIds: readonly string[];
  readonly experimentIds: readonly string[];
}

async function follow(since: number | null, actor: MemberActor = localOwner): Promise<EventStream> {
  const stream = await openEventStream(api.url, { query, variables: { since }, headers: credentialsOf(actor) });
  streams.push(stream);
  return stream;
}
const changesOf = ({ events }: EventStream): Change[] => events.flatMap((event) => dataOf<Change>(event, "workspaceChanges") ?? []);
const changeAt = async (stream: EventStream, index: number): Promise<Change> =>
  dataOf<Change>(await stream.next(index), "workspaceChanges") as Change;

/**
 * The number from which a client would resume now. It is later than all changes so far, also those that are no longer logged, once
 * no older transaction is open, not even in another test's database on the same server.
 */
async function positionNow(): Promise<number> {
  const [{ last }] = await api.database.connection.$queryRaw<[{ last: number }]>`
    SELECT greatest((SELECT max(transaction_id) FROM workspace_changes), (SELECT transaction_id FROM workspace_changes_floor))::float8 AS last`;
  const read = async () => {
    const stream = await follow(null);
    const { seq } = await changeAt(stream, 0);
    stream.cut();
    return seq;
  };
  await expect.poll(read, patience).toBeGreaterThan(last);
  return read();
}

const connect = async (): Promise<pg.Client> => {
  const client = new pg.Client({ connectionString: api.databaseUrl });
  await client.connect();
  return client;
};
const send = (text: string, values: unknown[] = []) => withClient(api.databaseUrl, (client) => client.query(text, values));
let number = 1_000;
/** Writes a new experiment; a trigger announces it. Returns its global ID. */
async function addExperiment({ userId, workspaceId }: MemberActor = localOwner, client?: pg.Client): Promise<string> {
  const id = randomUUID();
  number += 1;
  const write: typeof send = client === undefined ? send : (...statement) => client.query(...statement);
  await write(
    "INSERT INTO experiments (id, workspace_id, created_by_id, number, name, updated_at) VALUES ($1, $2, $3, $4, 'Written', now())",
    [id, workspaceId, userId, number],
  );
  return encodeGlobalId("Experiment", id);
}
const countRows = async (): Promise<number> => api.database.connection.workspaceChange.count();

describe("a client that reconnects", () => {
  it("gets every change of its own workspace only, even if transactions commit out of order", async () => {
    const written: string[] = [];
    const foreign: string[] = [];
    let isWriting = true;
    const random = (most: number) => Math.floor(Math.random() * most);
    const write = async (actor: MemberActor, ids: string[], transactions: number) => {
      const client = await connect();
      try {
        for (let i = 0; i < transactions; i++) {
          await client.query("BEGIN");
          const own: string[] = [];
          for (let statements = 1 + random(3); statements > 0; statements--) {
            own.push(await addExperiment(actor, client));
            await sleep(random(30));
          }
          const isKept = random(5) > 0;
          await client.query(isKept ? "COMMIT" : "ROLLBACK");
          if (isKept) ids.push(...own);
        }
      } finally {
        await client.end();
      }
    };
    const begin = await positionNow();
    const read = async (actor: MemberActor, expected: readonly string[]) => {
      const seen = new Set<string>();
      let [since, reconnects] = [begin, 0];
      const isComplete = () => !isWriting && reconnects > 3 && expected.every((id) => seen.has(id));
      const deadline = Date.now() + patience.timeout;
      while (!isComplete() && Date.now() < deadline) {
        const stream = await follow(since, actor);
        const wanted = 1 + random(3);
        await Promise.race([stream.next(wanted - 1), sleep(random(400))]).catch(() => undefined);
        stream.cut();
        // The test waits for what the client itself has received.
        for (const change of changesOf(stream)) {
          expect(change.everything).toBe(false);
          for (const id of change.experimentIds) seen.add(id);
          since = Math.max(since, change.seq);
        }
        reconnects += 1;
      }
      return seen;
    };
    const readers = [read(localOwner, written), read(localOwner, written), read(stranger, foreign)] as const;
    await Promise.all([
      ...Array.from({ length: 6 }, () => write(localOwner, written, 12)),
      ...Array.from({ length: 2 }, () => write(stranger, foreign, 12)),
    ]);
    isWriting = false;
    const [first, second, other] = await Promise.all(readers);
    for (const seen of [first, second]) {
      expect(written.filter((id) => !seen.has(id))).toEqual([]);
      expect([...seen].filter((id) => foreign.includes(id))).toEqual([]);
    }
    expect([...other].toSorted()).toEqual(foreign.toSorted());
    expect(written.length).toBeGreaterThan(30);
  }, 180_000);

  it("gets a change that commits after later changes that it has already received", async () => {
    const late = await connect();
    try {
      const stream = await follow(null);
      await stream.next();
      await late.query("BEGIN");
      const lateId = await addExperiment(localOwner, late);
      const earlyId = await addExperiment();
      const { seq, experimentIds } = await changeAt(stream, 1);
      expect(experimentIds).toEqual([earlyId]);
      stream.cut();
      await late.query("COMMIT");
      const again = await follow(seq);
      expect((await changeAt(again, 0)).experimentIds).toContain(lateId);
    } finally {
      await late.end();
    }
  });

  it("learns that nothing has changed, and its new number", async () => {
    await addExperiment();
    const since = await positionNow();
    await addExperiment(stranger);
    const stream = await follow(since);
    const first = await changeAt(stream, 0);
    expect(first).toEqual({ seq: first.seq, everything: false, runIds: [], experimentIds: [], webhookIds: [], bulkQueryIds: [] });
    expect(first.seq).toBeGreaterThanOrEqual(since);
  });

  it("learns which objects were deleted meanwhile", async () => {
    const id = await addExperiment();
    const since = await positionNow();
    const row = Buffer.from(id, "base64url").toString().split(":")[1];
    await send("DELETE FROM experiments WHERE id = $1", [row]);
    expect((await changeAt(await follow(since), 0)).experimentIds).toEqual([id]);
  });

  it("gets only the member's own bulk queries and the webhooks that the member manages", async () => {
    const since = await positionNow();
    const { connection } = api.database;
    const hook = { workspaceId: localOwner.workspaceId, name: "Hook", url: "https://lab.example", kinds: ["RUN_FAILED"], secret: "sealed" };
    await connection.webhook.create({ data: { ...hook, id: "of-ben", ownerId: "ben" } });
    await connection.webhook.create({ data: { ...hook, id: "shared", ownerId: null } });
    const webhooksOf = async (actor: MemberActor) =>
      ((await changeAt(await follow(since, actor), 0)) as Change & { webhookIds: string[] }).webhookIds;
    const ben: MemberActor = { userId: "ben", workspaceId: localOwner.workspaceId, role: "RESEARCHER" };
    expect(await webhooksOf(ben)).toEqual([encodeGlobalId("Webhook", "of-ben")]);
    expect(await webhooksOf(localOwner)).toEqual([encodeGlobalId("Webhook", "shared")]);
    await connection.webhook.deleteMany();
  });

  it("starts at the number that it has read before its data, and gets each change of that data", async () => {
    await positionNow();
    const { viewer } = await api.read("owner", "{ viewer { changeSeq } }");
    const id = await addExperiment();
    expect(await changeAt(await follow(viewer.changeSeq), 0)).toMatchObject({ everything: false, runIds: [], experimentIds: [id] });
  });

  it("resumes from the last event's id, as a browser's EventSource does", async () => {
    const since = await positionNow();
    const id = await addExperiment();
    const headers = { ...credentialsOf(localOwner), "last-event-id": String(since) };
    const stream = await openEventStream(api.url, { query, variables: { since: null }, headers, method: "GET" });
    streams.push(stream);
    const { id: eventId } = await stream.next();
    const change = await changeAt(stream, 0);
    expect(change).toMatchObject({ everything: false, experimentIds: [id] });
    expect(eventId).toBe(String(change.seq));
  });
});

describe("a client that stays connected", () => {
  it("gets the changes that the API missed while its connection to Postgres was lost", async () => {
    const stream = await follow(null);
    await stream.next();
    // Kills only the listening connection; the others reconnect for each statement.
    const cutListener = () =>
      send("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND query LIKE 'LISTEN %'");
    for (let i = 0; i < 5; i++) {
      await cutListener();
      const id = await addExperiment();
      await expect.poll(() => changesOf(stream).at(-1)?.experimentIds, patience).toEqual([id]);
    }
    expect(changesOf(stream).filter(({ everything }) => everything)).toHaveLength(1);
  }, 180_000);

  it("gets each change once, even while an older transaction is open", async () => {
    const late = await connect();
    try {
      const stream = await follow(null);
      await stream.next();
      await late.query("BEGIN");
      const lateId = await addExperiment(localOwner, late);
      const ids: string[] = [];
      for (let i = 1; i <= 3; i++) {
        ids.push(await addExperiment());
        expect((await changeAt(stream, i)).experimentIds).toEqual([ids.at(-1)]);
      }
      await late.query("COMMIT");
      expect((await changeAt(stream, 4)).experimentIds).toEqual([lateId]);
    } finally {
      await late.end();
    }
  });
});

describe("a reader of the log", () => {
  it("reads only new rows, however many were written since the oldest open transaction began", async () => {
    const scope = openScope(localOwner.workspaceId);
    const late = await connect();
    try {
      await late.query("BEGIN");
      await addExperiment(localOwner, late);
      const own = "SELECT pg_current_xact_id()::text::float8 + number_offset AS number FROM workspace_changes_floor";
      const { number } = (await late.query<{ number: number }>(own)).rows[0] ?? { number: 0 };
      await send(`DO $$ BEGIN FOR i IN 1..500 LOOP
        INSERT INTO workspace_changes VALUES ('${localOwner.workspaceId}', pg_current_xact_id()::text::bigint, '{"runIds": ["a"]}');
        COMMIT; END LOOP; END $$`);
      const place = await readPlace(api.database.connection);
      expect(place.position).toBeLessThanOrEqual(number);
      const id = await addExperiment();
      await api.database.transaction(async ({ connection }) => {
        await connection.$executeRaw`SET LOCAL enable_seqscan = off`;
        const { changes } = await readChanges(connection, scope, { since: place, most: 1_000 });
        expect(changes.map((changed) => changed?.experimentIds.map((each) => encodeGlobalId("Experiment", each)))).toEqual([[id]]);
        const [{ rows }] = await connection.$queryRaw<[{ rows: number }]>`
          SELECT idx_tup_fetch::int AS rows FROM pg_stat_xact_user_tables WHERE relname = 'workspace_changes'`;
        expect(rows).toBeLessThan(50);
      });
    } finally {
      await late.query("ROLLBACK");
      await late.end();
    }
  });
});

describe("a `since`", () => {
  const refusalOf = async (since: number) => {
    const stream = await follow(since);
    await stream.ended;
    expect(stream.events.at(-1)?.event).toBe("complete");
    const [error] = stream.events[0]?.data.errors ?? [];
    return { message: error?.message, ...error?.extensions };
  };

  it("from before the log begins is refused, over the WebSocket too, with a hint to load the page again", async () => {
    const since = await positionNow();
    await addExperiment();
    const { connection } = api.database;
    const cleanUp = () =>
      workspaceChanges.cleanUp({
        database: api.database,
        objectStore: api.objectStore,
        dryRun: false,
        signal: new AbortController().signal,
      });
    await cleanUp();
    expect((await changeAt(await follow(since), 0)).experimentIds).toHaveLength(1);
    await connection.workspaceChange.updateMany({ data: { createdAt: new Date(Date.now() - 25 * 60 * 60 * 1_000) } });
    const { removed } = await cleanUp();
    expect(removed.count).toBeGreaterThan(0);
    const message = /^Changes before number \d+ are no longer logged\. Load the page again without since\.$/;
    expect(await refusalOf(since)).toEqual({ message: expect.stringMatching(message), code: "INVALID_INPUT", field: "since" });
    const socket = await openRawSocket(api.url, { headers: credentialsOf(localOwner) });
    socket.subscribe("changes", query, { since });
    expect(await socket.answer("changes")).toMatchObject({ payload: { errors: [{ message: expect.stringMatching(message) }] } });
    await socket.close();
    expect((await changeAt(await follow(await positionNow()), 0)).everything).toBe(false);
  });

  it.each([
    ["that no event has had yet", 1e15, /^"since" is at most \d+\. Load the page again without since\.$/],
    ["below zero", -1, /^"since" must be a `seq` that this subscription has sent\.$/],
    ["with a fraction", 7.5, /^"since" must be a `seq`/],
  ])("%s is refused", async (_which, since, message) => {
    expect(await refusalOf(since)).toEqual({ message: expect.stringMatching(message), code: "INVALID_INPUT", field: "since" });
  });

  it("with more than a thousand transactions after it means that anything may have changed", async () => {
    const since = await positionNow();
    await api.database.connection.$executeRaw`
      INSERT INTO workspace_changes (workspace_id, transaction_id, changed)
      SELECT ${localOwner.workspaceId}, 1000000000 + i, '{"runIds": ["a"]}' FROM generate_series(1, 1001) i`;
    expect((await changeAt(await follow(since), 0)).everything).toBe(true);
    await api.database.connection.$executeRaw`DELETE FROM workspace_changes WHERE transaction_id = 1000000001`;
    await api.database.connection.$executeRaw`UPDATE workspace_changes_floor SET transaction_id = 1`;
    expect(await changeAt(await follow(since), 0)).toMatchObject({ everything: false, runIds: [encodeGlobalId("Run", "a")] });
    await api.database.connection.$executeRaw`DELETE FROM workspace_changes WHERE transaction_id > 1000000000`;
    await api.database.connection.$executeRaw`UPDATE workspace_changes_floor SET transaction_id = 1`;
  });
});

describe("a database that was restored from a backup", () => {
  it("refuses numbers from before, also when its transactions reach them, and lists new changes", async () => {
    const since = await positionNow();
    const { connection } = api.database;
    expect(await api.database.transaction(renumberRestoredLog)).toBe(true);
    expect(await api.database.transaction(renumberRestoredLog)).toBe(false);
    // The log of a cluster with higher transaction numbers, and the last number that a client received there.
    await connection.$executeRaw`INSERT INTO workspace_changes VALUES (${localOwner.workspaceId}, 2000000000, '{"runIds": ["a"]}')`;
    await connection.$executeRaw`UPDATE workspace_changes_floor SET origin = 'elsewhere', transaction_id = 1900000000, number_offset = 0`;
    expect(await api.database.transaction(renumberRestoredLog)).toBe(true);
    for (const earlier of [since, 1_950_000_000, 2_000_000_001]) {
      const refused = await follow(earlier);
      await refused.ended;
      expect([earlier, refused.events[0]?.data.errors?.[0]?.extensions.code]).toEqual([earlier, "INVALID_INPUT"]);
    }
    const now = await positionNow();
    expect(now).toBeGreaterThan(2_000_000_001);
    const stream = await follow(now);
    expect(await changeAt(stream, 0)).toMatchObject({ everything: false, runIds: [] });
    const id = await addExperiment();
    const change = await changeAt(stream, 1);
    expect(change).toMatchObject({ everything: false, experimentIds: [id] });
    expect(change.seq).toBeGreaterThanOrEqual(now);
  });

  it("gives numbers from which a client can resume, even while an older transaction is open", async () => {
    const earlier = await connect();
    try {
      await earlier.query("BEGIN");
      const id = await addExperiment(localOwner, earlier);
      await api.database.connection.$executeRaw`UPDATE workspace_changes_floor SET origin = 'elsewhere'`;
      expect(await api.database.transaction(renumberRestoredLog)).toBe(true);
      const { seq } = await changeAt(await follow(null), 0);
      const resumed = await follow(seq);
      expect((await changeAt(resumed, 0)).everything).toBe(false);
      await earlier.query("COMMIT");
      expect((await changeAt(resumed, 1)).experimentIds).toEqual([id]);
    } finally {
      await earlier.end();
    }
  });
});

describe("the log", () => {
  it("has one row without IDs for a transaction with too many changes to list", async () => {
    const since = await positionNow();
    const before = await countRows();
    await withClient(api.databaseUrl, async (client) => {
      await client.query("BEGIN");
      for (let i = 0; i < 300; i++) await addExperiment(localOwner, client);
      await client.query("COMMIT");
    });
    const rows = await api.database.connection.workspaceChange.findMany({ orderBy: { transactionId: "desc" }, take: 1 });
    expect([await countRows(), rows[0]?.changed]).toEqual([before + 1, null]);
    expect((await changeAt(await follow(since), 0)).everything).toBe(true);
  });
});

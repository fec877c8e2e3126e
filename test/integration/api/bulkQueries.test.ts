/** Bulk queries: every row once and in order, with the rights of its member; what is refused and where; files, addresses and limits. */
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import path from "node:path";
import type { Actor } from "@pareidolia/core/actor";
import { bulkQueries as bulkCleanUp } from "@pareidolia/persistence/files/cleanUps/bulkQueries";
import { findNamedKeys } from "@pareidolia/persistence/server/objectStores/namedObjects";
import { fileKey } from "@pareidolia/persistence/server/objectStores/objectStore";
import { openScope } from "@pareidolia/persistence/server/scope/openScope";
import { readUsage } from "@pareidolia/persistence/workspace/quotas/workspaceUsage";
import { localUserId, localWorkspaceId } from "@pareidolia/persistence/workspace/workspaces/localWorkspace";
import { parquetReadObjects } from "hyparquet";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { credentialsOf } from "../../support/actors.ts";
import { breakingStore, bulkRowId, openProductBulk, type ProductBulk } from "../../support/productBulk.ts";
import { openRawSocket } from "../../support/rawSocket.ts";
import { members, startTrackingApi, type TrackingApi } from "../../support/trackingApi.ts";

let api: TrackingApi;
let bulk: ProductBulk;
const tags = 250;
const comments = 130;

beforeAll(async () => {
  api = await startTrackingApi(3);
  bulk = await openProductBulk(api);
  const { connection } = api.database;
  const workspaceId = localWorkspaceId;
  const names = Array.from({ length: tags }, (_, i) => `tag ${String(i).padStart(3, "0")}`);
  await connection.tag.createMany({ data: names.map((name) => ({ id: name.replace(" ", "_"), workspaceId, name })) });
  const run = await connection.run.findFirstOrThrow({ where: { number: 2 } });
  const row = { workspaceId, authorId: localUserId, runId: run.id };
  await connection.comment.createMany({
    data: Array.from({ length: comments }, (_, i) => ({ ...row, id: `comment_${i}`, body: `=Comment ${i}`, createdAt: new Date(i) })),
  });
});
afterAll(() => api.close());
beforeEach(async () => {
  await api.database.connection.bulkQuery.deleteMany();
});

const ofTags = "{ tags { nodes { name } } }";
const start = (input: object, actor?: Actor) => bulk.change("startBulkQuery", { format: "JSONL", ...input }, actor);
const sha256 = (bytes: Uint8Array): string => createHash("sha256").update(bytes).digest("hex");

describe("the rows", () => {
  it("are those of all pages, each once, in the order of the list, with their number and hash", async () => {
    const query = "query { tags(first: 5) { totalCount edges { cursor node { label: name } } } }";
    const made = await bulk.make({ query, format: "JSONL" });
    expect(made).toMatchObject({ state: "SUCCEEDED", rows: tags, failure: null, key: made.name });
    const lines = await bulk.linesOf(made);
    expect(lines).toEqual(Array.from({ length: tags }, (_, i) => ({ label: `tag ${String(i).padStart(3, "0")}` })));
    const bytes = Buffer.from(await bulk.textOf(made));
    expect([sha256(bytes), bytes.length]).toEqual([made.file.sha256, made.file.byteLength]);
  });

  it("of lists inside them follow them, without page limits, with the ID of their row and the key of the list", async () => {
    const query = `query ($order: OrderDirection!) { runs(orderBy: { field: CREATED_AT, direction: $order }) { nodes { ...Row } } }
      fragment Row on Run { id key remarks: comments(first: 3) { edges { node { body author { name } } } } }`;
    const lines = await bulk.linesOf(await bulk.make({ query, variables: { order: "ASC" }, format: "JSONL" }));
    expect(lines.filter(({ key }) => key !== undefined).map(({ key }) => key)).toEqual(["RUN-1", "RUN-2", "RUN-3"]);
    const second = lines.findIndex(({ key }) => key === "RUN-2");
    const [{ id }, { author }] = lines.slice(second);
    expect(author.name).toEqual(expect.any(String));
    expect(lines.slice(second + 1, -1)).toEqual(
      Array.from({ length: comments }, (_, i) => ({ body: `=Comment ${i}`, author, __parentId: id, __list: "remarks" })),
    );
    expect(lines).toHaveLength(3 + comments);
  });

  it("may be those of a list under objects, such as a run's", async () => {
    const query = "query ($run: ID!) { node(id: $run) { ... on Run { comments { nodes { body } } } } }";
    expect(await bulk.linesOf(await bulk.make({ query, variables: { run: "RUN-2" }, format: "JSONL" }))).toHaveLength(comments);
    const missing = await bulk.make({ query, variables: { run: "RUN-99" }, format: "JSONL" });
    expect(missing).toMatchObject({ state: "FAILED", rows: 0, file: null });
    expect(missing.failure).toMatch(/"node"|no object/i);
  });

  it("become tables, with a column for each value and JSON for lists", async () => {
    const query =
      "{ runs(orderBy: { field: CREATED_AT, direction: ASC }) { nodes { key seed experiment { key } tags { name } archivedAt } } }";
    const csv = await bulk.textOf(await bulk.make({ query, format: "CSV" }));
    expect(csv).toBe("key,seed,experiment.key,tags,archivedAt\r\nRUN-1,1,EXP-1,[],\r\nRUN-2,2,EXP-2,[],\r\nRUN-3,3,EXP-3,[],\r\n");
    const made = await bulk.make({ query, format: "PARQUET" });
    const file = await (await bulk.download(made.file.url)).arrayBuffer();
    expect((await parquetReadObjects({ file }))[1]).toEqual({
      key: "RUN-2",
      seed: 2,
      "experiment.key": "EXP-2",
      tags: "[]",
      archivedAt: null,
    });
  });

  it("are an empty file for an empty list", async () => {
    const made = await bulk.make({ query: "{ sweeps { nodes { key } } }", format: "CSV" });
    expect([made.rows, await bulk.textOf(made)]).toEqual([0, "key\r\n"]);
  });

  it("are neither lost nor repeated when processes stop in between, also in the middle of a page", async () => {
    const { bulkQuery } = await start({ query: ofTags });
    const stored = () => api.database.connection.bulkQuery.findUniqueOrThrow({ where: { id: bulkRowId(bulkQuery.id) } });
    // The store breaks once two pages are stored; each process is then lost, and its claim grows old.
    const breaking = { objectStore: breakingStore(api, 3, 5), chunkBytes: 400, millisecondsToStore: 0 };
    const seen: number[] = [];
    for (let i = 0; i < 20 && (await stored()).answeredAt === null; i++) {
      await bulk.carryOut(breaking);
      seen.push(Number((await stored()).rows));
    }
    expect(seen.length).toBeGreaterThan(2);
    const made = await bulk.read(bulkQuery.id);
    expect((await bulk.linesOf(made)).map(({ name }) => name)).toEqual(
      Array.from({ length: tags }, (_, i) => `tag ${String(i).padStart(3, "0")}`),
    );
  });
});

describe("the rights", () => {
  it("are read again during the run: a suspended member's bulk query fails", async () => {
    const { connection } = api.database;
    const { bulkQuery } = await start({ query: ofTags }, members.ada);
    await connection.membership.update({ where: { id: "membership_ada" }, data: { suspendedAt: new Date() } });
    await bulk.carryOut();
    await connection.membership.update({ where: { id: "membership_ada" }, data: { suspendedAt: null } });
    expect(await bulk.read(bulkQuery.id, members.ada)).toMatchObject({ state: "FAILED", failure: expect.stringContaining("suspended") });
    expect(await connection.bulkQueryChunk.count()).toBe(0);
  });

  it("are those of the present role", async () => {
    const query = "{ emails { nodes { id } } }";
    const { bulkQuery } = await start({ query }, members.ada);
    await bulk.carryOut();
    expect(await bulk.read(bulkQuery.id, members.ada)).toMatchObject({ state: "FAILED", failure: expect.stringContaining("Only owners") });
    await bulk.make({ query, format: "JSONL" });
  });

  it("are those of the API key, which must stay valid; other keys see only what they may read", async () => {
    const { connection } = api.database;
    const key = { id: "key", scopes: ["RUN" as const] };
    const row = {
      id: key.id,
      workspaceId: localWorkspaceId,
      userId: localUserId,
      name: "Key",
      prefix: "pdl_x",
      secretHash: "hash",
      scopes: key.scopes,
    };
    await connection.apiKey.create({ data: row });
    const withKey = { ...members.owner, key };
    const refused = await start({ query: "{ webhooks { id } }" }, withKey);
    expect(refused.__typename).toBe("InvalidInputError");
    const emails = await start({ query: "{ emails { nodes { id } } }" }, withKey);
    await bulk.carryOut();
    expect((await bulk.read(emails.bulkQuery.id)).failure).toMatch(/scope ADMIN/);
    const bySession = await bulk.make({ query: ofTags, format: "JSONL" });
    const byKey = await start({ query: ofTags }, withKey);
    expect(await bulk.read(bySession.id, withKey)).toBeNull();
    expect(await bulk.read(byKey.bulkQuery.id, { ...withKey, key: { id: "other", scopes: ["VOTE"] } })).toBeNull();
    expect(await bulk.read(byKey.bulkQuery.id, withKey)).not.toBeNull();
    expect(await bulk.read(byKey.bulkQuery.id)).not.toBeNull();
    await connection.apiKey.update({ where: { id: "key" }, data: { revokedAt: new Date() } });
    await bulk.carryOut();
    expect((await bulk.read(byKey.bulkQuery.id)).failure).toMatch(/revoked/);
  });

  it("to a bulk query are only those of the member who started it", async () => {
    const made = await bulk.make({ query: ofTags, format: "JSONL" }, members.ada);
    expect(await bulk.read(made.id, members.ada)).toMatchObject({ state: "SUCCEEDED" });
    expect(await bulk.read(made.key, members.ada)).toMatchObject({ id: made.id });
    for (const other of [members.owner, members.ben, members.stranger])
      for (const reference of [made.id, made.key]) expect(await bulk.read(reference, other)).toBeNull();
    for (const bulkQueryId of [made.id, made.key])
      expect((await bulk.change("deleteBulkQuery", { bulkQueryId }, members.owner)).__typename).toBe("NotFoundError");
    expect((await bulk.change("cancelBulkQuery", { bulkQueryId: made.key }, members.ada)).__typename).toBe("ConflictError");
    const list = "{ bulkQueries(filter: { state: [SUCCEEDED] }) { nodes { id } totalCount } }";
    expect((await api.query(list, {}, members.ada)).body.data.bulkQueries).toEqual({ nodes: [{ id: made.id }], totalCount: 1 });
    expect((await api.query(list, {}, members.ben)).body.data.bulkQueries.totalCount).toBe(0);
    expect((await api.query(list, {}, members.viewer)).body.errors[0].extensions.code).toBe("FORBIDDEN");
    expect((await start({ query: ofTags }, members.viewer)).__typename).toBe("ForbiddenError");
  });
});

describe("what is refused", () => {
  it.each([
    ["a syntax error", "{ runs { nodes { key } }", 24, /Syntax Error.*Line 1, column 25/],
    ["an unknown field", "{ runs { nodes { kez } } }", 17, /Cannot query field "kez"/],
    ["a mutation", 'mutation { unpin(input: { subjectId: "RUN-1" }) { __typename } }', 0, /not a mutation/],
    ["a second query", "query A { runs { nodes { key } } } query B { tags { nodes { name } } }", 35, /Write one query/],
    ["no list", "{ viewer { role } }", 11, /is not a list with pages/],
    ["a list without pages", "{ workers { id } }", 2, /is not a list with pages/],
    ["two lists", "{ runs { nodes { key } } tags { nodes { name } } }", 25, /reads one list/],
    ["a list without rows", "{ runs { totalCount } }", 2, /Select the rows of "runs"/],
    ["a page", '{ tags(after: "x") { nodes { name } } }', 7, /Remove "after"/],
    ["a list inside a row without ID", "{ runs { nodes { key comments { nodes { body } } } } }", 21, /Select "id" beside "comments"/],
    ["a list inside an object", "{ runs { nodes { id experiment { runs { nodes { key } } } } } }", 33, /field of the row itself/],
    ["a field named too often", `{ runs { nodes { ${"experiment { key } ".repeat(70)} } } }`, 0, /same fields too often/],
    [
      "a variable of ours",
      "query ($bulkQueryAfter: String) { tags(after: $bulkQueryAfter) { nodes { name } } }",
      7,
      /Rename this variable/,
    ],
  ])("%s is refused with its place", async (_name, query, from, message) => {
    const answer = await start({ query });
    expect(answer).toMatchObject({ __typename: "InvalidInputError", field: "input.query", message: expect.stringMatching(message) });
    expect(answer.position.from).toBe(from);
  });

  it("lists inside the rows of a table, variables of another type, and bombs of fragments", async () => {
    const nested = "{ runs { nodes { id comments { nodes { body } } } } }";
    expect(await start({ query: nested, format: "CSV" })).toMatchObject({
      message: expect.stringMatching(/Choose JSON lines/),
      position: { from: 20 },
    });
    const typed = "query ($first: Int) { tags(first: $first) { nodes { name } } }";
    expect(await start({ query: typed, variables: { first: "x" } })).toMatchObject({ field: "input.variables" });
    expect(await start({ query: ofTags, variables: [1] })).toMatchObject({ field: "input.variables" });
    expect(await start({ query: ofTags, variables: { a: "\0" } })).toMatchObject({ field: "input.variables" });
    const bomb = `{ runs { nodes { ...F0 } } } ${Array.from({ length: 15 }, (_, i) => `fragment F${i} on Run { ${i < 14 ? `...F${i + 1} ...F${i + 1}` : "key"} }`).join(" ")}`;
    expect(await start({ query: bomb })).toMatchObject({ message: expect.stringMatching(/more than 2000 fields/) });
  });

  it("more bytes than a bulk query may have, those of an earlier process included", async () => {
    const { bulkQuery } = await start({ query: ofTags });
    await bulk.carryOut({ objectStore: breakingStore(api, 3), millisecondsToStore: 0 });
    const chunks = await api.database.connection.bulkQueryChunk.findMany();
    expect(chunks).toHaveLength(2);
    await bulk.carryOut({ mostBytes: chunks.reduce((sum, { byteLength }) => sum + byteLength, 0) });
    expect(await bulk.read(bulkQuery.id)).toMatchObject({ state: "FAILED", failure: expect.stringMatching(/rows would be larger than/) });
    expect(await api.database.connection.bulkQueryChunk.count()).toBe(0);
  });

  it("a sixth at the same time, and another input under a used key", async () => {
    const idempotencyKey = "once";
    const first = await start({ query: ofTags, idempotencyKey });
    expect((await start({ query: ofTags, idempotencyKey })).bulkQuery.id).toBe(first.bulkQuery.id);
    expect((await start({ query: "{ tags { nodes { id } } }", idempotencyKey })).__typename).toBe("ConflictError");
    for (let i = 0; i < 4; i++) await start({ query: ofTags });
    expect(await start({ query: ofTags })).toMatchObject({ __typename: "ConflictError", message: expect.stringMatching(/5 bulk queries/) });
  });
});

describe("the file", () => {
  it("is sent from its signed address without credentials, in ranges, with its hash as entity tag", async () => {
    const made = await bulk.make({ query: ofTags, format: "JSONL" });
    const { url, sha256: hash, byteLength } = made.file;
    const whole = await bulk.download(url);
    const bytes = new Uint8Array(await whole.arrayBuffer());
    expect(Object.fromEntries(whole.headers)).toMatchObject({
      "content-type": "application/jsonl; charset=utf-8",
      "content-disposition": `attachment; filename="${made.key}.jsonl"`,
      "content-length": String(byteLength),
      etag: `"${hash}"`,
      "accept-ranges": "bytes",
    });
    const part = await bulk.download(url, { range: "bytes=100-", "if-range": `"${hash}"` });
    expect([part.status, part.headers.get("content-range")]).toEqual([206, `bytes 100-${byteLength - 1}/${byteLength}`]);
    expect(sha256(Buffer.concat([bytes.slice(0, 100), new Uint8Array(await part.arrayBuffer())]))).toBe(hash);
    expect((await bulk.download(url, { "if-none-match": `"${hash}"` })).status).toBe(304);
    expect((await api.audited("bulkQuery:download")).at(-1)).toMatchObject({ subjectName: made.key, userId: localUserId });
  });

  it("is refused at a changed or expired address, and once its member has left or may only read", async () => {
    const { connection } = api.database;
    const made = await bulk.make({ query: ofTags, format: "JSONL" }, members.ada);
    const { url, urlExpiresAt } = made.file;
    const minutes = (new Date(urlExpiresAt).getTime() - Date.now()) / 60_000;
    expect(minutes > 59 && minutes <= 60).toBe(true);
    const later = url.replace(/expires=(\d+)/, (_: string, expires: string) => `expires=${Number(expires) + 1}`);
    for (const wrong of [later, url.replace(".jsonl", ".csv"), url.replace(/.$/, url.endsWith("0") ? "1" : "0"), "/bulk-queries/none.csv"])
      expect([400, 403]).toContain((await bulk.download(wrong)).status);
    await connection.membership.update({ where: { id: "membership_ada" }, data: { suspendedAt: new Date() } });
    expect((await bulk.download(url)).status).toBe(403);
    await connection.membership.update({ where: { id: "membership_ada" }, data: { suspendedAt: null, role: "VIEWER" } });
    expect((await bulk.download(url)).status).toBe(403);
    await connection.membership.update({ where: { id: "membership_ada" }, data: { role: "RESEARCHER" } });
    expect((await bulk.download(url)).status).toBe(200);
    const id = bulkRowId(made.id);
    await connection.bulkQuery.update({ where: { id }, data: { expiresAt: new Date() } });
    expect((await bulk.download(url)).status).toBe(403);
    expect(await bulk.read(made.id, members.ada)).toBeNull();
  });

  it("and its row are deleted after they expire; until then, its objects are kept and count for the quota", async () => {
    const { connection } = api.database;
    const made = await bulk.make({ query: ofTags, format: "JSONL" });
    const id = bulkRowId(made.id);
    const [part] = await connection.bulkQueryPart.findMany({ where: { bulkQueryId: id } });
    const key = fileKey(part?.sha256 ?? "");
    expect(await findNamedKeys(connection, [key])).toEqual(new Set([key]));
    expect((await readUsage(connection, openScope(localWorkspaceId))).exports).toEqual({ count: 1, byteLength: made.file.byteLength });
    const signal = new AbortController().signal;
    const cleanUp = () => bulkCleanUp.cleanUp({ database: api.database, objectStore: api.objectStore, dryRun: false, signal });
    expect((await cleanUp()).removed.count).toBe(0);
    await connection.bulkQuery.update({ where: { id }, data: { expiresAt: new Date(Date.now() - 1_000) } });
    expect((await cleanUp()).removed.count).toBe(1);
    expect((await findNamedKeys(connection, [key])).size).toBe(0);
  });
});

describe("a bulk query under way", () => {
  it("can be cancelled, which stops its process and discards its rows; then it can be deleted", async () => {
    const { connection } = api.database;
    const { bulkQuery } = await start({ query: ofTags });
    let cancelled: unknown = null;
    const put: typeof api.objectStore.put = async (...object) => {
      cancelled ??= await bulk.change("cancelBulkQuery", { bulkQueryId: bulkQuery.id });
      return api.objectStore.put(...object);
    };
    await bulk.carryOut({ objectStore: { put }, chunkBytes: 400, millisecondsToStore: 0 });
    expect(cancelled).toMatchObject({ bulkQuery: { state: "CANCELLED" } });
    expect(await bulk.read(bulkQuery.id)).toMatchObject({ state: "CANCELLED", rows: 0, file: null });
    expect(await connection.bulkQueryChunk.count()).toBe(0);
    expect((await bulk.change("cancelBulkQuery", { bulkQueryId: bulkQuery.id })).__typename).toBe("ConflictError");
    expect((await bulk.change("deleteBulkQuery", { bulkQueryId: bulkQuery.id })).deletedId).toBe(bulkQuery.id);
    const actions = (await connection.auditEntry.findMany({ orderBy: { sequence: "desc" }, take: 3 })).map(({ action }) => action);
    expect(actions).toEqual(["bulkQuery:delete", "bulkQuery:cancel", "bulkQuery:start"]);
  });

  it("is announced with each change, to the member who started it and no one else", async () => {
    const open = async (name: "owner" | "ada") => {
      const socket = await openRawSocket(api.url, { connectionParams: credentialsOf(members[name]) });
      socket.subscribe("changes", "subscription { workspaceChanges { everything bulkQueryIds } }");
      await socket.answer("changes");
      return socket;
    };
    const [owner, ada] = [await open("owner"), await open("ada")];
    const seenBy = ({ received }: typeof owner): string[] =>
      received
        .filter(({ id }) => id === "changes")
        .slice(1)
        .flatMap(
          ({ payload }) => (payload as { data: { workspaceChanges: { bulkQueryIds: string[] } } }).data.workspaceChanges.bulkQueryIds,
        );
    const { bulkQuery } = await start({ query: ofTags }, members.ada);
    await expect.poll(() => seenBy(ada), { timeout: 10_000 }).toEqual([bulkQuery.id]);
    await bulk.carryOut();
    await expect.poll(() => seenBy(ada).length, { timeout: 10_000 }).toBeGreaterThan(1);
    // Events arrive in order, so none about the other one follows this.
    const { bulkQuery: own } = await start({ query: ofTags });
    await expect.poll(() => seenBy(owner), { timeout: 10_000 }).toEqual([own.id]);
    await Promise.all([owner.close(), ada.close()]);
  });

  it("is charged a tenth of each page's cost, and lets others run while more than half of the limit is spent", async () => {
    const charged: number[] = [];
    const balance = { limit: 1_000, drainPerSecond: 0.001, resetAt: new Date() };
    const costBuckets = {
      async charge(_actor: Actor, cost: number) {
        const [accepted, remaining] = charged.push(cost) === 2 ? [false, 0] : [true, charged.length === 4 ? 400 : 900];
        return { ...balance, remaining, accepted };
      },
    };
    await start({ query: ofTags });
    const { id } = await api.database.connection.bulkQuery.findFirstOrThrow({ where: { state: "QUEUED" } });
    const stateAfterWork = async () => {
      await bulk.carryOut({ costBuckets });
      const { state, rows, waitsUntil } = await api.database.connection.bulkQuery.findUniqueOrThrow({ where: { id } });
      return [state, Number(rows), (waitsUntil?.getTime() ?? 0) > Date.now()];
    };
    const wake = () => api.database.connection.bulkQuery.update({ where: { id }, data: { waitsUntil: new Date(0) } });
    // The second page is refused at first, until the bucket is empty enough; the third page would leave it more than half full.
    expect(await stateAfterWork()).toEqual(["QUEUED", 100, true]);
    expect((await bulk.make({ query: ofTags, format: "JSONL" })).state).toBe("SUCCEEDED");
    expect(await stateAfterWork()).toEqual(["QUEUED", 100, true]);
    await wake();
    expect(await stateAfterWork()).toEqual(["SUCCEEDED", tags, false]);
    expect(new Set(charged).size).toBe(1);
    expect(charged[0]).toBeGreaterThan(10);
  });
});

describe("docs/bulk.md", () => {
  const guide = readFileSync(path.resolve(import.meta.dirname, "../../../docs/bulk.md"), "utf8");
  const blocks = (opening: string): string[] =>
    guide
      .split(`\n\`\`\`${opening}\n`)
      .slice(1)
      .map((text) => text.split("\n```")[0] ?? "");

  it("has examples that start and follow a bulk query", async () => {
    const [mutation, progress] = [...blocks("graphql"), ...blocks("graphql progress")] as [string, string];
    const started = (await api.query(mutation, JSON.parse(blocks("json input")[0] ?? ""))).body.data.startBulkQuery;
    expect(started.bulkQuery.state).toBe("QUEUED");
    await bulk.carryOut();
    const { node } = (await api.query(progress, { id: started.bulkQuery.id })).body.data;
    expect(node).toMatchObject({ state: "SUCCEEDED", rows: 3, failure: null });
    expect(await bulk.linesOf(node)).toEqual(
      [1, 2, 3].map((number) => ({ id: expect.any(String), key: `RUN-${number}`, state: "QUEUED" })),
    );
  });

  it("has queries that bulk queries take", async () => {
    const queries = blocks("graphql bulk");
    expect(queries).toHaveLength(2);
    for (const query of queries) expect((await bulk.make({ query, format: "JSONL" })).state).toBe("SUCCEEDED");
  });
});

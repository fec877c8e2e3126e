/** Deliveries of webhooks to a real receiver from a real Postgres: signed, retried, rotated, turned off, and never sent into our network. */
import { createHmac } from "node:crypto";
import { createServer, type IncomingHttpHeaders, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { type Database, openDatabase } from "@pareidolia/persistence/server/database/database";
import { maxJitter, replayDelivery, retrySeconds } from "@pareidolia/persistence/workspace/webhooks/deliveryWork";
import { createWebhookSecret, openSecret, sealSecret } from "@pareidolia/persistence/workspace/webhooks/sealedSecret";
import { createWebhook, queueTest, rotateSecret } from "@pareidolia/persistence/workspace/webhooks/writeWebhooks";
import { localUserId, localWorkspaceId, seedLocalOwner } from "@pareidolia/persistence/workspace/workspaces/localWorkspace";
import type { DeliveryContext } from "@pareidolia/workers/webhooks/deliverWebhook";
import { postGuarded } from "@pareidolia/workers/webhooks/postGuarded";
import { startWebhookWatch } from "@pareidolia/workers/webhooks/webhookWatch";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { createTestDatabase, type TestDatabase } from "../../support/database.ts";
import { deliverWebhooks } from "../../support/deliverWebhooks.ts";
import { seedRun } from "../../support/runs.ts";

interface Received {
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

let testDatabase: TestDatabase;
let database: Database;
let receiver: Server;
let received: Received[];
let answer: { readonly status: number; readonly headers?: Record<string, string>; readonly body?: string };
const installation = "s".repeat(32);
const secret = createWebhookSecret();

beforeEach(async () => {
  testDatabase = await createTestDatabase();
  database = await openDatabase(testDatabase.url);
  await seedLocalOwner(database.connection);
  context = { database, secret: installation, publicUrl: new URL("https://lab.example"), allowLoopback: true };
  received = [];
  answer = { status: 204 };
  receiver = createServer((request, response) => {
    let body = "";
    request.on("data", (chunk) => (body += chunk));
    request.on("end", () => {
      received.push({ headers: request.headers, body });
      response.writeHead(answer.status, answer.headers).end(answer.body);
    });
  });
  await new Promise<void>((resolve) => receiver.listen(0, "127.0.0.1", resolve));
});
afterEach(async () => {
  receiver.closeAllConnections();
  await new Promise((resolve) => receiver.close(resolve));
  await database.close();
  await testDatabase.drop();
});

const urlOf = (path = "/") => `http://127.0.0.1:${(receiver.address() as AddressInfo).port}${path}`;
let context: DeliveryContext;
const deliver = () => deliverWebhooks(context);
const add = (id: string, ownerId: string | null, kinds: readonly string[] = ["RUN_FAILED", "RUN_SUCCEEDED"]) =>
  createWebhook(database.connection, {
    id,
    workspaceId: localWorkspaceId,
    ownerId,
    name: "Hook",
    url: urlOf(),
    kinds,
    query: null,
    queryById: null,
    secret: sealSecret(installation, id, secret),
  });
const only = () => database.connection.webhookDelivery.findFirstOrThrow();
const due = () =>
  database.connection.webhookDelivery.updateMany({ where: { nextAttemptAt: { not: null } }, data: { nextAttemptAt: new Date(0) } });

/** Fails the run as a worker does. */
async function fail(runId: string): Promise<void> {
  const worker = { id: `worker ${runId}`, host: "test", processId: 1, engine: "test", heartbeatAt: new Date() };
  await database.connection.worker.create({ data: worker });
  const lease = { workerId: worker.id, leaseToken: "token", leaseExpiresAt: new Date("2100-01-01T00:00:00Z") };
  await database.connection.run.update({ where: { id: runId }, data: { state: "RUNNING", ...lease } });
  const free = { workerId: null, leaseToken: null, leaseExpiresAt: null };
  await database.connection.run.update({
    where: { id: runId },
    data: { state: "FAILED", failure: "It diverged.", endedAt: new Date(), ...free },
  });
}

function signatureOf({ headers, body }: Received, key: string): string {
  const content = `${String(headers["webhook-id"])}.${String(headers["webhook-timestamp"])}.${body}`;
  return `v1,${createHmac("sha256", Buffer.from(key.slice("whsec_".length), "base64"))
    .update(content)
    .digest("base64")}`;
}

describe("an event", () => {
  it("is sent once to each webhook that gets it, signed, with what it is about", async () => {
    const runId = await seedRun(database);
    await add("workspace", null);
    await add("own", localUserId);
    await add("others", null, ["STUDY_ENDED"]);
    await fail(runId);
    const counts = await Promise.all([deliver(), deliver(), deliver()]);
    expect(counts.reduce((sum, count) => sum + count)).toBe(2);
    expect(await deliver()).toBe(0);
    expect(received).toHaveLength(2);
    for (const message of received) {
      expect(message.headers["webhook-signature"]).toBe(signatureOf(message, secret));
      expect(message.headers["content-type"]).toBe("application/json");
      expect(JSON.parse(message.body)).toEqual({
        type: "run.failed",
        timestamp: expect.any(String),
        data: {
          subject: {
            type: "Run",
            id: Buffer.from(`Run:${runId}`).toString("base64url"),
            key: "RUN-1",
            name: "",
            state: "FAILED",
            url: "https://lab.example/w/local/runs/RUN-1",
          },
          detail: "It diverged.",
          by: null,
        },
      });
    }
  });

  it("is not queued for a paused webhook, nor for a member who does not choose it", async () => {
    await add("paused", null);
    await database.connection.webhook.update({ where: { id: "paused" }, data: { pausedAt: new Date() } });
    await add("own", localUserId);
    const choice = { workspaceId: localWorkspaceId, userId: localUserId, kind: "RUN_FAILED", product: true, email: true, webhook: false };
    await database.connection.notificationChoice.create({ data: choice });
    await fail(await seedRun(database));
    expect(await database.connection.webhookDelivery.count()).toBe(0);
    expect(await database.connection.notification.count()).toBe(1);
  });
});

describe("many due deliveries", () => {
  const queueTests = async (webhookId: string, count: number): Promise<void> => {
    for (let i = 0; i < count; i++) await queueTest(database.connection, webhookId);
  };

  it("are sent two at a time to each webhook and eight to each workspace, in turns", async () => {
    const { connection } = database;
    await connection.workspace.create({ data: { id: "other", name: "Other", slug: "other" } });
    const hooks = ["a", "b", "c", "d", "e", "foreign"];
    for (const id of hooks) await add(id, null);
    await connection.webhook.update({ where: { id: "foreign" }, data: { workspaceId: "other" } });
    for (const id of hooks) await queueTests(id, 3);
    expect(await deliver()).toBe(10);
    const attempted = await connection.webhookDelivery.groupBy({ by: ["webhookId"], where: { attempts: 1 }, _count: true });
    const counts = new Map(attempted.map(({ webhookId, _count }) => [webhookId, _count]));
    expect(counts.get("foreign")).toBe(2);
    expect(hooks.slice(0, 5).every((id) => [1, 2].includes(counts.get(id) ?? 0))).toBe(true);
    // Seven are left of the fifteen of one workspace, and one of the other.
    expect(await deliver()).toBe(8);
    expect(await deliver()).toBe(0);
  });

  it("to one webhook never delay those to another, however slow its receiver is", async () => {
    receiver.removeAllListeners("request");
    const paths: string[] = [];
    const held: ServerResponse[] = [];
    receiver.on("request", (request, response) => {
      paths.push(request.url ?? "");
      if (request.url === "/slow") held.push(response);
      else response.end();
    });
    for (const id of ["slow", "quick"]) {
      await add(id, null);
      await database.connection.webhook.update({ where: { id }, data: { url: urlOf(`/${id}`) } });
    }
    await queueTests("slow", 5);
    const watch = startWebhookWatch({ ...context, onError: (error) => expect.fail(String(error)) });
    try {
      await vi.waitFor(() => expect(paths).toEqual(["/slow", "/slow"]), 10_000);
      await queueTests("quick", 3);
      await vi.waitFor(() => expect(paths.filter((path) => path === "/quick")).toHaveLength(3), 10_000);
      expect(paths.filter((path) => path === "/slow")).toHaveLength(2);
      // Each one that ends makes room for the next.
      await vi.waitFor(() => {
        for (const response of held) response.end();
        expect(paths.filter((path) => path === "/slow")).toHaveLength(5);
      }, 10_000);
    } finally {
      for (const response of held) response.end();
      await watch.close();
    }
    expect(await database.connection.webhookDelivery.count({ where: { nextAttemptAt: null, status: 200 } })).toBe(8);
  });
});

describe("a delivery", () => {
  it("to a member's own webhook waits while the member is suspended", async () => {
    await add("own", localUserId);
    await queueTest(database.connection, "own");
    await database.connection.membership.updateMany({ data: { suspendedAt: new Date() } });
    expect(await deliver()).toBe(0);
    await database.connection.membership.updateMany({ data: { suspendedAt: null } });
    expect(await deliver()).toBe(1);
  });

  it("is tried again with the same id and body after growing pauses, then given up, and can be replayed", async () => {
    await add("hook", null);
    await queueTest(database.connection, "hook");
    answer = { status: 500, body: "Try\u0000 later" };
    const jitters: number[] = [];
    for (const seconds of [...retrySeconds, null]) {
      await due();
      const from = Date.now();
      expect(await deliver()).toBe(1);
      const { nextAttemptAt, status, excerpt, failure, durationMs } = await only();
      expect({ status, excerpt, failure }).toEqual({ status: 500, excerpt: "Try later", failure: "The receiver answered with 500." });
      expect(durationMs).toBeGreaterThanOrEqual(0);
      if (seconds === null) expect(nextAttemptAt).toBeNull();
      else {
        const pause = (nextAttemptAt?.getTime() ?? 0) / 1000;
        expect(pause).toBeGreaterThanOrEqual(from / 1000 + seconds);
        expect(pause).toBeLessThanOrEqual(Date.now() / 1000 + seconds * (1 + maxJitter));
        // Only for long pauses, which make the time of the attempt itself negligible.
        if (seconds > 10_000) jitters.push((pause - from / 1000) / seconds - 1);
      }
    }
    expect(new Set(jitters.map((jitter) => Math.round(jitter * 1_000))).size).toBeGreaterThan(1);
    answer = { status: 200 };
    expect(await replayDelivery(database.connection, (await only()).id)).toBe(true);
    expect(await deliver()).toBe(1);
    expect(await only()).toMatchObject({ status: 200, failure: null, attempts: 1, nextAttemptAt: null });
    expect(new Set(received.map(({ headers, body }) => `${String(headers["webhook-id"])} ${body}`)).size).toBe(1);
    expect(received).toHaveLength(retrySeconds.length + 2);
  });

  it("has a signature by each of the two secrets for a day after a rotation", async () => {
    await add("hook", null);
    const next = createWebhookSecret();
    await rotateSecret(database.connection, "hook", sealSecret(installation, "hook", next));
    await queueTest(database.connection, "hook");
    await deliver();
    const [message] = received as [Received];
    expect(message.headers["webhook-signature"]).toBe(`${signatureOf(message, next)} ${signatureOf(message, secret)}`);
    await database.connection.webhook.update({ where: { id: "hook" }, data: { previousUntil: new Date(0) } });
    await queueTest(database.connection, "hook");
    await deliver();
    const [, later] = received as [Received, Received];
    expect(later.headers["webhook-signature"]).toBe(signatureOf(later, next));
  });

  it("turns its webhook off after days without a success, or at once if the receiver is gone, and tells its owners", async () => {
    await add("hook", null);
    await queueTest(database.connection, "hook");
    answer = { status: 500 };
    await deliver();
    expect((await database.connection.webhook.findFirstOrThrow()).disabledAt).toBeNull();
    const failingSince = new Date(Date.now() - 4 * 86_400_000);
    await database.connection.webhook.update({ where: { id: "hook" }, data: { failingSince } });
    await due();
    await deliver();
    expect((await database.connection.webhook.findFirstOrThrow()).disabledAt).not.toBeNull();
    await due();
    expect(await deliver()).toBe(0);
    await add("gone", localUserId);
    await queueTest(database.connection, "gone");
    answer = { status: 410 };
    await deliver();
    const told = await database.connection.notification.findMany({ orderBy: { detail: "asc" } });
    expect(told).toMatchObject([
      { kind: "WEBHOOK_DISABLED", userId: localUserId, detail: "Hook: The receiver answered with 410." },
      { kind: "WEBHOOK_DISABLED", userId: localUserId, detail: "Hook: The receiver answered with 500." },
    ]);
  });
});

describe("a request", () => {
  const post = (address: string, options: Partial<Parameters<typeof postGuarded>[1]> = {}) =>
    postGuarded(address, { headers: {}, body: "{}", ...options });

  it("follows no redirect, and ends when the receiver is slow", async () => {
    answer = { status: 302, headers: { location: urlOf("/elsewhere") } };
    expect(await post(urlOf(), { allowLoopback: true })).toMatchObject({
      status: 302,
      failure: "The receiver redirects, and redirects are not followed.",
    });
    expect(received).toHaveLength(1);
    receiver.removeAllListeners("request");
    const result = await post(urlOf(), { allowLoopback: true, timeoutMilliseconds: 200 });
    expect(result).toEqual({ status: null, excerpt: "", failure: "There was no complete response within 0.2 seconds." });
  });

  it.each([
    "https://127.0.0.1/",
    "https://10.0.0.1/",
    "https://169.254.169.254/latest/meta-data/",
    "https://192.168.1.1/",
    "https://[::1]/",
    "https://[::ffff:127.0.0.1]/",
    "https://[::ffff:10.0.0.1]/",
    "https://[fe80::1]/",
    "https://[fd00::1]/",
    // 6to4, NAT64, IPv4-compatible and Teredo addresses contain an IPv4 address.
    "https://[2002:a00:1::1]/",
    "https://[64:ff9b::a00:1]/",
    "https://[::10.0.0.1]/",
    "https://[2001:0:a00:1::1]/",
    "https://[ff02::1]/",
    "https://100.64.0.1/",
    "https://0.0.0.0/",
    "https://2130706433/",
    "https://0x7f.1/",
    "https://user:password@example.com/",
    "http://example.com/",
    "ftp://example.com/",
    "nonsense",
  ])("to %s is refused", async (address) => {
    const result = await post(address);
    expect(result.status).toBeNull();
    expect(result.failure).toMatch(/public internet|Only https|user name|valid URL/);
  });

  it("reads no more of a response than the excerpt needs, however long it is", async () => {
    receiver.removeAllListeners("request");
    let sent = 0;
    const isClosed = new Promise<void>((resolve) => {
      receiver.on("request", (_request, response) => {
        response.on("close", resolve);
        const piece = "x".repeat(16_384);
        const write = (): void => {
          while (!response.destroyed && response.write(piece)) sent += piece.length;
        };
        response.on("drain", write);
        response.writeHead(200);
        write();
      });
    });
    const { status, excerpt, failure } = await post(urlOf(), { allowLoopback: true });
    expect({ status, failure, excerpt }).toEqual({ status: 200, failure: null, excerpt: "x".repeat(500) });
    await isClosed;
    // The bytes that the receiver sent before the connection closed; most are in network buffers.
    expect(sent).toBeLessThan(64 * 2 ** 20);
  });

  it("is refused if one of the addresses of a name is private", async () => {
    const resolve = async () => [
      { address: "93.184.215.14", family: 4 },
      { address: "10.0.0.1", family: 4 },
    ];
    expect((await post("https://hooks.lab.example/", { resolve })).failure).toBe("The address is not a host on the public internet.");
  });

  it("goes to the address that was checked, though the name resolves to another one afterwards", async () => {
    let calls = 0;
    const resolve = async () => {
      calls += 1;
      return [{ address: calls === 1 ? "127.0.0.1" : "10.0.0.1", family: 4 }];
    };
    const { port } = receiver.address() as AddressInfo;
    expect(await post(`http://rebinding.lab.example:${port}/`, { resolve, allowLoopback: true })).toMatchObject({
      status: 204,
      failure: null,
    });
    expect(calls).toBe(1);
  });
});

it("a sealed secret opens only for its webhook and with the installation's secret", () => {
  const sealed = sealSecret(installation, "hook", secret);
  expect(openSecret(installation, "hook", sealed)).toBe(secret);
  expect(sealed).not.toContain(secret.slice("whsec_".length));
  expect(() => openSecret(installation, "other", sealed)).toThrow(/Rotate/);
  expect(() => openSecret("t".repeat(32), "hook", sealed)).toThrow(/Rotate/);
});

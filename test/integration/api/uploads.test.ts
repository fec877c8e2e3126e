/** Uploads that stall, trickle or break off: they end in time, do not block other users, and leave nothing in the store. */
import "reflect-metadata";
import { createHash, randomBytes } from "node:crypto";
import { mkdtemp, readdir, rm } from "node:fs/promises";
import { type ClientRequest, type IncomingMessage, request } from "node:http";
import { tmpdir } from "node:os";
import path from "node:path";
import { text as readText } from "node:stream/consumers";
import { setTimeout as sleep } from "node:timers/promises";
import { UploadService } from "@pareidolia/api/upload/upload.service";
import type { MemberActor } from "@pareidolia/core/actor";
import { openFolderStore } from "@pareidolia/persistence/objectStores/folderStore";
import { fileKey } from "@pareidolia/persistence/objectStores/objectStore";
import { seedLocalOwner } from "@pareidolia/persistence/workspaces/localWorkspace";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { localOwner } from "../../support/actors.ts";
import { startTestApi, type TestApi } from "../../support/api.ts";

const limits = { perUser: 2, total: 3, idleMilliseconds: 400, totalMilliseconds: 1_500 };
const first = localOwner;
const second: MemberActor = { ...first, userId: "second" };
const third: MemberActor = { ...first, userId: "third" };

let folder: string;
let api: TestApi;

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "pareidolia-uploads-"));
  api = await startTestApi({ objectStore: openFolderStore({ folder }), uploadLimits: limits });
  await seedLocalOwner(api.database.connection);
  for (const id of ["second", "third"])
    await api.database.connection.user.create({ data: { id, name: id, email: `${id}@pareidolia.example` } });
});
afterAll(async () => {
  await api.close();
  await rm(folder, { recursive: true });
});

const filesIn = (kind: string) => readdir(path.join(folder, kind)).catch(() => []);

/** Sends a few bytes and then nothing, until `end` is called. */
function openBody(): { body: AsyncIterable<Uint8Array>; end: () => void } {
  let end: () => void = () => undefined;
  const ended = new Promise<void>((resolve) => (end = resolve));
  const body = async function* () {
    yield new Uint8Array(randomBytes(10));
    await ended;
  };
  return { body: body(), end };
}

const whole = async function* (bytes: Uint8Array) {
  yield bytes;
};

interface Answer {
  readonly status: number;
  readonly text: string;
}

function openRequest(url: string): { sent: ClientRequest; answered: Promise<Answer> } {
  const headers = { "content-type": "application/octet-stream" };
  const sent = request(`${url}/uploads`, { method: "POST", headers, agent: false });
  const answered = new Promise<IncomingMessage>((resolve, reject) => {
    sent.on("response", resolve);
    sent.on("error", reject);
  }).then(async (response) => ({ status: response.statusCode ?? 0, text: await readText(response) }));
  answered.catch(() => undefined);
  return { sent, answered };
}

/** A request whose client writes `chunks` with a pause after each, and never ends. */
async function trickle(chunks: number, pause: number): Promise<Answer> {
  const { sent, answered } = openRequest(api.url);
  for (let i = 0; i < chunks && !sent.destroyed; i++) {
    sent.write(randomBytes(10));
    await sleep(pause);
  }
  return answered;
}

describe("an upload service", () => {
  it("allows each user two uploads at once, so that one user's unfinished uploads do not block another user's", async () => {
    const service = new UploadService({ ...api, limits: { ...limits, idleMilliseconds: 60_000, totalMilliseconds: 60_000 } });
    const open = [openBody(), openBody(), openBody()];
    const [one, two, other] = open as [(typeof open)[0], (typeof open)[0], (typeof open)[0]];
    const unfinished = [service.receive(first, one.body), service.receive(first, two.body)];
    const bytes = new Uint8Array(randomBytes(500));
    await expect(service.receive(first, whole(bytes))).rejects.toMatchObject({ code: "UNAVAILABLE", message: /already have 2 uploads/ });
    expect(await service.receive(second, whole(bytes))).toMatchObject({ byteLength: 500 });
    unfinished.push(service.receive(second, other.body));
    await expect(service.receive(third, whole(bytes))).rejects.toMatchObject({ code: "UNAVAILABLE", message: /3 uploads are in progress/ });
    for (const { end } of open) end();
    await Promise.all(unfinished);
    expect(await service.receive(first, whole(bytes))).toMatchObject({ byteLength: 500 });
  });

  it("streams a file of 250 MB to the store without holding it in memory", async () => {
    const service = new UploadService({ ...api, limits: { ...limits, totalMilliseconds: 60_000, idleMilliseconds: 60_000 } });
    const chunk = new Uint8Array(randomBytes(1024 * 1024));
    const hash = createHash("sha256");
    let peak = 0;
    const before = process.memoryUsage().arrayBuffers;
    const body = async function* () {
      for (let i = 0; i < 250; i++) {
        const copy = chunk.slice();
        copy[0] = i;
        hash.update(copy);
        peak = Math.max(peak, process.memoryUsage().arrayBuffers - before);
        yield copy;
      }
    };
    const { sha256, byteLength } = await service.receive(first, body());
    expect([sha256, byteLength]).toEqual([hash.digest("hex"), 250 * 1024 * 1024]);
    expect(await api.objectStore.has(fileKey(sha256))).toBe(true);
    console.log(`At most ${Math.round(peak / 1024 / 1024)} MB of buffers while 250 MB arrived.`);
    expect(peak).toBeLessThan(150 * 1024 * 1024);
  });

  it("refuses an empty body, and records nothing", async () => {
    const count = await api.database.connection.upload.count();
    const service = new UploadService({ ...api, limits });
    await expect(service.receive(first, whole(new Uint8Array()))).rejects.toMatchObject({ code: "INVALID_INPUT", field: "body" });
    expect(await api.database.connection.upload.count()).toBe(count);
  });
});

describe("POST /uploads", () => {
  it("ends stalled uploads with a 503 that says so, and then accepts others", async () => {
    const stalled = await Promise.all([trickle(1, 0), trickle(1, 0)]);
    for (const { status, text } of stalled)
      expect([status, JSON.parse(text).errors[0]]).toMatchObject([503, { message: expect.stringContaining("nothing arrived for 0.4 s") }]);
    const bytes = randomBytes(100);
    const answer = await fetch(`${api.url}/uploads`, {
      method: "POST",
      body: bytes,
      headers: { "content-type": "application/octet-stream" },
    });
    expect(answer.status).toBe(201);
    expect(await filesIn("incoming")).toEqual([]);
  });

  it("ends uploads that trickle past the deadline", async () => {
    const { status, text } = await trickle(18, 100);
    expect([status, JSON.parse(text).errors[0].message]).toEqual([503, expect.stringContaining("took longer than 1.5 s")]);
    expect(await filesIn("incoming")).toEqual([]);
  });

  it("frees the slot of a client that disconnects, and leaves no file", async () => {
    const before = (await filesIn("files")).length;
    for (let i = 0; i < 4; i++) {
      const { sent } = openRequest(api.url);
      sent.write(randomBytes(10));
      await sleep(60);
      sent.destroy();
      await sleep(60);
    }
    const answer = await fetch(`${api.url}/uploads`, {
      method: "POST",
      body: randomBytes(100),
      headers: { "content-type": "application/octet-stream" },
    });
    expect(answer.status).toBe(201);
    expect([await filesIn("incoming"), (await filesIn("files")).length]).toEqual([[], before + 1]);
  });
});

it("a body that is too long is refused while the client is still sending", async () => {
  const usual = await startTestApi();
  try {
    const chunk = randomBytes(8 * 1024 * 1024);
    const { sent, answered } = openRequest(usual.url);
    let isOver = false;
    const over = answered.then(
      () => (isOver = true),
      () => (isOver = true),
    );
    for (let i = 0; i < 40 && !isOver; i++) await Promise.race([new Promise<void>((resolve) => sent.write(chunk, () => resolve())), over]);
    expect(await answered).toMatchObject({ status: 400, text: expect.stringContaining("at most 256 MB") });
  } finally {
    await usual.close();
  }
});

/**
 * A large file arrives in parts over HTTP: a broken connection loses at most one part, the upload can resume in another process, and the
 * result has the file's hash. Only the sender can resume it, within a day.
 */
import "reflect-metadata";
import { createHash, randomBytes } from "node:crypto";
import { request } from "node:http";
import { createClient } from "@pareidolia/client";
import type { Actor, MemberActor } from "@pareidolia/core/actor";
import { fileKey } from "@pareidolia/persistence/server/objectStores/objectStore";
import { uploadPartBytes } from "@pareidolia/persistence/server/uploads/uploadParts";
import { setStorageQuota } from "@pareidolia/persistence/workspace/quotas/storageQuota";
import { localWorkspaceId, seedLocalOwner } from "@pareidolia/persistence/workspace/workspaces/localWorkspace";
import { afterAll, beforeAll, expect, it } from "vitest";
import { authenticateByHeader, credentialsOf, localOwner, stranger } from "../../support/actors.ts";
import { startTestApi, type TestApi } from "../../support/api.ts";
import { finishUpload, requestUpload, type UploadSender } from "../../support/sendUpload.ts";

const second: MemberActor = { ...localOwner, userId: "second" };
let api: TestApi;

beforeAll(async () => {
  api = await startTestApi({ authenticate: authenticateByHeader });
  const { connection } = api.database;
  await seedLocalOwner(connection);
  await connection.user.create({ data: { id: "second", name: "second", email: "second@pareidolia.example" } });
  await connection.membership.create({ data: { id: "second", userId: "second", workspaceId: localWorkspaceId, role: "RESEARCHER" } });
});
afterAll(() => api.close());

const sha256Of = (bytes: Uint8Array) => createHash("sha256").update(bytes).digest("hex");
const senderOf = (actor: Actor): UploadSender => ({
  url: api.url,
  headers: credentialsOf(actor),
  query: (document, variables) => api.query(document, variables, actor),
});
/** Two full parts and a short one. */
const file = randomBytes(2 * uploadPartBytes + 1_000);
const partOf = (index: number) => file.subarray(index * uploadPartBytes, (index + 1) * uploadPartBytes);

async function requestParts(actor: Actor = localOwner, fileName = "results.zip"): Promise<string> {
  const { upload } = await requestUpload(senderOf(actor), { kind: "IMPORT", byteLength: file.length, fileName });
  return upload.id;
}

interface PartRequest {
  readonly index: number;
  readonly bytes?: Uint8Array;
  readonly sha256?: string;
  readonly actor?: Actor;
}

function sendPart(id: string, { index, bytes = partOf(index), sha256 = sha256Of(bytes), actor = localOwner }: PartRequest) {
  const headers = { "content-type": "application/octet-stream", ...credentialsOf(actor) };
  return fetch(`${api.url}/uploads/${id}/parts/${index}?sha256=${sha256}`, { method: "POST", headers, body: new Uint8Array(bytes) });
}

async function arrivedOf(
  id: string,
  actor: Actor = localOwner,
): Promise<{ readonly status: number; readonly sha256s?: readonly string[] }> {
  const response = await fetch(`${api.url}/uploads/${id}/parts`, { headers: { ...credentialsOf(actor) } });
  return { status: response.status, ...((await response.json()) as object) };
}

/** Sizes of the files that arrived for unfinished uploads. */
async function storedParts(): Promise<number[]> {
  const sizes: number[] = [];
  for await (const { byteLength } of api.objectStore.posted.list()) sizes.push(byteLength);
  return sizes;
}

/** Sends half of a part and breaks the connection. */
function breakOff(id: string, index: number): Promise<void> {
  const headers = { "content-length": uploadPartBytes, ...credentialsOf(localOwner) };
  const sent = request(`${api.url}/uploads/${id}/parts/${index}`, { method: "POST", headers, agent: false });
  return new Promise((resolve) => {
    sent.on("error", () => resolve());
    sent.write(partOf(index).subarray(0, 100_000), () => sent.destroy(new Error("broken")));
  });
}

it("resumes with the lost part after a broken connection, and has the file's hash", async () => {
  const id = await requestParts();
  expect((await sendPart(id, { index: 0 })).status).toBe(200);
  await breakOff(id, 1);
  expect(await arrivedOf(id)).toMatchObject({ status: 200, partBytes: uploadPartBytes, partCount: 3, sha256s: [sha256Of(partOf(0))] });
  expect(await finishUpload(senderOf(localOwner), id)).toMatchObject({ __typename: "ConflictError", message: /1 of 3 parts/ });
  const responses = [await sendPart(id, { index: 1 }), await sendPart(id, { index: 2 })];
  expect(responses.map(({ status }) => status)).toEqual([200, 200]);
  expect(await storedParts()).toHaveLength(3);
  expect(await finishUpload(senderOf(localOwner), id)).toMatchObject({ upload: { sha256: sha256Of(file), byteLength: file.length } });
  // The store has the file once.
  expect(await storedParts()).toEqual([]);
  expect(sha256Of(await api.objectStore.get(fileKey(sha256Of(file))))).toBe(sha256Of(file));
  expect((await sendPart(id, { index: 2 })).status).toBe(403);
});

it("refuses parts that are damaged, too long, too short, out of order or beyond the file", async () => {
  const id = await requestParts();
  const statuses = [
    await sendPart(id, { index: 0, sha256: sha256Of(partOf(1)) }),
    await sendPart(id, { index: 0, bytes: file.subarray(0, uploadPartBytes + 1) }),
    await sendPart(id, { index: 0, bytes: file.subarray(0, 10) }),
    await sendPart(id, { index: 1 }),
    await sendPart(id, { index: 3, bytes: partOf(0) }),
    await sendPart("7f1e-not-an-id", { index: 0 }),
  ].map(({ status }) => status);
  expect(statuses).toEqual([400, 400, 400, 409, 400, 400]);
  expect((await arrivedOf(id)).sha256s).toEqual([]);
});

it("only its sender can resume it or list its parts, up to a day after requesting it", async () => {
  const id = await requestParts();
  await sendPart(id, { index: 0 });
  expect((await sendPart(id, { index: 1, actor: second })).status).toBe(403);
  expect((await sendPart(id, { index: 1, actor: stranger })).status).not.toBe(200);
  expect([(await arrivedOf(id, second)).status, (await arrivedOf(id, stranger)).status]).toEqual([403, expect.not.stringMatching("200")]);
  await api.database.connection.membership.update({
    where: { workspaceId_userId: { workspaceId: localWorkspaceId, userId: "second" } },
    data: { role: "VIEWER" },
  });
  await api.database.connection.upload.update({ where: { id }, data: { createdAt: new Date(Date.now() - 24 * 60 * 60_000 - 1) } });
  expect((await sendPart(id, { index: 1 })).status).toBe(403);
});

it("replaced parts count as sent, and a part beyond the quota is neither stored nor recorded", async () => {
  const setQuota = (bytes: number | null) => setStorageQuota(api.database, { slug: "local", bytes });
  const readSent = async (): Promise<number> =>
    (await api.query("{ quotas { sent { used } } }", {}, localOwner)).body.data.quotas.sent.used;
  const id = await requestParts();
  const [before, storedBefore] = [await readSent(), (await storedParts()).length];
  await setQuota(before + uploadPartBytes);
  const send = async (bytes: Uint8Array) => (await sendPart(id, { index: 0, bytes })).status;
  const [replacement, refused] = [randomBytes(uploadPartBytes), randomBytes(uploadPartBytes)];
  try {
    for (const index of [0, 1, 2]) await sendPart(id, { index });
    expect([await send(partOf(0)), await readSent()]).toEqual([200, before]);
    expect([await send(replacement), await readSent()]).toEqual([200, before + uploadPartBytes]);
    const response = await sendPart(id, { index: 0, bytes: refused });
    expect([response.status, await response.text()]).toEqual([403, expect.stringContaining("can send only 0 B more")]);
    expect(await readSent()).toBe(before + uploadPartBytes);
  } finally {
    await setQuota(null);
  }
  expect((await arrivedOf(id)).sha256s).toEqual([replacement, partOf(1), partOf(2)].map(sha256Of));
  // The file of the replaced part is gone, and that of the refused one was not stored.
  expect(await storedParts()).toHaveLength(storedBefore + 3);
});

it("a deleted upload lists no parts and accepts none", async () => {
  const id = await requestParts();
  const before = await storedParts();
  await sendPart(id, { index: 0 });
  expect(await storedParts()).toHaveLength(before.length + 1);
  await api.query("mutation ($id: ID!) { deleteUpload(input: { uploadId: $id }) { __typename } }", { id }, localOwner);
  expect(await api.database.connection.uploadPart.count({ where: { uploadId: id } })).toBe(0);
  expect(await storedParts()).toEqual(before);
  expect((await sendPart(id, { index: 1 })).status).toBe(404);
});

it("the client resumes in another process, sends only the missing parts, and detects a changed file", async () => {
  const posted: string[] = [];
  let breaks = 1;
  const counting: typeof fetch = async (input, init) => {
    const address = input instanceof Request ? input.url : input.toString();
    if (init?.method === "POST" && address.includes("/parts/")) {
      const index = Number(/parts\/(\d+)/.exec(address)?.[1]);
      if (index === breaks) throw new TypeError("broken");
      posted.push(`${index}`);
    }
    return fetch(input, { ...init, headers: { ...(init?.headers as object), ...credentialsOf(localOwner) } });
  };
  const open = () => createClient({ url: api.url, fetch: counting, retries: 0, timeoutSeconds: 60 });
  const given = { kind: "IMPORT", fileName: "again.zip" } as const;
  await expect(open().upload(new Uint8Array(file), given)).rejects.toMatchObject({ code: "NETWORK" });
  expect(posted).toEqual(["0"]);
  breaks = -1;
  const changed = new Uint8Array(file);
  changed[0] = (changed[0] ?? 0) ^ 1;
  const shares: number[] = [];
  const { sha256 } = await open().upload(changed, { ...given, onProgress: (share) => void shares.push(share) });
  expect([sha256, shares.at(-1)]).toEqual([sha256Of(changed), 1]);
  expect(posted).toEqual(["0", "0", "1", "2"]);
});

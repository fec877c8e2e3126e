/**
 * Uploads over HTTP: what is sent with a form is used only as announced and once it is finished. Bodies that stall, trickle or break off end
 * in time, do not block other users, and leave nothing in the store.
 */
import "reflect-metadata";
import { createHash, randomBytes } from "node:crypto";
import { mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { type ClientRequest, type IncomingMessage, request } from "node:http";
import { tmpdir } from "node:os";
import path from "node:path";
import { text as readText } from "node:stream/consumers";
import { setTimeout as sleep } from "node:timers/promises";
import { UploadService } from "@pareidolia/api/upload/upload.service";
import type { Actor, MemberActor } from "@pareidolia/core/actor";
import { openFolderStore } from "@pareidolia/persistence/server/objectStores/folderStore";
import { fileKey } from "@pareidolia/persistence/server/objectStores/objectStore";
import { defaultQuotas } from "@pareidolia/persistence/workspace/quotas/withinQuotas";
import { localWorkspaceId, seedLocalOwner } from "@pareidolia/persistence/workspace/workspaces/localWorkspace";
import { pino } from "pino";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { authenticateByHeader, credentialsOf, localOwner } from "../../support/actors.ts";
import { startTestApi, type TestApi } from "../../support/api.ts";
import {
  finishUpload,
  formDataOf,
  type IssuedForm,
  postForm,
  requestUpload,
  sendUpload,
  type UploadSender,
} from "../../support/sendUpload.ts";

const limits = { perUser: 2, total: 3, idleMilliseconds: 400, totalMilliseconds: 1_500, formMilliseconds: 60_000 };
const owner = localOwner;
const logger = pino({ level: "silent" });
const second: MemberActor = { ...owner, userId: "second" };
const third: MemberActor = { ...owner, userId: "third" };

let folder: string;
let api: TestApi;
/** The same API without deadlines. */
let unhurried: TestApi;

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "pareidolia-uploads-"));
  api = await startTestApi({ objectStore: openFolderStore({ folder }), uploadLimits: limits, authenticate: authenticateByHeader });
  const uploadLimits = { ...limits, idleMilliseconds: 60_000, totalMilliseconds: 60_000 };
  unhurried = await startTestApi({ beside: api, uploadLimits, authenticate: authenticateByHeader });
  const { connection } = api.database;
  await seedLocalOwner(connection);
  for (const id of ["second", "third"]) {
    await connection.user.create({ data: { id, name: id, email: `${id}@pareidolia.example` } });
    await connection.membership.create({ data: { id, userId: id, workspaceId: localWorkspaceId, role: "RESEARCHER" } });
  }
});
afterAll(async () => {
  await unhurried.close();
  await api.close();
  await rm(folder, { recursive: true });
});

const filesIn = (kind: string): Promise<string[]> => readdir(path.join(folder, kind)).catch(() => []);
const senderOf = (actor: Actor): UploadSender => ({
  url: api.url,
  headers: credentialsOf(actor),
  query: (document, variables) => api.query(document, variables, actor),
});
const isPosted = async (id: string) => (await filesIn("uploads")).includes(id);
const sampleOf = (length: number) => {
  const bytes = new Uint8Array(randomBytes(length));
  return { bytes, sha256: createHash("sha256").update(bytes).digest("hex") };
};

interface Answer {
  readonly status: number;
  readonly text: string;
}

interface OpenRequest {
  readonly sent: ClientRequest;
  readonly answered: Promise<Answer>;
}

/** A request that has sent the fields of the form and the beginning of the file, and does not end. */
function openRequest({ fields }: IssuedForm, { actor = owner, url = api.url }: { actor?: Actor; url?: string } = {}): OpenRequest {
  const headers = { "content-type": "multipart/form-data; boundary=open", ...credentialsOf(actor) };
  const sent = request(`${url}/uploads`, { method: "POST", headers, agent: false });
  const answered = new Promise<IncomingMessage>((resolve, reject) => {
    sent.on("response", resolve);
    sent.on("error", reject);
  }).then(async (response) => ({ status: response.statusCode ?? 0, text: await readText(response) }));
  answered.catch(() => undefined);
  for (const { name, value } of fields) sent.write(`--open\r\ncontent-disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`);
  sent.write('--open\r\ncontent-disposition: form-data; name="file"; filename="f"\r\n\r\n');
  return { sent, answered };
}

/** A client that writes `chunks` of ten bytes with a pause after each, and never ends. */
async function trickle(chunks: number, pause: number): Promise<Answer & { readonly id: string }> {
  const { upload, form } = await requestUpload(senderOf(owner), { byteLength: 1_000_000 });
  const { sent, answered } = openRequest(form);
  for (let i = 0; i < chunks && !sent.destroyed; i++) {
    sent.write(randomBytes(10));
    await sleep(pause);
  }
  return { ...(await answered), id: upload.id };
}

describe("an upload", () => {
  it("is unfinished until its file has arrived and is measured; then it has the hash of its bytes", async () => {
    const sender = senderOf(owner);
    const { bytes, sha256 } = sampleOf(500);
    const { upload, form } = await requestUpload(sender, { byteLength: 500, fileName: "net.onnx" });
    expect([upload, form.url]).toEqual([{ id: upload.id, sha256: null, byteLength: 500, kind: "MODEL", fileName: "net.onnx" }, "/uploads"]);
    expect(await finishUpload(sender, upload.id)).toMatchObject({ __typename: "ConflictError", message: /has not arrived/ });
    expect((await postForm(sender, form, bytes)).status).toBe(204);
    expect(await api.objectStore.has(fileKey(sha256))).toBe(false);
    expect(await finishUpload(sender, upload.id)).toMatchObject({ upload: { id: upload.id, sha256, byteLength: 500 } });
    expect(await finishUpload(sender, upload.id)).toMatchObject({ upload: { sha256 } });
    expect([await api.objectStore.has(fileKey(sha256)), await isPosted(upload.id)]).toEqual([true, false]);
  });

  it("cannot be used before it is finished, nor for what it was not requested for", async () => {
    const sender = senderOf(owner);
    const { upload, form } = await requestUpload(sender, { byteLength: 10, kind: "PHOTO" });
    await postForm(sender, form, sampleOf(10).bytes);
    const make = async () =>
      (
        await sender.query(
          'mutation ($id: ID!) { r: uploadImage(input: { uploadId: $id, name: "P" }) { __typename ... on InvalidInputError { field message } } }',
          { id: upload.id },
        )
      ).body.data.r;
    expect(await make()).toMatchObject({ __typename: "InvalidInputError", field: "input.uploadId", message: /unfinished/ });
    const model = await sendUpload(sender, sampleOf(10).bytes, "MODEL");
    const { body } = await sender.query(
      'mutation ($id: ID!) { r: uploadImage(input: { uploadId: $id, name: "P" }) { ... on InvalidInputError { field message } } }',
      { id: model.id },
    );
    expect(body.data.r).toMatchObject({ field: "input.uploadId", message: /is for a model/ });
  });

  it("does not change when its form is sent again after it is finished", async () => {
    const sender = senderOf(owner);
    const { bytes, sha256 } = sampleOf(40);
    const { upload, form } = await requestUpload(sender, { byteLength: 40 });
    await postForm(sender, form, bytes);
    await finishUpload(sender, upload.id);
    const again = await postForm(sender, form, sampleOf(40).bytes);
    expect([again.status, (await again.json()).errors[0].message]).toEqual([403, expect.stringContaining("finished or deleted")]);
    expect(await finishUpload(sender, upload.id)).toMatchObject({ upload: { sha256 } });
    expect(await isPosted(upload.id)).toBe(false);
  });

  it("whose file has another size than announced is refused, even if the store accepted it", async () => {
    const sender = senderOf(owner);
    const { upload, form } = await requestUpload(sender, { byteLength: 100 });
    for (const length of [99, 101]) expect((await postForm(sender, form, sampleOf(length).bytes)).status).toBe(400);
    await postForm(sender, form, sampleOf(100).bytes);
    await writeFile(path.join(folder, "uploads", upload.id), randomBytes(99));
    expect(await finishUpload(sender, upload.id)).toMatchObject({
      __typename: "InvalidInputError",
      message: /100 bytes that were announced/,
    });
    expect(await isPosted(upload.id)).toBe(false);
  });

  it.each([
    [{ byteLength: 0 }, "input.byteLength"],
    [{ byteLength: -1 }, "input.byteLength"],
    [{ byteLength: 1.5 }, "input.byteLength"],
    [{ byteLength: 1e300 }, "input.byteLength"],
    [{ byteLength: 256 * 1024 * 1024 + 1 }, "input.byteLength"],
    [{ byteLength: 20 * 1024 * 1024 + 1, kind: "PHOTO" as const }, "input.byteLength"],
    [{ byteLength: 20 * 1024 ** 3 + 1, kind: "IMPORT" as const }, "input.byteLength"],
    [{ byteLength: 1, fileName: " " }, "input.fileName"],
    [{ byteLength: 1, fileName: "n".repeat(201) }, "input.fileName"],
    [{ byteLength: 1, fileName: "a\0b" }, "input.fileName"],
  ])("is not reserved for %j", async (input, field) => {
    const before = await api.database.connection.upload.count();
    expect(await requestUpload(senderOf(owner), input)).toMatchObject({ __typename: "InvalidInputError", field });
    expect(await api.database.connection.upload.count()).toBe(before);
  });

  it.each(["../../../etc/passwd", "C:\\net.onnx", "a/b/../../c", "<img src=x onerror=alert(1)>"])(
    "is stored under its ID, whatever the name of its file is: %s",
    async (fileName) => {
      const sender = senderOf(owner);
      const { upload, form } = await requestUpload(sender, { byteLength: 5, fileName });
      expect(form.fields.find(({ name }: { name: string }) => name === "key").value).toBe(`uploads/${upload.id}`);
      await postForm(sender, form, sampleOf(5).bytes);
      expect(await isPosted(upload.id)).toBe(true);
      expect(await finishUpload(sender, upload.id)).toMatchObject({ upload: { fileName } });
    },
  );

  it("can be deleted while it waits: its form and its file are then of no use", async () => {
    const sender = senderOf(owner);
    const { upload, form } = await requestUpload(sender, { byteLength: 5 });
    await postForm(sender, form, sampleOf(5).bytes);
    const { body } = await sender.query("mutation ($id: ID!) { r: deleteUpload(input: { uploadId: $id }) { __typename } }", {
      id: upload.id,
    });
    expect(body.data.r.__typename).toBe("DeleteUploadSuccess");
    expect(await isPosted(upload.id)).toBe(false);
    expect((await postForm(sender, form, sampleOf(5).bytes)).status).toBe(403);
    expect(await finishUpload(sender, upload.id)).toMatchObject({ __typename: "NotFoundError" });
  });

  it("is written to the audit log when it is requested, finished and deleted", async () => {
    const sender = senderOf(owner);
    const { id, sha256 } = await sendUpload(sender, sampleOf(7).bytes);
    await sender.query("mutation ($id: ID!) { deleteUpload(input: { uploadId: $id }) { __typename } }", { id });
    const entries = await api.database.connection.auditEntry.findMany({ where: { subjectId: id }, orderBy: { sequence: "asc" } });
    expect(entries.map(({ action, text }) => [action, JSON.parse(text).after, JSON.parse(text).before])).toMatchObject([
      ["upload:create", { kind: "MODEL", fileName: "file.bin", byteLength: 7 }, null],
      ["upload:finish", { sha256, byteLength: 7 }, null],
      ["upload:delete", null, { sha256, byteLength: 7 }],
    ]);
  });

  it("finished by many requests at once is finished once", async () => {
    const sender = senderOf(second);
    const { bytes, sha256 } = sampleOf(3_000);
    const { upload, form } = await requestUpload(sender, { byteLength: 3_000 });
    await postForm(sender, form, bytes);
    const answers = await Promise.all(Array.from({ length: 8 }, () => finishUpload(sender, upload.id)));
    for (const answer of answers) expect(answer).toMatchObject({ upload: { sha256 } });
    expect(await api.database.connection.auditEntry.count({ where: { subjectId: upload.id, action: "upload:finish" } })).toBe(1);
  });
});

describe("POST /uploads", () => {
  it.each([
    ["the bytes of the file", { "content-type": "application/octet-stream" }, "bytes"],
    ["a form without a boundary", { "content-type": "multipart/form-data" }, "--x--"],
    ["a form without fields", { "content-type": "multipart/form-data; boundary=x" }, "--x--\r\n"],
    ["a form of another site", { "content-type": "application/x-www-form-urlencoded" }, "key=uploads"],
  ])("refuses %s", async (_words, headers, body) => {
    const answer = await fetch(`${api.url}/uploads`, { method: "POST", headers: { ...headers, ...credentialsOf(owner) }, body });
    expect([answer.status, (await answer.json()).errors[0].message]).toEqual([400, expect.stringContaining("multipart/form-data")]);
  });

  it("refuses a visitor and the form of another form's upload", async () => {
    const { form } = await requestUpload(senderOf(owner), { byteLength: 3 });
    const other = await requestUpload(senderOf(owner), { byteLength: 3 });
    expect((await postForm({ url: api.url }, form, sampleOf(3).bytes)).status).toBe(401);
    const mixed = form.fields.map((field: { name: string }) =>
      field.name === "key" ? other.form.fields.find(({ name }: { name: string }) => name === "key") : field,
    );
    expect((await postForm(senderOf(owner), { url: form.url, fields: mixed }, sampleOf(3).bytes)).status).toBe(403);
  });

  it("allows each user two uploads at once, so that one user's unfinished uploads do not block another user's", async () => {
    const open = async (actor: Actor): Promise<OpenRequest> => {
      const { form } = await requestUpload(senderOf(actor), { byteLength: 10 });
      return openRequest(form, { actor, url: unhurried.url });
    };
    const send = async (actor: Actor): Promise<Answer> => {
      const { form } = await requestUpload(senderOf(actor), { byteLength: 5 });
      const answer = await postForm({ url: unhurried.url, headers: credentialsOf(actor) }, form, sampleOf(5).bytes);
      return { status: answer.status, text: await answer.text() };
    };
    const held = [await open(owner), await open(owner)];
    await sleep(50);
    expect(await send(owner)).toMatchObject({ status: 503, text: expect.stringContaining("already have 2 uploads") });
    expect(await send(second)).toMatchObject({ status: 204 });
    held.push(await open(second));
    await sleep(50);
    expect(await send(third)).toMatchObject({ status: 503, text: expect.stringContaining("3 uploads are in progress") });
    for (const { sent } of held) sent.end(`${"x".repeat(10)}\r\n--open--\r\n`);
    for (const { answered } of held) expect(await answered).toMatchObject({ status: 204 });
    expect(await send(owner)).toMatchObject({ status: 204 });
  });

  it("ends stalled uploads with a 503 that says so, and then accepts others", async () => {
    const stalled = await Promise.all([trickle(1, 0), trickle(1, 0)]);
    for (const { status, text, id } of stalled) {
      expect([status, JSON.parse(text).errors[0]]).toMatchObject([503, { message: expect.stringContaining("nothing arrived for 0.4 s") }]);
      expect(await isPosted(id)).toBe(false);
    }
    expect(await filesIn("incoming")).toEqual([]);
    await sendUpload(senderOf(owner), sampleOf(100).bytes);
  });

  it("ends uploads that trickle past the deadline", async () => {
    const { status, text, id } = await trickle(18, 100);
    expect([status, JSON.parse(text).errors[0].message]).toEqual([503, expect.stringContaining("took longer than 1.5 s")]);
    expect([await filesIn("incoming"), await isPosted(id)]).toEqual([[], false]);
  });

  it("frees the slot of a client that disconnects, and leaves no file", async () => {
    const ids: string[] = [];
    for (let i = 0; i < 4; i++) {
      const { upload, form } = await requestUpload(senderOf(owner), { byteLength: 100 });
      ids.push(upload.id);
      const { sent } = openRequest(form);
      sent.write(randomBytes(10));
      await sleep(60);
      sent.destroy();
      await sleep(60);
    }
    await sendUpload(senderOf(owner), sampleOf(100).bytes);
    expect([await filesIn("incoming"), await Promise.all(ids.map(isPosted))]).toEqual([[], ids.map(() => false)]);
  });
});

describe("with the usual limits", () => {
  let usual: TestApi;
  beforeAll(async () => {
    usual = await startTestApi();
    await seedLocalOwner(usual.database.connection);
  });
  afterAll(() => usual.close());

  it("the file of an import of 300 MB streams to the store without being held in memory", async () => {
    const chunk = sampleOf(1024 * 1024).bytes;
    const byteLength = 300 * chunk.length;
    const hash = createHash("sha256");
    const service = new UploadService({ ...usual, logger, quotas: defaultQuotas });
    const { upload, form } = await service.request(owner, { kind: "IMPORT", fileName: "export.zip", byteLength });
    const empty = new Response(formDataOf(form.fields, new Uint8Array()));
    const contentType = empty.headers.get("content-type") ?? "";
    const [head = "", tail = ""] = (await empty.text()).split(/(?<=octet-stream\r\n\r\n)/);
    const before = process.memoryUsage().arrayBuffers;
    let peak = 0;
    const body = async function* () {
      yield Buffer.from(head);
      for (let i = 0; i < 300; i++) {
        const copy = chunk.slice();
        copy[0] = i;
        hash.update(copy);
        peak = Math.max(peak, process.memoryUsage().arrayBuffers - before);
        yield copy;
      }
      yield Buffer.from(tail);
    };
    await service.receive(owner, { body: body(), contentType });
    const { sha256 } = await service.finish(owner, upload.id);
    expect(sha256).toBe(hash.digest("hex"));
    expect(await usual.objectStore.has(fileKey(sha256))).toBe(true);
    console.log(`At most ${Math.round(peak / 1024 / 1024)} MB of buffers while 300 MB arrived.`);
    expect(peak).toBeLessThan(150 * 1024 * 1024);
  });

  it("an export of more than 4 GB is reserved exactly, counts for the quota, and can be deleted", async () => {
    const sender = {
      url: usual.url,
      query: (document: string, variables: Record<string, unknown>) => usual.query(document, variables, owner),
    };
    const byteLength = 5 * 1024 ** 3 + 1;
    const { upload, form } = await requestUpload(sender, { kind: "IMPORT", fileName: "export.zip", byteLength });
    expect([upload.byteLength, form.fields.find(({ name }: { name: string }) => name === "key").value]).toEqual([
      byteLength,
      `uploads/${upload.id}`,
    ]);
    const refused = await requestUpload(sender, { kind: "IMPORT", byteLength: 16 * 1024 ** 3 });
    expect(refused).toMatchObject({ __typename: "QuotaExceededError", message: expect.stringContaining("needs 16 GB, but only") });
    const { body } = await usual.query(
      "mutation ($id: ID!) { deleteUpload(input: { uploadId: $id }) { __typename } }",
      { id: upload.id },
      owner,
    );
    expect(body.data.deleteUpload.__typename).toBe("DeleteUploadSuccess");
  });

  it("a body that is too long is refused while the client is still sending", async () => {
    const { form } = await requestUpload(usual, { byteLength: 1_000 });
    const parts = new Response(formDataOf(form.fields, new Uint8Array()));
    const [head = ""] = (await parts.text()).split(/(?<=octet-stream\r\n\r\n)/);
    const headers = { "content-type": parts.headers.get("content-type") ?? "" };
    const sent = request(`${usual.url}/uploads`, { method: "POST", headers, agent: false });
    const answered = new Promise<IncomingMessage>((resolve, reject) => {
      sent.on("response", resolve);
      sent.on("error", reject);
    }).then(async (response) => ({ status: response.statusCode ?? 0, text: await readText(response) }));
    let isOver = false;
    const over = answered.then(
      () => (isOver = true),
      () => (isOver = true),
    );
    sent.write(head);
    const chunk = randomBytes(1024 * 1024);
    for (let i = 0; i < 100 && !isOver; i++) await Promise.race([new Promise<void>((resolve) => sent.write(chunk, () => resolve())), over]);
    expect(await answered).toMatchObject({ status: 400, text: expect.stringContaining("1,000 bytes that were announced") });
    sent.destroy();
  });
});

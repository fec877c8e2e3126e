/** Quotas of workspaces: what counts, and that concurrent requests take exactly what is left. */

import { encodeGlobalId } from "@pareidolia/api/globalId/globalId";
import { measureWorkspaces, setStorageQuota } from "@pareidolia/persistence/workspace/quotas/storageQuota";
import { localUserId, localWorkspaceId, seedLocalOwner } from "@pareidolia/persistence/workspace/workspaces/localWorkspace";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { createStranger, credentialsOf, stranger } from "../../support/actors.ts";
import { startTestApi, type TestApi } from "../../support/api.ts";
import { importRow } from "../../support/importRow.ts";
import { readShared } from "../../support/readShared.ts";
import { postForm, requestUpload, sendUpload, type UploadSender } from "../../support/sendUpload.ts";

const megabyte = 1024 ** 2;
const quotas = { storageBytes: 1_000 * megabyte, pendingUploads: 60 };
const preprocessing = { width: 8, height: 8, channels: 1, channelOrder: "RGB", layout: "NHWC", mean: [0], deviation: [255] };

let api: TestApi;
beforeAll(async () => {
  api = await startTestApi({ quotas });
  await seedLocalOwner(api.database.connection);
  await createStranger(api.database);
});
afterAll(() => api.close());
afterEach(async () => {
  const { connection } = api.database;
  await connection.upload.deleteMany();
  await connection.photo.deleteMany();
  await connection.model.deleteMany();
  await connection.workspace.updateMany({ data: { storageQuota: null } });
});

const read = async () => {
  const shares = ["models", "photos", "uploads", "pending"].map((name) => `${name} { count byteLength }`).join(" ");
  const { body } = await api.query(
    `{ quotas { storage { used limit } sent { used limit } pendingUploads { used limit } runs { running limit share } ${shares} } }`,
  );
  return body.data.quotas;
};
const mutate = async (name: string, type: string, input: object) => {
  const { body } = await api.query(
    `mutation ($input: ${type}!) { r: ${name}(input: $input) { __typename ... on Error { code message } } }`,
    { input },
  );
  return body.data.r;
};
const setQuota = (bytes: number) => setStorageQuota(api.database, { slug: "local", bytes });
const stranded: UploadSender = {
  get url() {
    return api.url;
  },
  headers: credentialsOf(stranger),
  query: (document, variables) => api.query(document, variables, stranger),
};

describe("imports that store networks", () => {
  it("take no more than is left when they are started together", async () => {
    const { connection } = api.database;
    const owner = { workspaceId: localWorkspaceId, createdById: localUserId, state: "READY" as const };
    const rows = ["one", "two"].map((id) => importRow({ ...owner, id, networkBytes: 6 * megabyte }));
    await connection.import.createMany({ data: rows });
    await setQuota(10 * megabyte);
    const inputs = rows.map(({ id }) => ({ importId: encodeGlobalId("Import", id) }));
    const answers = await Promise.all(inputs.map((input) => mutate("startImport", "StartImportInput", input)));
    expect(new Set(answers.map(({ __typename: type }) => type))).toEqual(new Set(["QuotaExceededError", "StartImportSuccess"]));
    expect((await read()).storage.used).toBe(6 * megabyte + rows.reduce((sum, { byteLength }) => sum + byteLength, 0));
    // The one that has started takes no more when the request is repeated.
    const started = answers.findIndex(({ __typename: type }) => type === "StartImportSuccess");
    expect(await mutate("startImport", "StartImportInput", inputs[started] as object)).toMatchObject({ __typename: "StartImportSuccess" });
    await connection.import.deleteMany();
  });
});

describe("what a workspace uses", () => {
  it("grows by the announced size when an upload is requested, and is the same once it is finished", async () => {
    const before = await read();
    expect(before).toMatchObject({
      storage: { used: 0, limit: quotas.storageBytes },
      sent: { used: 0 },
      pendingUploads: { used: 0, limit: 60 },
      runs: { running: 0, limit: null, share: 1 },
    });
    const { form } = await requestUpload(api, { byteLength: 1_000 });
    expect(await read()).toMatchObject({ storage: { used: 1_000 }, pending: { count: 1, byteLength: 1_000 }, pendingUploads: { used: 1 } });
    await postForm(api, form, new Uint8Array(1_000));
    await sendUpload(api, new Uint8Array(500));
    expect(await read()).toMatchObject({ storage: { used: 1_500 }, uploads: { count: 1, byteLength: 500 }, sent: { used: 1_500 } });
  });

  it("counts a model instead of its upload, and a photograph as it is stored", async () => {
    const { id } = await sendUpload(api, new Uint8Array(700));
    expect(
      await mutate("registerModel", "RegisterModelInput", { uploadId: id, name: "M", labels: ["a", "b"], preprocessing }),
    ).toMatchObject({
      __typename: "RegisterModelSuccess",
    });
    expect(await read()).toMatchObject({ storage: { used: 700 }, models: { count: 1, byteLength: 700 }, uploads: { count: 0 } });
    const photo = await sendUpload(api, await readShared("photos/cat.bmp"), "PHOTO");
    await mutate("uploadImage", "UploadImageInput", { uploadId: photo.id, name: "Cat" });
    const { image } = await api.database.connection.photo.findFirstOrThrow({ where: { name: "Cat" }, include: { image: true } });
    expect(await read()).toMatchObject({ storage: { used: 700 + image.byteLength }, photos: { count: 1, byteLength: image.byteLength } });
  });

  it("counts a model whose file is downloaded as the largest file until its size is known", async () => {
    const { body } = await api.query(
      `mutation ($input: RegisterModelInput!) { registerModel(input: $input) { ... on RegisterModelSuccess { model { id } } } }`,
      { input: { url: "https://models.lab.example/net.onnx", name: "Far", labels: ["a", "b"], preprocessing } },
    );
    expect(body.data.registerModel.model.id).toBeTruthy();
    expect(await read()).toMatchObject({ models: { byteLength: 256 * megabyte } });
    await api.database.connection.model.updateMany({ data: { state: "REFUSED", refusal: "It was not found." } });
    expect(await read()).toMatchObject({ models: { byteLength: 0 } });
  });

  it("counts the rows of an unfinished bulk query", async () => {
    const { connection } = api.database;
    const asked = { name: "Running", query: "{ runs { nodes { id } } }", variables: {}, format: "jsonl", columns: [], downloadKey: "key" };
    const owner = { workspaceId: localWorkspaceId, createdById: localUserId };
    await connection.bulkQuery.create({ data: { id: "running", number: 1, ...owner, ...asked, state: "RUNNING" } });
    for (const index of [0, 1])
      await connection.bulkQueryChunk.create({ data: { bulkQueryId: "running", index, sha256: `${index}`, byteLength: 500 } });
    expect((await read()).storage.used).toBe(1_000);
    await connection.bulkQuery.deleteMany();
    expect((await read()).storage.used).toBe(0);
  });

  it("is that of the own workspace only", async () => {
    await sendUpload(stranded, new Uint8Array(300));
    expect(await read()).toMatchObject({ storage: { used: 0 }, sent: { used: 0 } });
  });
});

describe("a quota", () => {
  it("admits exactly what fits of 50 requests at once for the last room", async () => {
    await setQuota(10_500);
    const answers = await Promise.all(Array.from({ length: 50 }, () => requestUpload(api, { byteLength: 1_000 })));
    expect(answers.filter(({ upload }) => upload !== undefined)).toHaveLength(10);
    for (const answer of answers.filter(({ upload }) => upload === undefined))
      expect(answer).toMatchObject({ __typename: "QuotaExceededError", code: "QUOTA_EXCEEDED", message: /needs 1000 B, but only 500 B/ });
    expect(await read()).toMatchObject({ storage: { used: 10_000, limit: 10_500 }, pendingUploads: { used: 10 } });
    expect(await requestUpload(api, { byteLength: 500 })).toMatchObject({ __typename: "RequestUploadSuccess" });
  });

  it("leaves no trace of a refused request: no row and no entry of the audit log", async () => {
    await setQuota(999);
    const before = await api.database.connection.auditEntry.count();
    expect(await requestUpload(api, { byteLength: 1_000 })).toMatchObject({ __typename: "QuotaExceededError" });
    expect([await api.database.connection.upload.count(), await api.database.connection.auditEntry.count()]).toEqual([0, before]);
  });

  it("does not concern another workspace, which can send more", async () => {
    await setQuota(0);
    expect(await requestUpload(api, { byteLength: 1 })).toMatchObject({ __typename: "QuotaExceededError" });
    expect(await requestUpload(stranded, { byteLength: 1 })).toMatchObject({ __typename: "RequestUploadSuccess" });
  });

  it("that was lowered below what is used still lets a finished upload become a model, but refuses more", async () => {
    const { id } = await sendUpload(api, new Uint8Array(700));
    await setQuota(100);
    expect(
      await mutate("registerModel", "RegisterModelInput", { uploadId: id, name: "M", labels: ["a", "b"], preprocessing }),
    ).toMatchObject({
      __typename: "RegisterModelSuccess",
    });
    expect(
      await mutate("registerModel", "RegisterModelInput", { uploadId: id, name: "N", labels: ["a", "b"], preprocessing }),
    ).toMatchObject({
      __typename: "QuotaExceededError",
    });
    expect(await requestUpload(api, { byteLength: 1 })).toMatchObject({ __typename: "QuotaExceededError" });
    expect(await read()).toMatchObject({ storage: { used: 700, limit: 100 } });
  });

  it("counts what was sent and deleted within a day, so that deleting does not allow more", async () => {
    await setQuota(2_000);
    for (let i = 0; i < 2; i++) {
      const { id } = await sendUpload(api, new Uint8Array(1_000).fill(i));
      expect(await mutate("deleteUpload", "DeleteUploadInput", { uploadId: id })).toMatchObject({ __typename: "DeleteUploadSuccess" });
    }
    expect(await read()).toMatchObject({ storage: { used: 0 }, sent: { used: 2_000, limit: 2_000 } });
    expect(await requestUpload(api, { byteLength: 1 })).toMatchObject({ message: expect.stringContaining("within 24 hours") });
    await api.database.connection.upload.updateMany({ data: { createdAt: new Date(Date.now() - 25 * 60 * 60_000) } });
    expect(await requestUpload(api, { byteLength: 1 })).toMatchObject({ __typename: "RequestUploadSuccess" });
  });

  it("limits unfinished uploads, of which 50 requests at once start exactly the last ones", async () => {
    const first = await Promise.all(Array.from({ length: 30 }, () => requestUpload(api, { byteLength: 1 })));
    expect(first.every(({ upload }) => upload !== undefined)).toBe(true);
    const more = await Promise.all(Array.from({ length: 50 }, () => requestUpload(api, { byteLength: 1 })));
    expect(more.filter(({ upload }) => upload !== undefined)).toHaveLength(30);
    expect(more.find(({ upload }) => upload === undefined)).toMatchObject({
      message: expect.stringContaining("60 uploads of this workspace are unfinished"),
    });
    await api.query("mutation ($id: ID!) { deleteUpload(input: { uploadId: $id }) { __typename } }", { id: first[0].upload.id });
    expect(await requestUpload(api, { byteLength: 1 })).toMatchObject({ __typename: "RequestUploadSuccess" });
  });

  it("refuses a model by address without room for the largest file", async () => {
    await setQuota(255 * megabyte);
    const input = { url: "https://models.lab.example/net.onnx", name: "Far", labels: ["a", "b"], preprocessing };
    expect(await mutate("registerModel", "RegisterModelInput", input)).toMatchObject({
      message: expect.stringContaining("needs 256 MB, but only 255 MB"),
    });
    await setQuota(256 * megabyte);
    expect(await mutate("registerModel", "RegisterModelInput", input)).toMatchObject({ __typename: "RegisterModelSuccess" });
  });
});

it("the operator sets the quota of a workspace by its short name; the audit log has the change", async () => {
  await setQuota(5_000);
  await setQuota(5_000);
  await setStorageQuota(api.database, { slug: "local", bytes: null });
  const { connection } = api.database;
  const entries = await connection.auditEntry.findMany({
    where: { action: "workspace:setQuota", workspaceId: localWorkspaceId },
    orderBy: { sequence: "desc" },
    take: 2,
  });
  expect(entries.map(({ text, userId }) => [userId, JSON.parse(text).before, JSON.parse(text).after])).toEqual([
    [null, { storageQuota: 5_000 }, { storageQuota: null }],
    [null, { storageQuota: null }, { storageQuota: 5_000 }],
  ]);
  expect((await measureWorkspaces(connection)).map(({ slug }) => slug)).toEqual(["elsewhere", "local"]);
  await expect(setStorageQuota(api.database, { slug: "none", bytes: 1 })).rejects.toMatchObject({ code: "NOT_FOUND" });
});

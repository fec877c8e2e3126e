/** Photographs in batches: one request asks for several uploads, one makes those that have arrived photos, and a file that is refused leaves the others. */
import { readShared } from "../../support/readShared.ts";
import "reflect-metadata";
import { verifyAuditLog } from "@pareidolia/persistence/access/audit/verifyAuditLog";
import { localWorkspaceId, seedLocalOwner } from "@pareidolia/persistence/workspace/workspaces/localWorkspace";
import sharp from "sharp";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startTestApi, type TestApi } from "../../support/api.ts";
import { type IssuedForm, postForm } from "../../support/sendUpload.ts";

const quotas = { storageBytes: 20 * 1024 * 1024, pendingUploads: 12 };

let api: TestApi;
beforeAll(async () => {
  api = await startTestApi({ quotas });
  await seedLocalOwner(api.database.connection);
});
afterAll(() => api.close());

const errors = "... on InvalidInputError { field } ... on Error { message }";
const requestDocument = `mutation ($input: RequestUploadsInput!) { r: requestUploads(input: $input) { __typename ${errors}
  ... on RequestUploadsSuccess { results { __typename ${errors}
    ... on RequestUploadSuccess { upload { id kind fileName byteLength sha256 } form { url fields { name value } } } } } } }`;
const storeDocument = `mutation ($input: StorePhotosInput!) { r: storePhotos(input: $input) { __typename ${errors}
  ... on StorePhotosSuccess { results { __typename ${errors}
    ... on UploadImageSuccess { photo { id name label image { width height } } } } } } }`;

interface Issued {
  readonly upload: { readonly id: string };
  readonly form: IssuedForm;
}

// oxlint-disable-next-line typescript/no-explicit-any -- tests read any part of the result
async function ask(document: string, input: object): Promise<any> {
  const { body } = await api.query(document, { input });
  expect(body.errors).toBeUndefined();
  return body.data.r;
}

const requestFiles = (files: readonly object[]) =>
  ask(requestDocument, { files: files.map((file) => ({ kind: "PHOTO", fileName: "owl.png", byteLength: 1, ...file })) });
const storePhotos = (ids: readonly string[], changes: readonly object[] = []) =>
  ask(storeDocument, { photos: ids.map((uploadId, i) => ({ uploadId, name: `Photo ${i}`, ...changes[i] })) });

const imageOf = (shade: number): Promise<Buffer> =>
  sharp({ create: { width: 8 + shade, height: 8, channels: 3, background: { r: shade, g: 0, b: 0 } } })
    .png()
    .toBuffer();

/** Uploads whose files have been posted. */
async function send(files: readonly Uint8Array[]): Promise<string[]> {
  const { results } = await requestFiles(files.map(({ length }) => ({ byteLength: length })));
  for (const [i, { form }] of (results as Issued[]).entries()) expect((await postForm(api, form, files[i] as Uint8Array)).status).toBe(204);
  return (results as Issued[]).map(({ upload }) => upload.id);
}

const rowsOf = (ids: readonly string[]) => api.database.connection.upload.findMany({ where: { id: { in: [...ids] } } });
const usage = async () => (await api.query("{ quotas { pendingUploads { used } uploads { count } photos { count } } }")).body.data.quotas;
const deleteUnfinished = () => api.database.connection.upload.deleteMany({ where: { sha256: null } });
const lastEntries = async (count: number) => {
  const where = { workspaceId: localWorkspaceId };
  return (await api.database.connection.auditEntry.findMany({ where, orderBy: { sequence: "desc" }, take: count })).reverse();
};

describe("requestUploads", () => {
  it("returns the form of each file, in order, and an audit entry for each", async () => {
    const { results } = await requestFiles([{ byteLength: 5 }, { kind: "MODEL", fileName: "net.onnx", byteLength: 7 }]);
    expect(results).toMatchObject([
      { upload: { kind: "PHOTO", fileName: "owl.png", byteLength: 5, sha256: null } },
      { upload: { kind: "MODEL", fileName: "net.onnx", byteLength: 7 } },
    ]);
    const entries = await lastEntries(2);
    expect(entries.map(({ action, subjectId }) => [action, subjectId])).toEqual(
      (results as Issued[]).map(({ upload }) => ["upload:create", upload.id]),
    );
    await deleteUnfinished();
  });

  it("refuses a file by itself, and names its field", async () => {
    const { results } = await requestFiles([{ fileName: "" }, {}, { byteLength: 21 * 1024 * 1024 }]);
    expect(results).toMatchObject([
      { __typename: "InvalidInputError", field: "input.files.0.fileName" },
      { __typename: "RequestUploadSuccess" },
      { __typename: "InvalidInputError", field: "input.files.2.byteLength", message: /20 MB/ },
    ]);
    expect((await usage()).pendingUploads.used).toBe(1);
    await deleteUnfinished();
  });

  it("reserves those files that a quota has room for", async () => {
    const { results } = await requestFiles(Array.from({ length: 14 }, () => ({})));
    const types = (results as { readonly __typename: string }[]).map(({ __typename: type }) => type);
    expect(types).toEqual([...Array(12).fill("RequestUploadSuccess"), ...Array(2).fill("QuotaExceededError")]);
    expect((await usage()).pendingUploads.used).toBe(12);
    await deleteUnfinished();
  });

  it.each([0, 51])("does not take %i files", async (length) => {
    expect(await requestFiles(Array.from({ length }, () => ({})))).toMatchObject({ __typename: "InvalidInputError", field: "input.files" });
  });
});

describe("storePhotos", () => {
  it("finishes uploads and makes them photos, with an audit entry for each step", async () => {
    const ids = await send([await imageOf(1), await imageOf(2), await readShared("photos/owl.jpg")]);
    const { results } = await storePhotos(ids, [{ label: "one" }]);
    expect(results).toMatchObject([
      { photo: { name: "Photo 0", label: "one", image: { width: 9, height: 8 } } },
      { photo: { name: "Photo 1", label: null, image: { width: 10, height: 8 } } },
      { photo: { name: "Photo 2" } },
    ]);
    expect(await usage()).toMatchObject({ pendingUploads: { used: 0 }, uploads: { count: 0 }, photos: { count: 3 } });
    for (const { sha256, claimedAt } of await rowsOf(ids)) expect([sha256, claimedAt]).not.toContain(null);
    expect((await lastEntries(6)).map(({ action }) => action)).toEqual([
      ...Array(3).fill("upload:finish"),
      ...Array(3).fill("photo:create"),
    ]);
    expect((await verifyAuditLog(api.database.connection, localWorkspaceId)).broken).toBeNull();
  });

  it("returns the same photos when the request is repeated, at once or later", async () => {
    const ids = await send([await imageOf(3), await imageOf(4)]);
    const [first, second] = await Promise.all([storePhotos(ids), storePhotos(ids)]);
    expect(second).toEqual(first);
    const before = await lastEntries(1);
    expect(await storePhotos(ids)).toEqual(first);
    expect(await lastEntries(1)).toEqual(before);
  });

  it("makes a photo of an upload that was finished before, and two of two equal files", async () => {
    const image = await imageOf(5);
    const ids = await send([image, image]);
    await api.query("mutation ($id: ID!) { finishUpload(input: { uploadId: $id }) { __typename } }", { id: ids[0] });
    const { results } = await storePhotos(ids);
    expect(new Set(results.map(({ photo }: { photo: { id: string } }) => photo.id)).size).toBe(2);
  });

  it("refuses a file by itself, and leaves its upload unfinished", async () => {
    const ids = await send([Buffer.from("GIF89a"), await imageOf(6), await imageOf(7)]);
    const { results: issued } = await requestFiles([{}]);
    const all = [...ids, issued[0].upload.id as string];
    const { results } = await storePhotos(all, [{}, {}, { name: "" }]);
    expect(results).toMatchObject([
      { __typename: "InvalidInputError", field: "input.photos.0.uploadId", message: /neither a PNG/ },
      { __typename: "UploadImageSuccess" },
      { __typename: "InvalidInputError", field: "input.photos.2.name" },
      { __typename: "ConflictError", message: /has not arrived/ },
    ]);
    const unfinished = (await rowsOf(all)).filter(({ sha256 }) => sha256 === null).map(({ id }) => id);
    expect(new Set(unfinished)).toEqual(new Set([all[0], all[2], all[3]]));
    await deleteUnfinished();
  });

  it("stores those photos that a quota has room for", async () => {
    // Larger as they are stored than as they are sent.
    const noise = Buffer.from(Array.from({ length: 900 * 900 * 3 }, (_, i) => (i * 7919 + ((i * i) % 251)) % 256));
    const jpeg = (quality: number) =>
      sharp(noise, { raw: { width: 900, height: 900, channels: 3 } })
        .jpeg({ quality })
        .toBuffer();
    const ids = await send([await jpeg(10), await jpeg(11), await jpeg(12)]);
    const { used } = (await api.query("{ quotas { storage { used } } }")).body.data.quotas.storage;
    const { connection } = api.database;
    await connection.workspace.update({ where: { id: localWorkspaceId }, data: { storageQuota: BigInt(used + 3_000_000) } });
    const { results } = await storePhotos(ids);
    const types = (results as { readonly __typename: string }[]).map(({ __typename: type }) => type);
    await connection.workspace.update({ where: { id: localWorkspaceId }, data: { storageQuota: null } });
    expect(types[0]).toBe("UploadImageSuccess");
    expect(types.at(-1)).toBe("QuotaExceededError");
    // After a refusal the file can be stored once there is room.
    expect((await storePhotos(ids)).results).toMatchObject(ids.map(() => ({ __typename: "UploadImageSuccess" })));
  });

  it("changes nothing for an ID that is not of an upload here, for one that is given twice, and for none", async () => {
    const ids = await send([await imageOf(9)]);
    const unknown = "00000000-0000-4000-8000-000000000000";
    expect(await storePhotos([...ids, unknown])).toMatchObject({ __typename: "NotFoundError" });
    expect(await storePhotos([...ids, "upload"])).toMatchObject({ __typename: "InvalidInputError", field: "input.photos.1.uploadId" });
    expect(await storePhotos([...ids, ...ids])).toMatchObject({ __typename: "InvalidInputError", field: "input.photos" });
    expect(await storePhotos([])).toMatchObject({ __typename: "InvalidInputError", field: "input.photos" });
    expect((await usage()).pendingUploads.used).toBe(1);
  });
});

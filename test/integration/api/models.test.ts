/** Photos and models from uploads, over real HTTP and Postgres. */

import { createHash } from "node:crypto";
import { importModel } from "@pareidolia/classifiers/importers/importModel";
import { fileKey } from "@pareidolia/persistence/server/objectStores/objectStore";
import { storedClassifiers } from "@pareidolia/workers/storedClassifiers";
import { checkModel } from "@pareidolia/workers/tasks/checkModel.task";
import sharp from "sharp";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { dataName, dataOf, graphFile } from "../../support/externalOnnx.ts";
import { findLeaks } from "../../support/leaks.ts";
import { type MutationApi, startMutationApi } from "../../support/mutationApi.ts";
import { validFile, weights } from "../../support/onnxVariants.ts";
import { readShared } from "../../support/readShared.ts";
import { sharedCacheFolder } from "../../support/sharedCache.ts";

let api: MutationApi;
beforeAll(async () => {
  api = await startMutationApi();
});
afterAll(() => api.close());

const imageOfPhoto = () => readShared("photos/cat.bmp");

describe("uploads", () => {
  it("are stored under their hash, and become one photo per idempotency key", async () => {
    const bytes = await imageOfPhoto();
    const body = await api.upload(bytes, "PHOTO");
    expect(body).toMatchObject({ byteLength: bytes.length, sha256: createHash("sha256").update(bytes).digest("hex") });
    const input = { uploadId: body.id, name: "Once", idempotencyKey: "photo" };
    const first = await api.mutate("uploadImage", input);
    expect((await api.mutate("uploadImage", input)).photo.id).toBe(first.photo.id);
    const { photos } = (await api.query("{ photos(first: 1) { totalCount nodes { name image { sha256 } } } }")).body.data;
    expect(photos.nodes[0].name).toBe("Once");
  });

  it.each([
    ["text", async () => Buffer.from("GIF89a and nothing more")],
    ["an SVG image with a script", async () => Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>')],
    ["a GIF that is a script, too", async () => Buffer.from("GIF89a/*\0\0\0*/=1;alert(1)")],
    ["a PNG signature before HTML", async () => Buffer.from("\x89PNG\r\n\x1a\n<html><script>alert(1)</script>", "latin1")],
    ["a truncated JPEG", async () => (await readShared("photos/owl.jpg")).subarray(0, 9_000)],
    ["a JPEG of 64 x 64 pixels whose header says 6000 x 6000", jpegWithLongHeader],
    ["a BMP of a million pixels a side", async () => bmpHeader(1_000_000, 1_000_000)],
    ["a BMP without its pixels", async () => bmpHeader(100, 100)],
  ])("cannot become a photo if they contain %s", async (_name, bytesOf) => {
    const { id } = await api.upload(await bytesOf(), "PHOTO");
    const before = await api.snapshot();
    const answer = await api.mutate("uploadImage", { uploadId: id, name: "Bad" });
    expect(answer).toMatchObject({ __typename: "InvalidInputError", field: "input.uploadId" });
    expect(findLeaks(answer.message)).toEqual([]);
    expect(await api.snapshot()).toBe(before);
  });
});

async function jpegWithLongHeader(): Promise<Buffer> {
  const bytes = await sharp({ create: { width: 64, height: 64, channels: 3, background: "#c0ffee" } })
    .jpeg()
    .toBuffer();
  // Start of frame: marker, length and precision come before height and width.
  const frame = bytes.indexOf(Buffer.from([0xff, 0xc0]));
  bytes.writeUInt16BE(6000, frame + 5);
  bytes.writeUInt16BE(6000, frame + 7);
  return bytes;
}

function bmpHeader(width: number, height: number): Buffer {
  const bytes = Buffer.alloc(64);
  bytes.write("BM", 0, "latin1");
  bytes.writeUInt32LE(54, 10);
  bytes.writeUInt32LE(40, 14);
  bytes.writeInt32LE(width, 18);
  bytes.writeInt32LE(height, 22);
  bytes.writeUInt16LE(1, 26);
  bytes.writeUInt16LE(24, 28);
  return bytes;
}

describe("models", () => {
  const preprocessing = { width: 28, height: 28, channels: 1, channelOrder: "RGB", layout: "NCHW", mean: [0], deviation: [1] };
  const modelInput = (uploadId: string) => ({ uploadId, name: "Mine", labels: ["a", "b", "c", "d", "e"], preprocessing });

  it("are registered for a worker to check, and cannot be used before the check", async () => {
    const { id } = await api.upload(Buffer.from("a network, perhaps"));
    const { model } = await api.mutate("registerModel", { ...modelInput(id), idempotencyKey: "m" });
    expect(model).toMatchObject({ state: "CHECKING", origin: "upload", byteLength: 18, preprocessing });
    expect(await api.lastJobs()).toEqual(["checkModel"]);
    expect((await api.mutate("registerModel", { ...modelInput(id), idempotencyKey: "m" })).model.id).toBe(model.id);
    const started = await api.mutate("startAscent", { experimentId: "EXP-1", preset: await api.presetOf(), modelId: model.id, seed: 1 });
    expect(started.__typename).toBe("ConflictError");
    const twin = await api.mutate("registerModel", { ...modelInput(id), sameClassesAsId: api.modelId });
    const space = (await api.query("query ($id: ID!) { node(id: $id) { ... on Model { labelSpace } } }", { id: api.modelId })).body.data
      .node;
    expect(twin.model.labelSpace).toBe(space.labelSpace);
    const listed = await api.query(
      "query ($space: String) { models(filter: { labelSpace: $space, state: [AVAILABLE] }) { nodes { slug } } }",
      {
        space: space.labelSpace,
      },
    );
    expect(listed.body.data.models.nodes.map(({ slug }: { slug: string }) => slug)).toEqual(["linear", "twin"]);
  });

  describe("with their weights in another file", () => {
    const splitInput = {
      name: "Split",
      labels: ["a", "b", "c"],
      preprocessing: { ...preprocessing, width: 8, height: 8, deviation: [255] },
    };
    const send = async (bytes: Uint8Array) => (await api.upload(bytes)).id;
    const rowOf = (name: string) => api.database.connection.model.findFirstOrThrow({ where: { name }, orderBy: { createdAt: "desc" } });

    async function check(name: string) {
      const { id } = await rowOf(name);
      const load = storedClassifiers({
        cacheFolder: sharedCacheFolder(),
        threads: 1,
        objectStore: api.objectStore,
        log: api.context().log,
      });
      const opened: { dispose(): Promise<void> }[] = [];
      await checkModel(
        { modelId: id },
        {
          ...api.context(),
          openClassifier: async (model) => {
            const classifier = await load(model);
            opened.push(classifier);
            return classifier;
          },
        },
      );
      for (const classifier of opened) await classifier.dispose();
      return rowOf(name);
    }

    it("are stored as one file with one hash, and can be used", async () => {
      const dataFiles = [{ name: dataName, uploadId: await send(dataOf(weights())) }];
      const input = { ...splitInput, uploadId: await send(graphFile()), fileName: "my net.onnx", dataFiles, idempotencyKey: "split" };
      const { model } = await api.mutate("registerModel", input);
      expect(model).toMatchObject({ state: "CHECKING" });
      expect((await api.mutate("registerModel", input)).model.id).toBe(model.id);
      const checked = await check("Split");
      expect(checked).toMatchObject({ state: "AVAILABLE", refusal: null, report: { format: "onnx", classes: 3, parameters: 192 } });
      const stored = await api.objectStore.get(fileKey(checked.sha256));
      expect(createHash("sha256").update(stored).digest("hex")).toBe(checked.sha256);
      expect(stored).toHaveLength(checked.byteLength ?? 0);
      expect(importModel(stored)).toEqual(importModel(validFile()));
    });

    it("are refused without the weights, with the name of the missing file", async () => {
      await api.mutate("registerModel", { ...splitInput, name: "Alone", uploadId: await send(graphFile()) });
      expect(await check("Alone")).toMatchObject({
        state: "REFUSED",
        refusal: expect.stringContaining('"net.onnx.data", which is missing'),
      });
    });

    it.each([
      ["a name outside the folder", { dataFiles: [{ name: "../net.onnx.data" }] }, "input.dataFiles.0.name"],
      ["two files of the same name", { dataFiles: [{ name: dataName }, { name: dataName }] }, "input.dataFiles.1.name"],
      ["the model's own name", { dataFiles: [{ name: "net.onnx" }] }, "input.dataFiles.0.name"],
      ["no file name for the model", { fileName: null }, "input.fileName"],
      ["a format without data files", { fileName: "net.tflite" }, "input.fileName"],
      ["a model in a folder", { fileName: "m/net.onnx" }, "input.fileName"],
      ["an invalid upload id", { dataFiles: [{ name: dataName, uploadId: "x" }] }, "input.dataFiles.0.uploadId"],
      ["too many files", { dataFiles: Array.from({ length: 65 }, (_, i) => ({ name: `${i}.data` })) }, "input.dataFiles"],
      ["a URL", { uploadId: null, url: "https://models.example.org/net.onnx" }, "input.dataFiles"],
    ] as const)("are not registered with %s", async (_what, change, field) => {
      const id = await send(graphFile());
      const { dataFiles = [{ name: dataName }], ...rest } = change as { dataFiles?: { name: string }[] };
      const input = {
        ...splitInput,
        uploadId: id,
        fileName: "net.onnx",
        dataFiles: dataFiles.map((file) => ({ uploadId: id, ...file })),
        ...rest,
      };
      const before = await api.snapshot();
      const answer = await api.mutate("registerModel", input);
      expect(answer).toMatchObject({ __typename: "InvalidInputError", field });
      expect(findLeaks(answer.message)).toEqual([]);
      expect(await api.snapshot()).toBe(before);
    });
  });

  it("may be given by a URL, which a worker downloads and the API does not", async () => {
    const { uploadId: _, ...rest } = modelInput("");
    const url = "https://models.example.org/net.onnx";
    const input = { ...rest, url: "https://MODELS.example.org/net.onnx", idempotencyKey: "address" };
    const { model } = await api.mutate("registerModel", input);
    expect(model).toMatchObject({ state: "CHECKING", origin: "upload", byteLength: null });
    const stored = await api.database.connection.model.findFirstOrThrow({ where: { url } });
    expect(stored).toMatchObject({ sha256: "", source: url });
    expect(await api.lastJobs()).toEqual(["checkModel"]);
    expect((await api.mutate("registerModel", input)).model.id).toBe(model.id);
    const other = await api.mutate("registerModel", { ...input, url: "https://models.example.org/other.onnx" });
    expect(other).toMatchObject({ __typename: "ConflictError" });
  });

  it.each([
    ["http://models.example.org/net.onnx"],
    ["http://10.0.0.1/net.onnx"],
    ["ftp://models.example.org/net.onnx"],
    ["file:///etc/passwd"],
    ["https://me:secret@models.example.org/net.onnx"],
    ["net.onnx"],
    [""],
  ])("are not registered from %j", async (url) => {
    const { uploadId: _, ...rest } = modelInput("");
    const before = await api.snapshot();
    const answer = await api.mutate("registerModel", { ...rest, url });
    expect(answer).toMatchObject({ __typename: "InvalidInputError", field: "input.url" });
    expect(answer.message.length).toBeGreaterThan(20);
    expect(await api.snapshot()).toBe(before);
  });

  it("are registered from either a file or a URL, never from both or neither", async () => {
    const { id } = await api.upload(Buffer.from("a network, perhaps"));
    const { uploadId: _, ...neither } = modelInput("");
    const before = await api.snapshot();
    for (const given of [neither, { ...modelInput(id), url: "https://models.example.org/net.onnx" }])
      expect(await api.mutate("registerModel", given)).toMatchObject({ __typename: "InvalidInputError", field: "input.url" });
    expect(await api.snapshot()).toBe(before);
  });

  it("of the zoo can be checked on request", async () => {
    const { nodes } = (await api.query("{ models { nodes { id slug } } }")).body.data.models;
    const twin = nodes.find(({ slug }: { slug: string }) => slug === "twin");
    expect((await api.mutate("checkModel", { modelId: twin.id })).model.state).toBe("CHECKING");
    await api.database.connection.model.updateMany({ where: { slug: "twin" }, data: { state: "AVAILABLE" } });
  });

  it.each([
    [{ uploadId: "nonsense" }, "InvalidInputError", "input.uploadId"],
    [{ uploadId: "00000000-0000-4000-8000-000000000000" }, "NotFoundError", undefined],
    [{ name: " " }, "InvalidInputError", "input.name"],
    [{ labels: ["only"] }, "InvalidInputError", "input.labels"],
    [{ labels: ["a", ""] }, "InvalidInputError", "input.labels.1"],
    [{ preprocessing: { ...preprocessing, channels: 2 } }, "InvalidInputError", "input.preprocessing.channels"],
    [{ preprocessing: { ...preprocessing, deviation: [0] } }, "InvalidInputError", "input.preprocessing.deviation"],
    [{ preprocessing: { ...preprocessing, width: 5000 } }, "InvalidInputError", "input.preprocessing.width"],
    [{ preprocessing: { ...preprocessing, mean: [1, 2] } }, "InvalidInputError", "input.preprocessing.mean"],
    [{ labels: ["a", "b"], sameClassesAsId: "model" }, "InvalidInputError", "input.sameClassesAsId"],
  ])("are not registered with %j", async (change, type, field) => {
    const { id } = await api.upload(Buffer.from("a network, perhaps"));
    const before = await api.snapshot();
    const given = "sameClassesAsId" in change ? { ...change, sameClassesAsId: api.modelId } : change;
    const answer = await api.mutate("registerModel", { ...modelInput(id), ...given });
    expect(answer).toMatchObject({ __typename: type, ...(field === undefined ? {} : { field }) });
    expect(await api.snapshot()).toBe(before);
  });
});

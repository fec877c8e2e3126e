import { prepareModel } from "@pareidolia/classifiers/engines/prepareModel";
import { importModel } from "@pareidolia/classifiers/importers/importModel";
import { importTfjs } from "@pareidolia/classifiers/importers/tfjs/importTfjs";
import { inspectModel } from "@pareidolia/classifiers/intake/inspectModel";
import { encodeModel } from "@pareidolia/onnx/proto/encodeModel";
import { describe, expect, it } from "vitest";
import { validGraph, weights } from "../../../support/onnxVariants.ts";
import { sequentialModel } from "../../../support/tfjsModels.ts";
import { type ZipPart, zipOf } from "../../../support/zipFiles.ts";

const { modelJson, shards } = sequentialModel;

function parts(folder = "", change: Partial<ZipPart> = {}): ZipPart[] {
  const files = [["model.json", modelJson] as const, ...shards];
  return files.map(([name, content], index) => ({ name: folder + name, content, ...(index === 1 ? change : {}) }));
}

const declaring = (values: ZipPart["declared"]): Uint8Array => zipOf(parts("", { declared: values ?? {} }));

describe("an ONNX file in an archive", () => {
  it("has the declared layout if its sizes fit both", () => {
    const cube = validGraph({
      inputs: [{ name: "x", type: "float32", dims: ["N", 3, 3, 3] }],
      initializers: [weights({ dims: [27, 3], data: new Float32Array(81).map((_, i) => i) })],
    });
    const file = encodeModel(cube);
    const packed = zipOf([{ name: "net.onnx", content: file }]);
    const preprocessing = { width: 3, height: 3, channels: 3, channelOrder: "RGB", layout: "NHWC", mean: [0], deviation: [1] } as const;
    const open = (bytes: Uint8Array) => prepareModel({ file: bytes, preprocessing, labels: ["a", "b", "c"] }).graph;
    expect(open(packed)).toEqual(open(file));
  });
});

describe("a tfjs layers model in one archive", () => {
  it.each([
    ["at the top level", parts()],
    ["in a folder", parts("my model/")],
    ["uncompressed", parts("", { stored: true })],
    ["packed by the Finder", [...parts("m/"), { name: "__MACOSX/m/._model.json", content: Uint8Array.of(0) }]],
    ["with an entry for its folder", [{ name: "m/", content: new Uint8Array(0), stored: true }, ...parts("m/")]],
  ])("equals the model of its files: %s", (_, packed) => {
    expect(importModel(zipOf(packed))).toEqual(importTfjs(modelJson, shards));
  });

  it("passes the inspection of uploads", async () => {
    const declared = {
      labels: ["a", "b", "c", "d", "e", "f"],
      preprocessing: { width: 8, height: 9, channels: 3, channelOrder: "RGB", layout: "NCHW", mean: [127.5], deviation: [127.5] },
    } as const;
    const report = await inspectModel({ model: { bytes: zipOf(parts("m/")) }, declared });
    expect(report).toMatchObject({ kind: "accepted", format: "tfjs", classes: 6 });
    const bomb = declaring({ bytes: 2 ** 31 });
    expect(await inspectModel({ model: { bytes: bomb }, declared })).toMatchObject({
      kind: "refused",
      code: "MALFORMED",
      reason: expect.stringContaining("unpacks to"),
    });
  });

  it.each<[string, Uint8Array, string]>([
    ["without a model.json", zipOf(parts().slice(1)), "contains 0 models"],
    ["with two model.json files", zipOf([...parts(), ...parts("b/")]), "contains 2 models"],
    ["without a shard", zipOf(parts().slice(0, 2)), '"group1-shard2of2.bin" are missing'],
    ["with an additional program", zipOf([...parts(), { name: "run.exe", content: Uint8Array.of(77, 90) }]), '"run.exe"'],
    ["with a file above its folder", zipOf([...parts("m/"), { name: "../x", content: Uint8Array.of(1) }]), '"../x"'],
    ["with two files of the same name", zipOf([...parts(), ...parts().slice(2)]), "two of its files have the same name"],
    ["that is encrypted", declaring({ flags: 1 }), "is encrypted"],
    ["with an unknown compression method", declaring({ method: 93 }), "compression method 93"],
    ["whose checksum is wrong", declaring({ checksum: 7 }), "does not match its directory"],
    ["that unpacks to more than declared", declaring({ bytes: 10 }), "cannot be unpacked"],
    ["that unpacks to less than declared", declaring({ bytes: 100_000 }), "does not match its directory"],
    ["that would unpack to gigabytes", declaring({ bytes: 2 ** 32 - 1 }), "unpacks to 429"],
    ["whose file has a wrong offset", declaring({ at: 3 }), "is not at the offset in its directory"],
    ["whose file has an offset beyond the end", declaring({ at: 2 ** 31 }), "is not at the offset in its directory"],
    ["with data after its end", new Uint8Array(Buffer.concat([zipOf(parts()), Buffer.from("more")])), "has no end record"],
    ["cut in half", zipOf(parts()).slice(0, 900), "has no end record"],
    ["of only its first bytes", Uint8Array.of(80, 75, 3, 4), "has no end record"],
  ])("is refused %s", (_, file, message) => {
    expect(() => importModel(file)).toThrow(expect.objectContaining({ code: "CORRUPT_DATA", message: expect.stringContaining(message) }));
  });

  it("is read or refused with a typed error when any byte changes", () => {
    const file = zipOf(parts());
    for (let at = 0; at < file.length; at += 1 + (at > 100 && at < file.length - 300 ? 97 : 0)) {
      const changed = file.slice();
      changed[at] = (changed[at] as number) ^ 0x55;
      try {
        importModel(changed);
      } catch (error) {
        expect(error, `byte ${at}`).toMatchObject({ name: "AppError" });
      }
    }
  });
});

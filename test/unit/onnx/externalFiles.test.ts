/** Weights in a separate file, as PyTorch exports them by default. */
import { decodeModel } from "@pareidolia/onnx/proto/decodeModel";
import { encodeModel } from "@pareidolia/onnx/proto/encodeModel";
import { describe, expect, it } from "vitest";
import { dataOf, graphFile, weightFile } from "../../support/externalOnnx.ts";
import { validGraph, weights } from "../../support/onnxVariants.ts";

const half = weights({ name: "w2" });
const data = Buffer.concat([Buffer.alloc(64), dataOf(weights())]);

describe("an ONNX file with external weights", () => {
  it("equals the network with its weights inside", () => {
    expect(decodeModel(graphFile(), weightFile())).toStrictEqual(decodeModel(encodeModel(validGraph())));
  });

  it.each([
    ["an offset", { offset: "64" }, data],
    ["no offset and no length", { offset: "0", length: "768" }, dataOf(weights())],
    ["a checksum", { checksum: "0".repeat(40) }, dataOf(weights())],
  ])("is read with %s", (_, entries, beside) => {
    expect(decodeModel(graphFile([{ entries }]), weightFile(beside)).initializers).toEqual([weights()]);
  });

  it("reads several tensors from one file or from several", () => {
    const two = graphFile([{}, { tensor: half, entries: { offset: "768" } }]);
    expect(decodeModel(two, weightFile(Buffer.concat([dataOf(weights()), dataOf(half)]))).initializers).toEqual([weights(), half]);
    const apart = graphFile([{}, { tensor: half, entries: { location: "more/größe (2).data" } }]);
    const files = new Map([...weightFile(), ["more/größe (2).data", dataOf(half)]]);
    expect(decodeModel(apart, files).initializers).toEqual([weights(), half]);
  });

  it("is refused without them, naming the missing file", () => {
    expect(() => decodeModel(graphFile())).toThrow(
      expect.objectContaining({
        code: "INVALID_INPUT",
        message:
          'The weights of this ONNX file are in "net.onnx.data", which is missing. Add that file, or pack both into one ZIP archive.',
      }),
    );
  });
});

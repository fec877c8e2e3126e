import { createModelShelf } from "@pareidolia/lab/modelShelf";
import { describe, expect, it } from "vitest";

const shelf = createModelShelf({
  cacheFolder: "/nowhere",
  userModels: [
    {
      id: "squeezenet",
      bytes: new Uint8Array(),
      labels: [],
      preprocessing: { width: 227, height: 227, channels: 3, channelOrder: "BGR", layout: "NCHW", mean: [104, 117, 123], deviation: [1] },
    },
  ],
  onProgress: () => undefined,
});

describe("the start colour of an ascent", () => {
  it("is the mean of the user's model in image channel order, even if the zoo has a model of the same name", () => {
    expect(shelf.meanOf("squeezenet")).toEqual([123, 117, 104]);
  });

  it("is that of the zoo's model otherwise, and mid-grey if a network subtracts nothing", () => {
    expect(shelf.meanOf("mobilenet-v2-1.0-224")).toEqual([128, 128, 128]);
    expect(shelf.meanOf("lenet")).toEqual([127.5]);
  });

  it("is rejected for an unknown model", () => {
    expect(() => shelf.meanOf("unicorn")).toThrow(expect.objectContaining({ code: "NOT_FOUND" }));
  });
});

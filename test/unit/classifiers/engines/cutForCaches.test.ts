import { cutForCaches } from "@pareidolia/classifiers/engines/onnxruntime/cutForCaches";
import { GraphBuilder } from "@pareidolia/onnx/graphBuilder";
import fc from "fast-check";
import { describe, expect, it } from "vitest";

/** A convolution with stride 1 from `side` x `side` pixels to `filters` values per pixel. */
function network({ side, filters, weights }: { side: number; filters: number; weights: number }) {
  const builder = new GraphBuilder("network");
  const x = builder.input({ name: "x", type: "float32", dims: ["batch", 1, side, side] });
  builder.floats("stored", [weights], new Float32Array(weights));
  const kernel = builder.floats("kernel", [filters, 1, 1, 1], new Float32Array(filters));
  builder.output({ name: builder.node("Conv", "y", [x, kernel]), type: "float32", dims: ["batch", filters, side, side] });
  return builder.build();
}

const small = network({ side: 24, filters: 20, weights: 400_000 });
const large = network({ side: 112, filters: 96, weights: 3_500_000 });
const heavy = network({ side: 55, filters: 96, weights: 17_000_000 });

describe("the pieces of a batch", () => {
  it("have as many images as fit into a core's cache with their largest activation, the same number for each thread", () => {
    const cut = cutForCaches({ graph: small, threads: 2, valuesPerImage: 784 });
    expect(cut(200)).toStrictEqual({ size: 34, together: false });
    expect(cut(64)).toStrictEqual({ size: 32, together: false });
  });

  it("are single images if an image fills the cache", () => {
    expect(cutForCaches({ graph: large, threads: 2, valuesPerImage: 150_528 })(16)).toStrictEqual({ size: 1, together: false });
  });

  it("are computed by all cores together if there are fewer images than cores", () => {
    expect(cutForCaches({ graph: large, threads: 2, valuesPerImage: 150_528 })(1)).toStrictEqual({ size: 1, together: true });
  });

  it("are computed by all cores together if weights exceed all caches, so that they are read once", () => {
    expect(cutForCaches({ graph: heavy, threads: 2, valuesPerImage: 154_587 })(16)).toStrictEqual({ size: 16, together: true });
  });

  it("are neither empty nor larger than the maximum, for any batch and any number of threads", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 5000 }), fc.integer({ min: 1, max: 64 }), (images, threads) => {
        for (const [graph, valuesPerImage] of [[small, 784] as const, [large, 150_528] as const, [heavy, 154_587] as const]) {
          const { size } = cutForCaches({ graph, threads, valuesPerImage })(images);
          expect(size).toBeGreaterThanOrEqual(1);
          expect(size).toBeLessThanOrEqual(images);
          expect(size * valuesPerImage).toBeLessThanOrEqual(2_500_000);
        }
      }),
    );
  });
});

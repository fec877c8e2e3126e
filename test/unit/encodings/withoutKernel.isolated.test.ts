/** Loads an encoding's modules a second time, with WebAssembly forbidden. */
import { Purpose, Random } from "@pareidolia/core/random";
import { cppnEncoding } from "@pareidolia/encodings/cppn/cppnEncoding";
import { afterEach, expect, it, vi } from "vitest";

afterEach(() => {
  vi.unstubAllGlobals();
});

it("renders the same image if WebAssembly is forbidden", async () => {
  const shape = { width: 20, height: 20, channels: 3 } as const;
  const encoding = cppnEncoding.create(shape, {});
  const stream = (generation: number, purpose: Purpose) => new Random({ seed: 5, generation, index: 0, purpose });
  let genome = encoding.initialise(stream(0, Purpose.INITIALISE));
  for (let generation = 1; generation <= 40; generation++) genome = encoding.mutate(genome, stream(generation, Purpose.MUTATE));
  const expected = encoding.decode(genome);
  vi.resetModules();
  vi.stubGlobal("WebAssembly", {
    Module: class {
      constructor() {
        throw new Error("forbidden by the Content-Security-Policy");
      }
    },
  });
  const { cppnEncoding: without } = await import("@pareidolia/encodings/cppn/cppnEncoding");
  const { KernelRenderer: none } = await import("@pareidolia/encodings/cppn/kernelRenderer");
  expect(none.open(shape, { coordinates: "raw", eightBit: false, colour: "hsv" })).toBeNull();
  expect(without.create(shape, {}).decode(genome)).toEqual(expected);
});

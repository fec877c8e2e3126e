import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { pixelCount } from "@pareidolia/core/image";
import { Purpose, Random } from "@pareidolia/core/random";
import { cppnEncoding } from "@pareidolia/encodings/cppn/cppnEncoding";
import type { CppnGenome } from "@pareidolia/encodings/cppn/genome";
import { KernelRenderer } from "@pareidolia/encodings/cppn/kernelRenderer";
import { CppnRenderer, type RenderOptions } from "@pareidolia/encodings/cppn/render";
import { describe, expect, it } from "vitest";

const stream = (seed: number, generation: number, purpose: Purpose) => new Random({ seed, generation, index: 0, purpose });

/** A genome and its descendants of each generation. */
function breed(channels: 1 | 3, seed: number, generations: number): readonly CppnGenome[] {
  const encoding = cppnEncoding.create({ width: 1, height: 1, channels }, {});
  const line = [encoding.initialise(stream(seed, 0, Purpose.INITIALISE))];
  for (let generation = 1; generation <= generations; generation++)
    line.push(encoding.mutate(line.at(-1) as CppnGenome, stream(seed, generation, Purpose.MUTATE)));
  return line;
}

const bitsOf = (pixels: Float32Array) => new Uint32Array(pixels.buffer, pixels.byteOffset, pixels.length);

const shapes = [
  { width: 28, height: 28 },
  { width: 1, height: 1 },
  { width: 17, height: 1 },
  { width: 3, height: 5 },
  { width: 31, height: 33 },
  { width: 16, height: 16 },
  { width: 257, height: 3 },
  // A tile is a row.
  { width: 32, height: 9 },
  { width: 96, height: 1 },
  { width: 256, height: 4 },
  { width: 288, height: 2 },
] as const;

const variants = (["normalised", "raw"] as const).flatMap((coordinates) =>
  [false, true].flatMap((eightBit) =>
    (["hsv", "hls"] as const).map((colour) => ({ coordinates, eightBit, colour }) satisfies RenderOptions),
  ),
);

describe("the compiled CPPN kernel", () => {
  it.each([1, 3] as const)("renders 3,700 genomes to the same bits as the reference, %d channels", (channels) => {
    let genomes = 0;
    for (const [s, size] of shapes.entries())
      for (const [v, options] of variants.entries()) {
        const shape = { ...size, channels };
        const kernel = KernelRenderer.open(shape, options);
        if (kernel === null) throw new Error("The kernel does not run on this machine.");
        const reference = new CppnRenderer(shape, options);
        const [drawn, expected] = [new Float32Array(pixelCount(shape)), new Float32Array(pixelCount(shape))];
        const lines = [0, 1, 2, 3].map((line) => breed(channels, 1000 * s + 100 * v + line, 89));
        for (let i = 0; i < 43; i++, genomes++) {
          const genome = lines[i % 4]?.[(i * 7) % 90] as CppnGenome;
          kernel.render(genome, drawn);
          reference.render(genome, expected);
          expect(Buffer.compare(Buffer.from(bitsOf(drawn).buffer), Buffer.from(bitsOf(expected).buffer)), `genome ${i} of ${s}, ${v}`).toBe(
            0,
          );
        }
      }
    expect(genomes).toBeGreaterThan(3700);
  });

  it("renders networks without connections and with a thousand nodes", () => {
    const options = { coordinates: "raw", eightBit: false, colour: "hls" } as const;
    const shape = { width: 40, height: 20, channels: 3 } as const;
    const empty: CppnGenome = { outputs: 3, activations: ["sigmoid", "gaussian", "linear"], connections: [] };
    const chain: CppnGenome = {
      outputs: 3,
      activations: Array.from({ length: 1003 }, (_, i) => (["sine", "gaussian", "sigmoid", "linear"] as const)[i % 4] as "sine"),
      connections: [
        ...Array.from({ length: 1000 }, (_, i) => ({ from: i === 0 ? 0 : 6 + i, to: 7 + i, gene: Math.fround(0.4 + (i % 5) * 0.07) })),
        ...[4, 5, 6].map((to, i) => ({ from: 1006 - i, to, gene: 0.75 })),
        { from: 3, to: 5, gene: Math.fround(0.6) },
        { from: 2, to: 6, gene: 0 },
      ],
    };
    const kernel = KernelRenderer.open(shape, options);
    for (const genome of [empty, chain, empty]) {
      const [drawn, expected] = [new Float32Array(2400), new Float32Array(2400)];
      kernel?.render(genome, drawn);
      new CppnRenderer(shape, options).render(genome, expected);
      expect(drawn).toEqual(expected);
    }
  });

  it("matches its source", () => {
    const build = fileURLToPath(new URL("../../../packages/encodings/kernel/build.mjs", import.meta.url));
    expect(() => execFileSync(process.execPath, [build, "--check"], { stdio: "pipe" })).not.toThrow();
  });
});

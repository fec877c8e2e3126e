/** Every encoding with every preset, in grey and colour, for suites that test all of them. */
import type { Encoding } from "@pareidolia/core/encoding";
import { Purpose, Random } from "@pareidolia/core/random";
import { encodings } from "@pareidolia/encodings/registry";

export const encodingCases = encodings.flatMap((definition) =>
  definition.presets.flatMap((preset) =>
    ([1, 3] as const).map((channels) => ({
      name: `${definition.id}, ${preset.id}, ${channels === 1 ? "grey" : "colour"}`,
      encoding: definition.create({ width: 7, height: 5, channels }, preset.values),
    })),
  ),
);

/** A random genome after some mutations and crossovers. */
export function bredGenome(encoding: Encoding<unknown>, seed: number, generations: number): unknown {
  let genome = encoding.initialise(new Random({ seed, generation: 0, index: 0, purpose: Purpose.INITIALISE }));
  let other = encoding.initialise(new Random({ seed, generation: 0, index: 1, purpose: Purpose.INITIALISE }));
  for (let generation = 1; generation <= generations; generation++) {
    const address = { seed, generation, index: 0 };
    const [a, b] = encoding.cross(genome, other, new Random({ ...address, purpose: Purpose.CROSS }));
    genome = encoding.mutate(a, new Random({ ...address, purpose: Purpose.MUTATE }));
    other = encoding.mutate(b, new Random({ ...address, index: 1, purpose: Purpose.MUTATE }));
  }
  return genome;
}

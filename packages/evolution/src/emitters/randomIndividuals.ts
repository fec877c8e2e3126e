/** Emits random individuals without parents: generation 0 of every search, and every generation of the random-noise control. */
import { Purpose, Random } from "@pareidolia/core/random";
import type { Emitter } from "./emitter.ts";

export const randomIndividuals: Emitter = {
  id: "random-individuals",
  emit({ encoding, seed, generation }, from, to) {
    return Array.from({ length: to - from }, (_, i) => {
      const index = from + i;
      const genome = encoding.initialise(new Random({ seed, generation, index, purpose: Purpose.INITIALISE }));
      return { genome, generation, index, parents: [] };
    });
  },
};

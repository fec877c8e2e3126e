/** Creates the individuals of a generation. Pure: the result depends only on the context and the indices. */
import type { Encoding } from "@pareidolia/core/encoding";
import type { Elite, Individual } from "../lineage.ts";

export interface EmitterContext<G> {
  readonly encoding: Encoding<G>;
  readonly seed: number;
  readonly generation: number;
  /** The elites of the filled niches in niche order. An elite with k niches occurs k times. */
  readonly occupants: readonly Elite<G>[];
  /** Unused genomes whose memory new ones may reuse. A reused genome is removed from the list. */
  readonly spares?: G[] | undefined;
}

export interface Emitter {
  readonly id: string;
  /** Returns the individuals of the generation with `from` <= index < `to`. */
  emit<G>(context: EmitterContext<G>, from: number, to: number): Individual<G>[];
}

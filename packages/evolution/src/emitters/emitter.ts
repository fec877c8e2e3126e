/** Where the individuals of a generation come from. Pure: what it emits depends on the context and the indices alone. */
import type { Encoding } from "@pareidolia/core/encoding";
import type { Elite, Individual } from "../lineage.ts";

export interface EmitterContext<G> {
  readonly encoding: Encoding<G>;
  readonly seed: number;
  readonly generation: number;
  /** The holders of the filled niches in niche order: an elite with k niches is there k times. */
  readonly occupants: readonly Elite<G>[];
  /** Genomes that nobody holds any more: new ones may take their memory, and are then gone from here. */
  readonly spares?: G[] | undefined;
}

export interface Emitter {
  readonly id: string;
  /** The individuals `from` <= index < `to` of the generation. */
  emit<G>(context: EmitterContext<G>, from: number, to: number): Individual<G>[];
}

/**
 * Keyed random streams. The key of a stream is (run seed, generation, index, purpose), and no two consumers share a stream. An offspring
 * therefore does not depend on the process that creates it, on the time, or on the order of computation.
 * MurmurHash3's 32-bit finaliser mixes the key into the state of xoshiro128** (Blackman & Vigna 2018).
 */

/** Separates the streams of one offspring. Append only: changing a number would change the results of existing runs. */
export const Purpose = {
  INITIALISE: 1,
  SELECT: 2,
  CROSS: 3,
  MUTATE: 4,
  TRAIN: 5,
  NOISE: 6,
  RESAMPLE: 7,
  ASCEND: 8,
  ATTACK: 9,
  TRIAL: 10,
  SIMULATE: 11,
  SWEEP: 12,
} as const;
export type Purpose = (typeof Purpose)[keyof typeof Purpose];

export interface StreamAddress {
  /** Integer in [0, 2^31 - 1]. */
  readonly seed: number;
  readonly generation: number;
  readonly index: number;
  readonly purpose: Purpose;
}

function mix(hash: number): number {
  let h = hash | 0;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return h ^ (h >>> 16);
}

export class Random {
  #a: number;
  #b: number;
  #c: number;
  #d: number;

  constructor(address: StreamAddress) {
    let h = mix(address.seed ^ 0x9e3779b9);
    h = mix(h ^ Math.imul(address.generation + 1, 0x85ebca77));
    h = mix(h ^ Math.imul(address.index + 1, 0xc2b2ae3d));
    h = mix(h ^ Math.imul(address.purpose, 0x27d4eb2f));
    this.#a = mix(h + 0x9e3779b9);
    this.#b = mix(h + 0x3c6ef372);
    this.#c = mix(h + 0xdaa66d2b);
    this.#d = mix(h + 0x78dde6e4) | 1;
  }

  /** A uniform integer in [0, 2^32). */
  uint32(): number {
    const product = Math.imul(this.#b, 5);
    const result = Math.imul((product << 7) | (product >>> 25), 9);
    const t = this.#b << 9;
    this.#c ^= this.#a;
    this.#d ^= this.#b;
    this.#b ^= this.#c;
    this.#a ^= this.#d;
    this.#c ^= t;
    this.#d = (this.#d << 11) | (this.#d >>> 21);
    return result >>> 0;
  }

  /** A uniform double in [0, 1) with 32 random bits. */
  uniform(): number {
    return this.uint32() * 2 ** -32;
  }

  /** A uniform integer in [0, bound). `bound` is at most 2^32; rejection keeps it exact. */
  below(bound: number): number {
    let value = this.uint32();
    // Rejected values are above this; the division that finds their exact limit is rarely needed.
    if (value >= 2 ** 32 - bound) {
      const limit = 2 ** 32 - (2 ** 32 % bound);
      while (value >= limit) value = this.uint32();
    }
    // Of two unsigned integers, engines compute the remainder several times faster than of two doubles.
    return bound < 2 ** 32 ? (value >>> 0) % (bound >>> 0) : value;
  }

  chance(probability: number): boolean {
    return this.uniform() < probability;
  }
}

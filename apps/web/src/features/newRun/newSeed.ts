/** A random seed of few digits, so that it can be read and typed. */
const seeds = 100_000;

export function newSeed(): string {
  const [drawn = 0] = crypto.getRandomValues(new Uint32Array(1));
  return String(drawn % seeds);
}

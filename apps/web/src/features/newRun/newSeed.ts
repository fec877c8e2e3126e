/** Draws a random seed of at most five digits, which is easy to read and type. */
const seeds = 100_000;

export function newSeed(): string {
  const [drawn = 0] = crypto.getRandomValues(new Uint32Array(1));
  return String(drawn % seeds);
}

/** Measures sides in turn (A-B-A-B-A...), and returns the best time of each, as noise on a shared machine only slows steps down. */

interface Side {
  /** Returns the seconds of each step of one turn. */
  readonly turn: () => Promise<readonly number[]>;
}

export interface Best {
  readonly seconds: number;
  readonly steps: number;
}

/** The first side also runs last, so that it surrounds every other side. The first turn of each side is a warm-up and does not count. */
export async function takeTurns(sides: readonly Side[], turns: number): Promise<readonly Best[]> {
  const times: number[][] = sides.map(() => []);
  for (const side of sides) await side.turn();
  for (let round = 0; round < turns; round++) for (const [index, side] of sides.entries()) times[index]?.push(...(await side.turn()));
  const [first] = sides;
  if (first !== undefined) times[0]?.push(...(await first.turn()));
  return times.map((seconds) => ({ seconds: Math.min(...seconds), steps: seconds.length }));
}

export async function timeSteps(steps: number, act: () => Promise<unknown>): Promise<readonly number[]> {
  const seconds: number[] = [];
  for (let step = 0; step < steps; step++) {
    const began = performance.now();
    await act();
    seconds.push((performance.now() - began) / 1000);
  }
  return seconds;
}

/**
 * Which engines the contract suite runs on: all that load here, and those that PAREIDOLIA_TEST_ENGINES requires (as in CI), which
 * must load. An engine given as `ID/small` skips large networks, which take minutes on a software GPU.
 * onnxruntime on the processor is the reference.
 */
import { engines } from "@pareidolia/classifiers/engines/registry";

export const referenceEngine = "onnxruntime-cpu";

const requiredEntries = (process.env.PAREIDOLIA_TEST_ENGINES ?? "").split(",").filter((entry) => entry !== "");
const required = requiredEntries.map((entry) => entry.replace(/\/small$/, ""));

/** Everywhere; others load where their libraries are. */
const everywhere: readonly string[] = [referenceEngine, "tfjs-wasm", "tfjs-cpu"];
export const isOptional = (engine: string): boolean => !everywhere.includes(engine);

export const runsLargeNetworks = (engine: string): boolean => !requiredEntries.includes(`${engine}/small`);

export async function readyEngines(): Promise<readonly string[]> {
  const found = await Promise.all(engines.map(async ({ id, findAvailability }) => ({ id, ...(await findAvailability(process.env)) })));
  const unknown = required.filter((id) => !engines.some((engine) => engine.id === id));
  if (unknown.length > 0) throw new Error(`PAREIDOLIA_TEST_ENGINES names unknown engines: ${unknown.join(", ")}`);
  const missing = found.filter(({ id, state }) => required.includes(id) && state !== "ready");
  if (missing.length > 0)
    throw new Error(`Required engines do not load: ${missing.map((row) => `${row.id} (${JSON.stringify(row)})`).join("; ")}`);
  return found.filter(({ state }) => state === "ready").map(({ id }) => id);
}

export interface Distance {
  readonly cosine: number;
  /** |left - right| / |right|. */
  readonly relative: number;
}

export function distanceOf(left: Float32Array, right: Float32Array): Distance {
  let [product, leftSquares, rightSquares, squares] = [0, 0, 0, 0];
  for (const [index, value] of left.entries()) {
    const other = right[index] as number;
    product += value * other;
    leftSquares += value ** 2;
    rightSquares += other ** 2;
    squares += (value - other) ** 2;
  }
  return { cosine: product / Math.sqrt(leftSquares * rightSquares), relative: Math.sqrt(squares / rightSquares) };
}

export function largestDifference(left: ArrayLike<number>, right: ArrayLike<number>): number {
  let largest = left.length === right.length ? 0 : Number.POSITIVE_INFINITY;
  for (let index = 0; index < left.length; index++)
    largest = Math.max(largest, Math.abs((left[index] as number) - (right[index] as number)));
  return largest;
}

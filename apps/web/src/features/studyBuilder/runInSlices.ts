/** Runs a long computation in slices, so that the page can draw in between. */

/** Time that a slice may take before the page can draw again. */
const sliceMilliseconds = 12;

interface Slices<Result> {
  /** Milliseconds before it begins, so that nothing is computed while a rule is being typed. */
  readonly delay: number;
  onProgress(progress: number): void;
  onResult(result: Result): void;
  /** Rethrow what is not about the input. */
  onError(cause: unknown): void;
}

/** @param begin makes the computation; each step yields a measure of its progress. @returns a function that cancels it. */
export function runInSlices<Result>(begin: () => Generator<number, Result, void>, slices: Slices<Result>): () => void {
  let timer: ReturnType<typeof setTimeout>;
  const slice = (steps: Generator<number, Result, void>): void => {
    const end = performance.now() + sliceMilliseconds;
    try {
      for (;;) {
        const { done, value } = steps.next();
        if (done) return slices.onResult(value);
        if (performance.now() < end) continue;
        slices.onProgress(value);
        break;
      }
    } catch (cause) {
      return slices.onError(cause);
    }
    timer = setTimeout(() => slice(steps));
  };
  timer = setTimeout(() => slice(begin()), slices.delay);
  return () => clearTimeout(timer);
}

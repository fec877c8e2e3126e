/** The share of a search's time in which its network computes: the union of its calls, divided by the time from first to last. */
import type { DifferentiableClassifier } from "@pareidolia/core/differentiableClassifier";

export interface WatchedClassifier {
  readonly classifier: DifferentiableClassifier;
  /** From 0 to 1; null before the first call has ended. */
  share(): number | null;
}

export function watchNetwork(classifier: DifferentiableClassifier, now: () => number): WatchedClassifier {
  let open = 0;
  let busySince = 0;
  let busy = 0;
  let first: number | null = null;
  let last = 0;
  return {
    classifier: {
      ...classifier,
      async predict(images, signal) {
        const began = now();
        first ??= began;
        if (open++ === 0) busySince = began;
        try {
          return await classifier.predict(images, signal);
        } finally {
          last = now();
          if (--open === 0) busy += last - busySince;
        }
      },
    },
    share: () => (first === null || last <= first ? null : busy / (last - first)),
  };
}

/** Repeats every attack of a perturbation and compares its result. */
import { AppError } from "@pareidolia/core/appError";
import { startOfChain } from "@pareidolia/core/hashChain";
import { readPerturbationEnds } from "@pareidolia/persistence/lab/perturbations/writePerturbations";
import { sha256 } from "../hashChain/sha256.ts";
import { attack, boundsOf } from "../perturbation/attack.ts";
import { documentOf } from "../perturbation/hashPerturbations.ts";
import { openSource } from "../runs/openSource.ts";
import { DocumentComparison, noStore, retryWithin, type Verifier } from "./verifier.ts";

export const perturbationVerifier: Verifier<"perturbation"> = {
  unit: "attacks",
  async verify(run, { context, classifier, chain, exact }) {
    const { database, objectStore, signal } = context;
    const source = await openSource(run.plan.source, classifier.input, objectStore);
    if (source === null) throw new AppError("CORRUPT_DATA", "This run's source image no longer exists, so it cannot be computed again.");
    const ends = await readPerturbationEnds(database.connection, run.id);
    const comparison = new DocumentComparison(startOfChain(run, null, sha256), exact);
    const bounds = boundsOf(run);
    for (const [index, { hash }] of chain.entries()) {
      const bound = bounds[index] ?? null;
      const onProgress = () => context.report({ done: index, total: chain.length });
      const options = { run, classifier, source, index, bound, signal, onProgress };
      const { image, ...result } = await attack(options, { classifier, objectStore: noStore, retry: retryWithin(signal) });
      const stored = ends.find((end) => end.index === index);
      const step = {
        step: index,
        name: bound === null ? "smallest change" : `bound ${bound}`,
        stored: stored === undefined ? null : documentOf(stored),
        computed: documentOf({ ...result, imageSha256: image.image.sha256 }),
        values: { stored: stored?.confidence ?? 0, computed: result.confidence },
      };
      const difference = comparison.compare(step, hash);
      if (difference !== null) return comparison.result(difference);
      await context.report({ done: index + 1, total: chain.length });
    }
    return comparison.result(null);
  },
};

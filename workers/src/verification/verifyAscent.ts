/** Ascends every trajectory of a run again and compares where each ended. */
import { stepAscent } from "@pareidolia/ascent/runAscent";
import { startOfChain } from "@pareidolia/core/hashChain";
import { toFloatImage } from "@pareidolia/core/image";
import { readTrajectoryEnds, type TrajectoryEnd } from "@pareidolia/persistence/lab/trajectories/writeTrajectories";
import { openAscent, openBatches } from "../ascent/ascentBatches.ts";
import { storeTrajectories } from "../ascent/storeTrajectories.ts";
import { documentOf, TrajectoryEnds } from "../ascent/trajectoryEnds.ts";
import { sha256 } from "../hashChain/sha256.ts";
import { openSource } from "../runs/openSource.ts";
import { compareTrajectories } from "./compareTrajectories.ts";
import { DocumentComparison, noStore, retryWithin, type Verifier } from "./verifier.ts";

export const ascentVerifier: Verifier<"ascent"> = {
  unit: "trajectories",
  async verify(run, { context, classifier, chain, exact, report, skip }) {
    const { database, objectStore, signal } = context;
    const source = await openSource(run.plan.source, classifier.input, objectStore);
    const image = source === null ? null : toFloatImage(source);
    const stored = new TrajectoryEnds(run, await readTrajectoryEnds(database.connection, run.id)).inOrder;
    const ends = new TrajectoryEnds(run, []);
    const comparison = new DocumentComparison(startOfChain(run, null, sha256), exact);
    const nameOf = ({ configuration, class: target, start }: TrajectoryEnd): string =>
      `${run.plan.search === null ? "" : `configuration ${configuration + 1}, `}${classifier.labels[target] ?? target}, start ${start + 1}`;
    if (!exact) skip("the curves and milestones of trajectories, which another engine cannot repeat");
    let done = 0;
    for (const batch of openBatches(run, classifier.input, ends)) {
      if (done >= chain.length) break;
      const ascent = openAscent(batch, { run, classifier, image });
      while (!ascent.isDone) {
        await stepAscent({ ascent, classifier, signal });
        await context.report({ done, total: chain.length });
      }
      const scored = new WeakMap();
      const options = { classifier, objectStore: noStore, retry: retryWithin(signal), ends, scored };
      const computed = await storeTrajectories(batch.trajectories, ascent, options);
      if (exact) await compareTrajectories(computed, { connection: database.connection, runId: run.id, name: `RUN-${run.number}`, report });
      ends.update(computed);
      for (const end of ends.inOrder.slice(done, chain.length)) {
        const earlier = stored[done];
        const { hash = "" } = chain[done] ?? {};
        const step = {
          step: done,
          name: nameOf(end),
          stored: earlier === undefined ? null : documentOf(earlier),
          computed: documentOf(end),
          values: { stored: earlier?.confidence ?? 0, computed: end.confidence },
        };
        const difference = comparison.compare(step, hash);
        if (difference !== null) return comparison.result(difference);
        done++;
      }
      await context.report({ done, total: chain.length });
    }
    return comparison.result(null);
  },
};

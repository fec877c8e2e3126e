/**
 * Evolves one run: restores its last checkpoint, and goes generation by generation, storing about every second, until it is
 * done, somebody asks it to pause or cancel, or this worker has to stop. Whatever ends it, the run's last step is part of a
 * checkpoint, so nothing that was evolved is lost and nothing is told twice.
 */
import { evaluateGeneration } from "@pareidolia/evolution/evaluateGeneration";
import type { JobData } from "@pareidolia/jobs/jobs";
import { writeManifest } from "@pareidolia/persistence/runs/lease";
import { readCheckpoint } from "@pareidolia/persistence/runs/readCheckpoint";
import { Checkpointer, type Outcome } from "../evolution/checkpointer.ts";
import { evolutionOf, openSearch } from "../evolution/openSearch.ts";
import { retrying } from "../retrying.ts";
import { carryOutRun, type HeldRun, modelOf, outcomeOf, type RunContext } from "../runs/carryOutRun.ts";
import { extendManifest } from "../runs/manifest.ts";

/** A checkpoint that takes this long makes the search wait for it, so that an outage cannot fill the memory. */
const longestLead = 5;

async function evolve({ run, lease, held, retry }: HeldRun, context: RunContext): Promise<Outcome> {
  const { database, objectStore, queue, leaseSeconds, stop, log } = context;
  const evolution = evolutionOf(run);
  const classifier = await context.openClassifier(modelOf(run));
  await retrying(() => writeManifest(database.connection, lease, extendManifest(run, classifier)), retry);
  const opened = await retrying(async () => {
    const checkpoint = await readCheckpoint(database.connection, run.id);
    return openSearch({ run: evolution, classifier, checkpoint, objectStore });
  }, retry);
  const { encoding, search } = opened;
  log.info({ generation: search.generation }, "run is under way");
  const checkpointer = new Checkpointer({
    ...opened,
    database,
    lease,
    leaseSeconds,
    modelId: run.modelId,
    studio: { encoding, classifier, objectStore, retry },
    retry,
    onOutcome: async ({ state }, { executor }) => {
      if (state === "QUEUED") await queue.enqueue(executor, "carryOutRun", { runId: run.id });
    },
  });
  try {
    for (;;) {
      const done = search.generation >= evolution.generations ? "All generations are evolved." : null;
      const outcome = outcomeOf(held, stop, done);
      if (outcome !== null) {
        await checkpointer.begin(outcome);
        await checkpointer.settled();
        return outcome;
      }
      if (checkpointer.secondsSince >= context.checkpointSeconds && !checkpointer.isUnderWay) await checkpointer.begin();
      else if (checkpointer.secondsSince >= longestLead + context.checkpointSeconds) await checkpointer.settled();
      checkpointer.add(await evaluateGeneration({ search, encoding, classifier, signal: held.lost }));
    }
  } catch (error) {
    await checkpointer.settled().catch(() => undefined);
    throw error;
  }
}

export function evolveRun({ runId }: JobData["carryOutRun"], context: RunContext): Promise<void> {
  return carryOutRun(runId, context, evolve);
}

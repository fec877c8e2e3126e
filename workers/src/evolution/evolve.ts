/**
 * Computes an evolution from its last checkpoint, generation by generation, and stores a checkpoint about every second, until the run is
 * complete, a user pauses or cancels it, or the worker stops. The last checkpoint always contains the last generation.
 */
import { evaluateGeneration } from "@pareidolia/evolution/evaluateGeneration";
import type { RunOutcome } from "@pareidolia/persistence/runs/commitRun";
import { readCheckpoint } from "@pareidolia/persistence/runs/readCheckpoint";
import type { RunSession } from "../runs/runSession.ts";
import { Checkpointer } from "./checkpointer.ts";
import { openSearch } from "./openSearch.ts";

/** The search waits for a checkpoint that takes longer than this, so that unsaved generations cannot fill the memory during an outage. */
const longestLeadSeconds = 5;

export async function evolve(session: RunSession<"evolution">): Promise<RunOutcome> {
  const { run, retry } = session;
  const { database, objectStore, checkpointSeconds, log } = session.context;
  const classifier = await session.openClassifier();
  const opened = await session.withRetries(async () => {
    const checkpoint = await readCheckpoint(database.connection, run.id);
    return openSearch({ run, classifier, checkpoint, objectStore });
  });
  const { encoding, search } = opened;
  log.info({ generation: search.generation }, "evolution is running");
  const checkpointer = new Checkpointer({ ...opened, session, imageOptions: { encoding, classifier, objectStore, retry } });
  try {
    for (;;) {
      const isDone = search.generation >= run.plan.generations;
      const outcome: RunOutcome | null = isDone ? { state: "SUCCEEDED", reason: "All generations are evolved." } : session.requestedOutcome;
      if (outcome !== null) {
        await checkpointer.begin(outcome);
        await checkpointer.settled();
        return outcome;
      }
      if (checkpointer.secondsSince >= checkpointSeconds && !checkpointer.isPending) await checkpointer.begin();
      else if (checkpointer.secondsSince >= longestLeadSeconds + checkpointSeconds) await checkpointer.settled();
      checkpointer.add(await evaluateGeneration({ search, encoding, classifier, signal: session.lost }));
    }
  } catch (error) {
    // The first error is the one to report.
    await checkpointer.settled().catch(() => undefined);
    throw error;
  }
}

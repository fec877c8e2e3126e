/**
 * Evolves one run: restores its last checkpoint, then computes generation by generation and stores about every second, until it is
 * done, a person pauses or cancels it, or this worker has to stop. The last generation is always part of the last checkpoint.
 */
import { evaluateGeneration } from "@pareidolia/evolution/evaluateGeneration";
import type { RunOutcome } from "@pareidolia/persistence/runs/commitRun";
import { readCheckpoint } from "@pareidolia/persistence/runs/readCheckpoint";
import type { RunSession } from "../runs/runSession.ts";
import { Checkpointer } from "./checkpointer.ts";
import { openSearch } from "./openSearch.ts";

/** A checkpoint that takes this many seconds makes the search wait for it, so that an outage cannot fill the memory. */
const longestLead = 5;

export async function evolve(session: RunSession<"evolution">): Promise<RunOutcome> {
  const { run, retry } = session;
  const { database, objectStore, checkpointSeconds, log } = session.context;
  const classifier = await session.openClassifier();
  const opened = await session.retrying(async () => {
    const checkpoint = await readCheckpoint(database.connection, run.id);
    return openSearch({ run, classifier, checkpoint, objectStore });
  });
  const { encoding, search } = opened;
  log.info({ generation: search.generation }, "evolution is running");
  const checkpointer = new Checkpointer({ ...opened, session, studio: { encoding, classifier, objectStore, retry } });
  try {
    for (;;) {
      const isDone = search.generation >= run.plan.generations;
      const outcome: RunOutcome | null = isDone ? { state: "SUCCEEDED", reason: "All generations are evolved." } : session.request;
      if (outcome !== null) {
        await checkpointer.begin(outcome);
        await checkpointer.settled();
        return outcome;
      }
      if (checkpointer.secondsSince >= checkpointSeconds && !checkpointer.isUnderWay) await checkpointer.begin();
      else if (checkpointer.secondsSince >= longestLead + checkpointSeconds) await checkpointer.settled();
      checkpointer.add(await evaluateGeneration({ search, encoding, classifier, signal: session.lost }));
    }
  } catch (error) {
    await checkpointer.settled().catch(() => undefined);
    throw error;
  }
}

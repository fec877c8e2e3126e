/**
 * Computes an evolution from its last checkpoint, generation by generation, and stores a checkpoint about every second, until the run is
 * complete, the rules of its sweep end it, a user pauses or cancels it, or the worker stops. The last checkpoint always contains the last generation.
 */
import { startOfChain } from "@pareidolia/core/hashChain";
import { evaluateGeneration } from "@pareidolia/evolution/evaluateGeneration";
import type { RunOutcome } from "@pareidolia/persistence/lab/runs/commitRun";
import { readCheckpoint } from "@pareidolia/persistence/lab/runs/readCheckpoint";
import { sha256 } from "../hashChain/sha256.ts";
import type { RunSession } from "../runs/runSession.ts";
import { EarlyStopping } from "../sweeps/earlyStopping.ts";
import { findNextRung } from "../sweeps/nextRung.ts";
import { Checkpointer } from "./checkpointer.ts";
import { openSearch } from "./openSearch.ts";

/** The search waits for a checkpoint that takes longer than this, so that unsaved generations cannot fill the memory during an outage. */
const maxLeadSeconds = 5;

export async function evolve(session: RunSession<"evolution">): Promise<RunOutcome> {
  const { run, retry } = session;
  const { database, objectStore, checkpointSeconds, log } = session.context;
  const classifier = await session.openClassifier();
  const opened = await session.withRetries(async () => {
    const checkpoint = await readCheckpoint(database.connection, run.id);
    const chainHash = checkpoint.generation < 0 ? startOfChain(run, null, sha256) : checkpoint.chainHash;
    return { ...(await openSearch({ run, classifier, checkpoint, objectStore })), chainHash };
  });
  const { encoding, search } = opened;
  const stopping = await session.withRetries(() => EarlyStopping.open(session));
  const nextRung = await session.withRetries(() => findNextRung(session));
  log.info({ generation: search.generation }, "evolution is running");
  const checkpointer = new Checkpointer({ ...opened, session, imageOptions: { encoding, classifier, objectStore, retry } });
  try {
    for (;;) {
      const isDone = search.generation >= run.plan.generations;
      const ended: RunOutcome | null = isDone ? { state: "SUCCEEDED", reason: "All generations are evolved." } : null;
      const waits = nextRung !== null && search.generation >= nextRung.at ? nextRung.outcome : null;
      const outcome = ended ?? stopping?.outcome ?? session.requestedOutcome ?? waits;
      if (outcome !== null) {
        await checkpointer.begin(outcome);
        await checkpointer.settled();
        return outcome;
      }
      if (checkpointer.secondsSince >= checkpointSeconds && !checkpointer.isPending) {
        await session.withRetries(async () => stopping?.compare(database.connection, search.generation));
        await checkpointer.begin();
      } else if (checkpointer.secondsSince >= maxLeadSeconds + checkpointSeconds) await checkpointer.settled();
      const result = await evaluateGeneration({ search, encoding, classifier, signal: session.lost });
      checkpointer.add(result);
      stopping?.add(search.generation, result.statistics.median);
    }
  } catch (error) {
    // The first error is the one to report.
    await checkpointer.settled().catch(() => undefined);
    throw error;
  }
}

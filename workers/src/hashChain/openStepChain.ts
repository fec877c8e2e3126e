/** Continues the hash chain of a run without generations after its last stored step. */
import { startOfChain } from "@pareidolia/core/hashChain";
import { findLastHashes } from "@pareidolia/persistence/lab/hashChains/readHashChain";
import type { WholeRun } from "@pareidolia/persistence/lab/runs/wholeRun";
import type { Connection } from "@pareidolia/persistence/server/database/database";
import { sha256 } from "./sha256.ts";
import { StepChain } from "./stepChain.ts";

export async function openStepChain(connection: Connection, run: WholeRun): Promise<StepChain> {
  const [last = null] = await findLastHashes(connection, [run.id]);
  return new StepChain(startOfChain(run, null, sha256), last);
}

/** Writes a retraining chain with its links. */
import { randomUUID } from "node:crypto";
import type { Transaction } from "../../server/database/database.ts";
import { chainLinkIdOf } from "../../server/database/deterministicIds.ts";
import type { SharedRow } from "../../server/scope/sharing.ts";
import type { ChainRecord } from "./readChains.ts";

/** Creates the chain of a new run. The first link has the run's model. */
export async function createChain(
  { connection }: Transaction,
  input: Omit<ChainRecord, "id" | "createdById" | "createdAt" | keyof SharedRow> & { readonly modelId: string },
): Promise<string> {
  const { modelId, ...chain } = input;
  const id = randomUUID();
  await connection.chain.create({ data: { id, ...chain } });
  await connection.chainLink.createMany({
    data: Array.from({ length: chain.iterations + 1 }, (_, i) => ({
      id: chainLinkIdOf(id, i + 1),
      chainId: id,
      runId: chain.runId,
      iteration: i + 1,
      modelId: i === 0 ? modelId : null,
    })),
  });
  return id;
}

/**
 * Queues the results of a study as soon as votes arrive, or another network has scored its images: each notifies the workers when it is
 * committed, even if the API then stops.
 * A study that could not be queued is tried again. Recovery queues what workers missed, such as while they were disconnected.
 */

import { studyVotesChannel } from "@pareidolia/persistence/lab/scores/markRescored";
import type { Database } from "@pareidolia/persistence/server/database/database";
import { listen } from "@pareidolia/persistence/server/database/notifications";
import { queueResults, type ResultQueue } from "./queueResults.ts";

export interface VoteWatchOptions {
  readonly url: string;
  readonly database: Database;
  readonly queue: ResultQueue;
  readonly onError: (error: unknown) => void;
  /** Between two looks at the studies with new votes. Default: 1 s. */
  readonly milliseconds?: number;
}

export interface VoteWatch {
  close(): Promise<void>;
}

const usualMilliseconds = 1_000;

export async function startVoteWatch({
  url,
  database,
  queue,
  onError,
  milliseconds = usualMilliseconds,
}: VoteWatchOptions): Promise<VoteWatch> {
  const waiting = new Set<string>();
  let queuing: Promise<void> = Promise.resolve();
  let timer: NodeJS.Timeout | null = null;
  let isClosed = false;
  const look = (): void => {
    timer = null;
    const studies = [...waiting];
    waiting.clear();
    queuing = queuing
      .then(() => database.transaction((transaction) => queueResults(transaction, queue, { among: studies })))
      .catch((error: unknown) => {
        onError(error);
        for (const studyId of studies) onMessage(studyId);
      });
  };
  const onMessage = (studyId: string): void => {
    waiting.add(studyId);
    if (!isClosed) timer ??= setTimeout(look, milliseconds);
  };
  const listener = await listen({ url, channel: studyVotesChannel, onMessage, onReconnect: () => undefined });
  return {
    async close() {
      isClosed = true;
      if (timer !== null) clearTimeout(timer);
      await listener.close();
      await queuing;
    },
  };
}

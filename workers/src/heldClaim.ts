/**
 * Holds the claim of an analysis while a worker computes it: writes a heartbeat, and progress at most once a second. While Postgres is
 * unreachable the work continues; the claim is lost only when Postgres says that the analysis was cancelled or taken over.
 */
import { AppError } from "@pareidolia/core/appError";
import { isTransientError } from "@pareidolia/persistence/database/transientErrors";

export interface AnalysisProgress {
  readonly done: number;
  readonly total: number | null;
}

export interface HeldClaim {
  /** Aborts with LEASE_LOST as its reason. */
  readonly lost: AbortSignal;
  /** @throws AppError LEASE_LOST */
  report(progress: AnalysisProgress): Promise<void>;
  /** Checks the claim now, as when the analysis has just been cancelled. */
  refresh(): Promise<void>;
  /** Writes what was reported and not written yet. @throws whatever the storage throws */
  flush(): Promise<void>;
  release(): void;
}

export interface HoldClaimOptions {
  /** @throws AppError LEASE_LOST */
  readonly write: (progress: AnalysisProgress) => Promise<void>;
  readonly onAway: (error: unknown) => void;
  /** Milliseconds that only grow. */
  readonly now?: () => number;
}

const heartbeatSeconds = 5;
const secondsBetweenReports = 1;

export function holdClaim({ write, onAway, now = () => performance.now() }: HoldClaimOptions): HeldClaim {
  const lost = new AbortController();
  let progress: AnalysisProgress = { done: 0, total: null };
  let isWritten = true;
  let triedAt = Number.NEGATIVE_INFINITY;

  const flush = async (): Promise<void> => {
    triedAt = now();
    isWritten = true;
    try {
      await write(progress);
    } catch (error) {
      isWritten = false;
      if (error instanceof AppError && error.code === "LEASE_LOST") lost.abort(error);
      throw error;
    }
  };
  const tryToWrite = async (): Promise<void> => {
    try {
      await flush();
    } catch (error) {
      if (lost.signal.aborted || !isTransientError(error)) throw error;
      onAway(error);
    }
  };
  const beat = setInterval(() => void tryToWrite().catch(() => undefined), heartbeatSeconds * 1000);
  return {
    lost: lost.signal,
    async report(latest) {
      lost.signal.throwIfAborted();
      progress = latest;
      isWritten = false;
      if (now() - triedAt >= secondsBetweenReports * 1000) await tryToWrite();
    },
    async refresh() {
      if (!lost.signal.aborted) await tryToWrite().catch(() => undefined);
    },
    async flush() {
      lost.signal.throwIfAborted();
      if (!isWritten) await flush();
    },
    release() {
      clearInterval(beat);
    },
  };
}

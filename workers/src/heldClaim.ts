/**
 * Holds the claim of an analysis while a worker computes it: writes a heartbeat, and progress at most once a second. The work continues
 * while Postgres is unavailable. The claim is lost only if a write finds that the analysis was cancelled or claimed by another worker.
 */
import { AppError } from "@pareidolia/core/appError";
import { isTransientError } from "@pareidolia/persistence/server/database/transientErrors";

export interface AnalysisProgress {
  readonly done: number;
  readonly total: number | null;
}

export interface HeldClaim {
  /** Aborts with LEASE_LOST as its reason. */
  readonly lost: AbortSignal;
  /** @throws AppError LEASE_LOST */
  report(progress: AnalysisProgress): Promise<void>;
  /** Checks the claim at once, for example after a notification that the analysis was cancelled. */
  refresh(): Promise<void>;
  /** Writes unwritten progress. @throws any error of `write` */
  flush(): Promise<void>;
  release(): void;
}

export interface HoldClaimOptions {
  /** @throws AppError LEASE_LOST */
  readonly write: (progress: AnalysisProgress) => Promise<void>;
  /** Called with each transient error of `write`. */
  readonly onUnavailable: (error: unknown) => void;
  /** A monotonic clock in milliseconds. */
  readonly now?: () => number;
}

const heartbeatSeconds = 5;
const secondsBetweenReports = 1;

export function holdClaim({ write, onUnavailable, now = () => performance.now() }: HoldClaimOptions): HeldClaim {
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
      onUnavailable(error);
    }
  };
  // A lost claim aborts `lost`; any other error comes again with the next report, which throws it.
  const heartbeat = setInterval(() => void tryToWrite().catch(() => undefined), heartbeatSeconds * 1000);
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
      clearInterval(heartbeat);
    },
  };
}

/**
 * Holds a run's lease: renews it four times per lease duration while the work progresses, and reads requests to pause or cancel the run.
 * While Postgres is unavailable it keeps trying. The lease is lost if a renewal finds that the run has ended or has another holder, not
 * after a local timeout, since every write checks the lease. Work without progress for too long counts as hanging and loses its lease, so
 * that another worker can take the run.
 */
import { AppError } from "@pareidolia/core/appError";
import type { RunControl } from "@pareidolia/core/runState";
import { type Lease, renewLease } from "@pareidolia/persistence/lab/runs/lease";
import type { Database } from "@pareidolia/persistence/server/database/database";

export interface HeldLease {
  /** The latest request. */
  readonly control: RunControl;
  /** Aborts with LEASE_LOST as its reason, also if the work hangs. */
  readonly lost: AbortSignal;
  /** Resets the stall timeout. `seconds` extends it for a step that may take longer than usual. */
  reportProgress(seconds?: number): void;
  /** Renews the lease and reads requests at once, for example after a notification. */
  refresh(): Promise<void>;
  release(): Promise<void>;
}

export interface HoldOptions {
  readonly database: Database;
  readonly lease: Lease;
  readonly leaseSeconds: number;
  /** Work without progress for this long counts as hanging. Default: 5 minutes. */
  readonly stallSeconds?: number | undefined;
}

const renewalsPerLease = 4;
const defaultStallSeconds = 300;

export function holdLease({ database, lease, leaseSeconds, stallSeconds = defaultStallSeconds }: HoldOptions): HeldLease {
  const lost = new AbortController();
  let control: RunControl = "NONE";
  let released = false;
  let renewal: Promise<void> | null = null;
  /** Seconds until the work counts as hanging. Renewals count them down rather than a clock, so that a suspended process does not time out. */
  let secondsLeft = stallSeconds;

  const renew = async (): Promise<void> => {
    try {
      control = await renewLease(database.connection, lease, leaseSeconds);
    } catch (error) {
      if (!released && error instanceof AppError && error.code === "LEASE_LOST") lost.abort(error);
    }
  };
  const refresh = async (): Promise<void> => {
    if (released || lost.signal.aborted) return;
    renewal ??= renew().finally(() => {
      renewal = null;
    });
    await renewal;
  };
  const secondsBetween = leaseSeconds / renewalsPerLease;
  const renewWhileWorking = (): void => {
    secondsLeft -= secondsBetween;
    if (secondsLeft > 0) void refresh();
    else if (!lost.signal.aborted)
      lost.abort(new AppError("LEASE_LOST", `The work made no progress for ${stallSeconds} s. Another worker may take the run.`));
  };
  const timer = setInterval(renewWhileWorking, secondsBetween * 1000);
  return {
    get control() {
      return control;
    },
    lost: lost.signal,
    reportProgress(seconds = 0) {
      secondsLeft = Math.max(stallSeconds, seconds);
    },
    async refresh() {
      await renewal;
      await refresh();
    },
    async release() {
      released = true;
      clearInterval(timer);
      await renewal;
    },
  };
}

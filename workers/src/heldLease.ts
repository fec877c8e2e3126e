/**
 * A run's lease, renewed four times in its span while the run's work progresses, and the listener for requests to pause or cancel it. While
 * Postgres is away it keeps trying; it is lost when Postgres says so, not when a clock does, since every write is fenced. Work without
 * progress for too long counts as hanging: its lease is given up, so that another worker takes the run.
 */
import { AppError } from "@pareidolia/core/appError";
import type { RunControl } from "@pareidolia/core/runState";
import type { Database } from "@pareidolia/persistence/database/database";
import { type Lease, renewLease } from "@pareidolia/persistence/runs/lease";

export interface HeldLease {
  /** The last that was asked. */
  readonly control: RunControl;
  /** Aborts with LEASE_LOST as its reason, also when the work hangs. */
  readonly lost: AbortSignal;
  /** Reports progress. `seconds` announces a step that may take longer than usual. */
  progress(seconds?: number): void;
  /** Looks at once, since a notification said that something was asked. */
  refresh(): Promise<void>;
  release(): Promise<void>;
}

export interface HoldOptions {
  readonly database: Database;
  readonly lease: Lease;
  readonly leaseSeconds: number;
  /** Work without any progress for this long hangs. */
  readonly stallSeconds?: number | undefined;
}

const renewalsALease = 4;
const defaultStall = 300;

export function holdLease({ database, lease, leaseSeconds, stallSeconds = defaultStall }: HoldOptions): HeldLease {
  const lost = new AbortController();
  let control: RunControl = "NONE";
  let released = false;
  let under: Promise<void> | null = null;
  /** Counted in renewals rather than by the clock, so that a process that was stopped for a while does not count as hanging. */
  let patience = stallSeconds;

  const renew = async (): Promise<void> => {
    try {
      control = await renewLease(database.connection, lease, leaseSeconds);
    } catch (error) {
      if (!released && error instanceof AppError && error.code === "LEASE_LOST") lost.abort(error);
    }
  };
  const refresh = async (): Promise<void> => {
    if (released || lost.signal.aborted) return;
    under ??= renew().finally(() => {
      under = null;
    });
    await under;
  };
  const secondsBetween = leaseSeconds / renewalsALease;
  const renewWhileWorking = (): void => {
    patience -= secondsBetween;
    if (patience > 0) void refresh();
    else if (!lost.signal.aborted)
      lost.abort(new AppError("LEASE_LOST", `The work made no progress for ${stallSeconds} s. Another worker may take the run.`));
  };
  const timer = setInterval(renewWhileWorking, secondsBetween * 1000);
  return {
    get control() {
      return control;
    },
    lost: lost.signal,
    progress(seconds = 0) {
      patience = Math.max(stallSeconds, seconds);
    },
    async refresh() {
      await under;
      await refresh();
    },
    async release() {
      released = true;
      clearInterval(timer);
      await under;
    },
  };
}

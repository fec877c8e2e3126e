/**
 * A lease as long as a run needs it: renewed four times in its span, and the ear for what is asked of the run.
 * While Postgres is away it keeps trying; it is lost when Postgres says so, not when a clock does, since every write is fenced.
 */
import { AppError } from "@pareidolia/core/appError";
import type { RunControl } from "@pareidolia/core/runState";
import type { Database } from "@pareidolia/persistence/database";
import { type Lease, renewLease } from "@pareidolia/persistence/runs/lease";

export interface HeldLease {
  /** The last that was asked. */
  readonly control: RunControl;
  /** Aborts with LEASE_LOST as its reason. */
  readonly lost: AbortSignal;
  /** Looks at once, since a notification said that something was asked. */
  refresh(): Promise<void>;
  release(): Promise<void>;
}

export interface HoldOptions {
  readonly database: Database;
  readonly lease: Lease;
  readonly leaseSeconds: number;
}

const renewalsALease = 4;

export function holdLease({ database, lease, leaseSeconds }: HoldOptions): HeldLease {
  const lost = new AbortController();
  let control: RunControl = "NONE";
  let released = false;
  let under: Promise<void> | null = null;

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
  const timer = setInterval(() => void refresh(), (leaseSeconds * 1000) / renewalsALease);
  return {
    get control() {
      return control;
    },
    lost: lost.signal,
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

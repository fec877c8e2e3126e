/**
 * Timeouts of every connection to Postgres, as options of the driver, so that one silent process cannot block all others: a frozen client
 * loses its transaction and locks, no statement waits forever for a lock, and both sides detect a lost peer.
 */
export interface SessionLimits {
  /** A statement fails after waiting this long for a lock. */
  readonly lockSeconds: number;
  /** A transaction is rolled back after its client has been silent for this long. */
  readonly silenceSeconds: number;
}

const secondsToFirstKeepalive = 10;
const secondsBetweenKeepalives = 5;
const keepalivesLost = 3;

export function sessionSettings({ lockSeconds, silenceSeconds }: SessionLimits) {
  return {
    lock_timeout: Math.round(lockSeconds * 1000),
    idle_in_transaction_session_timeout: Math.round(silenceSeconds * 1000),
    keepAlive: true,
    keepAliveInitialDelayMillis: secondsToFirstKeepalive * 1000,
    // For the server, which by default takes two hours to detect that a client's machine is down.
    options: [
      `-c tcp_keepalives_idle=${secondsToFirstKeepalive}`,
      `-c tcp_keepalives_interval=${secondsBetweenKeepalives}`,
      `-c tcp_keepalives_count=${keepalivesLost}`,
    ].join(" "),
  };
}

/**
 * Limits for every connection to Postgres, as settings of the driver, so that one silent process cannot block all others: a frozen
 * client loses its transaction and its locks, no statement waits for a lock forever, and both sides notice a peer that has vanished.
 */
export interface SessionLimits {
  /** A statement gives up when it has waited this long for a lock. */
  readonly lockSeconds: number;
  /** A transaction is rolled back when its client has sent nothing for this long. */
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
    // For the server's side of the connection, which by default takes two hours to notice a client whose machine is gone.
    options: [
      `-c tcp_keepalives_idle=${secondsToFirstKeepalive}`,
      `-c tcp_keepalives_interval=${secondsBetweenKeepalives}`,
      `-c tcp_keepalives_count=${keepalivesLost}`,
    ].join(" "),
  };
}

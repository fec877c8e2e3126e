/**
 * Loaded before a child's own program (`node --import`). The launcher holds the other end of the child's standard input
 * and never writes to it: when it ends, the launcher is gone, however it went, and the child ends with its whole group.
 */
import { isMainThread } from "node:worker_threads";

const secondsToStop = 8;

function endGroup(): void {
  try {
    process.kill(-process.pid, "SIGKILL");
  } catch {
    process.exit(1);
  }
}

function end(): void {
  if (process.listenerCount("SIGTERM") === 0) return endGroup();
  process.on("exit", endGroup);
  setTimeout(endGroup, secondsToStop * 1000).unref();
  process.kill(process.pid, "SIGTERM");
}

// Worker threads and forked grandchildren inherit the flag, but only the launcher's own child has its pipe.
if (isMainThread && process.env["PAREIDOLIA_LAUNCHER"] === String(process.ppid)) {
  process.stdin.once("close", end);
  process.stdin.on("error", () => undefined);
  process.stdin.resume();
  const handle: { unref?: () => void } = process.stdin;
  handle.unref?.();
}

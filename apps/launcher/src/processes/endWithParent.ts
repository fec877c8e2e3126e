/**
 * Loaded before a child's program (`node --import`). The launcher holds the other end of the child's standard input and never
 * writes to it. When the pipe closes, the launcher has exited or was killed, and the child ends with its whole process group.
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

// Worker threads and grandchildren inherit the flag, but only the launcher's direct child has its pipe.
if (isMainThread && process.env["PAREIDOLIA_LAUNCHER"] === String(process.ppid)) {
  process.stdin.once("close", end);
  process.stdin.on("error", () => undefined);
  process.stdin.resume();
  const handle: { unref?: () => void } = process.stdin;
  handle.unref?.();
}

/**
 * Loaded before the program of a stage (`node --import`): as it exits, writes the processor seconds of the process and of all processes that
 * it has started and that have ended, into the file of PAREIDOLIA_PROCESSOR_TIME. Linux only: elsewhere there is no file.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { isMainThread } from "node:worker_threads";

const ticksPerSecond = 100;

/** See proc_pid_stat(5): user and system time, then both of the children that were waited for. */
function readSeconds(): number {
  const stat = readFileSync("/proc/self/stat", "latin1");
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  return fields.slice(11, 15).reduce((ticks, field) => ticks + Number(field), 0) / ticksPerSecond;
}

const file = process.env["PAREIDOLIA_PROCESSOR_TIME"];
if (isMainThread && file !== undefined) {
  // The processes that it starts inherit the flag.
  delete process.env["PAREIDOLIA_PROCESSOR_TIME"];
  process.on("exit", () => {
    try {
      writeFileSync(file, String(readSeconds()));
    } catch {
      // There is no /proc.
    }
  });
}

/** Distinguishes a process from a later one with the same ID by its start time, where the system reports it (Linux). */
import { readFileSync } from "node:fs";

/** Position of the field "starttime" in proc(5)'s stat, counted after the command name. */
const startField = 19;

/** Null where the system does not report it. */
export function identifyProcess(pid: number): string | null {
  try {
    const boot = readFileSync("/proc/sys/kernel/random/boot_id", "utf8").trim();
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    const started = stat.slice(stat.lastIndexOf(")") + 2).split(" ")[startField];
    return started === undefined ? null : `${boot}:${started}`;
  } catch {
    return null;
  }
}

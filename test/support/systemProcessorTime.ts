/**
 * Processor seconds of the system that browser tests run against, and of their browsers: unlike waiting, hardly longer while other programs
 * use the machine. Linux only.
 */
import { readdir, readFile } from "node:fs/promises";

interface SystemProcess {
  readonly pid: number;
  readonly parent: number;
  readonly part: string;
  readonly isRoot: boolean;
  readonly seconds: number;
}

const ticksPerSecond = 100;
const parts: readonly (readonly [RegExp, string])[] = [
  [/postgres/, "database"],
  [/chrom|headless/, "browser"],
  [/next/, "web"],
  [/apps\/api\//, "API"],
  [/workers\//, "workers"],
];

async function readProcess(pid: number, home: string): Promise<SystemProcess | null> {
  try {
    const read = (name: string) => readFile(`/proc/${pid}/${name}`, "latin1");
    const [stat, command, environment] = await Promise.all([read("stat"), read("cmdline"), read("environ")]);
    // Fields after the name, from 3: see proc_pid_stat(5).
    const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    const part = pid === process.pid ? "test" : (parts.find(([pattern]) => pattern.test(command))?.[1] ?? "others");
    const isRoot = command.includes(home) || environment.includes(home);
    return { pid, parent: Number(fields[1]), part, isRoot, seconds: (Number(fields[11]) + Number(fields[12])) / ticksPerSecond };
  } catch {
    // It has ended.
    return null;
  }
}

async function readProcesses(home: string): Promise<ReadonlyMap<number, SystemProcess>> {
  const pids = (await readdir("/proc").catch(() => [])).filter((name) => /^\d+$/.test(name)).map(Number);
  const all = (await Promise.all(pids.map((pid) => readProcess(pid, home)))).filter((each) => each !== null);
  const byPid = new Map(all.map((each) => [each.pid, each]));
  const belongs = ({ isRoot, parent }: SystemProcess): boolean => {
    const above = byPid.get(parent);
    return isRoot || (above !== undefined && belongs(above));
  };
  return new Map([...byPid].filter(([, each]) => belongs(each)));
}

/** Returns a function that returns the seconds since, by part of the system; processes that have ended do not count. */
export async function startProcessorClock(home: string): Promise<() => Promise<ReadonlyMap<string, number>>> {
  const before = await readProcesses(home);
  return async () => {
    const seconds = new Map<string, number>();
    for (const [pid, each] of await readProcesses(home))
      seconds.set(each.part, (seconds.get(each.part) ?? 0) + each.seconds - (before.get(pid)?.seconds ?? 0));
    return seconds;
  };
}

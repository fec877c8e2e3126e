/** Runs a script with the database of an existing system, for commands that work whether the system is running or stopped. */
import { AppError } from "@pareidolia/core/appError";
import { readSessionSecret } from "../home/sessionSecret.ts";
import { startChild } from "../processes/child.ts";
import { Supervisor } from "../processes/supervisor.ts";
import type { Settings } from "../settings.ts";
import { findDatabase } from "./findDatabase.ts";

interface Script {
  readonly script: string;
  readonly args: readonly string[];
  readonly cwd: string;
  readonly say: (line: string) => void;
  readonly signal: AbortSignal;
}

/** What a command needs to work on the system's data as the system does. */
export async function environmentOf({ home, cacheFolder }: Settings, databaseUrl: string): Promise<NodeJS.ProcessEnv> {
  return {
    DATABASE_URL: databaseUrl,
    PAREIDOLIA_HOME: home,
    PAREIDOLIA_CACHE: cacheFolder,
    PAREIDOLIA_SECRET: await readSessionSecret(home, process.env["PAREIDOLIA_SECRET"]),
  };
}

/** Returns the exit code of the script. @throws AppError NOT_FOUND if the data folder has no database. */
export async function runOnDatabase(settings: Settings, { script, args, cwd, say, signal }: Script): Promise<number> {
  const { home } = settings;
  const supervisor = new Supervisor(say);
  try {
    const databaseUrl = await findDatabase(settings, supervisor);
    if (databaseUrl === null) throw new AppError("NOT_FOUND", `There is no database in ${home}. Set PAREIDOLIA_HOME to the data folder.`);
    signal.throwIfAborted();
    const env = { ...process.env, ...(await environmentOf(settings, databaseUrl)) };
    const child = startChild({ script, args, cwd, env, onLine: say });
    signal.addEventListener("abort", child.killGroup, { once: true });
    const { code } = await child.ended;
    await child.drained;
    return code ?? 1;
  } finally {
    await supervisor.stop();
  }
}

/**
 * Runs PostgreSQL as a child process and translates signals: a stop or the launcher's death becomes a fast shutdown (SIGINT:
 * open transactions roll back, committed data is on disk). Usage: guard.ts UID:GID POSTGRES ARGS...
 */
import { spawn } from "node:child_process";

const [owner = "", command = "", ...args] = process.argv.slice(2);
const [uid, gid] = owner.split(":").map(Number);
/** Milliseconds between SIGINT (fast shutdown) and SIGQUIT (immediate shutdown). */
const fastShutdownTimeout = 6000;

const postgres = spawn(command, args, {
  cwd: "/",
  env: { ...process.env, LC_ALL: "C" },
  stdio: ["ignore", "inherit", "inherit"],
  ...(owner === "" ? {} : { uid: Number(uid), gid: Number(gid) }),
});

function stop(): void {
  postgres.kill("SIGINT");
  setTimeout(() => postgres.kill("SIGQUIT"), fastShutdownTimeout).unref();
}

for (const signal of ["SIGTERM", "SIGINT", "SIGHUP"] as const) process.on(signal, stop);
postgres.on("error", (error) => {
  console.error(error.message);
  process.exit(1);
});
postgres.on("exit", (code) => process.exit(code ?? 1));

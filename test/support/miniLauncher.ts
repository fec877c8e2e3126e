/** A launcher of two processes, PostgreSQL and one that counts its lives, made of the real launcher's parts. Usage: miniLauncher.ts HOME */
import { writeFileSync } from "node:fs";
import path from "node:path";
import { openHomeFolder } from "@pareidolia/launcher/home/homeFolder";
import { takeInstanceLock } from "@pareidolia/launcher/home/instanceLock";
import { prepareEmbeddedPostgres } from "@pareidolia/launcher/postgres/embeddedPostgres";
import { Supervisor } from "@pareidolia/launcher/processes/supervisor";
import { runEntry } from "@pareidolia/launcher/runEntry";

const home = process.argv[2] ?? "";
const say = (line: string) => process.stdout.write(`${line}\n`);
const supervisor = new Supervisor(say);

await runEntry(async (signal) => {
  await openHomeFolder(home);
  const release = takeInstanceLock(home, "http://localhost:3000");
  const { url, service } = await prepareEmbeddedPostgres(home, () => undefined);
  signal.addEventListener("abort", () => void supervisor.stop(), { once: true });
  await supervisor.start(service);
  const script = path.join(home, "ticker.mjs");
  writeFileSync(script, "console.log('serving'); setInterval(() => {}, 1000);");
  let serving: (() => void) | null = null;
  await supervisor.start({
    name: "ticker",
    script,
    cwd: home,
    env: process.env,
    secondsToStop: 1,
    onLine: () => serving?.(),
    ready: () =>
      new Promise((resolve) => {
        serving = resolve;
      }),
  });
  say(`ready ${url}`);
  await new Promise<void>((resolve) => {
    const keepAlive = setInterval(() => undefined, 60_000);
    signal.addEventListener("abort", () => {
      clearInterval(keepAlive);
      resolve();
    });
  });
  await supervisor.stop();
  release();
  return 0;
});

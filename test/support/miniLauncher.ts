/** A launcher made of the real launcher's parts: PostgreSQL and three idle programs, one restarted immediately, one with a standby. Usage: miniLauncher.ts HOME */
import { writeFileSync } from "node:fs";
import path from "node:path";
import { openHomeFolder } from "@pareidolia/launcher/home/homeFolder";
import { takeInstanceLock } from "@pareidolia/launcher/home/instanceLock";
import { prepareEmbeddedPostgres } from "@pareidolia/launcher/postgres/embeddedPostgres";
import { type Service, Supervisor } from "@pareidolia/launcher/processes/supervisor";
import { runEntry } from "@pareidolia/launcher/runEntry";

const home = process.argv[2] ?? "";
const say = (line: string) => process.stdout.write(`${line}\n`);
const supervisor = new Supervisor(say);

const tick = `
  import { once } from "node:events";
  if (process.env.PAREIDOLIA_STANDBY === "1") {
    console.log("standing by");
    await once(process, "message");
  }
  console.log("serving");
  setInterval(() => {}, 1000);
`;

function describeTicker(name: string): Service {
  const script = path.join(home, `${name}.mjs`);
  writeFileSync(script, tick);
  let serving: (() => void) | null = null;
  return {
    name,
    script,
    cwd: home,
    env: process.env,
    secondsToStop: 1,
    onLine(line) {
      if (line === "serving") serving?.();
      else say(`${name} is ${line}`);
    },
    ready: () =>
      new Promise((resolve) => {
        serving = resolve;
      }),
  };
}

await runEntry(async (signal) => {
  await openHomeFolder(home);
  const release = takeInstanceLock(home, "http://localhost:3000");
  const { url, service } = await prepareEmbeddedPostgres(home, () => undefined);
  signal.addEventListener("abort", () => void supervisor.stop(), { once: true });
  await supervisor.start(service);
  await supervisor.start(describeTicker("ticker"));
  await supervisor.start({ ...describeTicker("sprinter"), firstPauseSeconds: 0, longestPauseSeconds: 0.5 });
  await supervisor.start({ ...describeTicker("relay"), standby: true });
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

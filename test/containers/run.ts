/**
 * `npm run test:containers`: builds every image and tests the stack of docker/compose.yaml with a real Docker daemon. Only one phase:
 * `-- build` or `-- run`, for a daemon that cannot do both. `--json` prints one object.
 */
import { AppError } from "@pareidolia/core/appError";
import { runEntry } from "@pareidolia/launcher/runEntry";
import { buildImages } from "./buildImages.ts";
import { checkStack } from "./checkStack.ts";
import { requireDocker } from "./docker.ts";
import type { Row } from "./row.ts";

const phases = { build: buildImages, run: checkStack } as const;

await runEntry(async () => {
  const given = process.argv.slice(2);
  const json = given.includes("--json");
  const wanted = given.filter((word) => word !== "--json");
  const unknown = wanted.find((word) => !(word in phases));
  if (unknown !== undefined) throw new AppError("INVALID_INPUT", `There is no phase ${unknown}; the phases are build and run.`);
  const say = (line: string): void => void process.stderr.write(`${line}\n`);
  say(`Docker ${await requireDocker()}`);
  const rows: Row[] = [];
  for (const [phase, work] of Object.entries(phases)) if (wanted.length === 0 || wanted.includes(phase)) rows.push(...(await work(say)));
  const holds = rows.every((row) => row.holds);
  if (json) console.log(JSON.stringify({ rows, holds }));
  else for (const row of rows) console.log(`${row.holds ? "ok  " : "FAIL"}  ${row.name.padEnd(40)} ${row.figure}   (${row.bar})`);
  return holds ? 0 : 1;
});

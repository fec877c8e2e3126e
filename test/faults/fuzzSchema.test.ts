/**
 * Sends 1,000 random documents over the whole schema to an API process with a finished run. `npm run audit -- --full` sends 100,000, and
 * `npm run fuzz -- 100000` too; a second number sets the seed.
 */
import { mkdirSync } from "node:fs";
import path from "node:path";
import { createSchema } from "@pareidolia/api/schema";
import { openDatabase } from "@pareidolia/persistence/server/database/database";
import { openFolderStore } from "@pareidolia/persistence/server/objectStores/folderStore";
import { carryOutRun } from "@pareidolia/workers/tasks/carryOutRun.task";
import { afterAll, beforeAll, expect, it } from "vitest";
import { addRow } from "../audit/rowsFile.ts";
import { type ApiProcess, startApiProcess } from "../support/apiProcess.ts";
import { fuzzApi } from "../support/fuzz/fuzzApi.ts";
import { createLinearClassifier } from "../support/linearClassifier.ts";
import { evolveContext, seedRun } from "../support/runs.ts";

const documents = Number(process.env["PAREIDOLIA_FUZZ_DOCUMENTS"] ?? 1_000);
const seed = Number(process.env["PAREIDOLIA_FUZZ_SEED"] ?? 1);
/** With a heap this small, an API that leaks memory crashes before the last of many documents. */
const heapMegabytes = 192;

let api: ApiProcess;

beforeAll(async () => {
  api = await startApiProcess(
    async (url, home) => {
      const folder = path.join(home, "objects");
      mkdirSync(folder, { recursive: true });
      const database = await openDatabase(url);
      const classifier = createLinearClassifier({ input: { width: 8, height: 8, channels: 1 }, classes: 5 });
      const runId = await seedRun(database);
      await carryOutRun({ runId }, evolveContext({ database, objectStore: openFolderStore({ folder }), classifier }));
      await seedRun(database, { seed: 2 });
      await database.close();
    },
    [`--max-old-space-size=${heapMegabytes}`],
  );
});
afterAll(() => api.close());

async function readIds(): Promise<readonly string[]> {
  const query = `{ runs { nodes { id experiment { id } model { id } ... on EvolutionRun { archive { id genome { id } image { id scores { id } } } } } }
    viewer { user { id } workspace { id } } }`;
  const response = await fetch(`${api.url}/graphql`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ query }),
  });
  const ids = [...(await response.text()).matchAll(/"id":"([^"]+)"/g)].map((match) => match[1] as string);
  return ["RUN-1", "RUN-2", "EXP-1", ...new Set(ids)];
}

it(`${documents} random documents cause no hang, no 5xx, no crash and no leak`, { timeout: 3_600_000 }, async () => {
  const options = { url: api.url, schema: await createSchema(), ids: await readIds(), isAlive: () => api.ending() === null };
  const began = performance.now();
  const report = await fuzzApi({ ...options, documents, seed });
  const seconds = ((performance.now() - began) / 1000).toFixed(0);
  const used = api.ending() === null ? `${api.processorSeconds()} s of processor time and ${Math.round(api.memory() / 1e6)} MB` : "a crash";
  console.log(`${report.documents} documents of seed ${seed} in ${seconds} s. Cost for the API: ${used}.`);
  console.table(report.outcomes);
  for (const { what, number, document, answer } of report.findings.slice(0, 10))
    console.log(
      `${what}, document ${number}: ${answer}\n${document.query.slice(0, 2_000)}\n${JSON.stringify(document.variables).slice(0, 500)}`,
    );
  addRow(
    "G3 fuzzed documents with a finding",
    report.findings.map(({ what, number }) => `${what}, document ${number}`),
    `${report.documents} documents of seed ${seed}`,
  );
  // After a crash all other documents hang too, so check for the crash first.
  expect([api.ending(), api.ending() === null ? [] : api.output.slice(-30)]).toEqual([null, []]);
  expect(report.findings.map(({ what, number }) => `${what} ${number}`)).toEqual([]);
  expect(report.documents).toBe(documents);
  // A fuzzer whose documents are all refused would find nothing.
  for (const kind of ["query", "mutation", "aliases", "lists", "fragments", "introspection"]) {
    const { data, partial } = report.outcomes[kind] ?? { data: 0, partial: 0 };
    expect([kind, data + partial > 0]).toEqual([kind, true]);
  }
});

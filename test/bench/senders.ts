/** G6: how long an honest member waits while one sender floods the API, directly or through the web application, and how memory grows. */
import { readFile } from "node:fs/promises";
import { setTimeout as sleep } from "node:timers/promises";
import { judge, type ReportRow } from "@pareidolia/lab/report";
import { createExperiment } from "@pareidolia/persistence/lab/experiments/createExperiment";
import { seedModels } from "@pareidolia/persistence/lab/models/zooModels";
import type { Database } from "@pareidolia/persistence/server/database/database";
import { localUserId, localWorkspaceId } from "@pareidolia/persistence/workspace/workspaces/localWorkspace";
import { testModel } from "../support/runs.ts";
import type { Benchmark, BenchmarkOptions } from "./benchmark.ts";
import { type Attack, attacksOn } from "./senders/attacks.ts";
import { serveProduct } from "./served/servedProduct.ts";
import { serveWeb } from "./served/servedWeb.ts";

const seconds = 20;
const pauseMilliseconds = 50;
/** Before each attack, so that the server has finished what the last one asked for. */
const restMilliseconds = 3_000;

async function seed({ database }: { readonly database: Database }): Promise<void> {
  const labels = Array.from({ length: 1_000 }, (_, i) => `label ${i} of a network`);
  const models = Array.from({ length: 9 }, (_, i) => ({ ...testModel, id: `m${i}`, name: `M${i}`, sha256: `${i}`.repeat(64), labels }));
  await seedModels(database.connection, models);
  await database.transaction(async (transaction) => {
    const owner = { workspaceId: localWorkspaceId, createdById: localUserId, idempotencyKey: null };
    for (let i = 0; i < 50; i++) await createExperiment(transaction, { ...owner, name: `Experiment ${i}`, description: "" });
  });
}

/** Bytes; NaN where the system does not tell. */
async function memoryOf(pid: number): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, "utf8").catch(() => "");
  return 1024 * Number(/^VmRSS:\s+(\d+) kB$/m.exec(status)?.[1] ?? Number.NaN);
}

const page = JSON.stringify({ query: "{ experiments(first: 20) { nodes { key name } } viewer { user { name } } }" });

/** Milliseconds of each request of a member, who sends the next shortly after each response. */
async function useAsMember(origin: string, headers: Readonly<Record<string, string>>): Promise<readonly number[]> {
  const waits: number[] = [];
  const end = performance.now() + seconds * 1000;
  while (performance.now() < end) {
    const began = performance.now();
    const response = await fetch(`${origin}/graphql`, {
      method: "POST",
      headers: { "content-type": "application/json", origin: "http://127.0.0.1", ...headers },
      body: page,
    });
    const text = await response.text();
    if (response.status !== 200 || text.includes('"errors"')) throw new Error(`A member was answered with ${response.status}: ${text}`);
    waits.push(performance.now() - began);
    await sleep(pauseMilliseconds);
  }
  return waits.sort((a, b) => a - b);
}

interface Place {
  readonly name: string;
  readonly origin: string;
  /** Processes whose memory counts. */
  readonly pids: readonly number[];
  readonly member: Readonly<Record<string, string>>;
}

async function measure(place: Place, attack: Attack): Promise<readonly ReportRow[]> {
  await sleep(restMilliseconds);
  const total = async () => (await Promise.all(place.pids.map(memoryOf))).reduce((sum, bytes) => sum + bytes, 0);
  const before = await total();
  let peak = before;
  const sampler = setInterval(() => void total().then((bytes) => (peak = Math.max(peak, bytes))), 200);
  const end = new AbortController();
  try {
    attack.start(end.signal);
    const waits = await useAsMember(place.origin, place.member);
    const quantile = (share: number): number => waits[Math.min(waits.length - 1, Math.floor(share * waits.length))] ?? Number.NaN;
    const detail = `${waits.length} requests in ${seconds} s, longest ${(waits.at(-1) ?? Number.NaN).toFixed(0)} ms`;
    const row = { id: "G6", detail };
    const what = `${place.name}, ${attack.name}`;
    return [
      judge({ ...row, what: `${what}: a member's median wait, ms`, figure: quantile(0.5), bar: { below: 300 } }),
      judge({ ...row, what: `${what}: a member's p99 wait, ms`, figure: quantile(0.99), bar: { below: 1_000 } }),
      judge({ ...row, what: `${what}: growth of memory, MB`, figure: (peak - before) / 1e6, bar: { below: 150 } }),
    ];
  } finally {
    clearInterval(sampler);
    end.abort();
  }
}

async function run({ onProgress }: BenchmarkOptions): Promise<readonly ReportRow[]> {
  const product = await serveProduct(seed, { onEveryCore: true });
  try {
    const web = await serveWeb(product.origin);
    try {
      const common = { member: product.member, pids: [product.pid, web.pid] };
      const places: readonly Place[] = [
        { ...common, name: "API", origin: product.origin },
        { ...common, name: "web", origin: web.origin },
      ];
      const rows: ReportRow[] = [];
      for (const place of places) {
        onProgress(`G6: ${place.name}, without an attack`);
        await useAsMember(place.origin, place.member);
        for (const attack of attacksOn({ origin: place.origin, key: product.credentials.key })) {
          onProgress(`G6: ${place.name}, ${attack.name}`);
          rows.push(...(await measure(place, attack)));
        }
      }
      return rows;
    } finally {
      await web.close();
    }
  } finally {
    await product.close();
  }
}

export const senders: Benchmark = {
  id: "G6",
  description: "how long a member waits while one sender floods the API, directly or through the web application, and how memory grows",
  run,
};

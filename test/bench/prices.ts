/**
 * P11: whether prices follow processor time. Sends forty typical operations in turn, and compares the cost that the API states before each
 * with the processor time of the API and of Postgres, which other programs on the machine do not change. The figure is the highest price of a
 * millisecond divided by the lowest.
 */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { formatTable, type ReportRow } from "@pareidolia/lab/report";
import { adoptStore } from "@pareidolia/persistence/lab/images/sharedStore";
import { openDatabase } from "@pareidolia/persistence/server/database/database";
import { migrate } from "@pareidolia/persistence/server/database/migrations";
import { openFolderStore } from "@pareidolia/persistence/server/objectStores/folderStore";
import { startTestApi, type TestApi } from "../support/api.ts";
import { createDatabase, startPostgresServer } from "../support/postgresServer.ts";
import type { Benchmark, BenchmarkOptions } from "./benchmark.ts";
import { pricedOperations } from "./prices/pricedOperations.ts";
import type { Operation } from "./scale/operation.ts";
import { openProcessorClock } from "./scale/processorTime.ts";
import { seedScale } from "./scale/seedScale.ts";

const bar = 3;
const size = { runs: 2_000 };
/** Rounds whose times do not count: they warm the caches. */
const warmUps = 3;

/** Parallel workers, whose time the measurement does not see, are off. */
const settings = ["max_parallel_workers_per_gather=0", "shared_buffers=512MB"];

interface Priced {
  readonly name: string;
  readonly cost: number;
  /** Median of processor time, in milliseconds. */
  readonly milliseconds: number;
}

const median = (values: readonly number[]): number => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;

async function measure(api: TestApi, operations: readonly Operation[], repetitions: number): Promise<readonly Priced[]> {
  const times = operations.map((): number[] => []);
  const costs = operations.map(() => Number.NaN);
  for (let round = -warmUps; round < repetitions; round++) {
    const clock = await openProcessorClock(api.databaseUrl);
    for (const [i, { name, document, variables = {} }] of operations.entries()) {
      const before = await clock.read();
      const { body, extensions } = await api.post(JSON.stringify({ query: document, variables }));
      const after = await clock.read();
      if (body.errors !== undefined) throw new Error(`${name}: ${body.errors[0].message}`);
      costs[i] = extensions.cost.cost;
      if (round >= 0 && Number.isFinite(after - before)) times[i]?.push(after - before);
    }
  }
  return operations.map(({ name }, i) => ({ name, cost: costs[i] ?? Number.NaN, milliseconds: median(times[i] ?? []) }));
}

/** The price of a millisecond that fits best: the geometric mean, from which no operation may differ too much in either direction. */
const fitPrice = (priced: readonly Priced[]): number =>
  Math.exp(priced.reduce((sum, { cost, milliseconds }) => sum + Math.log(cost / milliseconds), 0) / priced.length);

function judge(priced: readonly Priced[]): readonly ReportRow[] {
  const price = fitPrice(priced);
  const shares = priced.map((each) => each.cost / each.milliseconds / price);
  const [least, most] = [Math.min(...shares), Math.max(...shares)];
  const nameOf = (share: number): string => priced[shares.indexOf(share)]?.name ?? "";
  return [
    {
      id: "P11",
      what: `highest price of a millisecond ÷ lowest, over ${priced.length} operations`,
      figure: most / least,
      bar: `<= ${bar}`,
      holds: most / least <= bar,
      detail: `${price.toFixed(0)} per millisecond; highest for "${nameOf(most)}", lowest for "${nameOf(least)}"`,
    },
  ];
}

async function run({ repetitions, onProgress }: BenchmarkOptions): Promise<readonly ReportRow[]> {
  const server = await startPostgresServer({ settings });
  const folder = await mkdtemp(path.join(tmpdir(), "pareidolia-prices-"));
  try {
    const url = await createDatabase(server.url, "prices");
    await migrate(url);
    await seedScale(url, size, onProgress);
    const objectStore = openFolderStore({ folder });
    const database = await openDatabase(url);
    await adoptStore(database.connection, objectStore);
    const api = await startTestApi({ beside: { databaseUrl: url, objectStore, database } as unknown as TestApi });
    try {
      const priced = await measure(api, pricedOperations(size), Math.max(repetitions, 9));
      const price = fitPrice(priced);
      const rows = priced
        .toSorted((a, b) => a.cost / a.milliseconds - b.cost / b.milliseconds)
        .map(({ name, cost, milliseconds }) => [
          String(cost),
          milliseconds.toFixed(2),
          (cost / milliseconds / price).toFixed(2),
          name.replaceAll(/\s+/g, " ").slice(0, 90),
        ]);
      onProgress(formatTable(["cost", "ms", "of the fitted price", "operation"], rows).join("\n"));
      return judge(priced);
    } finally {
      await api.close();
      await database.close();
    }
  } finally {
    await server.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

export const prices: Benchmark = {
  id: "P11",
  description: "what 40 typical operations cost, by the processor time that they take: the highest price of a millisecond ÷ the lowest",
  run,
};

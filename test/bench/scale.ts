/**
 * P8: every list, filter, search, count, comparison and page of a workspace against two databases, of which one has a hundred times the rows
 * of the other. Each operation is a GraphQL document of the web application or of a client, sent to the API over HTTP.
 *
 * The databases are on one server. Times are medians of alternating requests, small and large, after requests that warm the caches: times of
 * processors, which other programs on the machine do not change, or of the clock where the system does not tell them.
 */

import { noBar, type ReportRow } from "@pareidolia/lab/report";
import { migrate } from "@pareidolia/persistence/server/database/migrations";
import { createDatabase, startPostgresServer } from "../support/postgresServer.ts";
import type { Benchmark, BenchmarkOptions } from "./benchmark.ts";
import { measureScale, type Timing, timesOf } from "./scale/measureScale.ts";
import { seedScale } from "./scale/seedScale.ts";
import { type Size, smallSize } from "./scale/shape.ts";

/**
 * A quarter of the machine's memory is usual for a database's own cache. Parallel workers, whose time the measurement does not see, are off;
 * the log's settings only make seeding faster.
 */
const settings = [
  "max_parallel_workers_per_gather=0",
  "shared_buffers=1GB",
  "max_wal_size=16GB",
  "checkpoint_timeout=1h",
  "wal_level=minimal",
  "max_wal_senders=0",
];
const bar = 2;
/**
 * Milliseconds below which a time counts as this: a request that does nothing (`{ __typename }`) takes about as long, and one more turn of a
 * busy process's loop would double it.
 */
const floor = 2;

function judgeTiming(timing: Timing): ReportRow {
  const [less, more] = timesOf(timing);
  const ratio = more / Math.max(less, floor);
  const { name, small, large, problem } = timing;
  const detail = `${less.toFixed(1)} ms to ${more.toFixed(1)} ms, by the clock ${small.toFixed(1)} ms to ${large.toFixed(1)} ms${problem === null ? "" : `; it failed: ${problem}`}`;
  return { id: "P8", what: name, figure: ratio, bar: `<= ${bar}`, holds: problem === null && ratio <= bar, detail };
}

async function run({ repetitions, runs, onProgress }: BenchmarkOptions): Promise<readonly ReportRow[]> {
  const server = await startPostgresServer({ settings });
  try {
    const open = async (name: string, size: Size) => {
      const url = await createDatabase(server.url, name);
      await migrate(url);
      const began = performance.now();
      await seedScale(url, size, onProgress);
      return { url, size, seconds: (performance.now() - began) / 1000 };
    };
    const small = await open("small", smallSize);
    const large = await open("large", { runs });
    const timings = await measureScale([small, large], { repetitions, onProgress });
    return [
      ...timings.map(judgeTiming),
      { id: "P8", what: "seconds to seed the large database", figure: large.seconds, bar: noBar, holds: true, detail: "" },
    ];
  } finally {
    await server.stop();
  }
}

export const scale: Benchmark = {
  id: "P8",
  description:
    "lists, counts, searches and pages at 1,000,000 elites, 10,000,000 scores and 20,000 runs (or as --runs) ÷ at a hundredth of them",
  run,
};

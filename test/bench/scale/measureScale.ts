/** Times each operation against the API on both databases in turn. */

import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { adoptStore } from "@pareidolia/persistence/lab/images/sharedStore";
import { openDatabase } from "@pareidolia/persistence/server/database/database";
import { openFolderStore } from "@pareidolia/persistence/server/objectStores/folderStore";
import { startTestApi, type TestApi } from "../../support/api.ts";
import type { Operation } from "./operation.ts";
import { operationsOf } from "./operations.ts";
import { openProcessorClock, type ProcessorClock } from "./processorTime.ts";
import type { Size } from "./shape.ts";
import { readWebDocuments } from "./webDocuments.ts";

export interface Side {
  readonly url: string;
  readonly size: Size;
}

type Pair<T> = readonly [small: T, large: T];

export interface Timing {
  readonly name: string;
  /** Medians, in milliseconds. */
  readonly small: number;
  readonly large: number;
  /** Medians of processor time, in milliseconds; NaN where the system does not tell. */
  readonly work: Pair<number>;
  readonly problem: string | null;
}

/** Of processors, or by the clock where the system does not tell. */
export function timesOf({ small, large, work }: Timing): Pair<number> {
  return work.every(Number.isFinite) ? work : [small, large];
}

const median = (values: readonly number[]): number => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;

async function openApi({ url }: Side): Promise<TestApi & { remove(): Promise<void> }> {
  const folder = await mkdtemp(path.join(tmpdir(), "pareidolia-scale-"));
  const objectStore = openFolderStore({ folder });
  const database = await openDatabase(url);
  // The database has rows of images, and the store none of their bytes.
  await adoptStore(database.connection, objectStore);
  const api = await startTestApi({ beside: { databaseUrl: url, objectStore, database } as unknown as TestApi });
  return {
    ...api,
    async remove() {
      await api.close();
      await database.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

interface Sent {
  readonly milliseconds: number;
  readonly problem: string | null;
  readonly data: Readonly<Record<string, { readonly pageInfo?: { readonly endCursor?: string } }>>;
}

async function send(api: TestApi, text: string, variables: object): Promise<Sent> {
  const body = JSON.stringify({ query: text, variables });
  const began = performance.now();
  const { body: parsed } = await api.post(body);
  const milliseconds = performance.now() - began;
  return { milliseconds, problem: parsed.errors?.[0]?.message ?? null, data: parsed.data };
}

/** Rows of the first list of a response; infinitely many without a list. */
function countRows({ data }: Sent): number {
  const [list] = Object.values(data ?? {}) as readonly { readonly nodes?: readonly unknown[] }[];
  return list?.nodes?.length ?? Number.POSITIVE_INFINITY;
}

interface Request {
  readonly api: TestApi;
  readonly text: string;
  readonly variables: Readonly<Record<string, unknown>>;
}

/** Both databases return as many rows as the one with fewer, so that the times differ only by the size of the tables. */
function withRows({ api, text, variables }: Request, rows: number): Request {
  if (!Number.isFinite(rows)) return { api, text, variables };
  const first = variables["first"];
  if (typeof first === "number") return { api, text, variables: { ...variables, first: Math.min(first, rows) } };
  return { api, text: text.replace(/\bfirst: (\d+)/, (_, number) => `first: ${Math.min(Number(number), rows)}`), variables };
}

/** For a deep page, the cursor to which its earlier pages lead. */
async function atPage(request: Request, { after }: Operation): Promise<Request> {
  let cursor: string | undefined;
  for (let page = 0; page < (after?.pages ?? 0); page++) {
    const { data } = await send(request.api, request.text, { ...request.variables, after: cursor });
    cursor = data[after?.field ?? ""]?.pageInfo?.endCursor;
  }
  return cursor === undefined ? request : { ...request, variables: { ...request.variables, after: cursor } };
}

async function prepare(requests: Pair<Request>, operation: Operation): Promise<Pair<Request>> {
  const [small, large] = requests;
  const rows = Math.min(
    countRows(await send(small.api, small.text, small.variables)),
    countRows(await send(large.api, large.text, large.variables)),
  );
  return [await atPage(withRows(small, rows), operation), await atPage(withRows(large, rows), operation)];
}

/** From this ratio on, an operation is measured again with more requests, as other programs on the machine may have slowed a few. */
const suspicious = 1.7;
const again = 5;

/** The first requests of each side warm its caches and do not count. */
const warmUps = 2;

async function time(name: string, requests: Pair<Request>, repetitions: number): Promise<Timing> {
  const times: Pair<number[]> = [[], []];
  const work: Pair<number[]> = [[], []];
  let problem: string | null = null;
  let clocks: Pair<ProcessorClock> | null = null;
  for (let repetition = -warmUps; repetition < repetitions; repetition++) {
    if (repetition >= 0)
      clocks ??= [await openProcessorClock(requests[0].api.databaseUrl), await openProcessorClock(requests[1].api.databaseUrl)];
    for (const side of [0, 1] as const) {
      const { api, text, variables } = requests[side];
      const before = await clocks?.[side].read();
      const sent = await send(api, text, variables);
      const after = await clocks?.[side].read();
      problem ??= sent.problem;
      if (before === undefined || after === undefined) continue;
      times[side].push(sent.milliseconds);
      // A backend may have ended meanwhile.
      if (Number.isFinite(after - before)) work[side].push(after - before);
    }
  }
  return { name, small: median(times[0]), large: median(times[1]), work: [median(work[0]), median(work[1])], problem };
}

export interface ScaleOptions {
  readonly repetitions: number;
  /** Only operations with such a name. */
  readonly only?: RegExp | undefined;
  readonly onProgress: (line: string) => void;
}

export async function measureScale(sides: Pair<Side>, { repetitions, only = /./, onProgress }: ScaleOptions): Promise<readonly Timing[]> {
  const documentOf = await readWebDocuments();
  const apis = [await openApi(sides[0]), await openApi(sides[1])] as const;
  const timings: Timing[] = [];
  try {
    const [operations, largeOperations] = [operationsOf(sides[0].size), operationsOf(sides[1].size)];
    for (const [index, operation] of operations.entries()) {
      if (!only.test(operation.name)) continue;
      const requestOf = (api: TestApi, { document, rows, variables = {} }: Operation): Request => ({
        api,
        text: document.includes("{") ? document : documentOf(document, rows),
        variables,
      });
      const requests = await prepare([requestOf(apis[0], operation), requestOf(apis[1], largeOperations[index] ?? operation)], operation);
      let timing = await time(operation.name, requests, repetitions);
      const [less, more] = timesOf(timing);
      if (more > suspicious * less) timing = await time(operation.name, requests, repetitions * again);
      timings.push(timing);
      const [small, large] = timesOf(timing);
      onProgress(`${small.toFixed(1)} ms, ${large.toFixed(1)} ms, ${(large / small).toFixed(2)} x: ${timing.name} ${timing.problem ?? ""}`);
    }
  } finally {
    for (const api of apis) await api.remove();
  }
  return timings;
}

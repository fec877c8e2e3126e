/** The progress of a run that stores nothing: its subscribers receive it, and the log does not keep it. */
import { claimRun } from "@pareidolia/persistence/lab/runs/claimRun";
import { commitRun, type RunDelta } from "@pareidolia/persistence/lab/runs/commitRun";
import { createClient } from "graphql-ws";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { WebSocket } from "ws";
import { startTestApi, type TestApi } from "../../support/api.ts";
import { seedAscent } from "../../support/queuedRuns.ts";

let api: TestApi;
beforeAll(async () => {
  api = await startTestApi();
});
afterAll(() => api.close());

interface RunEvent {
  readonly seq: number;
  readonly kind: string;
  readonly perturbations: readonly object[];
  readonly run: { readonly evaluations: number; readonly eventSeq: number };
}

function follow(key: string, since: number) {
  const client = createClient({ url: `${api.url.replace("http", "ws")}/graphql`, webSocketImpl: WebSocket, retryAttempts: 0 });
  const query = `subscription { runEvents(runId: "${key}", since: ${since}) { seq kind perturbations { id } run { evaluations eventSeq } } }`;
  const events = client.iterate<{ runEvents: RunEvent }>({ query });
  const received: RunEvent[] = [];
  const ended = (async () => {
    for await (const { data } of events) if (data != null) received.push(data.runEvents);
  })();
  return {
    received,
    ended,
    async close() {
      await events.return?.();
      await client.dispose();
      await ended;
    },
  };
}

describe("a run that progresses without storing anything", () => {
  it("notifies its subscribers under the last number of its log, and leaves no gap in the log and nothing to replay", async () => {
    const { database } = api;
    const runId = await seedAscent(database);
    const run = await database.transaction((transaction) => claimRun(transaction, { runId, workerId: "w", leaseSeconds: 60 }));
    if (run === null) throw new Error("It was not claimed.");
    const commit = (changes: Partial<RunDelta>) => {
      const nothing = { evaluations: 0, speed: null, resultHash: null, event: null, outcome: null, write: async () => undefined };
      const lease = { runId, leaseToken: run.leaseToken, leaseSeconds: 60 };
      return database.transaction((transaction) => commitRun(transaction, { ...lease, delta: { ...nothing, ...changes } }));
    };
    const key = `RUN-${run.number}`;
    // Queued, then claimed.
    const log = [1, 2];
    const early = follow(key, 0);
    await expect.poll(() => early.received.length).toBe(log.length);
    for (const evaluationsUnderWay of [10, 20]) {
      await commit({ evaluationsUnderWay });
      await expect.poll(() => early.received.at(-1)?.run).toEqual({ evaluations: evaluationsUnderWay, eventSeq: 2 });
    }
    expect(early.received.slice(log.length)).toEqual(
      [10, 20].map((evaluations) => ({ seq: 2, kind: "PROGRESS", perturbations: [], run: { evaluations, eventSeq: 2 } })),
    );
    const late = follow(key, 2);
    await commit({ evaluations: 30, evaluationsUnderWay: 0, event: { kind: "PROGRESS", payload: { perturbationIds: ["gone"] } } });
    await expect.poll(() => [early.received.at(-1)?.seq, late.received.at(-1)?.seq]).toEqual([3, 3]);
    await commit({ evaluations: 30, outcome: { state: "SUCCEEDED", reason: "Done." } });
    await Promise.all([early.ended, late.ended]);
    expect(early.received.map(({ seq }) => seq)).toEqual([1, 2, 2, 2, 3, 4]);
    expect(late.received.map(({ seq }) => seq)).toEqual([3, 4]);
    const again = follow(key, 0);
    await again.ended;
    expect(again.received.map(({ seq }) => seq)).toEqual([1, 2, 3, 4]);
    for (const followed of [early, late, again]) await followed.close();
  });
});

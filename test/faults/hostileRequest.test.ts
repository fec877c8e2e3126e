/** One hostile request against an API process: how long other users wait, how much memory it takes, and whether the process survives. */
import { openDatabase } from "@pareidolia/persistence/server/database/database";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type ApiProcess, startApiProcess } from "../support/apiProcess.ts";
import { createCostlyRequests } from "../support/costlyRequests.ts";
import { sampled } from "../support/extent/sampled.ts";
import { seedRun } from "../support/runs.ts";

const maxWait = 1_000;
const maxMemory = 150_000_000;
/** Milliseconds between two probes. */
const pause = 25;

let api: ApiProcess;

beforeAll(async () => {
  api = await startApiProcess(async (url) => {
    const database = await openDatabase(url);
    await seedRun(database);
    await database.close();
  });
  await observeWhile(() => createCostlyRequests("RUN-1")[2]?.send(api.url) ?? Promise.resolve(""));
});
afterAll(() => api.close());

interface Observation {
  readonly outcome: string;
  /** The longest response time for another user, in milliseconds. */
  readonly wait: number;
  readonly memory: number;
}

/** Sends requests as another user while `act` runs. */
async function observeWhile(act: () => Promise<string>): Promise<Observation> {
  const before = api.memory();
  let memory = 0;
  let wait = 0;
  let over = false;
  const watch = async (): Promise<void> => {
    while (!over && api.ending() === null) {
      const began = performance.now();
      await fetch(`${api.url}/healthz`).catch(() => undefined);
      wait = Math.max(wait, performance.now() - began);
      if (api.ending() === null) memory = Math.max(memory, api.memory() - before);
      await new Promise((resolve) => setTimeout(resolve, pause));
    }
  };
  const watching = watch();
  const outcome = await act().catch((error: unknown) => `no answer: ${String(error)}`);
  over = true;
  await watching;
  return { outcome, wait, memory };
}

describe("while one client sends", () => {
  /** A sample has one that is long to read, and one on a socket. */
  const attacks = sampled(createCostlyRequests("RUN-1"), { by: ({ name }) => (name.endsWith("on a socket") ? "socket" : "request") });
  it.each(attacks.map((attack) => [attack.name, attack] as const))("%s, other users are served", async (name, attack) => {
    // On a busy machine, requests are slow even without an attack.
    const calm = await observeWhile(() => new Promise((resolve) => setTimeout(resolve, 1_000, "")));
    const { outcome, wait, memory } = await observeWhile(() => attack.send(api.url));
    console.log(
      `${name} (${attack.bytes} bytes): ${outcome}. Other users waited at most ${Math.round(wait)} ms (${Math.round(calm.wait)} ms before); ${Math.round(memory / 1e6)} MB more.`,
    );
    expect(api.ending()).toBeNull();
    expect(wait).toBeLessThan(maxWait + calm.wait);
    expect(memory).toBeLessThan(maxMemory);
  });
});

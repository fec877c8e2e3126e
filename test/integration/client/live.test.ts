/** The client's subscriptions by both transports: every event once over lost connections, and an end when access ends. */
import { encodeGlobalId } from "@pareidolia/api/globalId/globalId";
import { type ClientOptions, createClient } from "@pareidolia/client";
import { waitForRun } from "@pareidolia/client/jobs/followWork";
import { runEvents, workspaceChanges } from "@pareidolia/client/operations";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { WebSocket } from "ws";
import { startTestApi, type TestApi } from "../../support/api.ts";
import { logEvents } from "../../support/logEvents.ts";
import { seedRun } from "../../support/runs.ts";

let api: TestApi;

beforeAll(async () => {
  api = await startTestApi();
});
afterAll(() => api.close());

interface Run {
  readonly rowId: string;
  readonly id: string;
}

/** A queued run with one event; no worker claims it. */
async function addRun(): Promise<Run> {
  const rowId = await seedRun(api.database, { seed: Math.floor(Math.random() * 1e9) });
  return { rowId, id: encodeGlobalId("Run", rowId) };
}

async function endRun({ rowId }: Run): Promise<void> {
  await api.database.connection.run.update({ where: { id: rowId }, data: { state: "CANCELLED", endedAt: new Date() } });
  await logEvents(api.database, rowId, 1, "STATE", { from: "RUNNING", to: "CANCELLED", reason: "Cancelled." });
}

/** Cuts connections of a client. */
interface Network {
  readonly options: Partial<ClientOptions>;
  readonly connections: () => number;
  cut(): void;
}

function eventStreams(): Network {
  let cut: () => void = () => undefined;
  let connections = 0;
  return {
    options: {
      async fetch(input, init) {
        const connection = new AbortController();
        cut = () => connection.abort(new TypeError("terminated"));
        connections += 1;
        return fetch(input, { ...init, signal: AbortSignal.any([connection.signal, ...(init?.signal ? [init.signal] : [])]) });
      },
    },
    connections: () => connections,
    cut: () => cut(),
  };
}

function webSocket(): Network {
  const sockets: WebSocket[] = [];
  class Counted extends WebSocket {
    constructor(url: string, protocol: string) {
      super(url, protocol);
      sockets.push(this);
    }
  }
  return {
    options: { webSocket: Counted as unknown as NonNullable<ClientOptions["webSocket"]> },
    connections: () => sockets.length,
    cut: () => sockets.at(-1)?.terminate(),
  };
}

describe.each([
  ["event streams", eventStreams],
  ["a WebSocket", webSocket],
])("a subscription over %s", (_name, open) => {
  it("gets each event once over lost connections, and completes when the run has ended", async () => {
    const run = await addRun();
    const { options, connections, cut } = open();
    const client = createClient({ url: api.url, ...options });
    const numbers: number[] = [];
    let cuts = 0;
    for await (const { runEvents: event } of client.subscribe(runEvents, { runId: run.id })) {
      numbers.push(event.seq);
      if (event.seq < 4) {
        if (cuts < 2) cut();
        cuts += 1;
        await logEvents(api.database, run.rowId, 1);
      } else if (event.kind !== "STATE") await endRun(run);
    }
    expect(numbers).toEqual([1, 2, 3, 4, 5]);
    expect(connections()).toBe(3);
  });

  it("ends when its reader stops, and when its signal aborts", async () => {
    const run = await addRun();
    const client = createClient({ url: api.url, ...open().options });
    for await (const { runEvents: event } of client.subscribe(runEvents, { runId: run.id })) {
      expect(event.seq).toBe(1);
      break;
    }
    const stop = new AbortController();
    const reading = (async () => {
      for await (const _event of client.subscribe(runEvents, { runId: run.id }, { signal: stop.signal })) stop.abort(new Error("enough"));
    })();
    await expect(reading).rejects.toThrow("enough");
  });

  it("throws the API's refusal at once", async () => {
    const { options, connections } = open();
    const client = createClient({ url: api.url, ...options });
    const read = client.subscribe(runEvents, { runId: "RUN-999999" }).next();
    await expect(read).rejects.toMatchObject({ code: "NOT_FOUND" });
    const unknown = createClient({ url: api.url, token: "unknown", ...options });
    await expect(unknown.subscribe(workspaceChanges).next()).rejects.toMatchObject({ code: "UNAUTHENTICATED" });
    expect(connections()).toBe(2);
  });

  it("lists the changes in the workspace while the connection was lost", async () => {
    const { options, connections, cut } = open();
    const client = createClient({ url: api.url, ...options });
    const changes = client.subscribe(workspaceChanges);
    expect((await changes.next()).value?.workspaceChanges.everything).toBe(true);
    cut();
    const { id } = await addRun();
    const named: string[] = [];
    while (!named.includes(id)) {
      const { value } = await changes.next();
      expect(value?.workspaceChanges.everything).toBe(false);
      named.push(...(value?.workspaceChanges.runIds ?? []));
    }
    await changes.return();
    expect(connections()).toBe(2);
  });

  it("does not resume an event log whose numbers the document does not select", async () => {
    const run = await addRun();
    const { options, cut } = open();
    const client = createClient({ url: api.url, ...options });
    const events = client.subscribe("subscription ($id: ID!) { runEvents(runId: $id) { kind } }", { id: run.id });
    await events.next();
    cut();
    await expect(events.next()).rejects.toMatchObject({ code: "NETWORK" });
  });
});

it("several subscriptions share one WebSocket, which closes after the last", async () => {
  const [first, second] = [await addRun(), await addRun()];
  const network = webSocket();
  const client = createClient({ url: api.url, ...network.options });
  const readers = [first, second].map((run) => client.subscribe(runEvents, { runId: run.id }));
  await Promise.all(readers.map((reader) => reader.next()));
  await Promise.all(readers.map((reader) => reader.return()));
  expect(network.connections()).toBe(1);
  await client.subscribe(runEvents, { runId: first.id }).next();
  expect(network.connections()).toBe(2);
  network.cut();
});

it("waitForRun returns a run as it has ended", async () => {
  const run = await addRun();
  const client = createClient({ url: api.url });
  const kinds: string[] = [];
  const ended = await waitForRun(client, run.id, {
    onChange: ({ kind, seq }) => {
      kinds.push(kind);
      if (seq === 1) void endRun(run);
    },
  });
  expect([ended.state, kinds]).toEqual(["CANCELLED", ["STATE", "STATE"]]);
});

it("waitForRun returns a run whose events were deleted after its end, and one without an event after `since`", async () => {
  const run = await addRun();
  await logEvents(api.database, run.rowId, 3);
  await endRun(run);
  await api.database.connection.runEvent.deleteMany({ where: { runId: run.rowId, kind: { not: "STATE" } } });
  const client = createClient({ url: api.url });
  const wait = async (since: number) => {
    const numbers: number[] = [];
    const { key, state } = await waitForRun(client, run.id, { since, onChange: ({ seq }) => void numbers.push(seq) });
    return { key, state, numbers };
  };
  const ended = { key: expect.stringMatching(/^RUN-/), state: "CANCELLED" };
  expect([await wait(0), await wait(5)]).toEqual([
    { ...ended, numbers: [5] },
    { ...ended, numbers: [] },
  ]);
  await api.database.connection.runEvent.deleteMany({ where: { runId: run.rowId } });
  expect(await wait(0)).toEqual({ ...ended, numbers: [] });
  await expect(wait(6)).rejects.toMatchObject({ code: "INVALID_INPUT", fieldErrors: [{ field: "since" }] });
});

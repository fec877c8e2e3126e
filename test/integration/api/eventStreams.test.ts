/** GraphQL over Server-Sent Events: the same data, limits, origins and loss of access as the WebSocket, and no gap after a lost connection. */
import { setTimeout as sleep } from "node:timers/promises";
import { encodeGlobalId } from "@pareidolia/api/globalId/globalId";
import { afterAll, afterEach, beforeAll, describe, expect, it, onTestFinished } from "vitest";
import { type AccountsApi, type Sender, startAccountsApi } from "../../support/accounts.ts";
import { type EventStream, openEventStream, type StreamRequest } from "../../support/eventStream.ts";
import { logEvents } from "../../support/logEvents.ts";
import { openRawSocket } from "../../support/rawSocket.ts";
import { seedRun } from "../../support/runs.ts";

let api: AccountsApi;
let member: { readonly cookie: string; readonly memberId: string };
let runId: string;

beforeAll(async () => {
  api = await startAccountsApi();
  member = await api.createMember("grace", "RESEARCHER");
});
afterAll(() => api.close());
const streams: EventStream[] = [];
afterEach(() => {
  for (const stream of streams.splice(0)) stream.cut();
});

const events = "subscription ($id: ID!, $since: Int! = 0) { runEvents(runId: $id, since: $since) { seq kind } }";
async function open(sender: Sender, request: StreamRequest): Promise<EventStream> {
  const stream = await openEventStream(api.url, { ...request, headers: { ...sender, ...request.headers } });
  streams.push(stream);
  return stream;
}
/** A queued run, whose log has its first event. No worker claims it. */
async function addRun(): Promise<string> {
  runId = await seedRun(api.database, { seed: Math.floor(Math.random() * 1e9) });
  return encodeGlobalId("Run", runId);
}
const log = (count: number, kind?: string, payload?: object): Promise<void> => logEvents(api.database, runId, count, kind, payload);
const numbersOf = ({ events: received }: EventStream) =>
  received.filter(({ event }) => event === "next").map(({ data }) => data.data.runEvents.seq);

describe("a stream", () => {
  it("has each event once with its number as id, and only text events", async () => {
    const id = await addRun();
    await log(1);
    const stream = await open(member, { query: events, variables: { id } });
    expect([stream.status, stream.headers.get("content-type"), stream.headers.get("cache-control")]).toEqual([
      200,
      "text/event-stream; charset=utf-8",
      "no-store, no-transform",
    ]);
    await stream.next(1);
    await log(2);
    await stream.next(3);
    expect(numbersOf(stream)).toEqual([1, 2, 3, 4]);
    expect(stream.events.map((each) => each.id)).toEqual(["1", "2", "3", "4"]);
  });

  it("answers a query with one result, and ends; a mutation only by POST", async () => {
    for (const method of ["GET", "POST"] as const) {
      const stream = await open(member, { query: "{ viewer { role } }", method });
      await stream.ended;
      expect(stream.events).toEqual([
        { event: "next", id: null, data: { data: { viewer: { role: "RESEARCHER" } } } },
        { event: "complete", id: null, data: null },
      ]);
    }
    const query = 'mutation { createExperiment(input: { name: "Streamed" }) { __typename } }';
    const refused = await open(member, { query, method: "GET" });
    expect([refused.status, refused.headers.get("allow")]).toEqual([405, "POST"]);
    expect(await api.database.connection.experiment.count({ where: { name: "Streamed" } })).toBe(0);
    const made = await open(member, { query });
    expect((await made.next()).data).toEqual({ data: { createExperiment: { __typename: "CreateExperimentSuccess" } } });
  });

  it("ends with the subscription, and frees its slot when the client leaves", async () => {
    const id = await addRun();
    await api.database.connection.run.update({ where: { id: runId }, data: { state: "CANCELLED", endedAt: new Date() } });
    await log(1, "STATE", { to: "CANCELLED" });
    const finished = await open(member, { query: events, variables: { id } });
    await finished.ended;
    expect(finished.events.at(-1)).toEqual({ event: "complete", id: null, data: null });
    const page = "subscription ($id: ID!) { presenceChanges(subjectId: $id) { users { id } } }";
    const present = await open(member, { query: page, variables: { id } });
    await present.next();
    expect(await api.database.connection.presence.count()).toBe(1);
    present.cut();
    await expect.poll(() => api.database.connection.presence.count(), { timeout: 10_000 }).toBe(0);
  });

  it("leaves nothing behind for clients that leave before it starts", async () => {
    const variables = { id: await addRun() };
    const query = "subscription ($id: ID!) { presenceChanges(subjectId: $id) { users { id } } }";
    const headers = { "content-type": "application/json", accept: "text/event-stream", ...member };
    for (let i = 0; i < 30; i++) {
      const abort = new AbortController();
      const init = { method: "POST", headers, body: JSON.stringify({ query, variables }), signal: abort.signal };
      const sent = fetch(`${api.url}/graphql`, init).catch(() => undefined);
      await sleep(i % 10);
      abort.abort();
      await sent;
    }
    await expect.poll(() => api.database.connection.presence.count(), { timeout: 10_000 }).toBe(0);
  });

  it("is not for clients that prefer JSON", async () => {
    const accept = "application/graphql-response+json, application/graphql+json, application/json, text/event-stream, multipart/mixed";
    const answered = await open(member, { query: "{ viewer { role } }", headers: { accept } });
    expect([answered.headers.get("content-type")?.split(";")[0], JSON.parse(answered.text).data]).toEqual([
      "application/graphql-response+json",
      { viewer: { role: "RESEARCHER" } },
    ]);
    const preferred = await open(member, {
      query: "{ viewer { role } }",
      headers: { accept: "application/json; q=0.5, text/event-stream" },
    });
    expect((await preferred.next()).data.data).toEqual({ viewer: { role: "RESEARCHER" } });
  });

  it("leaves requests that accept no stream to GraphQL over HTTP", async () => {
    const stream = await open(member, { query: events, variables: { id: await addRun() }, headers: { accept: "application/json" } });
    expect([stream.status, JSON.parse(stream.text).errors[0].extensions.code]).toEqual([400, "SUBSCRIPTION_OVER_HTTP"]);
  });
});

describe("after a lost connection", () => {
  it("`since` continues where the client was, without a gap and without an event twice", async () => {
    const id = await addRun();
    await log(2);
    const first = await open(member, { query: events, variables: { id } });
    await first.next(2);
    first.cut();
    await log(250);
    const second = await open(member, { query: events, variables: { id, since: 3 } });
    await second.next(249);
    await log(1);
    await second.next(250);
    expect(numbersOf(second)).toEqual(Array.from({ length: 251 }, (_, i) => i + 4));
  });

  it("Last-Event-ID replaces an older `since`, as a browser's EventSource sends it", async () => {
    const id = await addRun();
    await log(4);
    const stream = await open(member, { query: events, variables: { id, since: 1 }, method: "GET", headers: { "last-event-id": "4" } });
    expect((await stream.next()).data.data.runEvents.seq).toBe(5);
    const newer = await open(member, { query: events, variables: { id, since: 4 }, headers: { "last-event-id": "2" } });
    expect((await newer.next()).data.data.runEvents.seq).toBe(5);
    for (const nonsense of ["x", "-1", "1e9", "9".repeat(20)]) {
      const all = await open(member, { query: events, variables: { id, since: 0 }, headers: { "last-event-id": nonsense } });
      expect((await all.next()).data.data.runEvents.seq).toBe(1);
    }
  });

  it("a `since` whose next events are deleted is refused, over the WebSocket too, and says what to do", async () => {
    const id = await addRun();
    await log(5);
    await api.database.connection.runEvent.deleteMany({ where: { runId, seq: { in: [2, 4] } } });
    const message =
      "Events after number 0 were deleted, 30 days after the run ended. Read the run, and pass its `eventSeq` (6) as `since`.";
    const stream = await open(member, { query: events, variables: { id } });
    await stream.ended;
    expect(stream.events[0]?.data.errors).toMatchObject([{ message, extensions: { code: "INVALID_INPUT", field: "since" } }]);
    expect(stream.events.at(-1)?.event).toBe("complete");
    const socket = await openRawSocket(api.url, { headers: { ...member } });
    onTestFinished(() => socket.close());
    socket.subscribe("events", events, { id });
    expect(await socket.answer("events")).toMatchObject({ payload: { errors: [{ message }] } });
    for (const since of [4, 6]) {
      const late = await open(member, { query: events, variables: { id, since } });
      await log(1);
      expect((await late.next()).data.data.runEvents.seq, `since ${since}`).toBe(since + 1);
    }
  });

  it("a `since` that the run has not reached is refused instead of waited for", async () => {
    const id = await addRun();
    await log(1);
    const stream = await open(member, { query: events, variables: { id, since: 3 } });
    expect((await stream.next()).data.errors).toMatchObject([
      { message: 'The run has 2 events, so "since" is at most 2.', extensions: { code: "INVALID_INPUT", field: "since" } },
    ]);
  });
});

describe("a stream of a member", () => {
  it("ends with the reason and `complete` when the member's role changes, and other members' streams stay open", async () => {
    member = await api.createMember("changes-role", "RESEARCHER");
    const id = await addRun();
    const [ofMember, ofOwner] = [
      await open(member, { query: events, variables: { id } }),
      await open(api.owner, { query: events, variables: { id } }),
    ];
    await Promise.all([ofMember.next(), ofOwner.next()]);
    const query = "mutation ($input: ChangeMemberRoleInput!) { changeMemberRole(input: $input) { __typename } }";
    await api.ask(api.owner, query, { input: { memberId: encodeGlobalId("Member", member.memberId), role: "VIEWER" } });
    await ofMember.ended;
    expect(ofMember.events.slice(1)).toEqual([
      { event: "next", id: null, data: { data: null, errors: [{ message: expect.any(String), extensions: { code: "FORBIDDEN" } }] } },
      { event: "complete", id: null, data: null },
    ]);
    await log(1);
    expect((await ofOwner.next(1)).data.data.runEvents.seq).toBe(2);
    expect(ofMember.events).toHaveLength(3);
  });
});

describe("a request", () => {
  const query = "{ viewer { role } }";

  it("without credentials, or from a page of another site, gets no stream", async () => {
    const anonymous = await open({}, { query });
    expect([anonymous.status, JSON.parse(anonymous.text).errors[0].extensions.code]).toEqual([401, "UNAUTHENTICATED"]);
    for (const headers of [{ origin: "https://evil.example" }, { origin: "null" }, { "sec-fetch-site": "cross-site" }] as const)
      for (const method of ["GET", "POST"] as const) {
        const foreign = await open(api.owner, { query, method, headers: { ...headers } });
        expect([foreign.status, JSON.parse(foreign.text).errors[0].extensions.code], JSON.stringify(headers)).toEqual([403, "FORBIDDEN"]);
      }
    const own = await open(api.owner, { query, headers: { origin: "http://127.0.0.1:3000" } });
    expect(own.status).toBe(200);
  });

  it.each([
    ["without a document", { query: "" }, 400, "INVALID_INPUT"],
    ["with a document that cannot be parsed", { query: "{" }, 400, "GRAPHQL_PARSE_FAILED"],
    ["with an unknown field", { query: "{ nothing }" }, 400, "GRAPHQL_VALIDATION_FAILED"],
    ["with variables that are no object", { query, variables: [] }, 400, "INVALID_INPUT"],
    ["without a required variable", { query: "query ($id: ID!) { node(id: $id) { id } }" }, 400, "BAD_USER_INPUT"],
    ["of two operations, without a name", { query: "query A { __typename } query B { __typename }" }, 400, "OPERATION_RESOLUTION_FAILURE"],
    [
      "with too many aliases",
      { query: `{ ${Array.from({ length: 61 }, (_, i) => `a${i}: viewer { role }`).join(" ")} }` },
      400,
      "TOO_COMPLEX",
    ],
  ])("%s is refused as over HTTP", async (_how, given, status, code) => {
    const stream = await open(api.owner, given);
    expect([stream.status, JSON.parse(stream.text).errors[0].extensions.code]).toEqual([status, code]);
    expect(stream.text).not.toMatch(/did you mean|\bat \//i);
  });

  it("is refused beyond 100 open streams of a user, and accepted once one is closed", async () => {
    const id = await addRun();
    const follow = () => open(api.owner, { query: events, variables: { id } });
    const all = await Promise.all(Array.from({ length: 100 }, follow));
    expect(all.every(({ status }) => status === 200)).toBe(true);
    const refused = await follow();
    expect([refused.status, JSON.parse(refused.text).errors[0].extensions.code]).toEqual([429, "TOO_MANY_OPERATIONS"]);
    all[0]?.cut();
    await expect.poll(async () => (await follow()).status, { timeout: 10_000 }).toBe(200);
  });
});

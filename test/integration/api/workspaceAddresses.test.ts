/**
 * The address of a request names its workspace: operations over HTTP, event streams, WebSockets, images and uploads act in it, whatever the
 * session used last, and each checks the membership.
 */
import { authenticateSingleUser } from "@pareidolia/api/identity/singleUser";
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from "vitest";
import { type AccountsApi, type Sender, startAccountsApi } from "../../support/accounts.ts";
import { startTestApi } from "../../support/api.ts";
import { openEventStream } from "../../support/eventStream.ts";
import { postJson } from "../../support/postJson.ts";
import { openRawSocket, type RawSocket } from "../../support/rawSocket.ts";
import { seedRun } from "../../support/runs.ts";

const origin = "http://127.0.0.1:3000";
let api: AccountsApi;
/** Slug of another workspace of the owner, to which the owner's session has switched. */
let second = "";
/** Slug of a workspace of which only the stranger is a member. */
let foreign = "";
let stranger: Sender;

// oxlint-disable-next-line typescript/no-explicit-any -- tests read any part of the response
async function askIn(slug: string, sender: Sender, query: string, variables = {}): Promise<{ status: number; body: any }> {
  const { status, text } = await postJson(`${api.url}/w/${slug}/graphql`, JSON.stringify({ query, variables }), {
    headers: { origin, ...sender },
  });
  return { status, body: JSON.parse(text) };
}

const createWorkspace = 'mutation { createWorkspace(input: { name: "Second" }) { ... on WorkspaceSuccess { membership { slug } } } }';
const slugOf = async (sender: Sender): Promise<string> =>
  (await api.ask(sender, createWorkspace)).body.data.createWorkspace.membership.slug;
const nameOfExperiment = '{ node(id: "EXP-1") { ... on Experiment { name } } }';
const createExperiment = (name: string) =>
  `mutation { createExperiment(input: { name: "${name}" }) { __typename ... on CreateExperimentSuccess { experiment { key } } ... on Error { message } } }`;
const slugOfRequest = "{ viewer { workspace { slug } } }";
const codeOf = ({ body }: { body: { errors?: readonly { extensions: { code: string } }[] } }) => body.errors?.[0]?.extensions.code;

beforeAll(async () => {
  api = await startAccountsApi();
  await seedRun(api.database);
  const member = await api.createMember("grace", "VIEWER");
  stranger = { cookie: member.cookie };
  foreign = await slugOf(stranger);
  second = await slugOf(api.owner);
  await askIn(second, api.owner, createExperiment("In the second"));
});
afterAll(() => api.close());

async function openSocket(slug: string, sender: Sender): Promise<RawSocket> {
  const socket = await openRawSocket(`${api.url}/w/${slug}`, { headers: { ...sender } });
  onTestFinished(() => socket.close());
  return socket;
}

describe("an operation", () => {
  it("acts in the workspace of its address, whatever the session used last", async () => {
    expect((await askIn("local", api.owner, nameOfExperiment)).body.data.node.name).toBe("Test");
    expect((await askIn(second, api.owner, nameOfExperiment)).body.data.node.name).toBe("In the second");
    expect((await askIn("local", api.owner, slugOfRequest)).body.data.viewer.workspace.slug).toBe("local");
    // Without a workspace in the address, the session's own choice counts.
    expect((await api.ask(api.owner, slugOfRequest)).body.data.viewer.workspace.slug).toBe(second);
  });

  it("writes to the workspace of its address, also while the session switches back and forth", async () => {
    const workspaces = (await api.ask(api.owner, "{ viewer { workspaces { workspaceId slug } } }")).body.data.viewer.workspaces;
    const switches = [...workspaces, ...workspaces].map(({ workspaceId }: { workspaceId: string }) =>
      api.ask(api.owner, `mutation { switchWorkspace(input: { workspaceId: "${workspaceId}" }) { __typename } }`),
    );
    const writes = [0, 1, 2, 3].map((i) => askIn(i % 2 === 0 ? "local" : second, api.owner, createExperiment(`Write ${i}`)));
    await Promise.all([...switches, ...writes]);
    const namesIn = async (slug: string): Promise<string[]> => {
      const { body } = await askIn(slug, api.owner, "{ experiments(first: 20) { nodes { name } } }");
      return body.data.experiments.nodes.map(({ name }: { name: string }) => name).sort();
    };
    expect(await namesIn("local")).toEqual(["Test", "Write 0", "Write 2"]);
    expect(await namesIn(second)).toEqual(["In the second", "Write 1", "Write 3"]);
  });

  it("is refused in a workspace of others exactly as in one that does not exist", async () => {
    for (const slug of [foreign, "no-such-workspace"]) {
      const read = await askIn(slug, api.owner, nameOfExperiment);
      expect([codeOf(read), read.body.errors[0].message]).toEqual(["NO_WORKSPACE", expect.stringContaining(`"${slug}"`)]);
      expect(codeOf(await askIn(slug, api.owner, createExperiment("Intruder")))).toBe("NO_WORKSPACE");
      expect((await fetch(`${api.url}/w/${slug}/audit-log.csv`, { headers: { ...api.owner } })).status).toBe(403);
    }
    expect(codeOf(await askIn("local", {}, nameOfExperiment))).toBe(codeOf(await api.ask({}, nameOfExperiment)));
    expect((await askIn(foreign, stranger, createExperiment("Own"))).body.data.createExperiment.experiment.key).toBe("EXP-1");
  });

  it("is refused in another workspace than its API key's", async () => {
    const create = 'mutation { createApiKey(input: { name: "Key", scopes: [READ] }) { ... on CreateApiKeySuccess { secret } } }';
    const { secret } = (await askIn("local", api.owner, create)).body.data.createApiKey;
    const key = { authorization: `Bearer ${secret}` };
    expect((await askIn("local", key, slugOfRequest)).body.data.viewer.workspace.slug).toBe("local");
    const refused = await askIn(second, key, slugOfRequest);
    expect([refused.status, codeOf(refused)]).toEqual([401, "UNAUTHENTICATED"]);
  });

  it("cannot name its workspace by a header", async () => {
    const { text } = await postJson(`${api.url}/w/local/graphql`, JSON.stringify({ query: slugOfRequest }), {
      headers: { origin, ...api.owner, "x-pareidolia-workspace": second },
    });
    expect(JSON.parse(text).data.viewer.workspace.slug).toBe("local");
    const plain = await api.post(JSON.stringify({ query: slugOfRequest }), {
      origin,
      ...stranger,
      "x-pareidolia-workspace": second,
    } as Record<string, string>);
    expect(plain.body.data.viewer.workspace.slug).not.toBe(second);
  });
});

describe("a live connection", () => {
  const events = 'subscription { runEvents(runId: "RUN-1") { seq } }';

  it("reads the workspace of its address, and stays open while the session switches", async () => {
    const socket = await openSocket("local", api.owner);
    socket.subscribe("events", events);
    expect(await socket.answer("events")).toMatchObject({ type: "next" });
    const stream = await openEventStream(`${api.url}/w/local`, { query: events, headers: { ...api.owner } });
    onTestFinished(() => stream.cut());
    await stream.next();
    let ended = "";
    void socket.closed.then(() => (ended += " socket"));
    void stream.ended.then(() => (ended += " stream"));
    await slugOf(api.owner);
    // Each operation of a socket checks the access again, as the watch does every three seconds.
    socket.subscribe("again", slugOfRequest);
    expect(await socket.answer("again")).toMatchObject({ type: "next", payload: { data: { viewer: { workspace: { slug: "local" } } } } });
    await new Promise((done) => setTimeout(done, 4_000));
    expect(ended).toBe("");
  }, 30_000);

  it("is refused in a workspace of others", async () => {
    const socket = await openRawSocket(`${api.url}/w/${foreign}`, { headers: { ...api.owner } }).catch((error: unknown) => error);
    if (socket instanceof Error) expect(socket.message).toMatch(/4401|NO_WORKSPACE/);
    else expect(await (socket as RawSocket).closed).toMatchObject({ code: 4401, reason: expect.stringContaining("NO_WORKSPACE") });
    const stream = await openEventStream(`${api.url}/w/${foreign}`, { query: events, headers: { ...api.owner } });
    expect(stream.text).toContain("NO_WORKSPACE");
  });
});

describe("the addresses in an answer", () => {
  it("name the workspace of the request, and only if its own address does", async () => {
    const request =
      'mutation { requestUpload(input: { kind: MODEL, fileName: "net.onnx", byteLength: 8 }) { ... on RequestUploadSuccess { form { url } } ... on Error { message } } }';
    expect((await askIn(second, api.owner, request)).body.data.requestUpload.form.url).toBe(`/w/${second}/uploads`);
    expect((await api.ask(api.owner, request)).body.data.requestUpload.form.url).toBe("/uploads");
  });
});

it("a single user's workspace has the slug local, and there is no other", async () => {
  const single = await startTestApi({ authenticate: authenticateSingleUser });
  onTestFinished(() => single.close());
  await seedRun(single.database);
  const ask = async (slug: string) =>
    JSON.parse((await postJson(`${single.url}/w/${slug}/graphql`, JSON.stringify({ query: "{ viewer { workspace { slug } } }" }))).text);
  expect((await ask("local")).data.viewer.workspace.slug).toBe("local");
  expect((await ask("other")).errors[0].extensions.code).toBe("NO_WORKSPACE");
});

/** Every route and transport authenticates its requests, and an actor gets nothing of another workspace. */

import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { readConfig } from "@pareidolia/api/config";
import { encodeGlobalId } from "@pareidolia/api/globalId/globalId";
import type { Credentials } from "@pareidolia/api/identity/authenticate";
import type { Actor } from "@pareidolia/core/actor";
import { AppError } from "@pareidolia/core/appError";
import { carryOutRun } from "@pareidolia/workers/tasks/carryOutRun.task";
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { authenticateByHeader, createStranger, credentialsOf, localOwner, stranger } from "../../support/actors.ts";
import { startTestApi, type TestApi } from "../../support/api.ts";
import { createLinearClassifier } from "../../support/linearClassifier.ts";
import { openRawSocket } from "../../support/rawSocket.ts";
import { evolveContext, seedRun } from "../../support/runs.ts";
import { postForm, requestUpload, sendUpload, type UploadSender } from "../../support/sendUpload.ts";

let api: TestApi;
let reports: string;
let sha256: string;
let genomeId: string;
const authenticate = vi.fn<(credentials: Credentials) => Promise<Actor>>();

beforeAll(async () => {
  reports = await mkdtemp(path.join(tmpdir(), "pareidolia-identity-"));
  api = await startTestApi({ authenticate, reportFolders: [reports] });
  const runId = await seedRun(api.database);
  const classifier = createLinearClassifier({ input: { width: 8, height: 8, channels: 1 }, classes: 5 });
  await carryOutRun({ runId }, evolveContext({ database: api.database, objectStore: api.objectStore, classifier }));
  await createStranger(api.database);
  ({ sha256 } = await api.database.connection.image.findFirstOrThrow());
  genomeId = encodeGlobalId("Genome", (await api.database.connection.genome.findFirstOrThrow()).id);
});
beforeEach(() => {
  authenticate.mockReset();
  authenticate.mockImplementation(authenticateByHeader);
});
afterAll(async () => {
  await api.close();
  await rm(reports, { recursive: true });
});

const form = { "content-type": "multipart/form-data; boundary=x" };

/** Every route that reads or writes data, with the status that the owner gets. */
const routes: readonly [string, (actor: Actor | null) => Promise<Response>, number][] = [
  ["POST /graphql", (actor) => send("/graphql", actor, { method: "POST", body: '{"query":"{ viewer { role } }"}' }), 200],
  ["GET /images", (actor) => send(`/images/${sha256}.png`, actor), 200],
  ["GET /contact-sheets", (actor) => send("/contact-sheets/RUN-1/0/32.png", actor), 200],
  ["GET /genomes", (actor) => send(`/genomes/${genomeId}.bin`, actor), 200],
  ["GET /report-pages", (actor) => send("/report-pages/none.html", actor), 404],
  ["POST /uploads", (actor) => send("/uploads", actor, { method: "POST", headers: form, body: "--x--" }), 400],
];

interface RequestParts {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array<ArrayBuffer>;
}

function send(route: string, actor: Actor | null, { headers, ...init }: RequestParts = {}): Promise<Response> {
  const credentials = actor === null ? {} : credentialsOf(actor);
  return fetch(`${api.url}${route}`, { ...init, headers: { "content-type": "application/json", ...headers, ...credentials } });
}

describe.each(routes)("%s", (name, request, status) => {
  it("authenticates the request once, by its headers", async () => {
    expect((await request(localOwner)).status).toBe(status);
    expect(authenticate).toHaveBeenCalledOnce();
    expect(authenticate.mock.calls[0]?.[0]).toMatchObject({ headers: credentialsOf(localOwner), connectionParams: {} });
  });

  it("answers a request without credentials with a typed error: 401, or 404 for what a visitor could read if it were shared", async () => {
    const response = await request(null);
    const shared = new Map([
      ["GET /images", "There is no such image."],
      ["GET /genomes", "There is no such genome."],
    ]).get(name);
    const [code, message] = shared === undefined ? ["UNAUTHENTICATED", "Sign in first."] : ["NOT_FOUND", shared];
    expect([response.status, await response.json()]).toMatchObject([
      code === "NOT_FOUND" ? 404 : 401,
      { errors: [{ message, extensions: { code } }] },
    ]);
  });

  it("answers 503 while credentials cannot be checked, and masks unexpected failures", async () => {
    authenticate.mockRejectedValueOnce(new AppError("UNAVAILABLE", "Sessions cannot be read now. Try again later."));
    expect((await request(localOwner)).status).toBe(503);
    authenticate.mockRejectedValueOnce(new Error("secret"));
    const failed = await request(localOwner);
    expect([failed.status, await failed.text()]).toEqual([500, expect.not.stringContaining("secret")]);
  });
});

it("the API does not read the body of a request that it refuses", async () => {
  const uploads = await api.database.connection.upload.count();
  const response = await send("/uploads", null, { method: "POST", headers: form, body: new Uint8Array(5_000_000) });
  expect([response.status, response.headers.get("connection")]).toEqual([401, "close"]);
  expect(await api.database.connection.upload.count()).toBe(uploads);
});

it("the API requires no credentials for health checks and the explorer", async () => {
  for (const route of ["/healthz", "/readyz", "/graphiql"]) expect((await send(route, null)).status, route).toBe(200);
  expect(authenticate).not.toHaveBeenCalled();
});

describe("a WebSocket", () => {
  const viewer = "{ viewer { workspace { slug } } }";

  it.each([
    ["its connection parameters", { connectionParams: credentialsOf(stranger) }],
    ["the headers of its upgrade request", { headers: credentialsOf(stranger) }],
  ])("is authenticated once, by %s, and keeps its actor", async (_name, credentials) => {
    const socket = await openRawSocket(api.url, credentials);
    for (const id of ["first", "second"]) {
      socket.subscribe(id, viewer);
      expect(await socket.answer(id)).toMatchObject({ payload: { data: { viewer: { workspace: { slug: "elsewhere" } } } } });
    }
    expect(authenticate).toHaveBeenCalledOnce();
    await socket.close();
  });

  it.each([
    ["without credentials", new AppError("UNAUTHENTICATED", "Sign in first."), 4401, "UNAUTHENTICATED: Sign in first."],
    ["with an error too long for a close reason", new AppError("UNAUTHENTICATED", "long ".repeat(50)), 4401, "UNAUTHENTICATED"],
    ["while credentials cannot be checked", new AppError("UNAVAILABLE", "Try again later."), 1013, "UNAVAILABLE: Try again later."],
    ["after an unexpected failure", new Error("secret"), 4500, "Something went wrong on our side. It has been logged."],
  ])("%s is closed with the error as its reason", async (_name, error, code, reason) => {
    authenticate.mockRejectedValueOnce(error);
    const socket = await openRawSocket(api.url);
    expect([socket.accepted, await socket.closed]).toEqual([false, { code, reason }]);
  });

  it("that closes before it is authenticated uses none of its user's slots", async () => {
    let admit: () => void = () => undefined;
    for (let i = 0; i < 101; i++) {
      const authenticating = new Promise<void>((resolve) =>
        authenticate.mockImplementationOnce(() => {
          resolve();
          return new Promise((settle) => {
            admit = () => settle(localOwner);
          });
        }),
      );
      const opening = openRawSocket(api.url, { abandon: authenticating });
      await authenticating;
      await (await opening).closed;
      await sleep(2);
      admit();
    }
    const socket = await openRawSocket(api.url, { headers: credentialsOf(localOwner) });
    expect(socket.accepted).toBe(true);
    await socket.close();
  });
});

describe("an actor of another workspace", () => {
  const ownerSends: UploadSender = {
    get url() {
      return api.url;
    },
    headers: credentialsOf(localOwner),
    query: (document, variables) => api.query(document, variables, localOwner),
  };
  const filled = ["experiments", "runs", "elites", "genomes", "images", "scores", "uploads"];
  const empty = ["photos", "chains", "analyses", "trajectories", "perturbations"];

  it("finds nothing of the first workspace in any list", async () => {
    await sendUpload(ownerSends, Uint8Array.of(1));
    for (const list of [...filled, ...empty]) {
      const read = async (actor: Actor) => (await api.query(`{ list: ${list} { totalCount nodes { id } } }`, {}, actor)).body.data.list;
      expect((await read(localOwner)).totalCount > 0, list).toBe(filled.includes(list));
      expect(await read(stranger), list).toEqual({ totalCount: 0, nodes: [] });
    }
  });

  it("finds nothing of the first workspace by id or key", async () => {
    const types = ["experiments", "runs", "elites", "genomes", "images", "scores"];
    const found = await api.query(
      `{ ${types.map((type) => `${type}(first: 1) { nodes { id } }`).join(" ")} viewer { user { id } workspace { id } } }`,
      {},
      localOwner,
    );
    const { viewer, ...ofRun } = found.body.data;
    const ids: string[] = [
      ...Object.values<{ nodes: { id: string }[] }>(ofRun).flatMap(({ nodes }) => nodes),
      viewer.user,
      viewer.workspace,
    ].map(({ id }) => id);
    ids.push("EXP-1", "RUN-1");
    const read = (actor: Actor) => api.query("query ($ids: [ID!]!) { nodes(ids: $ids) { id } }", { ids }, actor);
    expect((await read(localOwner)).body.data.nodes).not.toContain(null);
    expect((await read(stranger)).body.data.nodes).toEqual(ids.map(() => null));
  });

  it("gets no images, contact sheets or genomes of the first workspace, even with their addresses", async () => {
    for (const route of [`/images/${sha256}.png`, "/contact-sheets/RUN-1/0/32.png", `/genomes/${genomeId}.json`]) {
      expect((await send(route, localOwner)).status).toBe(200);
      expect((await send(route, stranger)).status).toBe(404);
    }
    const cached = await send(`/images/${sha256}.png`, stranger, { headers: { "if-none-match": `"${sha256}"` } });
    expect(cached.status).toBe(404);
  });

  it("can neither send, finish, use nor delete an upload of the first workspace, even with its form", async () => {
    const { upload, form: issued } = await requestUpload(ownerSends, { kind: "PHOTO", byteLength: 1 });
    const { id } = upload;
    const finish = `mutation ($input: FinishUploadInput!) { finishUpload(input: $input) { __typename } }`;
    const sent = await postForm({ url: api.url, headers: credentialsOf(stranger) }, issued, Uint8Array.of(1));
    expect([sent.status, await sent.json()]).toMatchObject([403, { errors: [{ extensions: { code: "FORBIDDEN" } }] }]);
    expect((await postForm({ url: api.url, headers: credentialsOf(localOwner) }, issued, Uint8Array.of(1))).status).toBe(204);
    expect((await api.query(finish, { input: { uploadId: id } }, stranger)).body.data.finishUpload.__typename).toBe("NotFoundError");
    expect((await api.query(finish, { input: { uploadId: id } }, localOwner)).body.data.finishUpload.__typename).toBe(
      "FinishUploadSuccess",
    );
    const remove = `mutation ($input: DeleteUploadInput!) { deleteUpload(input: $input) { __typename } }`;
    const make = `mutation ($input: UploadImageInput!) { uploadImage(input: $input) { __typename } }`;
    const removed = await api.query(remove, { input: { uploadId: id } }, stranger);
    expect(removed.body.data.deleteUpload).toEqual({ __typename: "NotFoundError" });
    const made = await api.query(make, { input: { uploadId: id, name: "Mine" } }, stranger);
    expect(made.body.data.uploadImage).toEqual({ __typename: "NotFoundError" });
    expect((await api.query(remove, { input: { uploadId: id } }, localOwner)).body.data.deleteUpload).toEqual({
      __typename: "DeleteUploadSuccess",
    });
  });
});

describe("the settings", () => {
  const environment = { DATABASE_URL: "postgres://localhost/none" };
  const accounts = {
    PAREIDOLIA_SECRET: "s".repeat(32),
    PAREIDOLIA_URL: "https://lab.example",
    PAREIDOLIA_PERSISTED_OPERATIONS: ["/web/operations.json", "/web/earlier.json"].join(path.delimiter),
  };

  it("have no default actor: the API needs accounts, or a single user", () => {
    expect(() => readConfig(environment)).toThrow(/Accounts need PAREIDOLIA_SECRET/);
    expect(() => readConfig({ ...environment, ...accounts, PAREIDOLIA_SECRET: "short" })).toThrow(/PAREIDOLIA_SECRET/);
    expect(readConfig({ ...environment, ...accounts }).accounts?.publicUrl.host).toBe("lab.example");
    expect(readConfig({ ...environment, PAREIDOLIA_SINGLE_USER: "on" }).accounts).toBeNull();
  });

  it("require persisted operations for sessions, or permission for any document in development", () => {
    const { PAREIDOLIA_PERSISTED_OPERATIONS: files, ...unsaid } = { ...environment, ...accounts };
    expect(() => readConfig(unsaid)).toThrow(/Accounts need PAREIDOLIA_PERSISTED_OPERATIONS/);
    expect(readConfig({ ...unsaid, PAREIDOLIA_PERSISTED_OPERATIONS: files }).persisted).toEqual({
      files: ["/web/operations.json", "/web/earlier.json"],
      acceptsAny: false,
    });
    expect(readConfig({ ...unsaid, PAREIDOLIA_ANY_DOCUMENT: "on" }).persisted).toEqual({ files: [], acceptsAny: true });
    expect(readConfig({ ...environment, PAREIDOLIA_SINGLE_USER: "on" }).persisted.acceptsAny).toBe(false);
  });

  it.each(["0.0.0.0", "::", "192.168.1.2", "lab.example", "127.0.0.1.example"])("allow no single user on %s", (API_HOST) => {
    expect(() => readConfig({ ...environment, API_HOST, PAREIDOLIA_SINGLE_USER: "on" })).toThrow(/loopback address only/);
    expect(readConfig({ ...environment, ...accounts, API_HOST }).host).toBe(API_HOST);
  });
});

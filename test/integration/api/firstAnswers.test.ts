/** Idempotency keys: a repeated mutation gets its first answer and changes nothing. */
import { FirstAnswerService } from "@pareidolia/api/firstAnswer/firstAnswer.service";
import { seedLocalOwner } from "@pareidolia/persistence/workspace/workspaces/localWorkspace";
import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import { createStranger, localOwner, stranger } from "../../support/actors.ts";
import { startTestApi, type TestApi } from "../../support/api.ts";

let api: TestApi;
beforeAll(async () => {
  api = await startTestApi();
  await seedLocalOwner(api.database.connection);
  await createStranger(api.database);
});
afterAll(() => api.close());

let keys = 0;
let idempotencyKey: string;
beforeEach(() => {
  keys += 1;
  idempotencyKey = `key ${keys}`;
});

const createKey = `mutation ($input: CreateApiKeyInput!) { result: createApiKey(input: $input) {
  __typename ... on CreateApiKeySuccess { secret apiKey { id name } } ... on Error { code message } ... on InvalidInputError { field } } }`;
const renameWorkspace = `mutation ($input: RenameWorkspaceInput!) { result: renameWorkspace(input: $input) {
  __typename ... on WorkspaceSuccess { membership { role } } ... on Error { code message } } }`;

const key = (name: string, given: string | null = idempotencyKey) => ({ name, scopes: ["READ"], idempotencyKey: given });

async function send(query: string, input: object, actor = localOwner) {
  const { body } = await api.query(query, { input }, actor);
  return body.data?.result ?? body;
}

const countKeys = (name: string) => api.database.connection.apiKey.count({ where: { name } });

it("a repeated request gets the first answer, secret included, and changes nothing", async () => {
  const first = await send(createKey, key("Once"));
  expect(first).toMatchObject({ __typename: "CreateApiKeySuccess", apiKey: { name: "Once" } });
  const { idempotencyKey: _, ...reordered } = key("Once");
  expect(await send(createKey, { idempotencyKey, ...reordered })).toEqual(first);
  expect(await countKeys("Once")).toBe(1);
});

it("what is stored shows neither the key nor the secrets of the answer", async () => {
  const { secret } = await send(createKey, key("Secret"));
  const rows = await api.database.connection.$queryRaw<{ text: string; answer: Uint8Array | null }[]>`
    SELECT f::text AS text, answer FROM first_answers f`;
  expect(rows.some(({ answer }) => answer !== null)).toBe(true);
  const stored = rows.flatMap(({ text, answer }) => [text, Buffer.from(answer ?? []).toString("latin1")]);
  for (const text of stored) for (const hidden of [secret, idempotencyKey, "CreateApiKeySuccess"]) expect(text).not.toContain(hidden);
});

it("the hash that is stored of an input tells nothing without the key", async () => {
  const { connection } = api.database;
  await connection.$executeRaw`DELETE FROM first_answers`;
  for (const given of [idempotencyKey, `${idempotencyKey} again`]) await send(createKey, key("Same input", given));
  const rows = await connection.$queryRaw<{ hash: string }[]>`SELECT DISTINCT input_hash AS hash FROM first_answers`;
  expect(rows).toHaveLength(2);
});

it("another input with the same key is a conflict", async () => {
  await send(createKey, key("One"));
  expect(await send(createKey, key("Another"))).toEqual({
    __typename: "ConflictError",
    code: "CONFLICT",
    message: "This idempotency key belongs to an earlier `createApiKey` with another input. Send a new key.",
  });
  expect(await countKeys("Another")).toBe(0);
});

it("requests at the same time are carried out once, and all get the same answer", async () => {
  const answers = await Promise.all(Array.from({ length: 8 }, () => send(createKey, key("Parallel"))));
  expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
  expect(answers[0].__typename).toBe("CreateApiKeySuccess");
  expect(await countKeys("Parallel")).toBe(1);
});

it("a refused request leaves its key free", async () => {
  expect(await send(createKey, key(""))).toMatchObject({ __typename: "InvalidInputError" });
  expect(await send(createKey, key("Corrected"))).toMatchObject({ __typename: "CreateApiKeySuccess" });
});

it("a key belongs to its sender and its mutation", async () => {
  const mine = await send(createKey, key("Of two"));
  const theirs = await send(createKey, key("Of two"), stranger);
  expect(theirs.apiKey.id).not.toBe(mine.apiKey.id);
  const workspaceId = (await api.query("{ viewer { workspace { id } } }")).body.data.viewer.workspace.id;
  expect(await send(renameWorkspace, { workspaceId, name: "Renamed", idempotencyKey })).toMatchObject({ __typename: "WorkspaceSuccess" });
});

it("a sender who has another role now gets no earlier answer", async () => {
  const first = await send(createKey, key("Before"));
  const now = await send(createKey, key("Before"), { ...localOwner, role: "VIEWER" });
  expect(now.secret).not.toBe(first.secret);
});

it("an expired key is free again", async () => {
  const first = await send(createKey, key("Twice"));
  await api.database.connection.$executeRaw`UPDATE first_answers SET expires_at = now() - interval '1 second'`;
  expect((await send(createKey, key("Twice"))).apiKey.id).not.toBe(first.apiKey.id);
});

it("the claim of a process that died expires, and a request that waits for it is carried out", async () => {
  await send(createKey, key("Claimed"));
  await api.database.connection
    .$executeRaw`UPDATE first_answers SET answer = NULL, claim = 'dead', expires_at = now() + interval '0.2 second'`;
  expect(await send(createKey, key("Claimed"))).toMatchObject({ __typename: "CreateApiKeySuccess" });
  expect(await countKeys("Claimed")).toBe(2);
});

it("a mutation without other input takes a key, too", async () => {
  const empty = (input: string) => api.query(`mutation { emptyTrash${input} { ... on TrashChangeSuccess { runCount } } }`);
  for (const input of [
    "",
    "(input: {})",
    `(input: { idempotencyKey: "${idempotencyKey}" })`,
    `(input: { idempotencyKey: "${idempotencyKey}" })`,
  ])
    expect((await empty(input)).body.data.emptyTrash).toEqual({ runCount: 0 });
});

it("an empty key, or one that cannot be stored, is refused", async () => {
  for (const wrong of ["", " ", "a\0b", "x".repeat(201)])
    expect(await send(createKey, key("Never", wrong))).toMatchObject({ __typename: "InvalidInputError", field: "input.idempotencyKey" });
  expect(await countKeys("Never")).toBe(0);
});

const state = { search: "", columns: ["median"], groupBy: [], sort: "-median" };
const view = { list: "RUNS", name: "View", state };
/** The part of the answer with the created object; an input, one that differs, and one that is refused. */
const creations: Readonly<Record<string, readonly [created: string, input: object, other: object, refused: object]>> = {
  createExperiment: ["CreateExperimentSuccess { experiment { id } }", { name: "One" }, { name: "Another" }, { name: "" }],
  createRetentionRule: [
    "RetentionRuleSuccess { rule { id } }",
    ...([30, 31, 0].map((days) => ({ rule: { action: "DELETE_TRASHED", days } })) as [object, object, object]),
  ],
  createView: ["ViewSuccess { view { id } }", view, { ...view, state: { ...state, sort: "median" } }, { ...view, name: "" }],
};

it.each(Object.entries(creations))("%s returns what its key has created, and refuses another input", async (field, creation) => {
  const [created, input, other, refused] = creation;
  const type = `${field.charAt(0).toUpperCase()}${field.slice(1)}Input`;
  const query = `mutation ($input: ${type}!) { result: ${field}(input: $input) {
    __typename ... on ${created} ... on Error { message } } }`;
  const create = (given: object) => send(query, { ...given, idempotencyKey });
  expect(await create(refused)).toMatchObject({ __typename: "InvalidInputError" });
  const first = await create(input);
  expect(created).toContain(first.__typename);
  expect(await create(input)).toEqual(first);
  expect(await create(other)).toEqual({
    __typename: "ConflictError",
    message: `This idempotency key belongs to an earlier \`${field}\` with another input. Send a new key.`,
  });
  // A day later, only the object has the key.
  await api.database.connection.$executeRaw`UPDATE first_answers SET expires_at = now() - interval '1 second'`;
  expect(await create(input)).toEqual(first);
});

it("stored answers depend on the installation's secret, so an easily guessed key does not reveal them", async () => {
  const { database } = api;
  const carriedOut: string[] = [];
  for (const secret of ["a".repeat(32), "b".repeat(32), null, "a".repeat(32)]) {
    const service = new FirstAnswerService({ database, secret });
    const asked = { name: "renameRun", idempotencyKey: "1", input: { name: "x" }, notKept: [] };
    const { answer } = await service.answerOnce(localOwner, asked, async () => {
      carriedOut.push(String(secret));
      return { __typename: "RenameRunSuccess" };
    });
    expect(answer).toEqual({ __typename: "RenameRunSuccess" });
  }
  expect(carriedOut.map(([first]) => first)).toEqual(["a", "b", "n"]);
});

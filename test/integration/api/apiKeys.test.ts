/** API keys of several members and workspaces, over real HTTP and WebSockets. */
import type { KeyScope } from "@pareidolia/core/actor";
import { issueOwnerLink } from "@pareidolia/persistence/accounts/ownerLink";
import { localWorkspaceId, seedLocalOwner } from "@pareidolia/persistence/seed";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startTestApi, type TestApi } from "../../support/api.ts";

const origin = "http://127.0.0.1:3000";
const owner = { name: "Ada", email: "ada@pareidolia.example", password: "correct horse battery" };

let api: TestApi;
let ownerCookie: string;
beforeAll(async () => {
  api = await startTestApi({ accounts: { secret: "a secret for tests, long enough to be one", publicUrl: new URL(origin) } });
  await seedLocalOwner(api.database.connection);
  const token = await issueOwnerLink(api.database.connection, localWorkspaceId);
  const response = await fetch(`${api.url}/auth/owner`, {
    method: "POST",
    headers: { "content-type": "application/json", origin },
    body: JSON.stringify({ token, ...owner }),
  });
  ownerCookie = response.headers.getSetCookie()[0]?.split(";")[0] ?? "";
});
afterAll(() => api.close());

type Sender = { readonly cookie: string } | { readonly authorization: string };

const ask = async (sender: Sender | Record<string, never>, query: string, variables: Record<string, unknown> = {}) =>
  api.post(JSON.stringify({ query, variables }), { origin, ...sender });

const create = `mutation ($input: CreateApiKeyInput!) { createApiKey(input: $input) {
  __typename
  ... on CreateApiKeySuccess { secret apiKey { id prefix scopes lastUsedAt user { name } } }
  ... on ForbiddenError { message }
  ... on InvalidInputError { message field }
} }`;

async function createKey(sender: Sender, scopes: readonly KeyScope[], changes: Record<string, unknown> = {}) {
  const { body } = await ask(sender, create, { input: { name: "Notebook", scopes, ...changes } });
  return body.data.createApiKey as { secret: string; apiKey: { id: string; prefix: string } };
}

const bearer = (secret: string): Sender => ({ authorization: `Bearer ${secret}` });
const statusOf = async (secret: string): Promise<number> => (await ask(bearer(secret), "{ viewer { role } }")).status;

/** A second member, signed in by a session of their own. */
async function createMember(role: "RESEARCHER" | "VIEWER", id: string): Promise<Sender> {
  const { connection } = api.database;
  const [account] = await connection.account.findMany();
  await connection.user.create({ data: { id, name: id, email: `${id}@pareidolia.example`, emailVerified: true } });
  await connection.membership.create({ data: { id: `membership_${id}`, userId: id, workspaceId: localWorkspaceId, role } });
  await connection.account.create({
    data: { id: `account_${id}`, userId: id, accountId: id, providerId: "credential", password: account?.password ?? null },
  });
  const response = await fetch(`${api.url}/auth/sign-in/email`, {
    method: "POST",
    headers: { "content-type": "application/json", origin },
    body: JSON.stringify({ email: `${id}@pareidolia.example`, password: owner.password }),
  });
  return { cookie: response.headers.getSetCookie()[0]?.split(";")[0] ?? "" };
}

describe("an API key", () => {
  it("acts as its user, shows its secret once, and is stored as a hash", async () => {
    const { secret, apiKey } = await createKey({ cookie: ownerCookie }, ["READ"]);
    expect(secret).toMatch(/^pareidolia_[\w-]{48}$/);
    expect(apiKey).toMatchObject({ prefix: secret.slice(0, 17), scopes: ["READ"], lastUsedAt: null, user: { name: "Ada" } });
    const { body } = await ask(bearer(secret), "{ viewer { role user { name } } }");
    expect(body.data).toEqual({ viewer: { role: "OWNER", user: { name: "Ada" } } });
    expect(JSON.stringify(await api.database.connection.apiKey.findMany())).not.toContain(secret.slice(18));
  });

  it("cannot be created without signing in, nor with a key of any scope", async () => {
    const input = { name: "Mine", scopes: ["READ"] };
    expect((await ask({}, create, { input })).status).toBe(401);
    const { secret } = await createKey({ cookie: ownerCookie }, ["READ", "RUN", "VOTE", "ADMIN"]);
    const { body } = await ask(bearer(secret), create, { input });
    expect(body.data.createApiKey).toMatchObject({
      __typename: "ForbiddenError",
      message: expect.stringContaining("No API key may do this"),
    });
  });

  it("permits only what its scopes name", async () => {
    const { secret } = await createKey({ cookie: ownerCookie }, ["READ"]);
    const start = `mutation { createExperiment(input: { name: "Mine" }) { ... on ForbiddenError { message } } }`;
    expect((await ask(bearer(secret), start)).body.data.createExperiment.message).toContain("lacks the scope RUN");
    expect((await ask(bearer(secret), "{ apiKeys { nodes { id } } }")).body.errors[0].message).toContain("lacks the scope ADMIN");
    const { secret: voting } = await createKey({ cookie: ownerCookie }, ["VOTE"]);
    expect((await ask(bearer(voting), "{ runs { nodes { id } } }")).body.errors[0].message).toContain("lacks the scope READ");
  });

  it("stops working when it expires or is revoked, and is refused when mistyped", async () => {
    const { secret, apiKey } = await createKey({ cookie: ownerCookie }, ["READ"], { expiresInDays: 1 });
    expect(await statusOf(secret)).toBe(200);
    await api.database.connection.apiKey.updateMany({ where: { prefix: apiKey.prefix }, data: { expiresAt: new Date(Date.now() - 1) } });
    expect(await statusOf(secret)).toBe(401);
    const other = await createKey({ cookie: ownerCookie }, ["READ"]);
    const revoke = `mutation ($id: ID!) { revokeApiKey(input: { apiKeyId: $id }) { ... on RevokeApiKeySuccess { apiKey { revokedAt } } } }`;
    const { body } = await ask({ cookie: ownerCookie }, revoke, { id: other.apiKey.id });
    expect(body.data.revokeApiKey.apiKey.revokedAt).toEqual(expect.any(String));
    expect(await statusOf(other.secret)).toBe(401);
    expect(await statusOf(`${secret.slice(0, -1)}${secret.endsWith("A") ? "B" : "A"}`)).toBe(401);
  });

  it("does not fall back to the cookie that comes with it", async () => {
    expect((await ask({ cookie: ownerCookie, authorization: "Bearer pareidolia_none" }, "{ viewer { role } }")).status).toBe(401);
  });

  it("ends with its user's membership, suspension, or permission to have keys", async () => {
    const { connection } = api.database;
    const sender = await createMember("RESEARCHER", "grace");
    const { secret } = await createKey(sender, ["READ"]);
    const where = { workspaceId_userId: { workspaceId: localWorkspaceId, userId: "grace" } };
    expect(await statusOf(secret)).toBe(200);

    await connection.user.update({ where: { id: "grace" }, data: { suspendedAt: new Date() } });
    expect(await statusOf(secret)).toBe(401);
    await connection.user.update({ where: { id: "grace" }, data: { suspendedAt: null } });

    await connection.workspace.update({ where: { id: localWorkspaceId }, data: { memberKeys: false } });
    expect(await statusOf(secret)).toBe(401);
    expect(await createKey(sender, ["READ"])).toMatchObject({ __typename: "ForbiddenError" });
    await connection.workspace.update({ where: { id: localWorkspaceId }, data: { memberKeys: true } });

    expect(await statusOf(secret)).toBe(200);
    await connection.membership.delete({ where });
    expect(await statusOf(secret)).toBe(401);
  });

  it("is listed and revoked by its user and by owners, and unknown to other members", async () => {
    const [alan, joan] = [await createMember("VIEWER", "alan"), await createMember("VIEWER", "joan")];
    const { apiKey, secret } = await createKey(alan, ["READ"], { name: "Alan's" });
    const names = async (sender: Sender) =>
      ((await ask(sender, "{ apiKeys { nodes { name } } }")).body.data.apiKeys.nodes as { name: string }[]).map(({ name }) => name);
    expect(await names(alan)).toEqual(["Alan's"]);
    expect(await names(joan)).toEqual([]);
    expect(await names({ cookie: ownerCookie })).toContain("Alan's");
    const revoke = `mutation ($id: ID!) { revokeApiKey(input: { apiKeyId: $id }) { __typename } }`;
    expect((await ask(joan, revoke, { id: apiKey.id })).body.data.revokeApiKey.__typename).toBe("NotFoundError");
    expect((await ask(joan, "query ($id: ID!) { node(id: $id) { id } }", { id: apiKey.id })).body.data.node).toBeNull();
    expect(await statusOf(secret)).toBe(200);
    expect((await ask({ cookie: ownerCookie }, revoke, { id: apiKey.id })).body.data.revokeApiKey.__typename).toBe("RevokeApiKeySuccess");
    expect(await statusOf(secret)).toBe(401);
  });
});

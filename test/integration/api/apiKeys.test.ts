/** API keys of several members and workspaces, over real HTTP and WebSockets. */
import type { KeyScope } from "@pareidolia/core/actor";
import { localWorkspaceId } from "@pareidolia/persistence/workspace/workspaces/localWorkspace";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type AccountsApi, type Sender, startAccountsApi } from "../../support/accounts.ts";

let api: AccountsApi;
beforeAll(async () => {
  api = await startAccountsApi();
});
afterAll(() => api.close());

const create = `mutation ($input: CreateApiKeyInput!) { createApiKey(input: $input) {
  __typename
  ... on CreateApiKeySuccess { secret apiKey { id prefix scopes lastUsedAt user { name } } }
  ... on ForbiddenError { message }
  ... on InvalidInputError { message field }
} }`;

async function createKey(sender: Sender, scopes: readonly KeyScope[], changes: Record<string, unknown> = {}) {
  const { body } = await api.ask(sender, create, { input: { name: "Notebook", scopes, ...changes } });
  return body.data.createApiKey as { secret: string; apiKey: { id: string; prefix: string } };
}

const bearer = (secret: string): Sender => ({ authorization: `Bearer ${secret}` });
const statusOf = async (secret: string): Promise<number> => (await api.ask(bearer(secret), "{ viewer { role } }")).status;

describe("an API key", () => {
  it("acts as its user, shows its secret once, and is stored as a hash", async () => {
    const { secret, apiKey } = await createKey(api.owner, ["READ"]);
    expect(secret).toMatch(/^pdl_[\w-]{48}$/);
    expect(apiKey).toMatchObject({ prefix: secret.slice(0, 10), scopes: ["READ"], lastUsedAt: null, user: { name: "Ada" } });
    const { body } = await api.ask(bearer(secret), "{ viewer { role user { name } } }");
    expect(body.data).toEqual({ viewer: { role: "OWNER", user: { name: "Ada" } } });
    expect(JSON.stringify(await api.database.connection.apiKey.findMany())).not.toContain(secret.slice(11));
  });

  it("cannot be created without signing in, nor with a key of any scope", async () => {
    const input = { name: "Mine", scopes: ["READ"] };
    expect((await api.ask({}, create, { input })).status).toBe(401);
    const { secret } = await createKey(api.owner, ["READ", "RUN", "VOTE", "ADMIN"]);
    const { body } = await api.ask(bearer(secret), create, { input });
    expect(body.data.createApiKey).toMatchObject({
      __typename: "ForbiddenError",
      message: expect.stringContaining("No API key may do this"),
    });
  });

  it("permits only what its scopes name", async () => {
    const { secret } = await createKey(api.owner, ["READ"]);
    const start = `mutation { createExperiment(input: { name: "Mine" }) { ... on ForbiddenError { message } } }`;
    expect((await api.ask(bearer(secret), start)).body.data.createExperiment.message).toContain("lacks the scope RUN");
    expect((await api.ask(bearer(secret), "{ apiKeys { nodes { id } } }")).body.errors[0].message).toContain("lacks the scope ADMIN");
    // Before anything about the model is said, not even that there is none.
    for (const modelId of ["RUN-1", "Model:none"]) {
      const remove = `mutation { deleteModel(input: { modelId: "${modelId}" }) { __typename ... on Error { message } } }`;
      expect((await api.ask(bearer(secret), remove)).body.data.deleteModel).toMatchObject({ __typename: "ForbiddenError" });
    }
    const { secret: voting } = await createKey(api.owner, ["VOTE"]);
    expect((await api.ask(bearer(voting), "{ runs { nodes { id } } }")).body.errors[0].message).toContain("lacks the scope READ");
  });

  it("stops working when it expires or is revoked, and is refused when mistyped", async () => {
    const { secret, apiKey } = await createKey(api.owner, ["READ"], { expiresInDays: 1 });
    expect(await statusOf(secret)).toBe(200);
    await api.database.connection.apiKey.updateMany({ where: { prefix: apiKey.prefix }, data: { expiresAt: new Date(Date.now() - 1) } });
    await api.hearChanges();
    expect(await statusOf(secret)).toBe(401);
    const other = await createKey(api.owner, ["READ"]);
    const revoke = `mutation ($id: ID!) { revokeApiKey(input: { apiKeyId: $id }) { ... on RevokeApiKeySuccess { apiKey { revokedAt } } } }`;
    const { body } = await api.ask(api.owner, revoke, { id: other.apiKey.id });
    expect(body.data.revokeApiKey.apiKey.revokedAt).toEqual(expect.any(String));
    expect(await statusOf(other.secret)).toBe(401);
    expect(await statusOf(`${secret.slice(0, -1)}${secret.endsWith("A") ? "B" : "A"}`)).toBe(401);
  });

  it("does not fall back to the cookie that comes with it", async () => {
    expect((await api.ask({ ...api.owner, authorization: "Bearer pdl_none" }, "{ viewer { role } }")).status).toBe(401);
  });

  it("needs no other header to send a query by GET, as a cookie does, which a browser sends by itself", async () => {
    const { secret } = await createKey(api.owner, ["READ"]);
    const get = async (headers: Record<string, string>) => {
      const response = await fetch(`${api.url}/graphql?query=${encodeURIComponent("{ viewer { role } }")}`, { headers });
      return [response.status, (await response.json()) as unknown];
    };
    expect(await get({ authorization: `Bearer ${secret}` })).toMatchObject([200, { data: { viewer: { role: "OWNER" } } }]);
    expect((await get({ authorization: `Bearer ${secret.slice(0, -2)}xx` }))[0]).toBe(401);
    expect((await get({ authorization: "Basic YTpi" }))[0]).toBe(401);
    const { cookie } = api.owner;
    expect(await get({ cookie })).toMatchObject([400, { errors: [{ message: expect.stringContaining("CSRF") }] }]);
    expect((await get({ cookie, "graphql-require-preflight": "1" }))[0]).toBe(200);
  });

  it("ends with its user's membership, suspension, or permission to have keys", async () => {
    const { connection } = api.database;
    const sender = await api.createMember("grace", "RESEARCHER");
    const { secret } = await createKey(sender, ["READ"]);
    const where = { workspaceId_userId: { workspaceId: localWorkspaceId, userId: "grace" } };
    expect(await statusOf(secret)).toBe(200);

    await connection.membership.update({ where, data: { suspendedAt: new Date() } });
    await api.hearChanges();
    expect(await statusOf(secret)).toBe(401);
    await connection.membership.update({ where, data: { suspendedAt: null } });

    await connection.workspace.update({ where: { id: localWorkspaceId }, data: { memberKeys: false } });
    await api.hearChanges();
    expect(await statusOf(secret)).toBe(401);
    expect(await createKey(sender, ["READ"])).toMatchObject({ __typename: "ForbiddenError" });
    await connection.workspace.update({ where: { id: localWorkspaceId }, data: { memberKeys: true } });
    await api.hearChanges();

    expect(await statusOf(secret)).toBe(200);
    await connection.membership.delete({ where });
    await api.hearChanges();
    expect(await statusOf(secret)).toBe(401);
  });

  it("is listed and revoked by its user and by owners, and unknown to other members", async () => {
    const [alan, joan] = [await api.createMember("alan", "VIEWER"), await api.createMember("joan", "VIEWER")];
    const { apiKey, secret } = await createKey(alan, ["READ"], { name: "Alan's" });
    const names = async (sender: Sender) =>
      ((await api.ask(sender, "{ apiKeys { nodes { name } } }")).body.data.apiKeys.nodes as { name: string }[]).map(({ name }) => name);
    expect(await names(alan)).toEqual(["Alan's"]);
    expect(await names(joan)).toEqual([]);
    expect(await names(api.owner)).toContain("Alan's");
    const revoke = `mutation ($id: ID!) { revokeApiKey(input: { apiKeyId: $id }) { __typename } }`;
    expect((await api.ask(joan, revoke, { id: apiKey.id })).body.data.revokeApiKey.__typename).toBe("NotFoundError");
    expect((await api.ask(joan, "query ($id: ID!) { node(id: $id) { id } }", { id: apiKey.id })).body.data.node).toBeNull();
    expect(await statusOf(secret)).toBe(200);
    expect((await api.ask(api.owner, revoke, { id: apiKey.id })).body.data.revokeApiKey.__typename).toBe("RevokeApiKeySuccess");
    expect(await statusOf(secret)).toBe(401);
  });

  it("is listed as valid until it expires or is revoked", async () => {
    const sender = await api.createMember("mary", "VIEWER");
    const [kept, revoked] = [await createKey(sender, ["READ"], { name: "kept" }), await createKey(sender, ["READ"], { name: "revoked" })];
    const expired = await createKey(sender, ["READ"], { name: "expired", expiresInDays: 1 });
    await api.ask(sender, `mutation ($id: ID!) { revokeApiKey(input: { apiKeyId: $id }) { __typename } }`, { id: revoked.apiKey.id });
    await api.database.connection.apiKey.updateMany({
      where: { prefix: expired.apiKey.prefix },
      data: { expiresAt: new Date(Date.now() - 1) },
    });
    const list = async (valid: boolean | null) =>
      (await api.ask(sender, `query ($valid: Boolean) { apiKeys(filter: { valid: $valid }) { totalCount nodes { name } } }`, { valid }))
        .body.data.apiKeys;
    expect(await list(true)).toEqual({ totalCount: 1, nodes: [{ name: "kept" }] });
    expect(await list(false)).toEqual({ totalCount: 2, nodes: [{ name: "expired" }, { name: "revoked" }] });
    expect(await list(null)).toMatchObject({ totalCount: 3 });
    expect(await statusOf(kept.secret)).toBe(200);
  });
});

describe("keys of members", () => {
  const allow = async (sender: Sender, allowed: boolean) => {
    const query = `mutation ($input: AllowMemberKeysInput!) { allowMemberKeys(input: $input) {
      __typename ... on AllowMemberKeysSuccess { workspace { memberKeys } } } }`;
    return (await api.ask(sender, query, { input: { allowed } })).body.data.allowMemberKeys;
  };

  const mayCreate = async (sender: Sender) =>
    (await api.ask(sender, "{ viewer { workspace { mayCreateKeys } } }")).body.data.viewer.workspace.mayCreateKeys;

  it("are forbidden and allowed again by owners, who keep their own", async () => {
    const member = await api.createMember("edith", "RESEARCHER");
    expect([await mayCreate(member), await mayCreate(api.owner)]).toEqual([true, true]);
    const [own, owners] = [await createKey(member, ["READ"]), await createKey(api.owner, ["READ"])];
    expect(await allow(member, false)).toEqual({ __typename: "ForbiddenError" });
    expect(await allow(api.owner, false)).toEqual({ __typename: "AllowMemberKeysSuccess", workspace: { memberKeys: false } });
    expect(await allow(api.owner, false)).toMatchObject({ workspace: { memberKeys: false } });
    expect([await statusOf(own.secret), await statusOf(owners.secret)]).toEqual([401, 200]);
    expect(await createKey(member, ["READ"])).toMatchObject({ __typename: "ForbiddenError" });
    expect([await mayCreate(member), await mayCreate(api.owner)]).toEqual([false, true]);
    expect(await allow(api.owner, true)).toMatchObject({ workspace: { memberKeys: true } });
    expect(await statusOf(own.secret)).toBe(200);
    const entries = await api.database.connection.auditEntry.findMany({ where: { action: "apiKey:allowMembers" } });
    expect(entries.map(({ text }) => JSON.parse(text).after)).toEqual([{ memberKeys: false }, { memberKeys: true }]);
  });
});

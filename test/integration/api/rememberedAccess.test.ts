/** A busy sender is authenticated at most once a second, yet changes of access still apply in time. */
import { encodeGlobalId } from "@pareidolia/api/globalId/globalId";
import { type ChangedAccess, openAccessChanges } from "@pareidolia/api/identity/accessChanges";
import { localWorkspaceId } from "@pareidolia/persistence/workspace/workspaces/localWorkspace";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { type AccountsApi, accountSettings, type Sender, startAccountsApi } from "../../support/accounts.ts";
import { startTestApi, type TestApi } from "../../support/api.ts";

let api: AccountsApi;
/** Another process, which gets no notifications of changes. */
let deaf: TestApi;
beforeAll(async () => {
  api = await startAccountsApi();
  deaf = await startTestApi({ accounts: accountSettings, beside: api, losesNotifications: true });
});
afterAll(async () => {
  await deaf.close();
  await api.close();
});

const roleOf = "{ viewer { role } }";

async function askAt(url: string, sender: Sender, query = roleOf) {
  const headers = { "content-type": "application/json", ...sender };
  const response = await fetch(`${url}/graphql`, { method: "POST", headers, body: JSON.stringify({ query }) });
  return { status: response.status, body: (await response.json()) as { data?: { viewer: { role: string } | null } } };
}

async function createKey(sender: Sender): Promise<{ readonly authorization: string; readonly id: string }> {
  const create =
    'mutation { createApiKey(input: { name: "Key", scopes: [READ] }) { ... on CreateApiKeySuccess { secret apiKey { id } } } }';
  const { secret, apiKey } = (await api.ask(sender, create)).body.data.createApiKey;
  return { authorization: `Bearer ${secret}`, id: apiKey.id };
}

/** The fewest statements of any request in a sequence; background work sends some, too. */
async function fewestStatements(sender: Sender, query: string): Promise<number> {
  const counts: number[] = [];
  const spy = vi.spyOn(pg.Client.prototype, "query");
  for (let i = 0; i < 20; i++) {
    spy.mockClear();
    expect((await askAt(api.url, sender, query)).status).toBe(200);
    counts.push(spy.mock.calls.length);
  }
  spy.mockRestore();
  return Math.min(...counts);
}

describe("a busy sender", () => {
  it.each([
    ["no credentials", async () => ({})],
    ["a session", async () => api.owner],
    ["an API key", async () => ({ authorization: (await createKey(api.owner)).authorization })],
  ])("with %s needs no statement for a query without data", async (_name, open) => {
    expect(await fewestStatements(await open(), "{ __typename }")).toBe(0);
  });
});

describe("a change by the same process", () => {
  it("of a role applies to the next request, despite concurrent requests by others", async () => {
    const { cookie, memberId } = await api.createMember("radia", "RESEARCHER");
    let isOver = false;
    const others = Array.from({ length: 4 }, async () => {
      while (!isOver) await askAt(api.url, { cookie });
    });
    const change = "mutation ($input: ChangeMemberRoleInput!) { changeMemberRole(input: $input) { __typename } }";
    for (const role of ["VIEWER", "LABELLER", "RESEARCHER", "VIEWER"]) {
      await api.ask(api.owner, change, { input: { memberId: encodeGlobalId("Member", memberId), role } });
      expect((await askAt(api.url, { cookie })).body.data?.viewer?.role).toBe(role);
    }
    isOver = true;
    await Promise.all(others);
  });

  it("by signing out applies to the next request", async () => {
    const { cookie } = await api.createMember("grete", "RESEARCHER");
    expect((await askAt(api.url, { cookie })).body.data?.viewer?.role).toBe("RESEARCHER");
    await api.postAuth("/sign-out", {}, { cookie });
    expect((await askAt(api.url, { cookie })).status).toBe(401);
  });

  it("by revoking a key applies to the next request", async () => {
    const { id, authorization } = await createKey(api.owner);
    expect((await askAt(api.url, { authorization })).status).toBe(200);
    await api.ask(api.owner, `mutation { revokeApiKey(input: { apiKeyId: "${id}" }) { __typename } }`);
    expect((await askAt(api.url, { authorization })).status).toBe(401);
  });
});

describe("a change by another process", () => {
  it("applies after a second even without a notification", async () => {
    const { id, authorization } = await createKey(api.owner);
    expect((await askAt(deaf.url, { authorization })).status).toBe(200);
    await api.ask(api.owner, `mutation { revokeApiKey(input: { apiKeyId: "${id}" }) { __typename } }`);
    // Requests do not extend the second, so a sender who never pauses is refused, too.
    await expect.poll(async () => (await askAt(deaf.url, { authorization })).status, { interval: 20, timeout: 20_000 }).toBe(401);
  });

  it("is announced by Postgres, whether it gives or ends access", async () => {
    const { connection } = api.database;
    const told: ChangedAccess[] = [];
    const changes = await openAccessChanges(api.databaseUrl);
    const stop = changes.subscribe((changed) => told.push(changed));
    try {
      const ofUser = { where: { userId: "mary" } };
      const ofWorkspace = { where: { id: localWorkspaceId } };
      const steps: readonly [ChangedAccess, () => Promise<unknown>][] = [
        [{ userId: "mary" }, () => api.createMember("mary", "VIEWER")],
        [{ userId: "mary" }, () => connection.membership.updateMany({ ...ofUser, data: { suspendedAt: new Date() } })],
        [{ userId: "mary" }, () => connection.session.updateMany({ ...ofUser, data: { expiresAt: new Date(0) } })],
        [{ workspaceId: localWorkspaceId }, () => connection.workspace.update({ ...ofWorkspace, data: { deletedAt: new Date() } })],
        [{ workspaceId: localWorkspaceId }, () => connection.workspace.update({ ...ofWorkspace, data: { deletedAt: null } })],
        [{ workspaceId: localWorkspaceId }, () => connection.workspace.update({ ...ofWorkspace, data: { memberKeys: false } })],
      ];
      for (const [changed, change] of steps) {
        told.length = 0;
        await change();
        await expect.poll(() => told).toContainEqual(changed);
      }
    } finally {
      stop();
      await changes.close();
    }
  });
});

/** What a request must not change: its sender lost access, or the API key that it came with, while it waited for other requests. */
import { encodeGlobalId } from "@pareidolia/api/globalId/globalId";
import { localWorkspaceId } from "@pareidolia/persistence/workspace/workspaces/localWorkspace";
import type pg from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type AccountsApi, type Sender, startAccountsApi } from "../../../support/accounts.ts";
import { withClient } from "../../../support/postgresServer.ts";
import { seedRun } from "../../../support/runs.ts";

let api: AccountsApi;
beforeAll(async () => {
  api = await startAccountsApi();
  for (let seed = 1; seed <= 7; seed++) await seedRun(api.database, { seed });
  await api.database.connection.run.updateMany({ data: { state: "CANCELLED", endedAt: new Date() } });
  await succeed(api.owner, "trashRuns", "TrashRunsInput", { runIds: ["RUN-3", "RUN-4"] });
  await api.database.connection.workspace.create({ data: { id: "another", name: "Another", slug: "another" } });
  await succeed(api.owner, "lockRuns", "LockRunsInput", { runIds: ["RUN-2"] });
});
afterAll(() => api.close());

async function mutate(sender: Sender, field: string, type: string, input: object): Promise<{ readonly __typename: string }> {
  const { body } = await api.ask(sender, `mutation ($input: ${type}!) { ${field}(input: $input) { __typename } }`, { input });
  return body.data?.[field] ?? { __typename: body.errors[0].extensions.code };
}

async function succeed(...request: Parameters<typeof mutate>): Promise<void> {
  expect((await mutate(...request)).__typename).toMatch(/Success$/);
}

let people = 0;
interface Person {
  readonly name: string;
  readonly session: Sender;
  readonly key: Sender;
}
async function addOwner(): Promise<Person> {
  people += 1;
  const name = `late-${people}`;
  const session = { cookie: (await api.createMember(name, "OWNER")).cookie };
  const create = 'mutation { createApiKey(input: { name: "Key", scopes: [RUN, ADMIN] }) { ... on CreateApiKeySuccess { secret } } }';
  const { secret } = (await api.ask(session, create)).body.data.createApiKey;
  return { name, session, key: { authorization: `Bearer ${secret}` } };
}

/** Runs `change` while the request waits for the lock of the audit log, which each change of the workspace takes last. */
async function changeDuring<Answer>(request: () => Promise<Answer>, change: (client: pg.Client) => Promise<unknown>): Promise<Answer> {
  return withClient(api.databaseUrl, async (client) => {
    await client.query("BEGIN");
    await client.query("SELECT pg_advisory_xact_lock(hashtextextended('audit ' || $1, 0))", [localWorkspaceId]);
    const answer = request();
    const waiting = async () => {
      const [row] = await api.database.connection.$queryRaw<{ count: number }[]>`
        SELECT count(*)::int AS count FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`;
      return row?.count;
    };
    await expect.poll(waiting, { timeout: 5_000 }).toBe(1);
    await change(client);
    await client.query("COMMIT");
    return answer;
  });
}

/** A number of each table that a request may change; sessions, memberships and the uses of keys are the test's own. */
async function readState(): Promise<Record<string, string>> {
  return withClient(api.databaseUrl, async (client) => {
    const { rows } = await client.query<{ name: string }>("SELECT tablename AS name FROM pg_tables WHERE schemaname = 'public'");
    const state: Record<string, string> = {};
    for (const { name } of rows) {
      if (/^(memberships|sessions|workspaces|api_keys|cost_buckets|notification)/.test(name)) continue;
      const { rows: found } = await client.query<{ hash: string }>(
        `SELECT md5(string_agg(t::text, E'\\n' ORDER BY t::text)) AS hash FROM ${name} t`,
      );
      state[name] = found[0]?.hash ?? "";
    }
    const { rows: keys } = await client.query<{ hash: string }>("SELECT count(*)::text AS hash FROM api_keys");
    return { ...state, api_keys: keys[0]?.hash ?? "" };
  });
}

const requests: Readonly<Record<string, readonly [type: string, input: object]>> = {
  createExperiment: ["CreateExperimentInput", { name: "Late" }],
  createRetentionRule: ["CreateRetentionRuleInput", { rule: { action: "DELETE_TRASHED", days: 30 } }],
  createWebhook: ["CreateWebhookInput", { name: "Late", url: "https://late.example/", kinds: ["RUN_SUCCEEDED"], personal: false }],
  deleteFromTrash: ["DeleteFromTrashInput", { ids: ["RUN-3"] }],
  emptyTrash: ["EmptyTrashInput", {}],
  lockRuns: ["LockRunsInput", { runIds: ["RUN-6"] }],
  setExperimentVisibility: ["SetExperimentVisibilityInput", { experimentId: "EXP-1", visibility: "PUBLIC" }],
  startExport: ["StartExportInput", { subject: "EXPERIMENT", subjectId: "EXP-1" }],
  trashRuns: ["TrashRunsInput", { runIds: ["RUN-7"] }],
  unlockRuns: ["LockRunsInput", { runIds: ["RUN-2"] }],
};

const losses: Readonly<Record<string, readonly [sender: "session" | "key", change: string]>> = {
  "is removed": ["session", "DELETE FROM memberships WHERE user_id = $1"],
  "is suspended": ["session", "UPDATE memberships SET suspended_at = now() WHERE user_id = $1"],
  "is given another role": ["session", "UPDATE memberships SET role = 'VIEWER' WHERE user_id = $1"],
  "signs out": ["session", "DELETE FROM sessions WHERE user_id = $1"],
  "revokes the key of the request": ["key", "UPDATE api_keys SET revoked_at = now() WHERE user_id = $1"],
};

describe.each(Object.entries(requests))("%s", (field, [type, input]) => {
  it.each(Object.entries(losses))("changes nothing for an owner who %s while the request waits", async (_how, [through, change]) => {
    const former = await addOwner();
    const before = await readState();
    const { __typename } = await changeDuring(
      () => mutate(former[through], field, type, input),
      (client) => client.query(change, [former.name]),
    );
    expect(__typename).toBe("ForbiddenError");
    expect(await readState()).toEqual(before);
  });

  it("succeeds for an owner who switches to another workspace meanwhile", async () => {
    const { name, session } = await addOwner();
    const { __typename } = await changeDuring(
      () => mutate(session, field, type, input),
      (client) => client.query("UPDATE sessions SET active_workspace_id = 'another' WHERE user_id = $1", [name]),
    );
    expect(__typename).toMatch(/Success$/);
  });
});

describe("revokeApiKey", () => {
  it("succeeds for the key of the request itself", async () => {
    const { name, key } = await addOwner();
    const { id } = await api.database.connection.apiKey.findFirstOrThrow({ where: { userId: name } });
    await succeed(key, "revokeApiKey", "RevokeApiKeyInput", { apiKeyId: encodeGlobalId("ApiKey", id) });
    expect((await api.ask(key, "{ viewer { role } }")).status).toBe(401);
  });
});

describe("an API key that is created while its user is removed", () => {
  it("does not come to life when the removal is undone", async () => {
    const { name, session } = await addOwner();
    const { id } = await api.database.connection.membership.findFirstOrThrow({ where: { userId: name } });
    const create = 'mutation { createApiKey(input: { name: "Late", scopes: [READ] }) { ... on CreateApiKeySuccess { secret } } }';
    let removal: Promise<unknown> = Promise.resolve();
    const { body } = await changeDuring(
      () => api.ask(session, create),
      async () => {
        removal = succeed(api.owner, "removeMember", "MemberInput", { memberId: encodeGlobalId("Member", id) });
        const waiting = () => api.database.connection.$queryRaw<{ count: number }[]>`
          SELECT count(*)::int AS count FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`;
        await expect.poll(async () => (await waiting())[0]?.count, { timeout: 5_000 }).toBe(2);
      },
    );
    await removal;
    await succeed(api.owner, "undoRemoveMember", "UndoRemoveMemberInput", { userId: encodeGlobalId("User", name) });
    await api.hearChanges();
    const secret = body.data.createApiKey.secret ?? "";
    const { status } = await api.ask({ authorization: `Bearer ${secret}` }, "{ viewer { role } }");
    expect(status).toBe(401);
  });
});

/** Programs that sign in with a code: what a member sees and decides, and which codes never work. */
import { encodeGlobalId } from "@pareidolia/api/globalId/globalId";
import { localWorkspaceId } from "@pareidolia/persistence/workspace/workspaces/localWorkspace";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type AccountsApi, type Sender, startAccountsApi } from "../../support/accounts.ts";
import { createStranger, stranger } from "../../support/actors.ts";

let api: AccountsApi;
beforeAll(async () => {
  api = await startAccountsApi();
});
afterAll(() => api.close());
beforeEach(() => api.database.connection.rateLimit.deleteMany());

const grantType = "urn:ietf:params:oauth:grant-type:device_code";
const expired = { error: "expired_token" };

async function post(path: string, body: object, sender: Sender = {}) {
  const response = await api.postAuth(path, body, { ...sender });
  return { status: response.status, body: await response.json() };
}

async function request(body: object = {}) {
  const answer = await post("/device/code", { client_id: "pareidolia on laptop", ...body });
  return { ...answer, code: answer.body.user_code as string, deviceCode: answer.body.device_code as string };
}

/** As a program that has waited for the interval. */
async function poll(deviceCode: string) {
  await api.database.connection.deviceLogin.updateMany({ data: { polledAt: null } });
  return post("/device/token", { grant_type: grantType, device_code: deviceCode });
}

const describeCode = (code: string, sender: Sender = api.owner) => post("/device/describe", { code }, sender);
const approve = (code: string, sender: Sender = api.owner, workspaceId = localWorkspaceId) =>
  post("/device/approve", { code, workspaceId }, sender);

async function signIn(sender: Sender, body: object = {}): Promise<string> {
  const { code, deviceCode } = await request(body);
  await describeCode(code, sender);
  expect((await approve(code, sender)).status).toBe(200);
  return (await poll(deviceCode)).body.access_token;
}

const bearer = (secret: string): Sender => ({ authorization: `Bearer ${secret}` });
const statusOf = async (secret: string) => (await api.ask(bearer(secret), "{ viewer { role } }")).status;

describe("a program that signs in by a code", () => {
  it("gets a key of the member who approves: scoped, expiring, listed and audited", async () => {
    const { body, code, deviceCode } = await request({ scope: "RUN READ", expires_in_days: 30 });
    expect(body).toMatchObject({ expires_in: 600, interval: 5, verification_uri: "http://127.0.0.1:3000/device" });
    expect(code).toMatch(/^[BCDFGHJKLMNPQRSTVWXZ]{4}-[BCDFGHJKLMNPQRSTVWXZ]{4}$/);
    expect(body.verification_uri_complete).toBe(`http://127.0.0.1:3000/device?code=${code}`);
    expect((await poll(deviceCode)).body).toMatchObject({ error: "authorization_pending" });
    const typed = ` ${code.toLowerCase().replace("-", " ")}`;
    expect((await describeCode(typed)).body).toMatchObject({
      code,
      clientName: "pareidolia on laptop",
      clientAddress: expect.stringContaining("127.0.0.1"),
      scopes: ["READ", "RUN"],
      keyDays: 30,
      role: "OWNER",
      workspace: { id: localWorkspaceId, name: "Local workspace" },
    });
    expect(await approve(code)).toEqual({ status: 200, body: { decision: "APPROVED" } });
    const issued = (await poll(deviceCode)).body;
    expect(issued).toMatchObject({ token_type: "Bearer", expires_in: 30 * 86_400, scope: "READ RUN" });
    expect(await statusOf(issued.access_token)).toBe(200);
    const [key] = (await api.ask(api.owner, "{ apiKeys { nodes { name prefix scopes expiresAt user { name } } } }")).body.data.apiKeys
      .nodes;
    const prefix = issued.access_token.slice(0, 10);
    expect(key).toMatchObject({ name: "pareidolia on laptop", prefix, scopes: ["READ", "RUN"], user: { name: "Ada" } });
    expect(Date.parse(key.expiresAt) - Date.now()).toBeLessThanOrEqual(30 * 86_400_000);
    const entry = await api.database.connection.auditEntry.findFirstOrThrow({ orderBy: { sequence: "desc" } });
    expect([entry.action, entry.text.includes(prefix), entry.text.includes(issued.access_token)]).toEqual(["apiKey:create", true, false]);
  });

  it("gets one key, even for ten polls at the same time, and none after it", async () => {
    const { code, deviceCode } = await request();
    await describeCode(code);
    await approve(code);
    const before = await api.database.connection.apiKey.count();
    await Promise.all(Array.from({ length: 10 }, () => poll(deviceCode)));
    expect((await api.database.connection.apiKey.count()) - before).toBe(1);
    expect((await poll(deviceCode)).body).toMatchObject(expired);
    expect((await describeCode(code)).status).toBe(404);
  });

  it("gets none once the member who approved is removed, even if the removal is undone", async () => {
    const member = await api.createMember("undone", "RESEARCHER");
    const { code, deviceCode } = await request();
    await describeCode(code, member);
    expect((await approve(code, member)).status).toBe(200);
    const mutate = async (field: string, type: string, input: object) =>
      (await api.ask(api.owner, `mutation ($input: ${type}!) { ${field}(input: $input) { __typename } }`, { input })).body.data[field];
    const memberId = encodeGlobalId("Member", member.memberId);
    expect(await mutate("removeMember", "MemberInput", { memberId })).toEqual({ __typename: "RemoveMemberSuccess" });
    const userId = encodeGlobalId("User", "undone");
    expect(await mutate("undoRemoveMember", "UndoRemoveMemberInput", { userId })).toEqual({ __typename: "MemberSuccess" });
    expect((await poll(deviceCode)).body).toMatchObject(expired);
  });

  it("must wait between two polls", async () => {
    const { deviceCode } = await request();
    await poll(deviceCode);
    const early = await post("/device/token", { grant_type: grantType, device_code: deviceCode });
    expect([early.status, early.body.error]).toEqual([400, "slow_down"]);
  });

  it("learns that the member refused, once", async () => {
    const { code, deviceCode } = await request();
    await describeCode(code);
    expect((await post("/device/refuse", { code }, api.owner)).body).toEqual({ decision: "REFUSED" });
    expect((await approve(code)).status).toBe(404);
    expect((await poll(deviceCode)).body).toMatchObject({ error: "access_denied" });
    expect((await poll(deviceCode)).body).toMatchObject(expired);
  });

  it("gets nothing for a code that has expired before or after the approval", async () => {
    for (const approves of [false, true]) {
      const { code, deviceCode } = await request();
      await describeCode(code);
      if (approves) await approve(code);
      await api.database.connection.deviceLogin.updateMany({ data: { expiresAt: new Date(Date.now() - 1) } });
      expect((await approve(code)).status).toBe(404);
      expect((await poll(deviceCode)).body).toMatchObject(expired);
    }
  });

  it("is refused with a wrong request, with a message that says what to send", async () => {
    const messageOf = async (body: object) => (await request(body)).body.errors[0].message;
    expect(await messageOf({ scope: "READ EVERYTHING" })).toBe("scope is a list of READ, RUN, VOTE, ADMIN, separated by spaces.");
    expect(await messageOf({ client_id: "" })).toContain("name of your program");
    expect(await messageOf({ client_id: "laptop\u202e" })).toContain("cannot be shown");
    expect(await messageOf({ expires_in_days: 366 })).toContain("1 to 365 days");
    expect((await post("/device/token", { grant_type: "password", device_code: "x" })).status).toBe(400);
    expect((await poll("unknown")).body).toMatchObject(expired);
  });
});

describe("a code", () => {
  it("belongs to the first member who opens it", async () => {
    const grace = await api.createMember("grace", "OWNER");
    const { code, deviceCode } = await request();
    await describeCode(code, grace);
    for (const answer of [await describeCode(code), await approve(code), await post("/device/refuse", { code }, api.owner)])
      expect(answer.status).toBe(404);
    await approve(code, grace);
    const secret = (await poll(deviceCode)).body.access_token;
    expect((await api.ask(bearer(secret), "{ viewer { user { name } } }")).body.data.viewer.user.name).toBe("grace");
  });

  it("cannot be approved unseen, without a session, with a key, from another page, or for another workspace than shown", async () => {
    const key = await signIn(api.owner, { scope: "READ RUN VOTE ADMIN" });
    const { code } = await request();
    expect((await approve(code)).status).toBe(404);
    await describeCode(code);
    expect((await approve(code, {})).status).toBe(401);
    expect((await approve(code, bearer(key))).status).toBe(403);
    const foreign = await api.postAuth(
      "/device/approve",
      { code, workspaceId: localWorkspaceId },
      { ...api.owner, origin: "https://evil.example" },
    );
    expect(foreign.status).toBe(403);
    expect((await approve(code, api.owner, stranger.workspaceId)).status).toBe(409);
    expect((await approve(code)).status).toBe(200);
  });

  it("gives a key of the member's own workspace only", async () => {
    await createStranger(api.database);
    const key = await signIn(api.owner);
    const { workspace } = (await api.ask(bearer(key), "{ viewer { workspace { name } } }")).body.data.viewer;
    expect(workspace.name).toBe("Local workspace");
  });

  it("gives a viewer a key that reads, whatever its scopes", async () => {
    const viewer = await api.createMember("vera", "VIEWER");
    const key = await signIn(viewer, { scope: "READ RUN" });
    const start = `mutation { createExperiment(input: { name: "Mine" }) { __typename } }`;
    expect(await statusOf(key)).toBe(200);
    expect((await api.ask(bearer(key), start)).body.data.createExperiment.__typename).toBe("ForbiddenError");
  });

  it("gives no key to a member who was suspended, or whose workspace closed keys, after approving", async () => {
    const member = await api.createMember("milo", "RESEARCHER");
    const waiting = async () => {
      const { code, deviceCode } = await request();
      await describeCode(code, member);
      await approve(code, member);
      return deviceCode;
    };
    const closed = await waiting();
    await api.database.connection.workspace.update({ where: { id: localWorkspaceId }, data: { memberKeys: false } });
    await api.hearChanges();
    expect((await poll(closed)).status).toBe(403);
    expect((await describeCode((await request()).code, member)).status).toBe(403);
    await api.database.connection.workspace.update({ where: { id: localWorkspaceId }, data: { memberKeys: true } });
    await api.hearChanges();
    const suspended = await waiting();
    await api.database.connection.membership.update({ where: { id: member.memberId }, data: { suspendedAt: new Date() } });
    await api.hearChanges();
    expect((await poll(suspended)).status).toBe(403);
  });

  it("cannot be guessed: a member has ten attempts, a computer fifty requests", async () => {
    const guesses = Array.from({ length: 11 }, () => describeCode("BBBB-BBBB"));
    const statuses = (await Promise.all(guesses)).map(({ status }) => status).sort((a, b) => a - b);
    expect(statuses).toEqual([...Array<number>(10).fill(404), 429]);
    const requests = await Promise.all(Array.from({ length: 51 }, () => request()));
    expect(requests.filter(({ status }) => status === 429)).toHaveLength(1);
    expect(requests.find(({ status }) => status === 429)?.body.errors[0].message).toMatch(/^Too many attempts/);
  });

  it("is stored as a hash", async () => {
    const { code, deviceCode } = await request();
    const rows = JSON.stringify(await api.database.connection.deviceLogin.findMany());
    expect([rows.includes(code), rows.includes(deviceCode)]).toEqual([false, false]);
  });
});

describe("a program that signs out", () => {
  it("revokes its own key with any scope, and no other", async () => {
    const [leaving, staying] = [await signIn(api.owner, { scope: "VOTE" }), await signIn(api.owner)];
    const answer = await post("/revoke-key", {}, bearer(leaving));
    expect(answer).toEqual({ status: 200, body: { revoked: leaving.slice(0, 10) } });
    expect([await statusOf(leaving), await statusOf(staying)]).toEqual([401, 200]);
    const entry = await api.database.connection.auditEntry.findFirstOrThrow({ orderBy: { sequence: "desc" } });
    expect(entry.action).toBe("apiKey:revoke");
    expect((await post("/revoke-key", {}, bearer(leaving))).status).toBe(401);
    expect((await post("/revoke-key", {}, api.owner)).status).toBe(401);
  });
});

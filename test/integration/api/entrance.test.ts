/** What the pages that people come in by need from the API, over real HTTP on a real database. */
import { issueOwnerLink } from "@pareidolia/persistence/access/accounts/ownerLink";
import { localUserId, localWorkspaceId, seedLocalOwner } from "@pareidolia/persistence/workspace/workspaces/localWorkspace";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { cookieOf, password } from "../../support/accounts.ts";
import { startTestApi, type TestApi } from "../../support/api.ts";

const publicUrl = new URL("http://localhost:3000");
const origin = publicUrl.origin;
const owner = { name: "owner", email: "owner@lab.example", password };

let api: TestApi;
let token: string;
beforeEach(async () => {
  api = await startTestApi({ accounts: { secret: "a secret for tests, long enough to be one", publicUrl } });
  await seedLocalOwner(api.database.connection);
  token = (await issueOwnerLink(api.database.connection, localWorkspaceId)) ?? "";
});
afterEach(() => api.close());

function post(path: string, body: object, headers: Readonly<Record<string, string>> = {}): Promise<Response> {
  return fetch(`${api.url}/auth${path}`, {
    method: "POST",
    headers: { "content-type": "application/json", origin, ...headers },
    body: JSON.stringify(body),
  });
}

// oxlint-disable-next-line typescript/no-explicit-any -- the data of any document
async function ask(query: string, variables: object, cookie: string): Promise<any> {
  const headers = { "content-type": "application/json", cookie, origin };
  const response = await fetch(`${api.url}/graphql`, { method: "POST", headers, body: JSON.stringify({ query, variables }) });
  return ((await response.json()) as { readonly data: unknown }).data;
}

describe("the page of the owner's link", () => {
  it("learns until when the link works, and whether the workspace was used before", async () => {
    const link = (await (await post("/owner-link", { token })).json()) as { expiresAt: string };
    expect(link).toMatchObject({ workspaceName: "Local workspace", experimentCount: 0 });
    const minutes = (Date.parse(link.expiresAt) - Date.now()) / 60_000;
    expect(minutes).toBeGreaterThan(58);
    expect(minutes).toBeLessThanOrEqual(60);
    const experiment = { id: "experiment_1", workspaceId: localWorkspaceId, createdById: localUserId, number: 1, name: "Earlier" };
    await api.database.connection.experiment.create({ data: experiment });
    expect(await (await post("/owner-link", { token })).json()).toMatchObject({ experimentCount: 1 });
  });

  it("learns nothing of a used, replaced or guessed link, and may not guess for long", async () => {
    expect((await post("/owner-link", { token: "guessed" })).status).toBe(404);
    expect((await post("/owner", { token, ...owner })).status).toBe(201);
    expect((await post("/owner-link", { token })).status).toBe(404);
    const statuses = await Promise.all(Array.from({ length: 60 }, async () => (await post("/owner-link", { token: "guessed" })).status));
    expect(statuses.filter((status) => status === 429).length).toBeGreaterThanOrEqual(10);
  });

  it("names the workspace with the account, and refuses an empty name without using the link up", async () => {
    expect((await post("/owner", { token, ...owner, workspaceName: " " })).status).toBe(400);
    expect((await post("/owner", { token, ...owner, workspaceName: " Perception Lab " })).status).toBe(201);
    const { name } = await api.database.connection.workspace.findUniqueOrThrow({ where: { id: localWorkspaceId } });
    expect(name).toBe("Perception Lab");
  });
});

describe("a session", () => {
  it("is never cached, and records the client's address that the web application reports", async () => {
    const response = await post("/owner", { token, ...owner }, { "x-forwarded-for": "198.51.100.1, 203.0.113.9" });
    expect(response.headers.get("cache-control")).toBe("no-store");
    const [session] = await api.database.connection.session.findMany();
    expect(session?.ipAddress).toBe("203.0.113.9");
  });

  it("is listed and ended even a week after signing in", async () => {
    const cookie = cookieOf(await post("/owner", { token, ...owner }));
    await post("/sign-in/email", owner);
    await api.database.connection.session.updateMany({ data: { createdAt: new Date(Date.now() - 7 * 86_400_000) } });
    expect((await ask("{ viewer { sessions { totalCount } } }", {}, cookie)).viewer.sessions.totalCount).toBe(2);
    expect((await post("/revoke-other-sessions", {}, { cookie })).status).toBe(200);
    expect(await api.database.connection.session.count()).toBe(1);
  });

  it("is listed with its browser, and ends at once when revoked by ID, with an entry in the audit log", async () => {
    const windows = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0";
    const cookie = cookieOf(await post("/owner", { token, ...owner }));
    const other = cookieOf(await post("/sign-in/email", owner, { "user-agent": windows }));
    const list = "{ viewer { sessions(first: 1) { nodes { id browser device isCurrent } pageInfo { hasNextPage endCursor } } } }";
    const { nodes, pageInfo } = (await ask(list, {}, cookie)).viewer.sessions;
    expect([nodes[0], pageInfo.hasNextPage]).toEqual([
      { id: expect.any(String), browser: "Firefox", device: "Windows", isCurrent: false },
      true,
    ]);
    const next =
      "query ($after: String!) { viewer { sessions(first: 1, after: $after) { nodes { id isCurrent } pageInfo { hasNextPage } } } }";
    const current = (await ask(next, { after: pageInfo.endCursor }, cookie)).viewer.sessions;
    expect(current).toEqual({ nodes: [{ id: expect.any(String), isCurrent: true }], pageInfo: { hasNextPage: false } });
    const revoke = async (sessionId: string) =>
      (
        await ask(
          "mutation ($id: ID!) { revokeSession(input: { sessionId: $id }) { __typename ... on Error { message } } }",
          { id: sessionId },
          cookie,
        )
      ).revokeSession;
    expect(await revoke(current.nodes[0].id)).toEqual({
      __typename: "ConflictError",
      message: expect.stringContaining("Sign out instead"),
    });
    expect(await revoke(nodes[0].id)).toEqual({ __typename: "RevokeSessionSuccess" });
    expect(await revoke(nodes[0].id)).toMatchObject({ __typename: "NotFoundError" });
    expect((await fetch(`${api.url}/auth/get-session`, { headers: { cookie: other } }).then((answer) => answer.json())) ?? null).toBeNull();
    const entry = await api.database.connection.auditEntry.findFirstOrThrow({ where: { action: "session:end" } });
    expect(JSON.parse(entry.text)).toMatchObject({ before: { through: "revokeSession", device: windows } });
  });

  it("is hidden from other users, even by its ID", async () => {
    const cookie = cookieOf(await post("/owner", { token, ...owner }));
    const { id } = (await ask("{ viewer { sessions { nodes { id } } } }", {}, cookie)).viewer.sessions.nodes[0];
    const find = "query ($id: ID!) { node(id: $id) { id } }";
    expect((await ask(find, { id }, cookie)).node).toEqual({ id });
    await api.database.connection.user.create({ data: { id: "other", name: "Other", email: "other@lab.example" } });
    await api.database.connection.session.updateMany({ data: { userId: "other" } });
    const own = cookieOf(await post("/sign-in/email", owner));
    expect((await ask(find, { id }, own)).node).toBeNull();
  });

  it("answers another user's request for an image again, instead of from the browser's cache", async () => {
    const cookie = cookieOf(await post("/owner", { token, ...owner }));
    const image = await fetch(`${api.url}/images/${"0".repeat(64)}.png`, { headers: { cookie } });
    expect(image.headers.get("vary")).toContain("Cookie");
  });

  it("starts from each loopback name of the same port, in place of an ended one, and from no other site", async () => {
    await post("/owner", { token, ...owner });
    const status = async (from: string) => {
      const headers = { origin: from, "x-forwarded-host": new URL(from).host, cookie: "pareidolia.session=ended.signature" };
      return (await post("/sign-in/email", owner, headers)).status;
    };
    expect(await status("http://127.0.0.1:3000")).toBe(200);
    expect(await status("http://localhost:3000")).toBe(200);
    expect((await post("/sign-in/email", owner, { origin: "https://evil.example" })).status).toBe(403);
  });
});

describe("a profile", () => {
  it("takes a new name within its limits, and nothing else", async () => {
    const cookie = cookieOf(await post("/owner", { token, ...owner }));
    expect((await post("/update-user", { name: "x".repeat(101) }, { cookie })).status).toBe(400);
    expect((await post("/update-user", { image: "https://evil.example/track.png" }, { cookie })).status).toBe(400);
    const body = { name: "owner-1", image: "https://evil.example/track.png", emailVerified: true };
    expect((await post("/update-user", body, { cookie })).status).toBe(200);
    const user = await api.database.connection.user.findUniqueOrThrow({ where: { email: owner.email } });
    expect(user).toMatchObject({ name: "owner-1", emailVerified: false, image: null });
  });
});

it("a restart does not make the first owner an owner again after they left the workspace", async () => {
  const { connection } = api.database;
  await post("/owner", { token, ...owner });
  await connection.user.create({ data: { id: "other", name: "other", email: "other@lab.example" } });
  await connection.membership.create({ data: { id: "membership_other", userId: "other", workspaceId: localWorkspaceId, role: "OWNER" } });
  await connection.membership.deleteMany({ where: { userId: localUserId } });
  await seedLocalOwner(connection);
  expect(await connection.membership.findMany({ select: { userId: true } })).toEqual([{ userId: "other" }]);
});

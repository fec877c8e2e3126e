/** API keys that must not exist or work: each test is one of the known ways around the membership of their user. */
import { encodeGlobalId } from "@pareidolia/api/globalId/globalId";
import { afterEach, beforeEach, expect, it } from "vitest";
import { type AccountsApi, type Sender, startAccountsApi } from "../../../support/accounts.ts";

let api: AccountsApi;
beforeEach(async () => {
  api = await startAccountsApi();
});
afterEach(() => api.close());

const create =
  'mutation { createApiKey(input: { name: "Key", scopes: [READ, RUN, ADMIN] }) { ... on CreateApiKeySuccess { secret } ... on Error { message } } }';
const keysStored = () => api.database.connection.apiKey.count();
const roleOf = async (sender: Sender): Promise<unknown> => (await api.ask(sender, "{ viewer { role } }")).body.data?.viewer.role;

it("unauthenticated key creation", async () => {
  const senders: Sender[] = [
    {},
    { cookie: "pareidolia.session=forged.forged" },
    { authorization: "Bearer pdl_forged" },
    { authorization: "Basic YTpi" },
  ];
  for (const sender of senders) {
    const { status, body } = await api.ask(sender, create);
    expect([status, body.data ?? null], JSON.stringify(sender)).toEqual([401, null]);
  }
  expect(await keysStored()).toBe(0);
});

it("unauthenticated key creation through better-auth's own routes: there are none", async () => {
  for (const path of ["/api-key/create", "/api-key", "/sign-up/email"]) {
    const response = await api.postAuth(path, {
      name: "Key",
      userId: "user_local",
      email: "new@pareidolia.example",
      password: "a password, long",
    });
    expect([path, response.status >= 400]).toEqual([path, true]);
  }
  expect(await keysStored()).toBe(0);
});

it("ex-member's key", async () => {
  const member = await api.createMember("grace", "RESEARCHER");
  const { secret } = (await api.ask(member, create)).body.data.createApiKey;
  const key = { authorization: `Bearer ${secret}` };
  expect(await roleOf(key)).toBe("RESEARCHER");
  const input = { memberId: encodeGlobalId("Member", member.memberId) };
  await api.ask(api.owner, "mutation ($input: MemberInput!) { removeMember(input: $input) { __typename } }", { input });
  expect(await roleOf(key)).toBeUndefined();
  // The user's later membership, with any role, does not bring the key back.
  const { connection } = api.database;
  const { id: workspaceId } = await connection.workspace.findFirstOrThrow();
  await connection.membership.create({ data: { id: "again", workspaceId, userId: "grace", role: "OWNER" } });
  expect([await roleOf(key), await roleOf(member)]).toEqual([undefined, "OWNER"]);
});

it("an invitation by a key, whose link would work after the key is revoked", async () => {
  const { secret } = (await api.ask(api.owner, create)).body.data.createApiKey;
  const invite =
    'mutation { inviteMember(input: { email: "eve@pareidolia.example", role: OWNER }) { __typename ... on Error { message } } }';
  expect((await api.ask({ authorization: `Bearer ${secret}` }, invite)).body.data.inviteMember).toEqual({
    __typename: "ForbiddenError",
    message: expect.stringContaining("No API key may do this"),
  });
  expect(await api.database.connection.invitation.count()).toBe(0);
});

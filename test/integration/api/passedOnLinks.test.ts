/** With a mail server, the link that an owner passes on creates no account and does not tell whether the address has one. */
import { afterEach, beforeEach, expect, it } from "vitest";
import { type AccountsApi, cookieOf, password, startAccountsApi } from "../../support/accounts.ts";
import { readSentToken } from "../../support/sentLinks.ts";

let api: AccountsApi;
beforeEach(async () => {
  api = await startAccountsApi({ sendsEmails: true });
});
afterEach(() => api.close());

async function invite(email: string): Promise<string> {
  const mutation = `mutation ($email: String!) { inviteMember(input: { email: $email, role: RESEARCHER }) {
    ... on InviteMemberSuccess { link } ... on Error { message } } }`;
  const { link } = (await api.ask(api.owner, mutation, { email })).body.data.inviteMember;
  return new URL(link).pathname.split("/").at(-1) as string;
}
const join = (token: string) => api.postAuth("/join", { token, name: "Grace", password });
const request = (token: string) => api.postAuth("/invitation-email", { token });

it("answers every request alike, whether the address has an account or not", async () => {
  await api.createMember("barbara", "VIEWER");
  await api.database.connection.membership.deleteMany({ where: { userId: "barbara" } });
  const answers = [];
  for (const email of ["grace@pareidolia.example", "barbara@pareidolia.example"]) {
    const token = await invite(email);
    const described = await (await api.postAuth("/invitation", { token })).json();
    const [joined, requested] = [await join(token), await request(token)];
    const texts = [described, await joined.json(), await requested.json()].map((value) =>
      JSON.stringify(value).replaceAll(email, "ADDRESS"),
    );
    answers.push({ statuses: [joined.status, requested.status], texts: texts.map((text) => text.replace(/"expiresAt":"[^"]*"/, "")) });
  }
  expect(answers[0]).toMatchObject({ statuses: [403, 202] });
  expect(answers[0]?.texts[0]).toContain('"hasAccount":null,"needsEmail":true');
  expect(answers[1]).toEqual(answers[0]);
});

it("sends a link that proves the address and replaces the one that was mailed before", async () => {
  const email = "grace@pareidolia.example";
  const token = await invite(email);
  const first = await readSentToken(api.database, email, "join");
  expect((await request(token)).status).toBe(202);
  const second = await readSentToken(api.database, email, "join");
  expect(second).not.toBe(first);
  expect(await (await api.postAuth("/invitation", { token: second })).json()).toMatchObject({ hasAccount: false, needsEmail: false });
  expect((await join(first)).status).toBe(404);
  const joined = await join(second);
  expect(joined.status).toBe(201);
  expect((await api.ask({ cookie: cookieOf(joined) }, "{ viewer { role user { name } } }")).body.data.viewer).toEqual({
    role: "RESEARCHER",
    user: { name: "Grace" },
  });
  expect(await api.database.connection.user.findFirstOrThrow({ where: { email } })).toMatchObject({ emailVerified: true });
});

it("sends three e-mails an hour at most, the invitation included", async () => {
  const token = await invite("grace@pareidolia.example");
  const statuses = [];
  for (let i = 0; i < 3; i++) statuses.push((await request(token)).status);
  expect(statuses).toEqual([202, 202, 429]);
});

it("lets the account of the address join with it", async () => {
  const grace = await api.createMember("grace", "VIEWER");
  await api.database.connection.membership.deleteMany({ where: { userId: "grace" } });
  const token = await invite("grace@pareidolia.example");
  expect((await api.postAuth("/accept", { token }, grace)).status).toBe(201);
});

/** The audit log: who may read it, filters, exports, verification, and what is written about sessions. */
import { createHmac, hkdfSync } from "node:crypto";
import { encodeGlobalId } from "@pareidolia/api/globalId/globalId";
import { appendAuditEntry } from "@pareidolia/persistence/access/audit/appendAuditEntry";
import { keepHeads } from "@pareidolia/persistence/access/audit/auditHeads";
import { localUserId, localWorkspaceId } from "@pareidolia/persistence/workspace/workspaces/localWorkspace";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type AccountsApi, accountSettings, password, type Sender, startAccountsApi } from "../../support/accounts.ts";
import { writeLongAuditLog } from "../../support/longAuditLog.ts";
import { withClient } from "../../support/postgresServer.ts";

let api: AccountsApi;
beforeEach(async () => {
  api = await startAccountsApi();
});
afterEach(() => api.close());

async function read(query: string, variables: object = {}, sender: Sender = api.owner) {
  const { body } = await api.ask(sender, query, { ...variables });
  expect(body.errors).toBeUndefined();
  return body.data;
}
const list = async (filter: object = {}): Promise<{ action: string; subjectName: string; sequence: number }[]> =>
  (await read("query ($filter: AuditFilter) { auditEntries(filter: $filter) { nodes { action subjectName sequence } } }", { filter }))
    .auditEntries.nodes;
const actions = async (filter: object = {}) => (await list(filter)).map(({ action }) => action);
const createExperiment = (name: string, sender: Sender = api.owner) =>
  read(
    "mutation ($name: String!) { createExperiment(input: { name: $name }) { ... on CreateExperimentSuccess { experiment { id } } } }",
    { name },
    sender,
  );

describe("the audit log", () => {
  it("lists who did what to what, from where, with old and new values", async () => {
    await createExperiment("Question");
    await read('mutation { archiveExperiment(input: { experimentId: "EXP-1" }) { __typename } }');
    const { auditEntries } = await read(
      "{ auditEntries(first: 2) { nodes { id sequence user { name } userName keyPrefix clientAddress action subjectType subjectName before after previousHash hash nextHash } totalCount } }",
    );
    const [latest, before] = auditEntries.nodes;
    expect(latest).toMatchObject({
      sequence: auditEntries.totalCount,
      user: { name: "Ada" },
      userName: "Ada",
      keyPrefix: null,
      clientAddress: expect.stringMatching(/127\.0\.0\.1$/),
      action: "experiment:archive",
      subjectType: "Experiment",
      subjectName: "EXP-1",
      before: { archived: false },
      after: { archived: true },
      previousHash: before.hash,
      nextHash: null,
    });
    expect(before).toMatchObject({ action: "experiment:create", before: null, after: { name: "Question" }, nextHash: latest.hash });
    const { node } = await read("query ($id: ID!) { node(id: $id) { ... on AuditEntry { sequence } } }", { id: latest.id });
    expect(node).toEqual({ sequence: latest.sequence });
  });

  it("is paged both ways by its numbers", async () => {
    for (let i = 0; i < 5; i++) await createExperiment(`Question ${i}`);
    const page = async (args: string) =>
      (await read(`{ auditEntries(${args}) { nodes { sequence } pageInfo { startCursor endCursor hasNextPage } } }`)).auditEntries;
    const first = await page("first: 2");
    const second = await page(`first: 2, after: "${first.pageInfo.endCursor}"`);
    expect([...first.nodes, ...second.nodes].map(({ sequence }) => sequence)).toEqual([7, 6, 5, 4]);
    expect((await page(`last: 2, before: "${second.pageInfo.startCursor}"`)).nodes).toEqual(first.nodes);
  });

  it("is filtered by member, key, action, object, time and text", async () => {
    await api.createMember("grace", "RESEARCHER");
    const member = await api.signIn("grace@pareidolia.example");
    const created = await read(
      'mutation { createApiKey(input: { name: "Robot", scopes: [RUN] }) { ... on CreateApiKeySuccess { secret apiKey { id prefix } } } }',
      {},
      member,
    );
    const { secret, apiKey } = created.createApiKey;
    await createExperiment("By Ada");
    await read('mutation { createExperiment(input: { name: "By key" }) { __typename } }', {}, { authorization: `Bearer ${secret}` });
    const [latest] = await list();
    expect(latest).toMatchObject({ action: "experiment:create", subjectName: "By key" });
    expect(await actions({ userId: encodeGlobalId("User", "grace") })).toEqual(["experiment:create", "apiKey:create", "session:start"]);
    expect((await list({ keyId: apiKey.id })).map(({ subjectName }) => subjectName)).toEqual(["By key"]);
    expect((await list({ search: apiKey.prefix })).length).toBe(2);
    expect(await actions({ actions: ["apiKey:create"] })).toEqual(["apiKey:create"]);
    expect(await actions({ exceptActions: ["session:start", "member:join", "experiment:create"] })).toEqual(["apiKey:create"]);
    expect(await actions({ subjectId: apiKey.id })).toEqual(["apiKey:create"]);
    expect((await list({ search: "by ada" })).map(({ subjectName }) => subjectName)).toEqual(["By Ada"]);
    expect(await list({ search: "100%" })).toEqual([]);
    const { auditEntries } = await read("{ auditEntries { nodes { at } } }");
    const { at } = auditEntries.nodes[0];
    expect(await actions({ from: at })).toContain("experiment:create");
    expect(await actions({ from: new Date(Date.now() + 60_000) })).toEqual([]);
    expect(await actions({ until: at })).not.toEqual([]);
    expect(
      (await api.ask(api.owner, '{ auditEntries(filter: { userId: "RUN-1" }) { totalCount } }')).body.errors[0].extensions,
    ).toMatchObject({
      code: "INVALID_INPUT",
      field: "filter.userId",
    });
  });

  it.each(["RESEARCHER", "LABELLER", "VIEWER"] as const)("is closed to a %s, also as a file", async (role) => {
    const member = await api.createMember("grace", role);
    for (const query of ["{ auditEntries { totalCount } }", "{ auditHead { hash } }", "{ auditVerification { entries } }"])
      expect((await api.ask(member, query)).body.errors[0].extensions.code, query).toBe("FORBIDDEN");
    const id = encodeGlobalId("AuditEntry", `${localWorkspaceId}.1`);
    expect((await api.ask(member, `{ node(id: "${id}") { id } }`)).body.data.node).toBeNull();
    for (const format of ["csv", "jsonl"])
      expect((await fetch(`${api.url}/audit-log.${format}`, { headers: { cookie: member.cookie } })).status, format).toBe(403);
  });
});

describe("the export", () => {
  const download = (file: string, filter?: object) =>
    fetch(`${api.url}/${file}${filter === undefined ? "" : `?filter=${encodeURIComponent(JSON.stringify(filter))}`}`, {
      headers: { cookie: api.owner.cookie },
    });

  it("as CSV is safe to open: no cell is a formula, and quotes and line breaks stay within their cells", async () => {
    const names = ['=HYPERLINK("https://attacker.example","Click")', "+1", "-1", "@SUM(1)", "＝1", 'a "quoted" name'];
    for (const name of names) await createExperiment(name);
    // As entries were written before names had to fit in a line.
    names.push("two\nlines");
    const earlier = { action: "experiment:create", subjectType: "Experiment", subjectId: "earlier", subjectName: "two\nlines" };
    await api.database.transaction(({ connection }) =>
      appendAuditEntry(connection, { userId: null, workspaceId: localWorkspaceId }, { ...earlier, before: null, after: null }),
    );
    const response = await download("audit-log.csv", { actions: ["experiment:create"] });
    expect(response.headers.get("content-disposition")).toBe('attachment; filename="audit-log.csv"');
    const text = await response.text();
    // Every cell is in quotes; a quote inside is doubled.
    const cells = [...text.matchAll(/"((?:[^"]|"")*)"(?:,|\r\n)/g)].map(([, cell = ""]) => cell.replaceAll('""', '"'));
    expect(cells.length).toBe(14 * (names.length + 1));
    // A spreadsheet reads a plain number as a number.
    expect(cells.filter((cell) => /^[=+\-@\t\r＝＋－＠]/.test(cell) && !/^[+-]\d+$/.test(cell))).toEqual([]);
    for (const name of names)
      expect(
        cells.some((cell) => cell === name || cell === `'${name}`),
        name,
      ).toBe(true);
  });

  it("as JSON lines has what a program with the secret needs to verify the hashes itself, of all entries however many", async () => {
    const { connection } = api.database;
    await writeLongAuditLog(api.database, localWorkspaceId, 1_100);
    const lines = (await (await download("audit-log.jsonl")).text())
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line));
    // The export has recorded itself meanwhile.
    expect(lines.length).toBe((await connection.auditEntry.count()) - 1);
    const key = hkdfSync("sha256", accountSettings.secret, "", "pareidolia audit log", 32);
    for (const { previousHash, sequence, text, hash } of [lines[0], lines[700], lines.at(-1)])
      expect(createHmac("sha256", Buffer.from(key)).update(`${previousHash}\n${sequence}\n${text}`).digest("hex")).toBe(hash);
    expect((await (await download("audit-log.jsonl", { search: '"sequence":7}' })).text()).trimEnd().split("\n").length).toBe(1);
  });

  it("is itself recorded with its filter, and a refused one is not", async () => {
    const outsider = await api.createMember("grace", "VIEWER");
    const refused = await fetch(`${api.url}/audit-log.csv`, { headers: { cookie: outsider.cookie } });
    expect(refused.status).toBe(403);
    await refused.text();
    await (await download("audit-log.jsonl", { actions: ["member:remove"] })).text();
    const entries = await api.database.connection.auditEntry.findMany({ where: { action: "auditEntry:export" } });
    expect(entries.map(({ userId, text }) => [userId, JSON.parse(text).after])).toEqual([
      [localUserId, { format: "jsonl", filter: { actions: ["member:remove"] } }],
    ]);
  });

  it("refuses a filter that it does not understand, instead of exporting everything", async () => {
    for (const filter of [{ member: "x" }, { userId: 1 }, [], { from: "yesterday" }])
      expect((await download("audit-log.csv", filter)).status, JSON.stringify(filter)).toBe(400);
    expect((await fetch(`${api.url}/audit-log.csv?filter=%7B`, { headers: { cookie: api.owner.cookie } })).status).toBe(400);
  });
});

describe("verification", () => {
  const verify = async () => {
    let after: string | null = null;
    for (let calls = 1; ; calls++) {
      const { auditVerification } = await read(
        "query ($after: String) { auditVerification(after: $after) { entries next brokenSequence brokenReason keptHead } }",
        { after },
      );
      if (auditVerification.next === null) return { ...auditVerification, calls };
      after = auditVerification.next;
    }
  };
  /** What only a database administrator can do. */
  const tamper = (statement: string) =>
    withClient(api.ownerUrl, async (client) => {
      await client.query("SET session_replication_role = replica");
      await client.query(statement);
    });

  it("continues in bounded steps to the end of a large log", async () => {
    await writeLongAuditLog(api.database, localWorkspaceId, 12_000);
    expect(await verify()).toMatchObject({ entries: 12_002, brokenSequence: null, calls: 3 });
    const { auditHead } = await read("{ auditHead { sequence hash } }");
    expect(auditHead.sequence).toBe(12_002);
  });

  it.each([
    [
      "a changed text",
      "UPDATE audit_entries SET text = replace(text, 'Question 1', 'Question 9') WHERE sequence = 4",
      4,
      "text was changed",
    ],
    ["a changed column", "UPDATE audit_entries SET user_id = 'other' WHERE sequence = 4", 4, "column userId"],
    ["a removed entry", "DELETE FROM audit_entries WHERE sequence = 4", 4, "is missing"],
    ["removed entries at the end", "DELETE FROM audit_entries WHERE sequence > 3", 4, "entries 4 to 6 are missing"],
    ["a rewritten hash", "UPDATE audit_entries SET hash = repeat('0', 64) WHERE sequence = 4", 4, "text was changed"],
  ])("names the first broken link: %s", async (_name, statement, sequence, reason) => {
    for (let i = 0; i < 4; i++) await createExperiment(`Question ${i}`);
    expect(await verify()).toMatchObject({ entries: 6, brokenSequence: null, keptHead: null });
    await keepHeads(api.database, api.databaseUrl, api.objectStore);
    expect(await verify()).toMatchObject({ entries: 6, brokenSequence: null, keptHead: 6 });
    await tamper(statement);
    expect(await verify()).toMatchObject({ entries: 3, brokenSequence: sequence, brokenReason: expect.stringContaining(reason) });
  });
});

describe("sessions in the log", () => {
  const entry = async () =>
    (await read("{ auditEntries(first: 1) { nodes { action userName subjectName clientAddress after before } } }")).auditEntries.nodes[0];

  it("sign-in and sign-out are written with the device and the client's address", async () => {
    await api.createMember("grace", "VIEWER");
    const { headers } = await api.postAuth(
      "/sign-in/email",
      { email: "grace@pareidolia.example", password },
      { "user-agent": "Firefox", "x-forwarded-for": "198.51.100.31" },
    );
    expect(await entry()).toMatchObject({
      action: "session:start",
      userName: "grace",
      subjectName: "grace@pareidolia.example",
      clientAddress: "198.51.100.31",
      after: { device: "Firefox", through: "/sign-in/email" },
    });
    await api.postAuth(
      "/sign-out",
      {},
      {
        cookie: headers
          .getSetCookie()
          .map((cookie) => cookie.split(";")[0])
          .join("; "),
      },
    );
    expect(await entry()).toMatchObject({ action: "session:end", userName: "grace", before: { through: "/sign-out" } });
  });

  it("a refused sign-in is written for the user whom it names, without claiming that they sent it", async () => {
    await api.createMember("grace", "VIEWER");
    await api.postAuth("/sign-in/email", { email: "Grace@pareidolia.example", password: "wrong password" });
    await expect.poll(async () => (await list({ actions: ["session:refuse"] })).length).toBe(1);
    expect(await entry()).toMatchObject({ action: "session:refuse", userName: null, subjectName: "grace@pareidolia.example" });
    await api.postAuth("/sign-in/email", { email: "unknown@pareidolia.example", password: "wrong password" });
    expect((await list({ actions: ["session:refuse"] })).length).toBe(1);
  });

  it("a page that reads or changes the session is no sign-in", async () => {
    const before = (await list()).length;
    await fetch(`${api.url}/auth/get-session`, { headers: { cookie: api.owner.cookie } });
    await api.postAuth("/update-user", { name: "Ada L." }, api.owner);
    expect((await list()).length).toBe(before);
  });

  it("a changed password is written, without the password", async () => {
    const change = { currentPassword: password, newPassword: "another long password", endSessions: false };
    await api.postAuth("/change-password", change, api.owner);
    expect(await entry()).toMatchObject({ action: "password:change", userName: "Ada" });
    const texts = await api.database.connection.auditEntry.findMany({ select: { text: true } });
    expect(JSON.stringify(texts)).not.toMatch(/another long password|correct horse/);
  });
});

/** E-mails about notifications, with a real mail server and a real Postgres: one for many events, once, and ended by one click. */
import { readMailServer } from "@pareidolia/core/mailServer";
import { type Database, openDatabase } from "@pareidolia/persistence/server/database/database";
import { findDueEmails } from "@pareidolia/persistence/workspace/emails/emailWork";
import { readUnsubscribeToken, writeUnsubscribeToken } from "@pareidolia/persistence/workspace/notifications/unsubscribeToken";
import { type DigestSettings, writeDigests } from "@pareidolia/persistence/workspace/notifications/writeDigests";
import { localUserId, localWorkspaceId, seedLocalOwner } from "@pareidolia/persistence/workspace/workspaces/localWorkspace";
import { openMailer } from "@pareidolia/workers/emails/mailer";
import { sendEmail } from "@pareidolia/workers/tasks/sendEmail.task";
import { afterEach, beforeEach, expect, it } from "vitest";
import { createTestDatabase, type TestDatabase } from "../../support/database.ts";
import { writeLongAuditLog } from "../../support/longAuditLog.ts";
import { seedRun } from "../../support/runs.ts";
import { type SmtpServer, startSmtpServer } from "../../support/smtpServer.ts";

let testDatabase: TestDatabase;
let database: Database;
let server: SmtpServer;
let runId: string;

const settings: DigestSettings = { publicUrl: new URL("https://lab.example"), secret: "s".repeat(32) };
const log = { info() {}, warn() {}, error() {} };

beforeEach(async () => {
  testDatabase = await createTestDatabase();
  database = await openDatabase(testDatabase.url);
  await seedLocalOwner(database.connection);
  server = await startSmtpServer();
  runId = await seedRun(database);
});
afterEach(async () => {
  await server.close();
  await database.close();
  await testDatabase.drop();
});

const member = { workspaceId: localWorkspaceId, userId: localUserId };

/** Events of the past, of which the first is due; the kinds take turns. */
async function happen(count: number, detail = "", minutes = -1, kinds = ["SWEEP_RUN_SUCCEEDED"]): Promise<void> {
  const mailDueAt = new Date(Date.now() + minutes * 60_000);
  const data = Array.from({ length: count }, (_, i) => ({
    id: `n${String(i).padStart(String(count - 1).length, "0")}`,
    event: `event ${i}`,
    ...member,
    kind: kinds[i % kinds.length] ?? "",
    runId,
    detail,
    mailDueAt,
  }));
  await database.connection.notification.createMany({ data });
}

async function deliver() {
  const outgoing = readMailServer({ url: `smtp://127.0.0.1:${server.port}`, from: "pareidolia@lab.example" });
  if (outgoing === null) throw new Error("The settings are incomplete.");
  const context = { database, mailer: openMailer(outgoing), unsentFile: null, stop: new AbortController().signal, log };
  for (const emailId of await findDueEmails(database.connection)) await sendEmail({ emailId }, context);
  return server.received;
}

it("say all that happened in one message with links, and list at most forty events", async () => {
  await happen(200, "", -1, ["SWEEP_RUN_SUCCEEDED", "RUN_FAILED"]);
  expect(await writeDigests(database, settings)).toBe(1);
  expect(await writeDigests(database, settings)).toBe(0);
  const [email, ...others] = await deliver();
  expect(others).toEqual([]);
  expect(email?.headers).toContainEqual(expect.stringMatching(/^Subject: 200 notifications of /));
  expect(email?.body.match(/RUN-1 (has finished|failed)\./g)).toHaveLength(40);
  expect(email?.body).toContain("https://lab.example/w/local/runs/RUN-1\n");
  expect(email?.body).toContain("160 more: https://lab.example/w/local/notifications\n");
  const { id } = await database.connection.membership.findUniqueOrThrow({ where: { workspaceId_userId: member } });
  const token = writeUnsubscribeToken(settings.secret, id);
  expect(email?.body).toContain(`https://lab.example/unsubscribe/${token}`);
  expect(email?.headers).toContain(`List-Unsubscribe: <https://lab.example/email-choices/${token}>`);
  expect(email?.headers).toContain("List-Unsubscribe-Post: List-Unsubscribe=One-Click");
});

it("name the head of the audit log to owners only", async () => {
  const { connection } = database;
  await writeLongAuditLog(database, localWorkspaceId, 140);
  const head = await connection.auditEntry.findFirstOrThrow({ where: { sequence: 140 } });
  await happen(1);
  await writeDigests(database, settings);
  const [toOwner] = await deliver();
  expect(toOwner?.body).toContain(`The audit log ends with this entry, of ${head.at.toISOString()}:\n  140:${head.hash}\n`);
  await connection.membership.update({ where: { workspaceId_userId: member }, data: { role: "RESEARCHER" } });
  await connection.notification.deleteMany({});
  await happen(1);
  await writeDigests(database, settings);
  const received = await deliver();
  expect(received).toHaveLength(2);
  expect(received[1]?.body).not.toContain("audit log");
});

it("summarise many events of one kind in one line that links to their list", async () => {
  await happen(12, "", -1, ["RUN_FAILED"]);
  const others = [await seedRun(database, { seed: 2 }), await seedRun(database, { seed: 3 })];
  for (const [i, other] of others.entries())
    await database.connection.notification.update({ where: { id: `n0${i}` }, data: { runId: other } });
  expect(await writeDigests(database, settings)).toBe(1);
  const [email] = await deliver();
  expect(email?.headers).toContainEqual(expect.stringMatching(/^Subject: 12 notifications of /));
  expect(email?.body).toContain("3 runs failed.");
  expect(email?.body).toContain("https://lab.example/w/local/runs?q=run%20%3E%3D%201%20AND%20run%20%3C%3D%203");
  expect(email?.body).not.toContain("RUN-1 failed.");
});

it("name a single event in the subject, with its reason", async () => {
  await happen(1, "The network\ndiverged.");
  await writeDigests(database, settings);
  const [email] = await deliver();
  expect(email?.headers).toContain("Subject: RUN-1 has finished.");
  expect(email?.body).toContain("diverged.");
});

it("have names and reasons within their own lines, also those that were stored unchecked", async () => {
  const link = "https://evil.example/sign-in";
  const { connection } = database;
  await connection.workspace.update({ where: { id: localWorkspaceId }, data: { name: `Lab\r\nBcc: x@lab.example\n${link}` } });
  await connection.user.update({ where: { id: localUserId }, data: { name: `Ada,\n\n${link}` } });
  await connection.run.update({ where: { id: runId }, data: { name: `ok)\n\nSign in again:\n${link}\u202e` } });
  await happen(2, `It diverged.\n\n${link}`, -1, ["RUN_FAILED", "COMMENTED"]);
  await connection.notification.updateMany({ data: { byId: localUserId } });
  await writeDigests(database, settings);
  const [email] = await deliver();
  expect(email?.headers.filter((header) => header.startsWith("Bcc:"))).toEqual([]);
  const text = (email?.body ?? "").replaceAll("=\r\n", "").replaceAll("=\n", "");
  expect(text).toContain(link);
  expect(text.split(/\r?\n/).filter((line) => line.trim().startsWith(link))).toEqual([]);
});

it("are written once by workers that look at the same time, and not before the first event is due", async () => {
  await happen(5, "", 60);
  expect(await writeDigests(database, settings)).toBe(0);
  await database.connection.notification.update({ where: { id: "n3" }, data: { mailDueAt: new Date(0) } });
  const written = await Promise.all(Array.from({ length: 6 }, () => writeDigests(database, settings)));
  expect(written.reduce((sum, count) => sum + count)).toBe(1);
  expect(await database.connection.email.count()).toBe(1);
  expect(await database.connection.notification.count({ where: { mailDueAt: { not: null } } })).toBe(0);
});

it("are neither written for a suspended member, nor kept waiting without a mail server", async () => {
  await happen(2);
  await database.connection.membership.update({ where: { workspaceId_userId: member }, data: { suspendedAt: new Date() } });
  expect(await writeDigests(database, settings)).toBe(0);
  await database.connection.membership.update({ where: { workspaceId_userId: member }, data: { suspendedAt: null } });
  await database.connection.notification.updateMany({ data: { mailDueAt: new Date(0) } });
  expect(await writeDigests(database, null)).toBe(0);
  expect(await database.connection.email.count()).toBe(0);
  expect(await database.connection.notification.count({ where: { mailDueAt: { not: null } } })).toBe(0);
});

it("are ended only by a token that the installation has signed", () => {
  const token = writeUnsubscribeToken(settings.secret, "membership");
  expect(readUnsubscribeToken(settings.secret, token)).toBe("membership");
  for (const forged of [
    "",
    "bWVtYmVyc2hpcA.",
    `${token}x`,
    token.replace("bWVtYmVyc2hpcA", "b3RoZXI"),
    writeUnsubscribeToken("t".repeat(32), "membership"),
  ])
    expect(readUnsubscribeToken(settings.secret, forged)).toBeNull();
});

/** The outbox with a real mail server and a real Postgres: sent once, tried again with growing pauses, given up, or kept in a file. */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { readMailServer } from "@pareidolia/core/mailServer";
import { openQueue } from "@pareidolia/jobs/queue";
import { type Database, openDatabase } from "@pareidolia/persistence/server/database/database";
import { openFolderStore } from "@pareidolia/persistence/server/objectStores/folderStore";
import { writeEmail } from "@pareidolia/persistence/workspace/emails/emails";
import { findDueEmails, maxAttempts, sendAgain } from "@pareidolia/persistence/workspace/emails/emailWork";
import { localWorkspaceId, seedLocalOwner } from "@pareidolia/persistence/workspace/workspaces/localWorkspace";
import { type Mailer, openMailer } from "@pareidolia/workers/emails/mailer";
import { recoverOnce } from "@pareidolia/workers/recovery";
import { sendEmail } from "@pareidolia/workers/tasks/sendEmail.task";
import { startWorker } from "@pareidolia/workers/worker";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createTestDatabase, type TestDatabase } from "../../support/database.ts";
import { createLinearClassifier } from "../../support/linearClassifier.ts";
import { type SmtpServer, startSmtpServer } from "../../support/smtpServer.ts";

let testDatabase: TestDatabase;
let database: Database;
let server: SmtpServer;
let mailer: Mailer;
let logged: string[];

const credentials = { user: "sender", password: "p/ss word" };
const secret = "https://lab.example/reset/secret";

function mailerWith(port: number, { user, password } = credentials): Mailer {
  const url = `smtp://${encodeURIComponent(user)}:${encodeURIComponent(password)}@127.0.0.1:${port}`;
  const settings = readMailServer({ url, from: "Pareidolia <pareidolia@lab.example>" });
  if (settings === null) throw new Error("The settings are incomplete.");
  return openMailer(settings);
}

beforeEach(async () => {
  testDatabase = await createTestDatabase();
  database = await openDatabase(testDatabase.url);
  await seedLocalOwner(database.connection);
  server = await startSmtpServer({ credentials });
  mailer = mailerWith(server.port);
  logged = [];
});
afterEach(async () => {
  await server.close();
  await database.close();
  await testDatabase.drop();
});

let place: string;
let unsentFile: string;
beforeEach(() => {
  place = mkdtempSync(path.join(tmpdir(), "pareidolia-unsent-"));
  unsentFile = path.join(place, "home", "unsent-emails.txt");
});
afterEach(() => rmSync(place, { recursive: true }));

const note = (details: object, message: string): void => void logged.push(`${message} ${JSON.stringify(details)}`);
const log = { info: note, warn: note, error: note };
const work = (emailId: string, using: Mailer | null = mailer) =>
  sendEmail({ emailId }, { database, mailer: using, unsentFile, stop: new AbortController().signal, log });
const read = (id: string) => database.connection.email.findUniqueOrThrow({ where: { id } });
const write = (email: Partial<Parameters<typeof writeEmail>[1]> = {}) =>
  writeEmail(database.connection, { workspaceId: localWorkspaceId, to: "grace@lab.example", subject: "Hello", text: "Text\n", ...email });
/** Seconds until the next attempt; null if there will be none. */
async function pauseOf(id: string): Promise<number | null> {
  const [row] = await database.connection.$queryRaw<{ seconds: number | null }[]>`
    SELECT extract(epoch FROM next_attempt_at - now())::float8 AS seconds FROM emails WHERE id = ${id}`;
  return row?.seconds ?? null;
}
const makeDue = () =>
  database.connection.$executeRaw`UPDATE emails SET next_attempt_at = now() - interval '1 second' WHERE next_attempt_at IS NOT NULL`;

describe("an e-mail", () => {
  it("reaches the mail server once, even if ten workers get its job at the same time", async () => {
    const id = await write({ text: "Grüße\n.\n..dots\n" });
    await Promise.all(Array.from({ length: 10 }, () => work(id)));
    await work(id);
    expect(server.received).toHaveLength(1);
    expect(server.received[0]).toMatchObject({ from: "pareidolia@lab.example", to: ["grace@lab.example"] });
    expect(server.received[0]?.headers).toEqual(
      expect.arrayContaining([
        "From: Pareidolia <pareidolia@lab.example>",
        "To: grace@lab.example",
        "Subject: Hello",
        `Message-ID: <${id}@lab.example>`,
        "Auto-Submitted: auto-generated",
      ]),
    );
    expect(Buffer.from(server.received[0]?.body ?? "", "latin1").toString()).toBe("Grüße\n.\n..dots");
    expect(await read(id)).toMatchObject({ sentAt: expect.any(Date), nextAttemptAt: null, failure: null, attempts: 1 });
  });

  it("is sent with its secret, which is then deleted", async () => {
    const id = await write({ text: "For owners", sealedText: secret });
    await work(id);
    expect(server.received[0]?.body.trim()).toBe(secret);
    expect(await read(id)).toMatchObject({ text: "For owners", sealedText: null });
    expect(logged.join()).not.toContain(secret);
  });

  it.each([
    { to: "grace@lab.example\r\nBcc: eve@lab.example" },
    { to: "grace@lab.example>\r\nRCPT TO:<eve@lab.example" },
    { subject: "Hello\r\nBcc: eve@lab.example" },
    { subject: "Hello\nX-Injected: yes" },
    { to: "grace@lab.example, eve@lab.example" },
    { to: "<grace@lab.example>,eve@lab.example" },
  ])("cannot carry a header of its own or reach a second recipient: %j", async (email) => {
    const id = await write(email);
    await work(id);
    expect(server.received).toEqual([]);
    expect(await read(id)).toMatchObject({ sentAt: null, nextAttemptAt: null, failure: expect.stringContaining("not allowed") });
  });
});

describe("an e-mail that the server refuses", () => {
  it("is given up if the address does not exist, with the server's reason", async () => {
    server.answer("RCPT", "550 5.1.1 No such user\u0007 here");
    const id = await write({ sealedText: secret });
    await work(id);
    expect(await read(id)).toMatchObject({
      sentAt: null,
      nextAttemptAt: null,
      failure: "The mail server refused the address: 550 5.1.1 No such user here",
    });
  });

  it("is tried again after pauses that double up to an hour, and given up in the end", async () => {
    server.answer("RCPT", "451 Greylisted");
    const id = await write();
    const pauses: number[] = [];
    for (let pause: number | null = 0; pause !== null; ) {
      await makeDue();
      await work(id);
      pause = await pauseOf(id);
      if (pause !== null) pauses.push(Math.round(pause / 10) * 10);
    }
    expect(pauses.slice(0, 9)).toEqual([30, 60, 120, 240, 480, 960, 1920, 3600, 3600]);
    expect(pauses).toHaveLength(maxAttempts - 1);
    expect(await read(id)).toMatchObject({ attempts: maxAttempts, failure: "The mail server postponed the address: 451 Greylisted" });
    server.answer("RCPT", null);
    expect(await sendAgain(database.connection, id)).toBe(true);
    await work(id);
    expect(await read(id)).toMatchObject({ sentAt: expect.any(Date), attempts: 1, failure: null });
    expect(await sendAgain(database.connection, id)).toBe(false);
  });

  it("keeps its secret for the next attempt, and is not tried before its time", async () => {
    server.answer("CONTENT", "452 Full");
    const id = await write({ sealedText: secret });
    await work(id);
    await work(id);
    expect(await read(id)).toMatchObject({
      attempts: 1,
      sealedText: secret,
      failure: "The mail server did not accept the e-mail (code 452).",
    });
  });

  it("tells owners nothing about the server when it cannot be reached or rejects the password", async () => {
    const failures: (string | null)[] = [];
    for (const using of [mailerWith(server.port, { ...credentials, password: "wrong" }), mailerWith(1)]) {
      const id = await write();
      await work(id, using);
      failures.push((await read(id)).failure);
    }
    server.answer("EHLO", "hang up");
    const id = await write();
    await work(id);
    failures.push((await read(id)).failure);
    for (const failure of failures) expect(failure).toMatch(/^The mail server could not be reached, or refused to work with Pareidolia\./);
    expect(JSON.stringify(failures)).not.toMatch(/127\.0\.0\.1|sender|wrong|535/);
    expect((await findDueEmails(database.connection)).length).toBe(0);
    expect(await pauseOf(id)).toBeGreaterThan(0);
  });
});

describe("without a mail server", () => {
  it("an e-mail is kept once in a file for the operator only, never in a log, and its secret is deleted", async () => {
    const id = await write({ workspaceId: null, text: "", sealedText: secret });
    await work(id, null);
    await work(id, null);
    const text = readFileSync(unsentFile, "utf8");
    expect(text.split(secret)).toHaveLength(2);
    expect(text).toContain("grace@lab.example");
    expect([statSync(unsentFile), statSync(path.dirname(unsentFile))].map(({ mode }) => mode & 0o777)).toEqual([0o600, 0o700]);
    expect(logged.join("\n")).not.toMatch(/secret|grace/);
    expect(await read(id)).toMatchObject({ sentAt: null, nextAttemptAt: null, failure: null, sealedText: null });
  });

  it("an e-mail keeps its secret until the file can be written", async () => {
    const id = await write({ workspaceId: null, text: "", sealedText: secret });
    mkdirSync(unsentFile, { recursive: true });
    await work(id, null);
    expect(await read(id)).toMatchObject({ sentAt: null, failure: expect.stringContaining("could not be written"), sealedText: secret });
    expect(logged.join("\n")).not.toMatch(/secret|grace/);
  });
});

describe("a running worker", () => {
  it("sends e-mails that are written to the outbox", async () => {
    const folder = mkdtempSync(path.join(tmpdir(), "pareidolia-emails-"));
    const worker = await startWorker({
      databaseUrl: testDatabase.url,
      objectStore: openFolderStore({ folder }),
      loadClassifier: async () => createLinearClassifier({ input: { width: 8, height: 8, channels: 1 }, classes: 5 }),
      engine: "test",
      samplePhotos: false,
      cacheFolder: folder,
      threads: 1,
      checkpointSeconds: 1,
      leaseSeconds: 10,
      mailer,
      log,
    });
    try {
      const id = await write();
      await server.waitFor(1);
      await expect.poll(async () => (await read(id)).sentAt, { timeout: 20_000 }).not.toBeNull();
      expect(server.received).toHaveLength(1);
    } finally {
      await worker.close();
      rmSync(folder, { recursive: true });
    }
  });
});

describe("recovery", () => {
  it("queues the e-mails that are due, and neither those that are sent nor those that wait", async () => {
    const queue = await openQueue({ url: testDatabase.url });
    try {
      const [due, sent, postponed] = [await write(), await write(), await write()];
      await work(sent);
      server.answer("RCPT", "451 Greylisted");
      await work(postponed);
      for (let i = 0; i < 2; i++) await recoverOnce({ database, queue, leaseSeconds: 10, onAlarm: () => undefined });
      const jobs = await database.connection.$queryRaw<{ data: unknown }[]>`SELECT data FROM pareidolia_jobs.job WHERE name = 'sendEmail'`;
      expect(jobs).toEqual([{ data: { emailId: due } }]);
    } finally {
      await queue.close();
    }
  });
});

/** The database budget of one request, and what happens to statements that exceed it. */
import { type Connection, type Database, openDatabase } from "@pareidolia/persistence/server/database/database";
import { StatementBudget, withStatementBudget } from "@pareidolia/persistence/server/database/statementBudget";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createTestDatabase, type TestDatabase } from "../../support/database.ts";

let testDatabase: TestDatabase;
let database: Database;
/** Waits for locks longer than heavy statements may run. */
let patient: Database;

beforeAll(async () => {
  testDatabase = await createTestDatabase();
  database = await openDatabase(testDatabase.url, { answerWithinSeconds: 1 });
  patient = await openDatabase(testDatabase.url, { lockSeconds: 60 });
});
afterAll(async () => {
  await Promise.all([database.close(), patient.close()]);
  await testDatabase.drop();
});

const one = (connection: Connection) => connection.$queryRaw`SELECT 1 AS one`;
const pause = (connection: Connection, seconds: number) => connection.$queryRaw`SELECT 1 AS one FROM pg_sleep(${seconds})`;
const budgetOf = (statements: number, seconds: number) => new StatementBudget({ statements, seconds });

describe("a request's budget", () => {
  it("stops the first statement beyond its count, on any connection and in transactions", async () => {
    await withStatementBudget(budgetOf(4, 10), async () => {
      await one(database.connection);
      await database.connection.run.count();
      await one(database.heavy);
      await database.transaction(({ connection }) => one(connection));
      await expect(one(database.connection)).rejects.toMatchObject({
        code: "TOO_EXPENSIVE",
        message: "This query is too expensive: it takes more than 4 database statements. Ask for fewer fields or rows, or split it.",
      });
    });
    await one(database.connection);
  });

  it("stops the next statement once the earlier ones have taken too much database time", async () => {
    await withStatementBudget(budgetOf(10, 0.5), async () => {
      await Promise.all([pause(database.connection, 0.3), pause(database.connection, 0.3)]);
      await one(database.connection);
      await pause(database.connection, 0.3);
      await expect(one(database.connection)).rejects.toMatchObject({
        code: "TOO_EXPENSIVE",
        message: expect.stringContaining("more than 0.5 s of database time"),
      });
    });
  });
});

describe("a heavy statement", () => {
  it("beyond its time limit fails as too expensive, and its connection stays usable", async () => {
    await expect(pause(database.heavy, 3)).rejects.toMatchObject({
      code: "TOO_EXPENSIVE",
      message: "This query is too expensive: the database stopped it at the time limit. Narrow its filter, or leave out exact counts.",
    });
    await one(database.heavy);
  });

  it("waits for a connection without delaying counts or pages", async () => {
    // Statement i ends when the test releases lock i, and not after a time that a busy machine may take for a page.
    const locks = [0, 1, 2, 3];
    // Opens all connections.
    await Promise.all([patient.connection, patient.heavy, patient.heavy, patient.counting, patient.counting].map(one));
    const ended: string[] = [];
    const record = async (name: string, work: Promise<unknown>): Promise<void> => {
      await work;
      ended.push(name);
    };
    const heavy = await patient.transaction(async ({ connection }) => {
      for (const lock of locks) await connection.$queryRaw`SELECT 1 AS one FROM pg_advisory_xact_lock(${lock}::bigint)`;
      const running = locks.map((lock) =>
        record(`heavy ${lock}`, patient.heavy.$queryRaw`SELECT 1 AS one FROM pg_advisory_xact_lock(${lock}::bigint)`),
      );
      const waiting = async () => {
        const rows = await connection.$queryRaw<{ lock: number }[]>`
          SELECT objid::int AS lock FROM pg_locks JOIN pg_database d ON d.oid = database
          WHERE locktype = 'advisory' AND NOT granted AND datname = current_database() ORDER BY objid`;
        return rows.map(({ lock }) => lock);
      };
      await expect.poll(waiting, { timeout: 4_000, interval: 10 }).toEqual([0, 1]);
      await Promise.all([record("page", one(patient.connection)), record("count", one(patient.counting))]);
      expect(await waiting()).toEqual([0, 1]);
      return running;
    });
    await Promise.all(heavy);
    expect(new Set(ended.slice(0, 2))).toEqual(new Set(["page", "count"]));
    expect(new Set(ended.slice(2))).toEqual(new Set(locks.map((lock) => `heavy ${lock}`)));
  });

  it("that waits too long for a connection is refused", async () => {
    const running = Array.from({ length: 30 }, () => pause(database.heavy, 0.5).catch((error: unknown) => error));
    const answers = await Promise.all(running);
    const refused = answers.filter((answer) => answer instanceof Error);
    expect(refused.length).toBeGreaterThan(0);
    expect(answers[0]).not.toBeInstanceOf(Error);
    for (const error of refused)
      expect(error).toMatchObject({
        code: "TOO_EXPENSIVE",
        message:
          "This query is too expensive to run now: other expensive queries are still running. Try again in a few seconds, or leave out exact counts.",
      });
  });
});

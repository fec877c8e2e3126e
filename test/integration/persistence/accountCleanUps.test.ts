/** Clean-ups of what accounts leave behind, on a real database: expired rows go after their grace period, and those in use stay. */

import { codes } from "@pareidolia/persistence/access/cleanUps/codes";
import { deviceLogins } from "@pareidolia/persistence/access/cleanUps/deviceLogins";
import { emailVerifications } from "@pareidolia/persistence/access/cleanUps/emailVerifications";
import { ownerLinks } from "@pareidolia/persistence/access/cleanUps/ownerLinks";
import { sessions } from "@pareidolia/persistence/access/cleanUps/sessions";
import { cleanUps } from "@pareidolia/persistence/cleanUps/registry";
import type { CleanUp } from "@pareidolia/persistence/server/cleanUps/cleanUp";
import { rateLimits } from "@pareidolia/persistence/server/cleanUps/rateLimits";
import { type Database, openDatabase } from "@pareidolia/persistence/server/database/database";
import type { ObjectStore } from "@pareidolia/persistence/server/objectStores/objectStore";
import { emails } from "@pareidolia/persistence/workspace/cleanUps/emails";
import { invitations } from "@pareidolia/persistence/workspace/cleanUps/invitations";
import { localWorkspaceId, seedLocalOwner } from "@pareidolia/persistence/workspace/workspaces/localWorkspace";
import { afterEach, beforeEach, expect, it } from "vitest";
import { createTestDatabase, type TestDatabase } from "../../support/database.ts";

let testDatabase: TestDatabase;
let database: Database;
beforeEach(async () => {
  testDatabase = await createTestDatabase();
  database = await openDatabase(testDatabase.url);
  await seedLocalOwner(database.connection);
});
afterEach(async () => {
  await database.close();
  await testDatabase.drop();
});

const cleanUp = ({ cleanUp: run }: CleanUp, dryRun = false) =>
  run({ database, objectStore: {} as ObjectStore, dryRun, signal: new AbortController().signal });

interface Case {
  readonly cleanUp: CleanUp;
  /** Adds a row that expired, was sent or was last counted `seconds` ago (in the future if negative). */
  readonly add: (id: string, seconds: number) => Promise<unknown>;
  readonly list: () => Promise<string[]>;
}

const at = (seconds: number): Date => new Date(Date.now() - seconds * 1000);
const ids = <Key extends string>(rows: readonly Record<Key, string>[], key: Key): string[] => rows.map((row) => row[key]).sort();
const workspaceId = localWorkspaceId;
const createUser = (id: string) => database.connection.user.create({ data: { id, name: id, email: `${id}@pareidolia.example` } });

const cases: Readonly<Record<string, Case>> = {
  sessions: {
    cleanUp: sessions,
    add: async (id, seconds) => {
      await createUser(id);
      await database.connection.session.create({ data: { id, userId: id, token: id, expiresAt: at(seconds) } });
    },
    list: async () => ids(await database.connection.session.findMany(), "id"),
  },
  codes: {
    cleanUp: codes,
    add: (id, seconds) => database.connection.verification.create({ data: { id, identifier: id, value: id, expiresAt: at(seconds) } }),
    list: async () => ids(await database.connection.verification.findMany(), "id"),
  },
  "e-mail verifications": {
    cleanUp: emailVerifications,
    add: async (id, seconds) => {
      await createUser(id);
      await database.connection.emailVerification.create({ data: { userId: id, tokenHash: id, email: id, expiresAt: at(seconds) } });
    },
    list: async () => ids(await database.connection.emailVerification.findMany(), "userId"),
  },
  "owner links": {
    cleanUp: ownerLinks,
    add: async (id, seconds) => {
      await database.connection.workspace.create({ data: { id, name: id, slug: id } });
      await database.connection.ownerLink.create({ data: { workspaceId: id, tokenHash: id, expiresAt: at(seconds) } });
    },
    list: async () => ids(await database.connection.ownerLink.findMany(), "workspaceId"),
  },
  "codes of programs": {
    cleanUp: deviceLogins,
    add: (id, seconds) =>
      database.connection.deviceLogin.create({
        data: { deviceCodeHash: id, userCodeHash: id, clientName: id, clientAddress: "", keyDays: 1, expiresAt: at(seconds) },
      }),
    list: async () => ids(await database.connection.deviceLogin.findMany(), "deviceCodeHash"),
  },
  invitations: {
    cleanUp: invitations,
    add: (id, seconds) =>
      database.connection.invitation.create({
        data: { id, workspaceId, email: id, role: "VIEWER", tokenHash: id, expiresAt: at(seconds) },
      }),
    list: async () => ids(await database.connection.invitation.findMany(), "id"),
  },
  "counts of attempts": {
    cleanUp: rateLimits,
    add: (id, seconds) => database.connection.rateLimit.create({ data: { key: id, attempts: 1, windowStartedAt: at(seconds) } }),
    list: async () => ids(await database.connection.rateLimit.findMany(), "key"),
  },
  "e-mails": {
    cleanUp: emails,
    add: (id, seconds) =>
      database.connection.email.create({
        data: { id, workspaceId, to: id, subject: "", text: "", sentAt: at(seconds), nextAttemptAt: null, createdAt: at(seconds) },
      }),
    list: async () => ids(await database.connection.email.findMany(), "id"),
  },
};

it.each(Object.entries(cases))(
  "%s are removed after their grace period, and a dry run only counts them",
  async (_, { cleanUp: one, add, list }) => {
    expect(cleanUps).toContain(one);
    const { graceSeconds } = one;
    await add("old", graceSeconds + 60);
    await add("recent", graceSeconds - 60);
    await add("valid", -60);
    expect((await cleanUp(one, true)).removed.count).toBe(1);
    expect(await list()).toEqual(["old", "recent", "valid"]);
    expect((await cleanUp(one)).removed.count).toBe(1);
    expect(await list()).toEqual(["recent", "valid"]);
  },
);

it("an e-mail that still waits to be sent is kept, however old it is", async () => {
  const old = at(90 * 24 * 60 * 60);
  const email = { workspaceId: null, to: "", subject: "", text: "", createdAt: old };
  await database.connection.email.create({ data: { ...email, id: "waiting", nextAttemptAt: old } });
  await database.connection.email.create({ data: { ...email, id: "failed", failure: "Refused", nextAttemptAt: null } });
  await cleanUp(emails);
  expect(ids(await database.connection.email.findMany(), "id")).toEqual(["waiting"]);
});

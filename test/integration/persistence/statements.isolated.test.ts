/** Prepares every raw SQL statement against the migrated tables, so that a wrong table, column, type or syntax fails here. */
import type * as client from "@pareidolia/persistence/generated/client";
import { beforeAll, describe, expect, it, vi } from "vitest";
import { createTestDatabase } from "../../support/database.ts";
import { withClient } from "../../support/postgresServer.ts";
import { findSql, listSources } from "../../support/sqlTemplates.ts";
import { statementCases } from "../../support/statementCases.ts";
import { type Recorded, recordingTransaction } from "../../support/statementRecorder.ts";

vi.mock("@pareidolia/persistence/generated/client", async (importOriginal) => {
  const original = await importOriginal<typeof client>();
  const { rememberTemplates } = await import("../../support/statementRecorder.ts");
  return { ...original, Prisma: rememberTemplates(original.Prisma) };
});

const recorded: Recorded = { statements: new Set(), templates: new Set() };

/** Calls that send text known only at run time, with the test that executes it. */
const executedElsewhere: Readonly<Record<string, string>> = {
  "packages/persistence/src/server/database/advisoryLock.ts": "cleanUps.test.ts",
  "packages/persistence/src/server/database/applicationRole.ts": "applicationRole.test.ts",
  "packages/persistence/src/server/database/database.ts": "the queue's own statements: test/integration/jobs",
  "packages/persistence/src/server/database/migrations.ts": "migrations.test.ts",
  "packages/persistence/src/server/database/notifications.ts": "notifications.test.ts",
};

function byText<T>(items: Iterable<T>, stringsOf: (item: T) => readonly string[]): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const text = stringsOf(item).join("$");
    groups.set(text, [...(groups.get(text) ?? []), item]);
  }
  return groups;
}

/**
 * PREPARE takes the statement of a cursor, and none that moves or closes one, or discards plans: exports.test.ts and restoringPlans.test.ts
 * execute those.
 */
function preparable(text: string): string {
  if (/^\s*(FETCH|CLOSE|DISCARD) /.test(text)) return "";
  return text.replace(/^\s*DECLARE \w+ NO SCROLL CURSOR FOR/, "");
}

beforeAll(async () => {
  for (const { rows = [], call } of statementCases) {
    const transaction = recordingTransaction(recorded, rows);
    await call(transaction.connection, transaction);
  }
});

describe("raw SQL", () => {
  it("is valid for the migrated tables", async () => {
    const database = await createTestDatabase();
    const failures = await withClient(database.url, async (connection) => {
      const found: string[] = [];
      for (const [index, text] of [...recorded.statements]
        .map(preparable)
        .filter((statement) => statement !== "")
        .entries())
        await connection.query(`PREPARE statement_${index} AS ${text}`).catch((error: Error) => found.push(`${error.message}: ${text}`));
      return found;
    });
    await database.drop();
    expect(failures).toEqual([]);
    expect(recorded.statements.size).toBeGreaterThan(100);
  });

  it("is prepared above, template by template", () => {
    const { templates } = findSql(listSources(["packages/persistence/src"]));
    const prepared = byText(recorded.templates, (strings) => strings);
    const missing = [...byText(templates, ({ strings }) => strings)].flatMap(([text, places]) =>
      places.length > (prepared.get(text)?.length ?? 0) ? places.map(({ place }) => place) : [],
    );
    expect(missing).toEqual([]);
    expect(templates.length).toBeGreaterThan(200);
  });

  it("is written as a template wherever it is sent", () => {
    const { otherCalls } = findSql(listSources(["packages/persistence/src"]));
    expect([...new Set(otherCalls.map(({ file }) => file))].sort()).toEqual(Object.keys(executedElsewhere));
  });

  it("is sent by persistence alone", () => {
    const elsewhere = listSources(["packages", "apps", "workers"]).filter((file) => !file.startsWith("packages/persistence/"));
    const { templates, otherCalls } = findSql(elsewhere);
    expect(templates).toEqual([]);
    expect(otherCalls.filter(({ method }) => method.startsWith("$"))).toEqual([]);
  });
});

/** Trials without an answer that earlier versions stored: the migration tells those whose time ended from those that voters skipped. */
import { migrate } from "@pareidolia/persistence/server/database/migrations";
import { expect, it } from "vitest";
import { createDatabaseBefore } from "../../support/earlierDatabase.ts";
import { withClient } from "../../support/postgresServer.ts";

const planWith = (...phases: readonly object[]): string =>
  JSON.stringify({ rules: { design: { phases: phases.map((timing) => ({ timing })) } } });

const limited = planWith({ imageMs: 0, maskMs: 0, answerMs: 2500 });
const flashing = planWith({ imageMs: 63, maskMs: 100, answerMs: 2500 });
const unlimited = planWith({ imageMs: 0, maskMs: 0, answerMs: 0 });

interface Stored {
  readonly id: string;
  readonly plan: string;
  readonly still?: boolean;
  readonly answer?: string;
  readonly responseMs: number | null;
  readonly timing?: object;
  readonly timedOut: boolean;
}

const shown = { shownMs: 66.7, maskMs: 100 };
const votes: readonly Stored[] = [
  { id: "over", plan: limited, responseMs: 2508, timedOut: true },
  { id: "early", plan: limited, responseMs: 900, timedOut: false },
  { id: "answered", plan: limited, answer: '{"choice": 1}', responseMs: 2600, timedOut: false },
  { id: "unrecorded", plan: limited, responseMs: null, timedOut: false },
  { id: "flashed", plan: flashing, responseMs: 2670, timing: shown, timedOut: true },
  { id: "skipped", plan: flashing, responseMs: 2600, timing: shown, timedOut: false },
  { id: "still", plan: flashing, still: true, responseMs: 9000, timing: shown, timedOut: false },
  { id: "free", plan: unlimited, responseMs: 90_000, timedOut: false },
];

it("tells stored time-outs from skips by the plan's limit and the response time, and has results computed again", async () => {
  const database = await createDatabaseBefore("timed_out_trials");
  try {
    await withClient(database.url, async (client) => {
      // Only these columns matter: foreign keys and other checks of rows are those of earlier tests.
      await client.query("SET session_replication_role = replica");
      for (const [number, { id, plan, still = false, answer = null, responseMs, timing = null }] of votes.entries()) {
        await insert(client, "studies", {
          id,
          number,
          state: "OPEN",
          opened_at: new Date(0),
          plan_text: plan,
          plan_hash: "0".repeat(64),
          access: "MEMBERS",
        });
        await insert(client, "study_voters", { id, study_id: id, number, still });
        await insert(client, "votes", { voter_id: id, study_id: id, trial: 0, answer, response_ms: responseMs, timing });
      }
    });
    await migrate(database.url);
    await withClient(database.url, async (client) => {
      const { rows } = await client.query<{ id: string; timed_out: boolean }>("SELECT study_id AS id, timed_out FROM votes");
      expect(Object.fromEntries(rows.map(({ id, timed_out }) => [id, timed_out]))).toEqual(
        Object.fromEntries(votes.map(({ id, timedOut }) => [id, timedOut])),
      );
      await expect(client.query("UPDATE votes SET timed_out = true WHERE study_id = 'answered'")).rejects.toThrow(
        "timed_out_without_answer",
      );
    });
  } finally {
    await database.drop();
  }
});

type Client = Parameters<Parameters<typeof withClient>[1]>[0];

/** Columns that are not given and have no default get a value of their type. */
async function insert(client: Client, table: string, given: Readonly<Record<string, unknown>>): Promise<void> {
  const { rows } = await client.query<{ name: string; type: string; kind: string }>(
    `SELECT column_name AS name, udt_name AS type, data_type AS kind FROM information_schema.columns
     WHERE table_schema = 'public' AND table_name = $1 AND is_nullable = 'NO' AND column_default IS NULL`,
    [table],
  );
  const values: Record<string, unknown> = { ...given };
  for (const { name, type, kind } of rows) if (!(name in values)) values[name] = await anyValue(client, type, kind);
  const names = Object.keys(values);
  await client.query(
    `INSERT INTO ${table} (${names.join(", ")}) VALUES (${names.map((_, index) => `$${index + 1}`).join(", ")})`,
    Object.values(values).map((value) =>
      typeof value === "object" && value !== null && !(value instanceof Date) ? JSON.stringify(value) : value,
    ),
  );
}

async function anyValue(client: Client, type: string, kind: string): Promise<unknown> {
  if (kind === "USER-DEFINED") {
    const { rows } = await client.query<{ value: string }>(
      `SELECT enumlabel AS value FROM pg_enum WHERE enumtypid = $1::regtype ORDER BY enumsortorder LIMIT 1`,
      [`"${type}"`],
    );
    return rows[0]?.value;
  }
  if (kind === "ARRAY") return "{}";
  const values: Readonly<Record<string, unknown>> = { text: "x", int4: 1, bool: false, jsonb: "{}", timestamptz: new Date(0), float8: 1 };
  return values[type] ?? "1";
}

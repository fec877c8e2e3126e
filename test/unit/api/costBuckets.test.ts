/** Costs that are counted in memory: a decision of the database must not overtake the statement that writes them. */
import { CostBuckets } from "@pareidolia/api/limits/costBuckets";
import type { Actor } from "@pareidolia/core/actor";
import type { Database } from "@pareidolia/persistence/server/database/database";
import { pino } from "pino";
import { expect, it } from "vitest";

const actor = { userId: "user" } as Actor;

/** A database whose statements are answered one by one, by the test. */
function heldDatabase() {
  const held: ((row: { level: number; accepted: boolean }) => void)[] = [];
  const $queryRaw = () => new Promise((resolve) => held.push((row) => resolve([row])));
  return { held, database: { connection: { $queryRaw } } as unknown as Database };
}

it("no operation is decided while accepted costs are on their way to the database", async () => {
  const { held, database } = heldDatabase();
  const buckets = new CostBuckets({
    database,
    limit: { limit: 100, drainPerSecond: 0.001 },
    logger: pino({ enabled: false }),
    secret: null,
  });
  const first = buckets.charge(actor, 20);
  held[0]?.({ level: 20, accepted: true });
  await first;
  expect((await buckets.charge(actor, 25)).accepted).toBe(true);
  const deciding = [buckets.charge(actor, 25), buckets.charge(actor, 25), buckets.charge(actor, 25)];
  await Promise.resolve();
  expect(held).toHaveLength(2);
  held[1]?.({ level: 70, accepted: true });
  await deciding[0];
  await Promise.resolve();
  expect(held).toHaveLength(4);
  held[2]?.({ level: 95, accepted: true });
  held[3]?.({ level: 95, accepted: false });
  expect((await Promise.all(deciding)).map(({ accepted }) => accepted)).toEqual([true, true, false]);
  await buckets.close();
});

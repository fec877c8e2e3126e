/** Notifications of ended runs that earlier versions stored: the migration makes those of succeeded and of cancelled runs two kinds. */
import { migrate } from "@pareidolia/persistence/server/database/migrations";
import { expect, it } from "vitest";
import { createDatabaseBefore } from "../../support/earlierDatabase.ts";
import { withClient } from "../../support/postgresServer.ts";

const ended = ["RUN_ENDED", "SWEEP_RUN_ENDED"];

it("tells succeeded runs from cancelled ones, for members and webhooks that chose ended runs", async () => {
  const database = await createDatabaseBefore("cancelled_runs");
  try {
    await withClient(database.url, async (client) => {
      // Only these columns matter.
      await client.query("SET session_replication_role = replica");
      await client.query("INSERT INTO workspaces (id, name, slug) VALUES ('w', 'W', 'w')");
      await client.query("INSERT INTO memberships (id, workspace_id, user_id, role) VALUES ('m', 'w', 'u', 'OWNER')");
      for (const kind of ended) {
        for (const detail of ["", "Cancelled."]) {
          const id = `${kind} ${detail}`;
          await client.query(
            "INSERT INTO notifications (id, workspace_id, user_id, kind, event, detail, shown) VALUES ($1, 'w', 'u', $2, $1, $3, true)",
            [id, kind, detail],
          );
          await client.query("INSERT INTO webhook_deliveries (id, webhook_id, event, kind, facts) VALUES ($1, 'h', $1, $2, $3)", [
            id,
            kind,
            { run: "r", detail },
          ]);
        }
        await client.query("INSERT INTO notification_choices VALUES ('w', 'u', $1, true, false, true)", [kind]);
      }
      const failed = ["RUN_FAILED", "Out of memory."];
      await client.query(
        "INSERT INTO notifications (id, workspace_id, user_id, kind, event, detail, shown) VALUES ('f', 'w', 'u', $1, 'f', $2, true)",
        failed,
      );
      for (const [id, kinds] of Object.entries({ both: ["RUN_FAILED", ...ended], one: ["SWEEP_RUN_ENDED"], none: ["RUN_FAILED"] }))
        await client.query(
          "INSERT INTO webhooks (id, workspace_id, name, url, kinds, secret) VALUES ($1, 'w', $1, 'https://a.example', $2, 's')",
          [id, kinds],
        );
    });
    await migrate(database.url);
    await withClient(database.url, async (client) => {
      const read = async (sql: string): Promise<string[]> =>
        (await client.query<{ row: string }>(`SELECT ${sql} ORDER BY row`)).rows.map(({ row }) => row);
      const all = ["RUN_CANCELLED", "RUN_SUCCEEDED", "SWEEP_RUN_CANCELLED", "SWEEP_RUN_SUCCEEDED"];
      expect(await read("concat_ws(': ', kind, nullif(detail, '')) AS row FROM notifications")).toEqual(
        ["RUN_FAILED: Out of memory.", ...all].toSorted(),
      );
      expect(await read("kind || (facts ->> 'detail') AS row FROM webhook_deliveries")).toEqual(all);
      expect(await read("concat_ws(' ', kind, product, email, webhook) AS row FROM notification_choices")).toEqual(
        all.map((kind) => `${kind} t f t`),
      );
      expect(await read("concat_ws(': ', id, array_to_string(kinds, ' ')) AS row FROM webhooks")).toEqual([
        "both: RUN_FAILED RUN_SUCCEEDED SWEEP_RUN_SUCCEEDED RUN_CANCELLED SWEEP_RUN_CANCELLED",
        "none: RUN_FAILED",
        "one: SWEEP_RUN_SUCCEEDED SWEEP_RUN_CANCELLED",
      ]);
    });
  } finally {
    await database.drop();
  }
});

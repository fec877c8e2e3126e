/** `pareidolia admin audit`: the audit log as a table or CSV, and the check of its hash chain. */
import { csvLine } from "@pareidolia/core/csv";
import type { Command } from "commander";
import { type AuditRow, type AuditVerified, auditEntries, auditVerification, type PageOf } from "../adminDocuments.ts";
import { type CommandHost, examples } from "../commandHost.ts";
import type { Context } from "../context.ts";
import { CliError } from "../failure.ts";
import { formatCount, formatTime } from "../output/numbers.ts";
import { drawTable } from "../output/table.ts";
import { readAll } from "../readAll.ts";
import { readTime } from "../readTime.ts";
import { readLimit } from "./query.ts";
import { withoutUndefined } from "./runInput.ts";

interface AuditOptions {
  readonly search?: string;
  readonly since?: string;
  readonly limit: number;
  readonly csv?: boolean;
  readonly verify?: boolean;
}

const csvColumns = ["sequence", "at", "userName", "keyPrefix", "clientAddress", "action", "subjectType", "subjectName", "hash"] as const;

async function verify(context: Context): Promise<void> {
  const bar = context.progress("Verifying the audit log");
  let after: string | null = null;
  try {
    for (;;) {
      const { entries, next, brokenSequence, brokenReason }: AuditVerified["auditVerification"] = (
        await context.client.query<AuditVerified>(auditVerification, { after }, { signal: context.terminal.signal })
      ).auditVerification;
      if (brokenSequence !== null)
        throw new CliError("failed", `Entry ${brokenSequence} of the audit log is not intact: ${brokenReason ?? "its hash is wrong"}`);
      if (next === null) {
        bar.end();
        return await context.print({ json: { entries, intact: true }, text: () => `All ${formatCount(entries)} entries are intact.\n` });
      }
      bar.show(null, `${formatCount(entries)} entries`);
      after = next;
    }
  } finally {
    bar.end();
  }
}

async function audit(context: Context, options: AuditOptions): Promise<void> {
  if (options.verify === true) return verify(context);
  const filter = withoutUndefined({ search: options.search, from: options.since });
  const first = Math.min(100, options.limit);
  const rows = await readAll(
    async (after) =>
      (
        await context.client.query<{ auditEntries: PageOf<AuditRow> }>(
          auditEntries,
          { filter, first, after },
          { signal: context.terminal.signal },
        )
      ).auditEntries,
    options.limit,
  );
  if (options.csv === true) {
    const lines = rows.map((row) => csvLine(csvColumns.map((column) => String(row[column] ?? ""))));
    context.write([csvLine(csvColumns), ...lines].join(""));
    return;
  }
  await context.print({
    json: rows,
    text: () =>
      rows.length === 0
        ? "No entries.\n"
        : drawTable(
            rows,
            [
              { title: "No", value: ({ sequence }) => String(sequence), isNumber: true },
              { title: "Time", value: ({ at }) => formatTime(at) },
              { title: "Who", value: ({ userName, keyPrefix }) => `${userName ?? "-"}${keyPrefix === null ? "" : ` (${keyPrefix}…)`}` },
              { title: "Action", value: ({ action }) => action },
              { title: "What", value: ({ subjectType, subjectName }) => `${subjectType} ${subjectName ?? ""}`.trim() },
              { title: "From", value: ({ clientAddress }) => clientAddress ?? "-" },
            ],
            context.tableWidth,
          ),
  });
}

export function addAudit(parent: Command, { run }: CommandHost): void {
  parent
    .command("audit")
    .description("Read the audit log, the latest entries first, or verify its hash chain.")
    .option("--search <text>", "only entries with this text, such as a name or an action")
    .option("--since <date>", "only entries from this date on", readTime)
    .option("--limit <count>", "number of entries, or all", readLimit, 50)
    .option("--csv", "print CSV")
    .option("--verify", "check the hash of every entry")
    .addHelpText(
      "after",
      examples(
        "admin audit --search grace@lab.example",
        "admin audit --since 2026-11-01 --limit all --csv > audit.csv",
        "admin audit --verify",
      ),
    )
    .action(run<AuditOptions>(audit));
}

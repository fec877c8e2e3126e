"use client";
/** A list of exports, with their cancelling and deleting. */
import { useState } from "react";
import { toast } from "sonner";
import { useMutation } from "urql";
import { CancelExportDocument, DeleteExportDocument, type ExportOnPageFragment } from "../../graphql/generated/graphql.ts";
import { useDataTools } from "../marks/DataTools.tsx";
import { mutationProblem } from "../marks/mutationProblem.ts";
import { ExportEntry } from "./ExportEntry.tsx";
import styles from "./Exports.module.css";
import { nameOfSubject } from "./exportTexts.ts";

interface ExportListProps {
  readonly items: readonly ExportOnPageFragment[];
  readonly showsSubject?: boolean;
  /** The GraphQL query that loads them. */
  readonly query: string;
  readonly onChanged: () => void;
}

const columns = ["key", "subject", "state", "rows", "files", "bytes", "sha256", "same_content_as", "requested", "expires"];

export function ExportList({ items, showsSubject = false, query, onChanged }: ExportListProps) {
  const [busy, setBusy] = useState<string | null>(null);
  const [, sendCancel] = useMutation(CancelExportDocument);
  const [, sendDelete] = useMutation(DeleteExportDocument);
  const { toolbar, content } = useDataTools({
    name: "exports",
    columns,
    rows: () =>
      items.map((item) => [
        item.key,
        nameOfSubject(item),
        item.state,
        item.rowCount ?? null,
        item.fileCount ?? null,
        item.byteLength ?? null,
        item.sha256 ?? null,
        item.sameContentAs ?? null,
        item.createdAt,
        item.expiresAt ?? null,
      ]),
    query,
  });
  const perform = async (id: string, send: () => Promise<string | null>, done: string): Promise<void> => {
    setBusy(id);
    const problem = await send();
    setBusy(null);
    if (problem === null) toast(done);
    else toast.error(problem);
    onChanged();
  };
  const cancel = ({ id, key }: ExportOnPageFragment) =>
    perform(
      id,
      async () => {
        const { data, error } = await sendCancel({ input: { exportId: id } });
        return mutationProblem(data?.cancelExport, error);
      },
      `${key} is cancelled`,
    );
  const remove = ({ id, key }: ExportOnPageFragment) =>
    perform(
      id,
      async () => {
        const { data, error } = await sendDelete({ input: { exportId: id } });
        return mutationProblem(data?.deleteExport, error);
      },
      `${key} is deleted. Export again to get it back.`,
    );
  return (
    <>
      <div className={styles.tools}>{toolbar}</div>
      {content}
      <ol className={styles.list}>
        {items.map((item) => (
          <ExportEntry
            key={item.id}
            item={item}
            showsSubject={showsSubject}
            busy={busy === item.id}
            onCancel={() => void cancel(item)}
            onDelete={() => void remove(item)}
          />
        ))}
      </ol>
    </>
  );
}

"use client";
/** A list of exports, with their cancelling and deleting. */
import { useMutation } from "urql";
import { CancelExportDocument, DeleteExportDocument, type ExportOnPageFragment } from "../../graphql/generated/graphql.ts";
import downloadStyles from "../downloads/Downloads.module.css";
import { useJobChanges } from "../downloads/useJobChanges.ts";
import { mutationProblem } from "../marks/mutationProblem.ts";
import { WholeListTools } from "../marks/WholeListTools.tsx";
import { ExportEntry } from "./ExportEntry.tsx";
import { exportsFile } from "./exportTexts.ts";

interface ExportListProps {
  readonly items: readonly ExportOnPageFragment[];
  readonly showsSubject?: boolean;
  /** The GraphQL query that loads them. */
  readonly query: string;
  readonly onChanged: () => void;
}

export function ExportList({ items, showsSubject = false, query, onChanged }: ExportListProps) {
  const { busy, change } = useJobChanges(onChanged);
  const [, sendCancel] = useMutation(CancelExportDocument);
  const [, sendDelete] = useMutation(DeleteExportDocument);
  const cancel = ({ id, key }: ExportOnPageFragment) =>
    change({
      id,
      async send() {
        const { data, error } = await sendCancel({ input: { exportId: id } });
        return mutationProblem(data?.cancelExport, error);
      },
      done: `${key} is cancelled.`,
    });
  const remove = ({ id, key }: ExportOnPageFragment) =>
    change({
      id,
      async send() {
        const { data, error } = await sendDelete({ input: { exportId: id } });
        return mutationProblem(data?.deleteExport, error);
      },
      done: `${key} is deleted. Export again to get it back.`,
    });
  return (
    <>
      <WholeListTools name="exports" rows={items} columns={exportsFile} query={query} />
      <ol className={downloadStyles.list}>
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

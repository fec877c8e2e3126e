"use client";
/** The button of a run or an experiment that opens its exports, with the form for another one. */
import { useState } from "react";
import { useLiveQuery } from "../../graphql/client/useLiveQuery.ts";
import { type ExportSubject, SubjectExportsDocument, type SubjectExportsQuery } from "../../graphql/generated/graphql.ts";
import { isBeingMade } from "../downloads/DownloadEntry.tsx";
import { Button } from "../marks/Button.tsx";
import { Dialog } from "../marks/Dialog.tsx";
import { RequestError } from "../marks/ErrorState.tsx";
import { SkeletonLines } from "../marks/Skeleton.tsx";
import { ExportForm } from "./ExportForm.tsx";
import { ExportList } from "./ExportList.tsx";
import styles from "./Exports.module.css";
import { exportsQuery } from "./exportTexts.ts";

const fast = 1_000;
const slow = 10_000;

interface ExportButtonProps {
  readonly subject: Exclude<ExportSubject, "WORKSPACE">;
  readonly item: { readonly id: string; readonly key: string };
}

export function ExportButton({ subject, item }: ExportButtonProps) {
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button needs="startExport" onClick={() => setOpen(true)}>
        Export
      </Button>
      <Dialog title={`Export ${item.key}`} open={open} wide onClose={() => setOpen(false)}>
        <SubjectExports subject={subject} item={item} />
        <div className={styles.close}>
          <Button onClick={() => setOpen(false)}>Close</Button>
        </div>
      </Dialog>
    </>
  );
}

function SubjectExports({ subject, item }: ExportButtonProps) {
  const { data, error, refetch } = useLiveQuery({
    query: SubjectExportsDocument,
    variables: { id: item.id },
    requestPolicy: "cache-and-network",
    poll: (last) => (exportsOf(last)?.some(isBeingMade) ? fast : slow),
    retryAfter: slow,
  });
  const items = exportsOf(data);
  return (
    <div className={styles.dialog}>
      <p className="second">
        One ZIP archive with every row, and a manifest of counts and hashes. The same state gives the same bytes.
        {subject === "EXPERIMENT" ? " Runs in the trash are left out." : ""}
      </p>
      <ExportForm subject={subject} subjectId={item.id} onStarted={refetch} />
      {items === undefined ? (
        error ? (
          <RequestError message={error.message} onRetry={refetch} />
        ) : (
          <SkeletonLines count={2} height={56} />
        )
      ) : items.length === 0 ? (
        <p className="t12 muted">No exports of {item.key} in the last seven days.</p>
      ) : (
        <section aria-label={`Exports of ${item.key}`}>
          <ExportList
            items={items}
            query={exportsQuery({ type: subject === "RUN" ? "Run" : "Experiment", key: item.key })}
            onChanged={refetch}
          />
        </section>
      )}
    </div>
  );
}

function exportsOf(data: SubjectExportsQuery | undefined) {
  return data?.node != null && "exports" in data.node ? data.node.exports.nodes : undefined;
}

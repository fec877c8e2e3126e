"use client";
import { formatByteSize } from "@pareidolia/core/byteSize";
/** A bulk query in the list: how far it is, its file, its query on request, and what can be done with it. */
import { useId, useState } from "react";
import { toast } from "sonner";
import { useClient, useMutation } from "urql";
import {
  BulkFileDocument,
  type BulkQueryEntryFragment,
  CancelBulkQueryDocument,
  DeleteBulkQueryDocument,
  StartBulkQueryDocument,
} from "../../graphql/generated/graphql.ts";
import { Button } from "../marks/Button.tsx";
import { CopyButton } from "../marks/CopyButton.tsx";
import { mutationProblem } from "../marks/mutationProblem.ts";
import { RelativeTime } from "../marks/RelativeTime.tsx";
import { StateGlyph } from "../marks/StateGlyph.tsx";
import styles from "./BulkQueries.module.css";
import { describeProgress, formatLabels, isActive } from "./bulkTexts.ts";

export const bulkColumnCount = 4;

interface BulkQueryRowProps {
  readonly item: BulkQueryEntryFragment;
  onChanged(): void;
}

export function BulkQueryRow({ item, onChanged }: BulkQueryRowProps) {
  const { id, key, name, query, variables, format, state, failure, createdAt, file } = item;
  const [open, setOpen] = useState(false);
  const [busy, setBusy] = useState(false);
  const detailsId = useId();
  const client = useClient();
  const [, start] = useMutation(StartBulkQueryDocument);
  const [, cancel] = useMutation(CancelBulkQueryDocument);
  const [, remove] = useMutation(DeleteBulkQueryDocument);
  const perform = async (send: () => Promise<string | null>, done: string): Promise<void> => {
    setBusy(true);
    const problem = await send();
    setBusy(false);
    if (problem === null) toast(done);
    else toast.error(problem);
    onChanged();
  };
  const input = { bulkQueryId: id };
  const runAgain = () =>
    perform(async () => {
      const again = { query, variables, format, name: name === key ? null : name, idempotencyKey: crypto.randomUUID() };
      const { data, error } = await start({ input: again });
      return mutationProblem(data?.startBulkQuery, error);
    }, `${name} runs again.`);
  const download = async () => {
    // Each address works for an hour, so the click requests one.
    const { data } = await client.query(BulkFileDocument, { id }, { requestPolicy: "network-only" }).toPromise();
    const url = data?.node?.__typename === "BulkQuery" ? data.node.file?.url : undefined;
    if (url === undefined) toast.error("The file is gone. Run the bulk query again.");
    else window.location.assign(url);
  };
  return (
    <>
      <tr>
        <td>
          <span className={styles.name}>{name}</span>
          <span className="t12 muted">
            {name === key ? "" : `${key}, `}
            {formatLabels[format].label}, <RelativeTime time={createdAt} />
          </span>
          {failure == null ? null : <span className="fieldError">{failure}</span>}
        </td>
        <td>
          <StateGlyph state={state} />
        </td>
        <td>
          <span role={isActive(item) ? "status" : undefined}>{describeProgress(item)}</span>
          {file == null ? null : <span className="t12 muted"> {formatByteSize(file.byteLength)}</span>}
        </td>
        <td className={styles.actions}>
          {isActive(item) ? (
            <Button
              look="quiet"
              disabled={busy}
              onClick={() =>
                void perform(async () => {
                  const { data, error } = await cancel({ input });
                  return mutationProblem(data?.cancelBulkQuery, error);
                }, `${key} is cancelled.`)
              }
            >
              Cancel<span className="visuallyHidden"> {key}</span>
            </Button>
          ) : (
            <>
              {file == null ? null : (
                <Button onClick={() => void download()}>
                  Download<span className="visuallyHidden"> {key}</span>
                </Button>
              )}
              <Button look="quiet" disabled={busy} onClick={() => void runAgain()}>
                Run again<span className="visuallyHidden"> {key}</span>
              </Button>
              <Button
                look="quiet"
                disabled={busy}
                onClick={() =>
                  void perform(async () => {
                    const { data, error } = await remove({ input });
                    return mutationProblem(data?.deleteBulkQuery, error);
                  }, `${key} is deleted.`)
                }
              >
                Delete<span className="visuallyHidden"> {key}</span>
              </Button>
            </>
          )}
          <Button look="quiet" aria-expanded={open} aria-controls={detailsId} onClick={() => setOpen(!open)}>
            Query<span className="visuallyHidden"> of {key}</span>
          </Button>
        </td>
      </tr>
      {open ? (
        <tr id={detailsId}>
          <td colSpan={bulkColumnCount}>
            <pre className={styles.source}>{query}</pre>
            {Object.keys(variables ?? {}).length === 0 ? null : <pre className={styles.source}>{JSON.stringify(variables, null, 2)}</pre>}
            {file == null ? null : (
              <p className="t12">
                SHA-256 <code className={styles.hash}>{file.sha256}</code> <CopyButton text={file.sha256} label="Copy the hash" />
              </p>
            )}
          </td>
        </tr>
      ) : null}
    </>
  );
}

"use client";
/** A bulk query in the list: its progress, file, query and actions. */
import { toast } from "sonner";
import { useClient, useMutation } from "urql";
import {
  BulkFileDocument,
  type BulkQueryEntryFragment,
  CancelBulkQueryDocument,
  DeleteBulkQueryDocument,
  StartBulkQueryDocument,
} from "../../graphql/generated/graphql.ts";
import { DownloadEntry } from "../downloads/DownloadEntry.tsx";
import { useJobChanges } from "../downloads/useJobChanges.ts";
import { Button } from "../marks/Button.tsx";
import { mutationProblem } from "../marks/mutationProblem.ts";
import { RelativeTime } from "../marks/RelativeTime.tsx";
import { useAttemptKey } from "../marks/useAttemptKey.ts";
import styles from "./BulkQueries.module.css";
import { describeProgress, formatLabels } from "./bulkTexts.ts";

interface BulkQueryEntryProps {
  readonly item: BulkQueryEntryFragment;
  onChanged(): void;
}

export function BulkQueryEntry({ item, onChanged }: BulkQueryEntryProps) {
  const { id, key, name, query, variables, format, state, failure, createdAt, expiresAt, file } = item;
  const client = useClient();
  const { busy, change } = useJobChanges(onChanged);
  const [, start] = useMutation(StartBulkQueryDocument);
  const attempt = useAttemptKey();
  const [, cancel] = useMutation(CancelBulkQueryDocument);
  const [, remove] = useMutation(DeleteBulkQueryDocument);
  const input = { bulkQueryId: id };
  const runAgain = () =>
    change({
      id,
      async send() {
        const again = { query, variables, format, name: name === key ? null : name };
        const { data, error } = await start({ input: { ...again, idempotencyKey: attempt.of(again) } });
        if (data?.startBulkQuery !== undefined) attempt.forget();
        return mutationProblem(data?.startBulkQuery, error);
      },
      done: `${name} runs again.`,
    });
  const download = async () => {
    // An address works for an hour, so each click requests a new one.
    const { data } = await client.query(BulkFileDocument, { id }, { requestPolicy: "network-only" }).toPromise();
    const url = data?.node?.__typename === "BulkQuery" ? data.node.file?.url : undefined;
    if (url === undefined) toast.error("The file has been deleted. Run the bulk query again.");
    else window.location.assign(url);
  };
  const progress = describeProgress(item);
  return (
    <DownloadEntry
      label={`Bulk query ${key}`}
      name={key}
      title={
        <>
          <span className="n12">{key}</span>
          {name === key ? "" : ` ${name}`}
        </>
      }
      state={state}
      facts={
        <>
          {formatLabels[format].label}
          {state === "SUCCEEDED" ? `; ${progress}` : ""}; requested <RelativeTime time={createdAt} />
          {expiresAt == null ? null : `; deleted on ${new Date(expiresAt).toLocaleDateString("en-GB", { day: "numeric", month: "short" })}`}
        </>
      }
      failure={failure ?? null}
      progress={{ text: progress, share: null }}
      file={file == null ? null : { ...file, url: () => void download() }}
      busy={busy !== null}
      needs={{ cancel: "cancelBulkQuery", remove: "deleteBulkQuery" }}
      onCancel={() =>
        void change({
          id,
          async send() {
            const { data, error } = await cancel({ input });
            return mutationProblem(data?.cancelBulkQuery, error);
          },
          done: `${key} is cancelled.`,
        })
      }
      onDelete={() =>
        void change({
          id,
          async send() {
            const { data, error } = await remove({ input });
            return mutationProblem(data?.deleteBulkQuery, error);
          },
          done: `${key} is deleted.`,
        })
      }
      actions={
        <Button look="quiet" needs="startBulkQuery" disabled={busy !== null} onClick={() => void runAgain()}>
          Run again<span className="visuallyHidden"> {key}</span>
        </Button>
      }
      details={{
        title: "Query",
        content: (
          <>
            <pre className={styles.source}>{query}</pre>
            {Object.keys(variables ?? {}).length === 0 ? null : <pre className={styles.source}>{JSON.stringify(variables, null, 2)}</pre>}
          </>
        ),
      }}
    />
  );
}

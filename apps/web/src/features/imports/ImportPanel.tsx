"use client";
/** One import: its state, what it would make, the decision, its progress, and its report. */
import { useState } from "react";
import { toast } from "sonner";
import { useMutation } from "urql";
import { useLiveQuery } from "../../graphql/client/useLiveQuery.ts";
import { CancelImportDocument, ImportDocument, type ImportOnPageFragment, UndoImportDocument } from "../../graphql/generated/graphql.ts";
import { Button, ButtonLink } from "../marks/Button.tsx";
import { EmptyState } from "../marks/EmptyState.tsx";
import { RequestError } from "../marks/ErrorState.tsx";
import { Link } from "../marks/Link.tsx";
import { mutationProblem } from "../marks/mutationProblem.ts";
import { formatCount } from "../marks/numbers.ts";
import { ProgressTrack } from "../marks/ProgressTrack.tsx";
import { SkeletonLines } from "../marks/Skeleton.tsx";
import { ImportDecision, type ImportTarget } from "./ImportDecision.tsx";
import { ImportPreview, Notices } from "./ImportPreview.tsx";
import styles from "./Imports.module.css";
import { isOver, stateLabels } from "./importStates.ts";

interface ImportPanelProps {
  readonly id: string;
  readonly onChanged: () => void;
  readonly onClose: () => void;
}

const pollMilliseconds = 1_000;

/** Whether the import has ended and its report is loaded. The list of imports may show the final state earlier. */
function isComplete({ state, report }: ImportOnPageFragment): boolean {
  return isOver(state) && (state !== "SUCCEEDED" || report !== null);
}

export function ImportPanel({ id, onChanged, onClose }: ImportPanelProps) {
  const { data, error, notFound, refetch } = useLiveQuery({
    query: ImportDocument,
    variables: { id },
    isFound: ({ node }) => node?.__typename === "Import",
    poll: (latest) => (latest?.node?.__typename === "Import" && isComplete(latest.node) ? null : pollMilliseconds),
  });
  // Kept here, because the form closes while the file is read again after a change of its columns.
  const [target, setTarget] = useState<ImportTarget>({ experimentId: "", name: null, modelId: "" });
  const node = data?.node?.__typename === "Import" ? data.node : null;
  if (notFound)
    return (
      <EmptyState title="No such import" action={<Button onClick={onClose}>All imports</Button>}>
        Imports that stored nothing are deleted a week after they ended.
      </EmptyState>
    );
  if (node === null) return error ? <RequestError message={error.message} onRetry={refetch} /> : <SkeletonLines count={4} height={40} />;
  const changed = () => {
    refetch();
    onChanged();
  };
  return (
    <section className={styles.panel} aria-label={node.fileName}>
      <div className={styles.head}>
        <h2>
          {node.fileName} <span className="t12 muted">{node.format?.label}</span>
        </h2>
        <Button look="quiet" onClick={onClose}>
          Close
        </Button>
      </div>
      <Body node={node} target={target} onTarget={setTarget} onChanged={changed} />
    </section>
  );
}

interface BodyProps {
  readonly node: ImportOnPageFragment;
  readonly target: ImportTarget;
  readonly onTarget: (target: ImportTarget) => void;
  readonly onChanged: () => void;
}

function Body({ node, target, onTarget, onChanged }: BodyProps) {
  const { state, preview, report, failure } = node;
  switch (state) {
    case "INSPECTING":
      return (
        <>
          <p role="status">A worker reads the file. Its contents appear here.</p>
          <CancelButton node={node} onChanged={onChanged} />
        </>
      );
    case "WRITING":
      return <Progress node={node} onChanged={onChanged} />;
    case "FAILED":
      return (
        <p className="fieldError" role="alert">
          {failure} Nothing was stored.
        </p>
      );
    case "CANCELLED":
      return <p>This import was cancelled, and stored nothing. Hand the file in again to import it.</p>;
    case "SUCCEEDED":
      return report === null ? null : <Report node={node} report={report} onChanged={onChanged} />;
    case "READY":
      return preview === null ? null : (
        <>
          <ImportDecision
            node={node}
            preview={preview}
            target={target}
            onTarget={onTarget}
            onChanged={onChanged}
            cancel={<CancelButton node={node} onChanged={onChanged} />}
          />
          <ImportPreview node={node} preview={preview} onChanged={onChanged} />
        </>
      );
  }
}

function CancelButton({ node, onChanged }: { readonly node: ImportOnPageFragment; readonly onChanged: () => void }) {
  const [{ fetching }, cancel] = useMutation(CancelImportDocument);
  const send = async () => {
    const { data, error } = await cancel({ importId: node.id });
    const problem = mutationProblem(data?.cancelImport, error);
    if (problem !== null) toast.error(problem);
    onChanged();
  };
  return (
    <div className="pageActions">
      <Button needs="cancelImport" disabled={fetching} onClick={() => void send()}>
        Cancel
      </Button>
    </div>
  );
}

function Progress({ node, onChanged }: { readonly node: ImportOnPageFragment; readonly onChanged: () => void }) {
  const { done, total } = node;
  return (
    <>
      <p role="status">
        {total === null || total === 0
          ? "The file is being read again, and its images are stored. The runs appear all at once."
          : `${formatCount(done)} of ${formatCount(total)} images are stored${node.preview?.origin == null ? "" : " or scored"}. The runs appear all at once.`}
      </p>
      <ProgressTrack share={total === null || total === 0 ? 0 : done / total} label={stateLabels.WRITING} />
      <CancelButton node={node} onChanged={onChanged} />
    </>
  );
}

interface ReportProps {
  readonly node: ImportOnPageFragment;
  readonly report: NonNullable<ImportOnPageFragment["report"]>;
  readonly onChanged: () => void;
}

function Report({ node, report, onChanged }: ReportProps) {
  const [{ fetching }, undo] = useMutation(UndoImportDocument);
  const send = async () => {
    const { data, error } = await undo({ importId: node.id });
    const answer = data?.undoImport;
    if (answer?.__typename !== "UndoImportSuccess") toast.error(mutationProblem(answer, error) ?? "Nothing was changed.");
    else {
      for (const { message } of answer.refused) toast.error(message);
      if (answer.runCount > 0) toast(`${formatCount(answer.runCount)} ${answer.runCount === 1 ? "run is" : "runs are"} in the trash`);
    }
    onChanged();
  };
  return (
    <>
      <p role="status">
        Stored {formatCount(report.runCount)} {report.runCount === 1 ? "run" : "runs"} and {formatCount(report.imageCount)}{" "}
        {report.imageCount === 1 ? "image" : "images"}
        {node.experiments.length > 0 ? " in " : "."}
        {node.experiments.map(({ id, key, name }, index) => (
          <span key={id}>
            {index > 0 ? ", " : ""}
            <Link className="link" href={`/experiments/${key}`}>
              {key} {name}
            </Link>
          </span>
        ))}
        {node.experiments.length > 0 ? "." : null}
        {node.runCount === 0
          ? " All of it is in the trash."
          : node.runCount < report.runCount
            ? ` ${formatCount(report.runCount - node.runCount)} of the runs are in the trash.`
            : null}
      </p>
      <div className="pageActions">
        {node.runCount === 0 ? (
          <ButtonLink href="/trash">Trash</ButtonLink>
        ) : (
          <Button needs="undoImport" disabled={fetching} onClick={() => void send()}>
            Undo
          </Button>
        )}
      </div>
      <Notices title="Not imported" count={report.skippedCount} lines={report.skipped.map(({ what, reason }) => `${what}: ${reason}`)} />
      <Notices
        title={node.preview?.origin == null ? "Warnings" : "What was checked"}
        count={report.warnings.length}
        lines={report.warnings}
      />
    </>
  );
}

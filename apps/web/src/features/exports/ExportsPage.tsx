"use client";
/** The exports of the workspace, of all subjects, and the form for one of the whole workspace. */
import { useLiveQuery } from "../../graphql/client/useLiveQuery.ts";
import { WorkspaceExportsDocument } from "../../graphql/generated/graphql.ts";
import { isBeingMade } from "../downloads/DownloadEntry.tsx";
import { DownloadList, DownloadsPage } from "../downloads/DownloadsPage.tsx";
import { EmptyState } from "../marks/EmptyState.tsx";
import { ExportForm } from "./ExportForm.tsx";
import { ExportList } from "./ExportList.tsx";
import styles from "./Exports.module.css";
import { exportsQuery } from "./exportTexts.ts";

const fast = 1_000;
const slow = 10_000;

export function ExportsPage() {
  return (
    <DownloadsPage
      tab="Exports"
      summary="Archives of runs, experiments and the workspace, with every row, counts and hashes. They are deleted after seven days."
      start="Export the workspace"
      needs="startExport"
      form={(close) => (
        <div className={styles.dialog}>
          <p className="second">
            All experiments with their runs, sweeps, tags, notes and comments. Studies have releases instead; the trash is left out.
          </p>
          <ExportForm subject="WORKSPACE" subjectId={null} onStarted={close} />
        </div>
      )}
      list={<WorkspaceExports />}
    />
  );
}

function WorkspaceExports() {
  const { data, error, refetch } = useLiveQuery({
    query: WorkspaceExportsDocument,
    requestPolicy: "cache-and-network",
    poll: (last) => (last?.exports.nodes.some(isBeingMade) ? fast : slow),
    retryAfter: slow,
  });
  return (
    <DownloadList
      label="Exports"
      count={data?.exports.totalCount}
      error={error}
      onRetry={refetch}
      empty={
        <EmptyState title="No exports yet">
          The pages of runs and experiments have a button for their own exports, which are listed here, too.
        </EmptyState>
      }
    >
      <ExportList items={data?.exports.nodes ?? []} showsSubject query={exportsQuery(null)} onChanged={refetch} />
    </DownloadList>
  );
}

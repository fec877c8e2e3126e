"use client";
/** The exports of the workspace, of all subjects, and the form for one of the whole workspace. */
import { parseAsBoolean, useQueryState } from "nuqs";
import { useLiveQuery } from "../../graphql/client/useLiveQuery.ts";
import { WorkspaceExportsDocument } from "../../graphql/generated/graphql.ts";
import { isBeingMade } from "../downloads/DownloadEntry.tsx";
import downloadStyles from "../downloads/Downloads.module.css";
import { Button } from "../marks/Button.tsx";
import { Dialog } from "../marks/Dialog.tsx";
import { EmptyState } from "../marks/EmptyState.tsx";
import { RequestError } from "../marks/ErrorState.tsx";
import { SkeletonLines } from "../marks/Skeleton.tsx";
import { SettingsPage } from "../settings/SettingsPage.tsx";
import { useSettings } from "../settings/useSettings.ts";
import { mayWrite } from "../tracking/subject.ts";
import { ExportForm } from "./ExportForm.tsx";
import { ExportList } from "./ExportList.tsx";
import styles from "./Exports.module.css";
import { exportsQuery } from "./exportTexts.ts";

const fast = 1_000;
const slow = 10_000;

export function ExportsPage() {
  const role = useSettings().data?.viewer.role;
  if (role === undefined || mayWrite(role)) return <Exports />;
  return (
    <SettingsPage tab="Exports" summary="Archives of runs, experiments and the workspace">
      <EmptyState title="Exports are for owners and researchers">Ask an owner of the workspace to change your role.</EmptyState>
    </SettingsPage>
  );
}

function Exports() {
  const [choosing, setChoosing] = useQueryState("new", parseAsBoolean.withDefault(false));
  const { data, error, refetch } = useLiveQuery({
    query: WorkspaceExportsDocument,
    requestPolicy: "cache-and-network",
    poll: (last) => (last?.exports.some(isBeingMade) ? fast : slow),
    retryAfter: slow,
  });
  const close = () => void setChoosing(null);
  const start = (
    <Button look="primary" onClick={() => void setChoosing(true)}>
      Export the workspace
    </Button>
  );
  return (
    <SettingsPage
      tab="Exports"
      names={["new"]}
      summary="Archives of runs, experiments and the workspace, with every row, counts and hashes. They are deleted after seven days."
      actions={start}
    >
      {data === undefined ? (
        error ? (
          <RequestError message={error.message} onRetry={refetch} />
        ) : (
          <SkeletonLines count={4} height={64} />
        )
      ) : data.exports.length === 0 ? (
        <EmptyState title="No exports yet">
          The pages of runs and experiments have a button for their own exports, which are listed here, too.
        </EmptyState>
      ) : (
        <section aria-label="Exports" className={`${downloadStyles.section} ${styles.exports}`}>
          <ExportList items={data.exports} showsSubject query={exportsQuery(null)} onChanged={refetch} />
        </section>
      )}
      <Dialog title="Export the workspace" open={choosing} wide onClose={close}>
        <div className={styles.dialog}>
          <p className="second">
            All experiments with their runs, sweeps, tags, notes and comments. Studies have releases instead; the trash is left out.
          </p>
          <ExportForm
            subject="WORKSPACE"
            subjectId={null}
            onStarted={() => {
              refetch();
              close();
            }}
          />
        </div>
      </Dialog>
    </SettingsPage>
  );
}

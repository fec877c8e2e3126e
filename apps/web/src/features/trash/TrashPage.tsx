"use client";
/** The trash: runs and experiments that can be restored or deleted for good. */
import { useState } from "react";
import { useLiveQuery } from "../../graphql/client/useLiveQuery.ts";
import { TrashDocument, type TrashItemFragment } from "../../graphql/generated/graphql.ts";
import { Button, ButtonLink } from "../marks/Button.tsx";
import { EmptyState } from "../marks/EmptyState.tsx";
import { RequestError } from "../marks/ErrorState.tsx";
import { ListTools } from "../marks/ListTools.tsx";
import { formatTotal } from "../marks/numbers.ts";
import { PagedRows } from "../marks/PagedRows.tsx";
import { SkeletonLines } from "../marks/Skeleton.tsx";
import { usePermissions } from "../permissions/usePermissions.ts";
import { PagePath } from "../shell/PagePath.tsx";
import { DeleteFromTrash } from "./DeleteFromTrash.tsx";
import type { WholeTrash } from "./deletionHeading.ts";
import styles from "./Trash.module.css";
import { TrashTableRow } from "./TrashTableRow.tsx";
import { trashFile, trashQuery } from "./trashFile.ts";
import { useTrash } from "./useTrash.ts";

const pollMilliseconds = 5_000;
const retryMilliseconds = 3_000;
const columns = 7;

type Chosen = ReadonlyMap<string, TrashItemFragment>;
type Deleting = { readonly items: readonly TrashItemFragment[]; readonly whole: WholeTrash | null } | null;

function useRestore(onDone: () => void) {
  const { restore: restoreRuns } = useTrash("run");
  const { restore: restoreExperiments } = useTrash("experiment");
  return async (items: readonly TrashItemFragment[]) => {
    const experiments = items.filter(({ subject }) => subject === "EXPERIMENT");
    const runs = items.filter(({ subject }) => subject === "RUN");
    // First, since a run can be restored only into an experiment outside the trash.
    if (experiments.length > 0) await restoreExperiments(experiments);
    if (runs.length > 0) await restoreRuns(runs);
    onDone();
  };
}

export function TrashPage() {
  const { may, refusalOf } = usePermissions();
  const refusal = refusalOf("restoreRuns");
  const [chosen, setChosen] = useState<Chosen>(new Map());
  const [deleting, setDeleting] = useState<Deleting>(null);
  const { data, error, refetch } = useLiveQuery({
    query: TrashDocument,
    variables: { after: null },
    requestPolicy: "cache-and-network",
    poll: pollMilliseconds,
    retryAfter: retryMilliseconds,
    pause: !may("restoreRuns"),
  });
  const done = () => {
    setChosen(new Map());
    refetch();
  };
  const restore = useRestore(done);
  const choose = (item: TrashItemFragment, isChosen: boolean) => {
    const next = new Map(chosen);
    if (isChosen) next.set(item.id, item);
    else next.delete(item.id);
    setChosen(next);
  };
  const total = data?.trash.totalCount ?? 0;
  const isCapped = data?.trash.totalCountIsCapped ?? false;
  const loaded = data?.trash.nodes ?? [];
  const selected = [...chosen.values()];
  const allChosen = loaded.length > 0 && loaded.every(({ id }) => chosen.has(id));
  return (
    <div className="page">
      <PagePath steps={[]} here="Trash" />
      <header className="pageHead">
        <div>
          <h1>Trash</h1>
          <p>Runs and experiments that you can restore or delete for good. They are hidden everywhere else.</p>
        </div>
        {total > 0 ? (
          <div className="pageActions">
            <Button needs="emptyTrash" onClick={() => setDeleting({ items: loaded, whole: { total, isCapped } })}>
              Empty the trash
            </Button>
          </div>
        ) : null}
      </header>
      {refusal !== null ? (
        <EmptyState title="The trash is for owners and researchers">{refusal}</EmptyState>
      ) : data === undefined ? (
        error ? (
          <RequestError message={error.message} onRetry={refetch} />
        ) : (
          <SkeletonLines count={6} height={60} />
        )
      ) : total === 0 ? (
        <EmptyState title="The trash is empty" action={<ButtonLink href="/experiments">All experiments</ButtonLink>}>
          Runs and experiments that members move to the trash are listed here until they are restored or deleted.
        </EmptyState>
      ) : (
        <>
          <div className={styles.bar} role="status">
            <span className={`${styles.barText} t12 muted`}>
              {selected.length === 0 ? `${formatTotal(total, isCapped)} ${total === 1 ? "item" : "items"}` : `${selected.length} selected`}
            </span>
            {selected.length === 0 ? null : (
              <>
                <Button needs="restoreRuns" onClick={() => void restore(selected)}>
                  Restore
                </Button>
                <Button needs="deleteFromTrash" onClick={() => setDeleting({ items: selected, whole: null })}>
                  Delete for good
                </Button>
              </>
            )}
          </div>
          <ListTools
            name="trash"
            document={TrashDocument}
            variables={{}}
            pageOf={({ trash }) => trash}
            columns={trashFile}
            query={trashQuery}
          />
          <table className={styles.table}>
            <thead>
              <tr>
                <th scope="col" className={styles.choice}>
                  <input
                    type="checkbox"
                    aria-label="Select all"
                    checked={allChosen}
                    onChange={() => setChosen(allChosen ? new Map() : new Map(loaded.map((item) => [item.id, item])))}
                  />
                </th>
                <th scope="col">Key</th>
                <th scope="col">Name</th>
                <th scope="col">Best images</th>
                <th scope="col" className={styles.wide}>
                  Trashed
                </th>
                <th scope="col" className={styles.wide}>
                  Deletion
                </th>
                <th scope="col">
                  <span className="visuallyHidden">Actions</span>
                </th>
              </tr>
            </thead>
            <PagedRows query={TrashDocument} variables={{}} pageOf={({ trash }) => trash} columns={columns} poll={pollMilliseconds}>
              {(item) => (
                <TrashTableRow
                  key={item.id}
                  item={item}
                  chosen={chosen.has(item.id)}
                  onChoose={(isChosen) => choose(item, isChosen)}
                  onRestore={() => void restore([item])}
                  onDelete={() => setDeleting({ items: [item], whole: null })}
                />
              )}
            </PagedRows>
          </table>
          <p className={`${styles.foot} t12 muted`}>Owners choose under Settings, Storage when items in the trash are deleted.</p>
        </>
      )}
      <DeleteFromTrash items={deleting?.items ?? null} whole={deleting?.whole ?? null} onClose={() => setDeleting(null)} onDeleted={done} />
    </div>
  );
}

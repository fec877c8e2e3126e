"use client";
/** Replaces the page of a run or experiment in the trash: who moved it there, when, and how to restore it. */
import { type ReactNode, useState } from "react";
import { useLiveQuery } from "../../graphql/client/useLiveQuery.ts";
import { TrashItemDocument } from "../../graphql/generated/graphql.ts";
import { Button, ButtonLink } from "../marks/Button.tsx";
import { EmptyState } from "../marks/EmptyState.tsx";
import { RelativeTime } from "../marks/RelativeTime.tsx";
import { SkeletonLines } from "../marks/Skeleton.tsx";
import { usePermissions } from "../permissions/usePermissions.ts";
import { deletionText } from "./deletionText.ts";
import { describeItem } from "./describeItem.ts";
import { useTrash } from "./useTrash.ts";

const keyPattern = /^(EXP|RUN)-[1-9]\d{0,9}$/i;

interface InTrashProps {
  /** Such as RUN-142. */
  readonly subjectKey: string;
  /** Shown if it is not in the trash, and to members who may not read the trash. */
  readonly missing: ReactNode;
  onRestored(): void;
}

/** Queries the API only for keys that runs and experiments can have. */
export function InTrash(props: InTrashProps) {
  return keyPattern.test(props.subjectKey) ? <TrashedSubject {...props} /> : props.missing;
}

function TrashedSubject({ subjectKey, missing, onRestored }: InTrashProps) {
  const { may, refusalOf } = usePermissions();
  const { data, error, refetch } = useLiveQuery({
    query: TrashItemDocument,
    variables: { id: subjectKey },
    pause: !may("restoreRuns"),
    requestPolicy: "network-only",
  });
  const [openedAt] = useState(() => new Date());
  const { restore: restoreRun } = useTrash("run");
  const { restore: restoreExperiment } = useTrash("experiment");
  if (refusalOf("restoreRuns") !== null) return missing;
  if (data === undefined) return error ? missing : <SkeletonLines count={3} height={40} />;
  const item = data.trashItem;
  if (item == null) return missing;
  const isRun = item.subject === "RUN";
  const restore = async () => {
    const restored = await (isRun ? restoreRun : restoreExperiment)([item]);
    if (restored) onRestored();
    else refetch();
  };
  const { experimentKey } = item;
  const isOfExperiment = item.key !== subjectKey.toUpperCase();
  return (
    <>
      <h1>{subjectKey} is in the trash</h1>
      <EmptyState
        title={describeItem(item).title}
        action={
          <>
            {item.experimentTrashed ? (
              <ButtonLink look="primary" href={`/experiments/${experimentKey}`}>
                Open {experimentKey}
              </ButtonLink>
            ) : (
              <Button look="primary" needs={isRun ? "restoreRuns" : "restoreExperiments"} onClick={() => void restore()}>
                Restore {item.key}
              </Button>
            )}
            <ButtonLink href="/trash">Open the trash</ButtonLink>
          </>
        }
      >
        {item.trashedBy == null ? "A retention rule" : item.trashedBy.name} moved{" "}
        {isOfExperiment ? `it there with ${item.key}, its experiment,` : "it there"} <RelativeTime time={item.trashedAt} />.{" "}
        {item.experimentTrashed ? `${experimentKey}, its experiment, is in the trash too: restore that first. ` : ""}
        {item.deletedAfter == null
          ? "It is kept until a member deletes it for good."
          : `It will be ${deletionText(item.deletedAfter, openedAt)}.`}
      </EmptyState>
    </>
  );
}

"use client";
/** The page of an experiment and its runs. */
import { useLiveQuery } from "../../graphql/client/useLiveQuery.ts";
import { ExperimentPageDocument, type ExperimentPageQuery } from "../../graphql/generated/graphql.ts";
import { useRouter } from "../addresses/navigation.ts";
import { ExportButton } from "../exports/ExportButton.tsx";
import { useFallbackPoll } from "../live/useFallbackPoll.ts";
import { useWorkspaceChanges } from "../live/useWorkspaceChanges.ts";
import { LockBadge } from "../locks/LockBadge.tsx";
import { LockButton } from "../locks/LockButton.tsx";
import { lockRefusal } from "../locks/lockRefusal.ts";
import { Button, ButtonLink } from "../marks/Button.tsx";
import { EmptyState } from "../marks/EmptyState.tsx";
import { RequestError } from "../marks/ErrorState.tsx";
import { Skeleton, SkeletonLines } from "../marks/Skeleton.tsx";
import { useShortcut } from "../marks/useShortcut.ts";
import { usePermissions } from "../permissions/usePermissions.ts";
import { AlsoHere } from "../presence/AlsoHere.tsx";
import { RunsTable } from "../runsTable/RunsTable.tsx";
import { ShareExperiment } from "../sharing/ShareExperiment.tsx";
import { PagePath } from "../shell/PagePath.tsx";
import { Discussion } from "../tracking/Discussion.tsx";
import { PinButton } from "../tracking/PinButton.tsx";
import { SubjectBar } from "../tracking/SubjectBar.tsx";
import { SubjectTitle } from "../tracking/SubjectTitle.tsx";
import { useMayEdit } from "../tracking/useMayEdit.ts";
import { InTrash } from "../trash/InTrash.tsx";
import { TrashButton } from "../trash/TrashButton.tsx";
import styles from "./ExperimentPage.module.css";
import { useArchiveExperiment } from "./useArchiveExperiment.ts";

const retryMilliseconds = 4_000;

const isExperiment = ({ node }: ExperimentPageQuery) => node?.__typename === "Experiment";

export function ExperimentPage({ experimentKey }: { experimentKey: string }) {
  const router = useRouter();
  const { data, error, notFound, refetch } = useLiveQuery({
    query: ExperimentPageDocument,
    variables: { id: experimentKey },
    isFound: isExperiment,
    poll: useFallbackPoll(),
    retryAfter: retryMilliseconds,
  });
  const experiment = data?.node?.__typename === "Experiment" ? data.node : null;
  const { may } = usePermissions();
  const writable = useMayEdit(experiment);
  const { archived, toggle } = useArchiveExperiment(experiment ?? undefined);
  useWorkspaceChanges(experiment === null ? [] : [experiment.id], refetch);
  useShortcut("n", () => router.push(`/experiments/${experimentKey}/new`), {
    enabled: experiment !== null && experiment.archivedAt == null && experiment.lock == null && may("startEvolution"),
  });
  const path = (
    <PagePath
      steps={[{ label: "Experiments", href: "/experiments" }]}
      here={experiment ? `${experiment.key} ${experiment.name}` : experimentKey}
    />
  );
  if (notFound)
    return (
      <div className="page">
        {path}
        <InTrash subjectKey={experimentKey} missing={<MissingExperiment experimentKey={experimentKey} />} onRestored={refetch} />
      </div>
    );
  if (!experiment)
    return (
      <div className="page">
        {path}
        <div className="pageHead">
          <div>
            <h1>{experimentKey}</h1>
            <p>
              <Skeleton width={240} height={20} />
            </p>
          </div>
        </div>
        {error ? <RequestError message={error.message} onRetry={refetch} /> : <SkeletonLines count={5} height={57} />}
      </div>
    );
  const locked = lockRefusal(experiment.key, experiment.lock);
  return (
    <div className="page">
      {path}
      <div className="pageHead">
        <div>
          <SubjectTitle fallback={experiment.name} subject={experiment} writable={writable} />
          <p>
            <span className="n12 second">{experiment.key}</span>
            {experiment.createdBy === null ? "" : ` by ${experiment.createdBy.name}`}
            {experiment.visibility === "PRIVATE" ? "" : `, ${experiment.visibility.toLowerCase()}`}
            {archived ? ", archived" : ""}
            {experiment.description ? `. ${experiment.description}` : ""} <LockBadge lock={experiment.lock} />{" "}
            <PinButton subject={experiment} />
            <AlsoHere subjectId={experiment.id} />
          </p>
          <SubjectBar subject={experiment} writable={writable} />
        </div>
        <div className="pageActions">
          <ShareExperiment experiment={experiment} refusal={locked} />
          <ButtonLink href="/sweeps">Sweeps</ButtonLink>
          <ExportButton subject="EXPERIMENT" item={experiment} />
          <Button needs="archiveExperiment" refusal={locked} onClick={toggle}>
            {archived ? "Unarchive" : "Archive"}
          </Button>
          <LockButton noun="experiment" subject={experiment} lock={experiment.lock} />
          <TrashButton
            noun="experiment"
            subject={experiment}
            page={`/experiments/${experiment.key}`}
            next="/experiments"
            refusal={locked}
          />
          {archived ? null : (
            <ButtonLink look="primary" needs="startEvolution" refusal={locked} shortcut="N" href={`/experiments/${experiment.key}/new`}>
              New run
            </ButtonLink>
          )}
        </div>
      </div>
      <RunsTable
        experimentKey={experiment.key}
        locked={locked !== null}
        head={(summary) => (
          <div className={styles.runsHead}>
            <h2>Runs</h2>
            <span className="t12 muted">{summary}</span>
          </div>
        )}
        empty={
          <EmptyState title="No runs yet">A run is one execution of a method with a seed. The form suggests suitable values.</EmptyState>
        }
      />
      <Discussion id={experiment.id} />
    </div>
  );
}

function MissingExperiment({ experimentKey }: { readonly experimentKey: string }) {
  return (
    <>
      <h1>There is no {experimentKey}</h1>
      <EmptyState
        title="No experiment in this workspace has this key"
        action={<ButtonLink href="/experiments">All experiments</ButtonLink>}
      >
        Keys are numbered from EXP-1, in order of creation.
      </EmptyState>
    </>
  );
}

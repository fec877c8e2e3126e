"use client";
/** The page of an experiment and its runs. */
import { useRouter } from "next/navigation";
import { useLiveQuery } from "../../graphql/client/useLiveQuery.ts";
import { ExperimentPageDocument, type ExperimentPageQuery } from "../../graphql/generated/graphql.ts";
import { Button, ButtonLink } from "../marks/Button.tsx";
import { EmptyState } from "../marks/EmptyState.tsx";
import { RequestError } from "../marks/ErrorState.tsx";
import { formatTotal } from "../marks/numbers.ts";
import { Skeleton, SkeletonLines } from "../marks/Skeleton.tsx";
import { useShortcut } from "../marks/useShortcut.ts";
import { ShareExperiment } from "../sharing/ShareExperiment.tsx";
import { PagePath } from "../shell/PagePath.tsx";
import { RunTable } from "./RunTable.tsx";
import { useArchiveExperiment } from "./useArchiveExperiment.ts";

const pollMilliseconds = 3_000;
const retryMilliseconds = 4_000;

const isExperiment = ({ node }: ExperimentPageQuery) => node?.__typename === "Experiment";

export function ExperimentPage({ experimentKey }: { experimentKey: string }) {
  const router = useRouter();
  const archive = useArchiveExperiment();
  const { data, error, notFound, refetch } = useLiveQuery({
    query: ExperimentPageDocument,
    variables: { id: experimentKey },
    isFound: isExperiment,
    poll: (last) => (last && isExperiment(last) ? pollMilliseconds : null),
    retryAfter: retryMilliseconds,
  });
  const experiment = data?.node?.__typename === "Experiment" ? data.node : null;
  useShortcut("n", () => router.push(`/experiments/${experimentKey}/new`), { enabled: experiment !== null });
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
        <h1>There is no {experimentKey}</h1>
        <EmptyState
          title="No experiment in this workspace has this key"
          action={<ButtonLink href="/experiments">All experiments</ButtonLink>}
        >
          Keys are numbered from EXP-1, in order of creation.
        </EmptyState>
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
  const archived = typeof experiment.archivedAt === "string";
  return (
    <div className="page">
      {path}
      <div className="pageHead">
        <div>
          <h1>{experiment.name}</h1>
          <p>
            <span className="n12 second">{experiment.key}</span>
            {experiment.createdBy === null ? "" : ` by ${experiment.createdBy.name}`}
            {experiment.visibility === "PRIVATE" ? "" : `, ${experiment.visibility.toLowerCase()}`}
            {archived ? ", archived" : ""}
            {experiment.description ? `. ${experiment.description}` : ""}
          </p>
        </div>
        <div className="pageActions">
          {data?.viewer.role === "OWNER" ? <ShareExperiment experiment={experiment} /> : null}
          <Button onClick={() => archive(experiment, !archived)}>{archived ? "Unarchive" : "Archive"}</Button>
          {archived ? null : (
            <ButtonLink look="primary" shortcut="N" href={`/experiments/${experiment.key}/new`}>
              New run
            </ButtonLink>
          )}
        </div>
      </div>
      {experiment.runs.totalCount === 0 ? (
        <EmptyState title="No runs yet">A run is one execution of a method with a seed. The form suggests suitable values.</EmptyState>
      ) : (
        <RunTable
          runs={experiment.runs.nodes}
          total={formatTotal(experiment.runs.totalCount, experiment.runs.totalCountIsCapped)}
          hasMore={experiment.runs.pageInfo.hasNextPage}
        />
      )}
    </div>
  );
}

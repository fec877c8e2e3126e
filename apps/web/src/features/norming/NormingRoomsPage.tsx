"use client";
/** The norming rooms of a study: those that the user may open, and a new one for researchers. */
import { useLiveQuery } from "../../graphql/client/useLiveQuery.ts";
import { RoomsOfStudyDocument } from "../../graphql/generated/graphql.ts";
import { EmptyState } from "../marks/EmptyState.tsx";
import { RequestError } from "../marks/ErrorState.tsx";
import { SkeletonLines } from "../marks/Skeleton.tsx";
import { usePermissions } from "../permissions/usePermissions.ts";
import { PagePath } from "../shell/PagePath.tsx";
import { NormingRooms, takesRooms } from "./NormingRooms.tsx";

const retryMilliseconds = 4_000;

export function NormingRoomsPage({ studyKey }: { readonly studyKey: string }) {
  const { may } = usePermissions();
  const { data, error, notFound, refetch } = useLiveQuery({
    query: RoomsOfStudyDocument,
    variables: { study: studyKey },
    retryAfter: retryMilliseconds,
    isFound: ({ node }) => node?.__typename === "Study",
  });
  const study = data?.node?.__typename === "Study" ? data.node : null;
  const isEmpty =
    study !== null && study.normingRooms.length + study.closedRooms.length === 0 && !(may("createNormingRoom") && takesRooms(data));
  return (
    <div className="page">
      <PagePath steps={[{ label: study ? `${study.key} ${study.title}` : studyKey, href: `/studies/${studyKey}` }]} here="Norming rooms" />
      <header className="pageHead">
        <div>
          <h1>Norming rooms</h1>
          <p>Members vote blind on disputed images, see all votes, discuss, and vote again. Their votes never count as the study’s.</p>
        </div>
      </header>
      {notFound ? <EmptyState title={`There is no study ${studyKey}`} /> : null}
      {isEmpty ? (
        <EmptyState title="No norming room is open to you">
          You are not a member of one. A researcher of the workspace can add you to a room in which no image is revealed.
        </EmptyState>
      ) : null}
      {study ? <NormingRooms studyKey={study.key} /> : null}
      {error && !study && !notFound ? <RequestError message={error.message} onRetry={refetch} /> : null}
      {data || error ? null : <SkeletonLines count={3} height={40} />}
    </div>
  );
}

"use client";
/** A study's page: the builder of a draft, or an opened study. Members who may not see labels get its title, state and the way to vote. */
import { useLiveQuery } from "../../graphql/client/useLiveQuery.ts";
import { StudyPageDocument, type StudyPageQuery } from "../../graphql/generated/graphql.ts";
import { ButtonLink } from "../marks/Button.tsx";
import { EmptyState } from "../marks/EmptyState.tsx";
import { RequestError } from "../marks/ErrorState.tsx";
import { Skeleton, SkeletonLines } from "../marks/Skeleton.tsx";
import { usePermissions } from "../permissions/usePermissions.ts";
import { PagePath } from "../shell/PagePath.tsx";
import { StudyBuilder } from "../studyBuilder/StudyBuilder.tsx";
import { StudyForVoters } from "./StudyForVoters.tsx";
import { StudyView } from "./StudyView.tsx";

const pollMilliseconds = 5_000;
const retryMilliseconds = 4_000;

const isStudy = ({ node }: StudyPageQuery) => node?.__typename === "Study";

export function StudyPage({ studyKey }: { readonly studyKey: string }) {
  const { refusalOf } = usePermissions();
  const { data, error, notFound, refetch } = useLiveQuery({
    query: StudyPageDocument,
    variables: { id: studyKey },
    isFound: isStudy,
    poll: (last) => (last && isStudy(last) ? pollMilliseconds : null),
    retryAfter: retryMilliseconds,
  });
  const study = data?.node?.__typename === "Study" ? data.node : null;
  if (study !== null && !notFound) {
    if (!study.mayEdit || refusalOf("editStudy") !== null) return <StudyForVoters study={study} />;
    return study.state === "DRAFT" ? (
      <StudyBuilder key={study.id} study={study} viewerId={data?.viewer.user.id} />
    ) : (
      <StudyView key={study.id} study={study} />
    );
  }
  return (
    <div className="page">
      <PagePath steps={[{ label: "Studies", href: "/studies" }]} here={studyKey} />
      {notFound ? (
        <>
          <h1>There is no {studyKey}</h1>
          <EmptyState title="No study in this workspace has this key" action={<ButtonLink href="/studies">All studies</ButtonLink>}>
            Studies are numbered from STU-1, in order of creation. Drafts can be deleted.
          </EmptyState>
        </>
      ) : (
        <>
          <div className="pageHead">
            <div>
              <h1>{studyKey}</h1>
              <p>
                <Skeleton width={240} height={20} />
              </p>
            </div>
          </div>
          {error ? <RequestError message={error.message} onRetry={refetch} /> : <SkeletonLines count={6} height={57} />}
        </>
      )}
    </div>
  );
}

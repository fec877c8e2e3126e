"use client";
/**
 * What people answered to an image, study by study, beside what the machine says. A new vote in an open study moves it within a second.
 * Members who still vote in a study read nothing of it here.
 */
import { useLiveQuery } from "../../graphql/client/useLiveQuery.ts";
import { PeopleOnImageDocument, type PeopleOnImageQuery } from "../../graphql/generated/graphql.ts";
import { Button } from "../marks/Button.tsx";
import { SkeletonLines } from "../marks/Skeleton.tsx";
import { usePermissions } from "../permissions/usePermissions.ts";
import { useCreateStudy } from "../studies/useCreateStudy.ts";
import { StudyAnswers } from "./StudyAnswers.tsx";
import { useFollowImage } from "./useFollowImage.ts";
import styles from "./WhatPeopleSay.module.css";

const retryMilliseconds = 5_000;
/** Results, and with them the voters whom a plan excludes, are computed a few seconds after a vote. */
const pollMilliseconds = 10_000;

const studiesOf = (data: PeopleOnImageQuery | undefined) => (data?.node?.__typename === "Image" ? data.node.studies : []);
const isAnyOpen = (data: PeopleOnImageQuery | undefined): boolean => studiesOf(data).some(({ study }) => study.state === "OPEN");

export function WhatPeopleSay({ imageId }: { readonly imageId: string }) {
  const { data, error, refetch } = useLiveQuery({
    query: PeopleOnImageDocument,
    variables: { imageId },
    retryAfter: retryMilliseconds,
    poll: (last) => (isAnyOpen(last) ? pollMilliseconds : null),
  });
  const studies = studiesOf(data);
  useFollowImage(studies, refetch);
  const mayAsk = usePermissions().may("createStudy");
  return (
    <section aria-labelledby="people">
      <h2 id="people">What people say</h2>
      {data === undefined ? (
        error === undefined ? (
          <SkeletonLines count={4} />
        ) : (
          <p className="t12 muted">Could not load what people say. Trying again.</p>
        )
      ) : studies.length > 0 ? (
        <>
          {studies.map((study) => (
            <StudyAnswers key={study.study.id} asked={study} />
          ))}
          {mayAsk ? (
            <div className={styles.more}>
              <AskPeople imageId={imageId} text="Ask more people" />
            </div>
          ) : null}
        </>
      ) : (
        <div className={styles.empty}>
          {mayAsk ? (
            <>
              <p>
                No study has asked people about this image. A study shows it without its label, and counts who names what the machine names.
              </p>
              <AskPeople imageId={imageId} text="Ask people" />
            </>
          ) : (
            <p>Researchers and owners of this workspace can read here what people say.</p>
          )}
        </div>
      )}
    </section>
  );
}

function AskPeople({ imageId, text }: { readonly imageId: string; readonly text: string }) {
  const { creating, create } = useCreateStudy();
  return (
    <Button disabled={creating} onClick={() => create({ imageIds: [imageId] })}>
      {creating ? "Drawing images" : text}
    </Button>
  );
}

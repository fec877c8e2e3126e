"use client";
/** Offers a first study, of the latest finished run's images, in a workspace that has none. */
import { useLiveQuery } from "../../graphql/client/useLiveQuery.ts";
import { NewStudyDocument } from "../../graphql/generated/graphql.ts";
import { NewStudy } from "./NewStudy.tsx";
import styles from "./StudyOffer.module.css";
import { mayEditStudies } from "./studyRoles.ts";

export function StudyOffer() {
  const { data } = useLiveQuery({ query: NewStudyDocument });
  const run = data?.runs.nodes[0];
  if (run === undefined || data === undefined || data.studies.totalCount > 0 || !mayEditStudies(data.viewer.role)) return null;
  return (
    <section className={styles.offer} aria-labelledby="study-offer">
      <div>
        <h2 id="study-offer">What do you see in these images?</h2>
        <p className="second">
          Draft a study of {run.name}, look at it as a voter, and open it. Then vote yourself, or send others the link.
        </p>
      </div>
      <NewStudy />
    </section>
  );
}

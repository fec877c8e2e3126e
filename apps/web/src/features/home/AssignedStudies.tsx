"use client";
/** The open studies with images that are assigned to the user, and the way to vote on them. Empty without one. */
import { useLiveQuery } from "../../graphql/client/useLiveQuery.ts";
import { AssignedStudiesDocument } from "../../graphql/generated/graphql.ts";
import { ButtonLink } from "../marks/Button.tsx";
import { Link } from "../marks/Link.tsx";
import { awaitingText } from "../studies/AwaitingImages.tsx";
import { voteAddress } from "../studies/voteAddress.ts";
import styles from "./AssignedStudies.module.css";

const pollMilliseconds = 15_000;

export function AssignedStudies() {
  const { data } = useLiveQuery({ query: AssignedStudiesDocument, poll: pollMilliseconds });
  const studies = data?.studies.nodes ?? [];
  if (data === undefined || studies.length === 0) return null;
  return (
    <section className={styles.assigned} aria-labelledby="assignedStudies">
      <h2 id="assignedStudies">Waiting for your votes</h2>
      <ul>
        {studies.map(({ id, key, title, imagesAwaitingSender }) => (
          <li key={id}>
            <span>
              <Link className={styles.title} href={`/studies/${key}`}>
                {title}
              </Link>{" "}
              <span className="n12 muted">{key}</span>
              <span className={`${styles.count} people`}>{awaitingText(imagesAwaitingSender)}</span>
            </span>
            <ButtonLink look="primary" href={voteAddress(key)}>
              Vote
            </ButtonLink>
          </li>
        ))}
      </ul>
      <Link className="link t12" href="/studies">
        All studies
      </Link>
    </section>
  );
}

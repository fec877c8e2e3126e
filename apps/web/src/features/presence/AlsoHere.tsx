"use client";
/** The other members who have this run, experiment or sweep open, as a row of initials. While it is shown, they see the viewer too. */
import { useSubscription } from "urql";
import type { ResumingContext } from "../../graphql/client/resumingSubscription.ts";
import { PresenceChangesDocument } from "../../graphql/generated/graphql.ts";
import { Avatar } from "../marks/Avatar.tsx";
import styles from "./AlsoHere.module.css";

/** One object for all renders: another would start the subscription again. */
const context = { mayContinue: () => true } satisfies ResumingContext;

/** Of more people, the rest is a number. */
const maxShown = 4;

function sentenceOf(names: readonly string[]): string {
  return `Also here: ${new Intl.ListFormat("en-GB", { type: "conjunction" }).format(names)}`;
}

/** @param subjectId ID of the run, experiment or sweep. */
export function AlsoHere({ subjectId }: { readonly subjectId: string }) {
  const [{ data }] = useSubscription({ query: PresenceChangesDocument, variables: { subjectId }, context });
  const users = data?.presenceChanges.users ?? [];
  const sentence = users.length === 0 ? "" : sentenceOf(users.map(({ name }) => name));
  return (
    <span className={styles.alsoHere} role="status" title={sentence}>
      {users.slice(0, maxShown).map(({ id, name }) => (
        <Avatar key={id} name={name} />
      ))}
      {users.length > maxShown ? <span aria-hidden="true">+{users.length - maxShown}</span> : null}
      <span className="visuallyHidden">{sentence}</span>
    </span>
  );
}

"use client";
/** Comments and notes elsewhere that mention a run or an experiment, newest first. Without any, the page has no such section. */
import { useState } from "react";
import { useLiveQuery } from "../../graphql/client/useLiveQuery.ts";
import { type MentionEntryFragment, SubjectMentionsDocument, type SubjectMentionsQuery } from "../../graphql/generated/graphql.ts";
import { isRun } from "../../graphql/runTypes.ts";
import { useWorkspaceChanges } from "../live/useWorkspaceChanges.ts";
import { Link } from "../marks/Link.tsx";
import { formatCount } from "../marks/numbers.ts";
import { Pages } from "../marks/PagedRows.tsx";
import { RelativeTime } from "../marks/RelativeTime.tsx";
import styles from "./Tracking.module.css";

const none = { nodes: [], pageInfo: { hasNextPage: false, endCursor: null }, totalCount: 0 };

function mentionsOf(node: SubjectMentionsQuery["node"] | undefined) {
  return node?.__typename === "Experiment" || isRun(node) ? node.mentions : none;
}

export function Mentions({ id }: { readonly id: string }) {
  const [version, setVersion] = useState(0);
  const { data, refetch } = useLiveQuery({ query: SubjectMentionsDocument, variables: { id, after: null } });
  useWorkspaceChanges(null, () => {
    refetch();
    setVersion((last) => last + 1);
  });
  const { totalCount } = mentionsOf(data?.node);
  if (totalCount === 0) return null;
  return (
    <section aria-labelledby="mentions" className={styles.section}>
      <div className="sectionHead">
        <h2 id="mentions">
          Mentioned in <span className="n12 muted">{formatCount(totalCount)}</span>
        </h2>
      </div>
      <Pages query={SubjectMentionsDocument} variables={{ id }} pageOf={({ node }) => mentionsOf(node)} poll={null} version={version}>
        {(mentions, more) => (
          <>
            <ul className={styles.mentions}>
              {mentions.map((mention) => (
                <MentionItem key={mention.comment?.id ?? mention.run?.id ?? mention.experiment?.id} mention={mention} />
              ))}
            </ul>
            {more}
          </>
        )}
      </Pages>
    </section>
  );
}

function MentionItem({ mention: { run, experiment, comment, excerpt, at } }: { readonly mention: MentionEntryFragment }) {
  const place = run ?? experiment;
  if (place == null) return null;
  const author = comment?.sourceAuthor ?? comment?.author?.name ?? "a deleted account";
  return (
    <li>
      <p>
        <Link href={`/${run == null ? "experiments" : "runs"}/${place.key}`}>{place.key}</Link> {place.name}{" "}
        <span className="t12 muted">
          {comment == null ? (
            "notes"
          ) : (
            <>
              comment by {author}, <RelativeTime time={at} />
            </>
          )}
        </span>
      </p>
      <p className="muted">{excerpt}</p>
    </li>
  );
}

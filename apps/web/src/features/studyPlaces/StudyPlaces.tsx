"use client";
/**
 * The tab of a study in which owners see its voters and their places: held for minutes after joining, confirmed by the first answers, or
 * returned. Owners remove voters without answers and raise the number of places here.
 */
import { useState } from "react";
import { toast } from "sonner";
import { useMutation } from "urql";
import type { Page } from "../../graphql/client/allPages.ts";
import { useLiveQuery } from "../../graphql/client/useLiveQuery.ts";
import {
  type PlaceOfVoterFragment,
  RemoveStudyVotersDocument,
  type StudyOnPageFragment,
  StudyPlacesDocument,
  type StudyPlacesQuery,
} from "../../graphql/generated/graphql.ts";
import { Button } from "../marks/Button.tsx";
import { RequestError } from "../marks/ErrorState.tsx";
import { KeyRow } from "../marks/KeyRow.tsx";
import keyValueStyles from "../marks/KeyValues.module.css";
import { mutationProblem } from "../marks/mutationProblem.ts";
import { formatCount } from "../marks/numbers.ts";
import { PagedRows } from "../marks/PagedRows.tsx";
import { SkeletonLines } from "../marks/Skeleton.tsx";
import tableStyles from "../settings/SettingsTable.module.css";
import { PlaceRow } from "./PlaceRow.tsx";
import { isRemovable } from "./placeStates.ts";
import { RaiseLimit } from "./RaiseLimit.tsx";

const pollMilliseconds = 5_000;
const columns = 5;
/** Voters in one request. */
const maxRemoved = 1_000;
const nothing: Page<PlaceOfVoterFragment> = { nodes: [], pageInfo: { hasNextPage: false } };

function placesOf(data: StudyPlacesQuery | undefined) {
  return data?.node?.__typename === "Study" ? data.node.places : undefined;
}

export function StudyPlaces({ study }: { readonly study: Pick<StudyOnPageFragment, "id" | "key" | "state"> }) {
  const variables = { id: study.id };
  const { data, error, refetch } = useLiveQuery({
    query: StudyPlacesDocument,
    variables: { ...variables, after: null },
    poll: pollMilliseconds,
  });
  const [, send] = useMutation(RemoveStudyVotersDocument);
  const [isSending, setSending] = useState(false);
  const places = placesOf(data);
  if (places === undefined) return error ? <RequestError message={error.message} onRetry={refetch} /> : <SkeletonLines count={5} />;
  const takesVotes = study.state === "OPEN" || study.state === "PAUSED";
  const removable = places.voters.nodes.filter(isRemovable).slice(0, maxRemoved);
  const remove = async (voters: readonly PlaceOfVoterFragment[]) => {
    setSending(true);
    const answer = await send({ input: { studyId: study.id, voters: voters.map(({ number }) => number) } });
    setSending(false);
    const sent = answer.data?.removeStudyVoters;
    if (sent?.__typename !== "RemoveStudyVotersSuccess") toast.error(`No voter was removed. ${mutationProblem(sent, answer.error)}`);
    else {
      const { length } = sent.removed;
      toast(length === 1 ? "One voter was removed." : `${formatCount(length)} voters were removed.`);
    }
    refetch();
  };
  return (
    <section aria-labelledby="study-places">
      <div className="sectionHead">
        <h2 id="study-places">Places</h2>
        {takesVotes ? <RaiseLimit study={study} limit={places.limit} onRaised={refetch} /> : null}
      </div>
      <dl className={keyValueStyles.keyRows}>
        <KeyRow name="Without an account">
          <span className="n12">
            {formatCount(places.taken)} of {formatCount(places.limit)}
          </span>{" "}
          places taken
        </KeyRow>
        <KeyRow name="Held" number>
          {formatCount(places.held)}
        </KeyRow>
        <KeyRow name="Returned" number>
          {formatCount(places.returned)}
        </KeyRow>
      </dl>
      <p className="second">
        Joining holds a place for 15 minutes. Three answers confirm it; otherwise it returns, and its voter may take it again while there is
        room. Voters with answers stay: which of them count, the plan says.
      </p>
      {removable.length > 1 ? (
        <Button needs="removeStudyVoters" disabled={isSending} onClick={() => void remove(removable)}>
          Remove {formatCount(removable.length)} without answers
        </Button>
      ) : null}
      {places.voters.nodes.length === 0 ? (
        <p className="muted">No voters yet.</p>
      ) : (
        <table className={tableStyles.table}>
          <thead>
            <tr>
              <th scope="col">Voter</th>
              <th scope="col">Place</th>
              <th scope="col" className="right">
                Answers
              </th>
              <th scope="col" className={tableStyles.wide}>
                Joined
              </th>
              <th scope="col" className={tableStyles.actions}>
                <span className="visuallyHidden">Actions</span>
              </th>
            </tr>
          </thead>
          <PagedRows
            query={StudyPlacesDocument}
            variables={variables}
            pageOf={(page) => placesOf(page)?.voters ?? nothing}
            columns={columns}
            poll={pollMilliseconds}
          >
            {(voter) => <PlaceRow key={voter.number} voter={voter} isSending={isSending} onRemove={() => void remove([voter])} />}
          </PagedRows>
        </table>
      )}
    </section>
  );
}

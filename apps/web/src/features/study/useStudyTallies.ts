"use client";
/** Follows the counted votes on a study's images while people vote, so that a vote moves its mark at once. */
import { useEffect, useRef, useState } from "react";
import { useClient } from "urql";
import type { ResumingContext } from "../../graphql/client/resumingSubscription.ts";
import { type StudyImageRowFragment, type StudyState, StudyTalliesDocument } from "../../graphql/generated/graphql.ts";
import { applyTallies, type Tallies, withTallies } from "./tallies.ts";

const none: Tallies = new Map();

/** The counted images with their latest votes. */
export function useStudyTallies(
  study: { readonly id: string; readonly state: StudyState },
  images: readonly StudyImageRowFragment[] | undefined,
): readonly StudyImageRowFragment[] | undefined {
  const client = useClient();
  const [tallies, setTallies] = useState(none);
  const { id } = study;
  // A paused study still loses the votes of people who withdraw.
  const isLive = study.state === "OPEN" || study.state === "PAUSED";
  const live = useRef(isLive);
  live.current = isLive;
  useEffect(() => {
    if (!isLive) return;
    const context: ResumingContext = { mayContinue: () => live.current };
    // Tallies are totals: after a lost connection, all of them arrive again.
    const { unsubscribe } = client.subscription(StudyTalliesDocument, { studyId: id, since: 0 }, { ...context }).subscribe(({ data }) => {
      const changed = data?.studyTallies.tallies;
      if (changed !== undefined) setTallies((current) => withTallies(current, changed));
    });
    return unsubscribe;
  }, [client, id, isLive]);
  return images === undefined ? undefined : applyTallies(images, tallies);
}

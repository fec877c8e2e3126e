"use client";
/** Calls back when people vote on an image in one of its open studies, while the page is open. */
import { useEffect, useRef } from "react";
import { useClient } from "urql";
import type { ResumingContext } from "../../graphql/client/resumingSubscription.ts";
import { TallyChangesDocument } from "../../graphql/generated/graphql.ts";
import type { ImageStudy } from "./peopleTexts.ts";

/** Studies that are followed at once, latest first. */
const maxFollowed = 4;

export function useFollowImage(studies: readonly ImageStudy[], onVote: () => void): void {
  const client = useClient();
  const call = useRef(onVote);
  call.current = onVote;
  const open = studies.filter(({ study, withheld }) => study.state === "OPEN" && withheld == null).slice(0, maxFollowed);
  const since = useRef(new Map<string, number>());
  for (const { study, sequence } of open) if (!since.current.has(study.id)) since.current.set(study.id, sequence);
  const followed = JSON.stringify(open.map(({ study, index }) => [study.id, index]));
  useEffect(() => {
    let stopped = false;
    const context: ResumingContext = { mayContinue: () => !stopped };
    const subscriptions = (JSON.parse(followed) as [string, number][]).map(([studyId, index]) =>
      client
        .subscription(TallyChangesDocument, { studyId, since: since.current.get(studyId) ?? 0 }, { ...context })
        .subscribe(({ data }) => {
          if (!data) return;
          since.current.set(studyId, data.studyTallies.sequence);
          const { tallies } = data.studyTallies;
          if (tallies.some(([changed]) => changed === index)) call.current();
        }),
    );
    return () => {
      stopped = true;
      for (const { unsubscribe } of subscriptions) unsubscribe();
    };
  }, [client, followed]);
}

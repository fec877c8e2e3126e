/** Votes so far against those that the plan needs, and the voters. */
import type { StudyPlan } from "@pareidolia/perception/study/studyPlan";
import type { StudyOnPageFragment } from "../../graphql/generated/graphql.ts";
import { KeyRow } from "../marks/KeyRow.tsx";
import keyValueStyles from "../marks/KeyValues.module.css";
import { formatCount } from "../marks/numbers.ts";
import { RelativeTime } from "../marks/RelativeTime.tsx";
import { neededVotes } from "../studies/studySummary.ts";
import { VoteTrack } from "../studies/VoteTrack.tsx";

export function StudyProgress({ study, plan }: { readonly study: StudyOnPageFragment; readonly plan: StudyPlan | null }) {
  return (
    <section aria-labelledby="study-progress">
      <div className="sectionHead">
        <h2 id="study-progress">Progress</h2>
      </div>
      <VoteTrack votes={study.voteCount} needed={plan === null ? null : neededVotes(plan, study.imageCount)} />
      <p className="t12 muted">
        {plan === null
          ? "Votes that count."
          : `Votes that count, of ${formatCount(plan.overlap)} on each of ${formatCount(study.imageCount)} images. An image stops earlier if its stopping rule allows.`}
      </p>
      <dl className={keyValueStyles.keyRows} style={{ marginTop: 12 }}>
        <KeyRow name="Voters" number>
          {formatCount(study.voterCount)}
        </KeyRow>
        <KeyRow name="Finished" number>
          {formatCount(study.finishedVoterCount)}
        </KeyRow>
        <KeyRow name="Last vote">{study.lastVoteAt ? <RelativeTime time={study.lastVoteAt} /> : "none yet"}</KeyRow>
      </dl>
    </section>
  );
}

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
  const target = plan === null ? null : { images: study.imageCount, phases: plan.rules.design.phases, overlap: plan.overlap };
  return (
    <section aria-labelledby="study-progress">
      <div className="sectionHead">
        <h2 id="study-progress">Progress</h2>
      </div>
      <VoteTrack votes={study.voteCount - study.insiderVoteCount} needed={target === null ? null : neededVotes(target)} />
      <p className="t12 muted">
        {target === null
          ? "Votes that count."
          : `Votes that count, of ${formatCount(target.overlap * target.phases.length)} on each of ${formatCount(target.images)} images. An image needs fewer if its stopping rule stops it earlier.`}
      </p>
      <dl className={keyValueStyles.keyRows} style={{ marginTop: 12 }}>
        {study.insiderVoteCount === 0 ? null : (
          <KeyRow name="Left out">
            <span className="n12">{formatCount(study.insiderVoteCount)}</span> by members who could read the labels; results as planned
            leave them out too
          </KeyRow>
        )}
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

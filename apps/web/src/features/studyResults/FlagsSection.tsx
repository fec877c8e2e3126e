"use client";
/** Voters with flags or left out by the plan, with the checks that show why. A flag alone leaves no voter out. */
import { pseudonymOf } from "@pareidolia/perception/study/pseudonym";
import type { StudyResult } from "@pareidolia/perception/study/studyResults";
import { formatCount } from "../marks/numbers.ts";
import type { PlanOfResults } from "./planOfResults.ts";
import { ResultSection } from "./ResultSection.tsx";
import { formatWholePercent } from "./resultFormats.ts";
import styles from "./StudyResults.module.css";
import { HitsCell, MedianCell, NumberHeads } from "./VoterCells.tsx";
import { describeExclusions, describeFlags, type VoterOfResults } from "./voterWords.ts";

interface FlagsSectionProps {
  readonly result: StudyResult<"voters">;
  readonly plan: PlanOfResults;
}

const maxShown = 12;
const numbers = ["Gold", "Canary", "Same answer", "Median", "Plan"] as const;

export function FlagsSection({ result, plan }: FlagsSectionProps) {
  const { voters } = result.everyone;
  const noted = voters
    .filter(({ flags, exclusions }) => flags.length > 0 || exclusions.length > 0)
    .sort(
      (one, other) => other.exclusions.length - one.exclusions.length || other.flags.length - one.flags.length || one.number - other.number,
    );
  if (voters.length === 0)
    return (
      <ResultSection title="Flags" note="flags alone exclude no voter; only the plan’s rule does">
        <p className="second">There are no voters yet.</p>
      </ResultSection>
    );
  return (
    <ResultSection title="Flags" note="flags alone exclude no voter; only the plan’s rule does">
      {noted.length === 0 ? (
        <p className="second">None of {formatCount(voters.length)} voters has a flag, and the plan leaves out none of them.</p>
      ) : (
        <div className={styles.scroll} tabIndex={0} role="region" aria-label="Voters with flags">
          <table className={`${styles.voters} ${styles.flags}`}>
            <thead>
              <tr>
                <th scope="col">Voter</th>
                <th scope="col">Why</th>
                <NumberHeads names={numbers} />
              </tr>
            </thead>
            <tbody>
              {noted.slice(0, maxShown).map((voter) => (
                <FlagRow key={voter.number} voter={voter} plan={plan} />
              ))}
            </tbody>
          </table>
        </div>
      )}
      <p className={`t12 muted ${styles.below}`}>
        {formatCount(noted.length)} of {formatCount(voters.length)} voters have a flag or are left out.
        {noted.length > maxShown ? ` The first ${maxShown} are shown; the tab Voters has all.` : ""}
      </p>
    </ResultSection>
  );
}

function FlagRow({ voter, plan }: { readonly voter: VoterOfResults; readonly plan: PlanOfResults }) {
  const { gold, canaries, favourite, responseMs, exclusions } = voter;
  const why = [describeExclusions(voter, plan), describeFlags(voter)].filter((text) => text !== "").join("; ");
  return (
    <tr data-excluded={exclusions.length > 0 || undefined}>
      <th scope="row" className="n">
        {pseudonymOf(voter.number)}
      </th>
      <td>{why}</td>
      <HitsCell {...gold} />
      <HitsCell hits={canaries.named} of={canaries.seen} />
      <td className="right n" title={favourite === null ? undefined : `${favourite.times} of ${favourite.of} answers`}>
        {favourite === null ? "–" : `${formatWholePercent(favourite.times / favourite.of)}% of ${favourite.of}`}
      </td>
      <MedianCell time={responseMs} />
      <td className="right">{exclusions.length > 0 ? "left out" : "kept"}</td>
    </tr>
  );
}

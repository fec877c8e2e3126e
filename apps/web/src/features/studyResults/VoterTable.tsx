/** A table of voters: trials, median response time, gold, skill with its interval, flags, and why votes do not count. */
import { pseudonymOf } from "@pareidolia/perception/study/pseudonym";
import type { PlanOfResults } from "./planOfResults.ts";
import { formatInterval, formatUnit } from "./resultFormats.ts";
import styles from "./StudyResults.module.css";
import { HitsCell, MedianCell, NumberHeads } from "./VoterCells.tsx";
import { describeExclusions, describeFlags, trialsOf, type VoterOfResults } from "./voterWords.ts";

interface VoterTableProps {
  readonly voters: readonly VoterOfResults[];
  readonly question: number;
  readonly plan: PlanOfResults;
  /** "short" leaves out checks other than gold, flags and the rule. */
  readonly detail: "short" | "full";
}

const shortNumbers = ["Trials", "Median RT", "Gold", "Skill"] as const;
const fullNumbers = ["Trials", "Median RT", "Gold", "Noise", "Canaries", "Agrees", "Skill"] as const;

export function VoterTable({ voters, question, plan, detail }: VoterTableProps) {
  const isFull = detail === "full";
  return (
    <div className={styles.scroll} tabIndex={0} role="region" aria-label="Voters">
      <table className={styles.voters}>
        <thead>
          <tr>
            <th scope="col">Voter</th>
            <NumberHeads names={isFull ? fullNumbers : shortNumbers} />
            {isFull ? (
              <>
                <th scope="col">Flags</th>
                <th scope="col">As planned</th>
              </>
            ) : null}
          </tr>
        </thead>
        <tbody>
          {voters.map((voter) => (
            <tr key={voter.number} data-excluded={voter.exclusions.length > 0 || undefined}>
              <th scope="row">
                <span className="n">{pseudonymOf(voter.number)}</span>
                {!isFull && voter.exclusions.length > 0 ? <span className="t12 muted"> excluded</span> : null}
              </th>
              <td className="right n">{trialsOf(voter)}</td>
              <MedianCell time={voter.responseMs} />
              <HitsCell {...voter.gold} />
              {isFull ? (
                <>
                  <HitsCell {...voter.noise} />
                  <HitsCell hits={voter.canaries.named} of={voter.canaries.seen} />
                  <HitsCell {...voter.agreement} />
                </>
              ) : null}
              <Skill voter={voter} question={question} isFull={isFull} />
              {isFull ? (
                <>
                  <td className="t12">{describeFlags(voter) || <span className="muted">none</span>}</td>
                  <td className="t12">
                    {voter.exclusions.length === 0 ? "kept" : `left out: ${describeExclusions(voter, plan)}`}
                    {voter.still && !voter.exclusions.includes("still") ? ", still version" : ""}
                    {voter.finished ? "" : <span className="muted">, not finished</span>}
                  </td>
                </>
              ) : null}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Skill({ voter, question, isFull }: { readonly voter: VoterOfResults; readonly question: number; readonly isFull: boolean }) {
  const skill = voter.skills[question];
  if (!skill?.defined)
    return (
      <td className="right t12 muted" title={skill?.reason}>
        –<span className="visuallyHidden"> {skill?.reason}</span>
      </td>
    );
  const interval = formatInterval(skill, formatUnit);
  return (
    <td className="right" title={`95% interval ${interval}, ${skill.n} answers`}>
      <span className={styles.skill}>
        <span className={styles.skillTrack} aria-hidden="true">
          <i style={{ width: `${skill.estimate * 100}%` }} />
          <u style={{ left: `${skill.low * 100}%`, width: `${(skill.high - skill.low) * 100}%` }} />
        </span>
        <span className="n">{formatUnit(skill.estimate)}</span>
        {isFull ? (
          <span className="n11 muted">
            {interval}, {skill.n}
          </span>
        ) : (
          <span className="visuallyHidden">
            , interval {interval}, {skill.n} answers
          </span>
        )}
      </span>
    </td>
  );
}

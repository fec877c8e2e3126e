/** A table of voters: trials, median response time, gold, skill with its interval, flags, and why votes do not count. */
import { pseudonymOf } from "@pareidolia/perception/study/pseudonym";
import type { PlanOfResults } from "./planOfResults.ts";
import { formatInterval, formatMilliseconds, formatUnit } from "./resultFormats.ts";
import styles from "./StudyResults.module.css";
import { describeExclusions, describeFlags, trialsOf, type VoterOfResults } from "./voterWords.ts";

interface VoterTableProps {
  readonly voters: readonly VoterOfResults[];
  readonly question: number;
  readonly plan: PlanOfResults;
  /** "short" leaves out checks other than gold, flags and the rule. */
  readonly detail: "short" | "full";
}

export function VoterTable({ voters, question, plan, detail }: VoterTableProps) {
  const isFull = detail === "full";
  return (
    <div className={styles.scroll} tabIndex={0} role="region" aria-label="Voters">
      <table className={styles.voters}>
        <thead>
          <tr>
            <th scope="col">Voter</th>
            <th scope="col" className="right">
              Trials
            </th>
            <th scope="col" className="right">
              Median RT
            </th>
            <th scope="col" className="right">
              Gold
            </th>
            {isFull ? (
              <>
                <th scope="col" className="right">
                  Noise
                </th>
                <th scope="col" className="right">
                  Canaries
                </th>
                <th scope="col" className="right">
                  Agrees
                </th>
              </>
            ) : null}
            <th scope="col" className="right">
              Skill
            </th>
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
              <MedianTime time={voter.responseMs} />
              <Hits hits={voter.gold} />
              {isFull ? (
                <>
                  <Hits hits={voter.noise} />
                  <td className="right n">{voter.canaries.seen === 0 ? "–" : `${voter.canaries.named} / ${voter.canaries.seen}`}</td>
                  <Hits hits={voter.agreement} />
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

function MedianTime({ time }: { readonly time: VoterOfResults["responseMs"] }) {
  if (time === null) return <td className="right n">–</td>;
  const half = `${formatMilliseconds(time.lowerQuartile)} – ${formatMilliseconds(time.upperQuartile)}`;
  return (
    <td className="right n" title={`Middle half ${half}, ${time.n} trials`}>
      {formatMilliseconds(time.median)}
    </td>
  );
}

function Hits({ hits }: { readonly hits: VoterOfResults["gold"] }) {
  return <td className="right n">{hits.of === 0 ? "–" : `${hits.hits} / ${hits.of}`}</td>;
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

/** A table of voters: trials, time-outs, median response time, checks, skill with its interval, flags, and why votes do not count. */
import { pseudonymOf } from "@pareidolia/perception/study/pseudonym";
import { wordsOfAll } from "./agreementWords.ts";
import type { PlanOfResults } from "./planOfResults.ts";
import { formatInterval, formatUnit, intervalKind } from "./resultFormats.ts";
import styles from "./StudyResults.module.css";
import { HitsCell, MedianCell, NumberHeads } from "./VoterCells.tsx";
import {
  describeContradiction,
  describeDoubts,
  describeFlags,
  describePlanned,
  type SkillWarning,
  trialsOf,
  type VoterOfResults,
} from "./voterWords.ts";

interface VoterTableProps {
  readonly voters: readonly VoterOfResults[];
  readonly question: number;
  readonly plan: PlanOfResults;
  /** Reasons to doubt the skills of the question. */
  readonly warnings: readonly SkillWarning[];
  /** "short" leaves out checks other than gold, flags and the rule. */
  readonly detail: "short" | "full";
}

const shortNumbers = ["Trials", "Timed out", "Median RT", "Gold", "Skill"] as const;
const fullNumbers = ["Trials", "Skipped", "Timed out", "Median RT", "Gold", "Noise", "Canaries", "Repeats"] as const;

export function VoterTable({ voters, question, plan, warnings, detail }: VoterTableProps) {
  const isFull = detail === "full";
  // Hits count over all questions.
  const { ofVoter } = wordsOfAll(plan.plan.rules.design.phases);
  return (
    <div className={styles.scroll} tabIndex={0} role="region" aria-label="Voters">
      <table className={styles.voters}>
        <thead>
          <tr>
            <th scope="col">Voter</th>
            <NumberHeads names={isFull ? [...fullNumbers, ofVoter, "Skill"] : shortNumbers} />
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
              {isFull ? <td className="right n">{voter.skipped}</td> : null}
              <td className="right n">{voter.timedOut}</td>
              <MedianCell time={voter.responseMs} />
              <HitsCell {...voter.gold} />
              {isFull ? (
                <>
                  <HitsCell {...voter.noise} />
                  <HitsCell hits={voter.canaries.named} of={voter.canaries.seen} />
                  <HitsCell hits={voter.repeats.same} of={voter.repeats.of} />
                  <HitsCell {...voter.agreement} />
                </>
              ) : null}
              <Skill voter={voter} question={question} doubts={describeDoubts(voter, warnings)} isFull={isFull} />
              {isFull ? (
                <>
                  <td className="t12">{describeFlags(voter) || <span className="muted">none</span>}</td>
                  <td className="t12">{describePlanned(voter, plan)}</td>
                </>
              ) : null}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

interface SkillProps {
  readonly voter: VoterOfResults;
  readonly question: number;
  readonly doubts: string;
  readonly isFull: boolean;
}

function Skill({ voter, question, doubts, isFull }: SkillProps) {
  const skill = voter.skills[question];
  const remarks = (
    <>
      <Doubts doubts={doubts} />
      <Contradiction text={describeContradiction(voter, question)} isFull={isFull} />
    </>
  );
  if (!skill?.defined)
    return (
      <td className="right t12 muted" title={skill?.reason}>
        {skill?.estimate === undefined ? "–" : formatUnit(skill.estimate)}
        <span className="visuallyHidden"> {skill?.reason}</span>
        {remarks}
      </td>
    );
  const interval = formatInterval(skill, formatUnit);
  return (
    <td className="right" title={`${intervalKind(skill.over)} ${interval}, ${skill.n} answers`}>
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
      {remarks}
    </td>
  );
}

function Doubts({ doubts }: { readonly doubts: string }) {
  return doubts === "" ? null : <p className="t12">Doubtful: {doubts}.</p>;
}

function Contradiction({ text, isFull }: { readonly text: string; readonly isFull: boolean }) {
  if (text === "") return null;
  return (
    <p className="t12">
      Gold contradicts it. <span className={isFull ? undefined : "visuallyHidden"}>{text}</span>
    </p>
  );
}

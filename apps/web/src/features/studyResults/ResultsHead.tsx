"use client";
/** The head of the results: title, counts, tabs, the choice of voters, and the number of votes in the results. */
import { useSearchParams } from "next/navigation";
import { Link } from "../marks/Link.tsx";
import { formatCount } from "../marks/numbers.ts";
import { RelativeTime } from "../marks/RelativeTime.tsx";
import { comparisonAddress } from "../studyComparison/comparisonState.ts";
import { describeQuestion, type PlanOfResults } from "./planOfResults.ts";
import type { ResultsOfStudy } from "./readResults.ts";
import { formatCounted, formatShare } from "./resultFormats.ts";
import { type ResultsTab, studyResultsAddress, tabNames, tabs } from "./resultsState.ts";
import styles from "./StudyResults.module.css";
import type { StudyOfResults } from "./useStudyResults.ts";

type Counts = NonNullable<ResultsOfStudy["results"]["voters"]>["counts"];

interface ResultsHeadProps {
  readonly study: StudyOfResults;
  readonly tab: ResultsTab;
  readonly plan: PlanOfResults | null;
  readonly question: number;
  readonly counts: Counts | undefined;
  readonly side: "planned" | "everyone";
  readonly chance: number | null;
}

const openedOn = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "long", year: "numeric", timeZone: "UTC" });

export function ResultsHead({ study, tab, plan, question, counts, side, chance }: ResultsHeadProps) {
  const address = useSearchParams().toString();
  const people = counts?.[side].phases[question];
  const phase = plan?.plan.rules.design.phases[question];
  return (
    <header className={`pageHead ${styles.head}`}>
      <div>
        <h1>{study.title}</h1>
        <p>
          <Link href={`/studies/${study.key}`} className="link n12">
            {study.key}
          </Link>
          {phase === undefined ? "" : `, ${describeQuestion(phase)}`}
          {chance === null ? "" : `, chance ${formatShare(chance)}`}.{" "}
          {people === undefined ? null : (
            <>
              <span className="n12 second">{formatCounted(people.votes, "vote")}</span>
              {side === "planned" ? " count as planned" : " count"}, by <span className="n12 second">{formatCount(people.voted)}</span> of{" "}
              <span className="n12 second">{formatCount(counts?.everyone.voters ?? 0)}</span> voters, on{" "}
              <span className="n12 second">{formatCount(people.images)}</span> images
              {people.missing === 0
                ? ""
                : `; ${formatCounted(people.missing, "more answer")} ${people.missing === 1 ? "is" : "are"} “can’t tell”, which is no vote here`}
              .{" "}
            </>
          )}
          {study.openedAt === null ? null : `Plan locked ${openedOn.format(new Date(study.openedAt))}.`}
        </p>
      </div>
      <nav className={styles.tabs} aria-label="Results">
        {tabs.map((one) => (
          <Link
            key={one}
            href={`${studyResultsAddress(study.key, one)}${address === "" ? "" : `?${address}`}`}
            aria-current={one === tab ? "page" : undefined}
          >
            {tabNames[one]}
          </Link>
        ))}
        <Link href={comparisonAddress([study.key])}>Compare with…</Link>
      </nav>
    </header>
  );
}

interface ComputedFromProps {
  readonly results: ResultsOfStudy;
  /** Counted votes now. */
  readonly votes: number;
  /** Whether the dots of the plane count the votes since the computation. */
  readonly isLive: boolean;
}

/** From how many votes the page was computed, and how many came since. */
export function ComputedFrom({ results, votes, isLive }: ComputedFromProps) {
  const { voteCount, computedAt } = results;
  // After a change that leaves the number of votes as it was, such as an undone vote, the stored number is negative.
  const since = voteCount < 0 ? null : votes - voteCount;
  return (
    <p className={`t12 muted ${styles.computedFrom}`}>
      {voteCount < 0 ? (
        <>Votes changed since this was computed, </>
      ) : (
        <>
          Computed from <span className="n12 second">{formatCounted(voteCount, "vote")}</span>,{" "}
        </>
      )}
      <RelativeTime time={computedAt.toISOString()} />
      {since === null ? ". It is being computed again." : since === 0 ? ". No vote since." : ". "}
      {since !== null && since > 0 ? (
        <>
          <span className="n12 second">{formatCounted(since, "vote")}</span> since
          {isLive
            ? ", which the plane counts already; all other figures follow with the next computation."
            : "; they count in the next computation."}
        </>
      ) : null}
      {since !== null && since < 0 ? (
        <>
          <span className="n12 second">{formatCounted(-since, "vote")}</span> were withdrawn since; the next computation leaves them out.
        </>
      ) : null}
    </p>
  );
}

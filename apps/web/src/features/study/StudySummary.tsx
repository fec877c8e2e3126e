"use client";
/** The total agreement, both ways of counting, and how far people agree with one another. Each figure has its interval and n. */
import { encodings } from "@pareidolia/encodings/registry";
import type { StudyOnPageFragment } from "../../graphql/generated/graphql.ts";
import { useDataTools } from "../marks/DataTools.tsx";
import { KeyRow } from "../marks/KeyRow.tsx";
import keyValueStyles from "../marks/KeyValues.module.css";
import { formatCount } from "../marks/numbers.ts";
import { RelativeTime } from "../marks/RelativeTime.tsx";
import { describeFigure, formatCoefficient } from "./figures.ts";
import { resultsQuery } from "./planeQuery.ts";
import { SideChoice, useSide } from "./SideChoice.tsx";
import styles from "./StudyView.module.css";
import { useStudyResults } from "./useStudyResults.ts";

export function StudySummary({ study }: { readonly study: StudyOnPageFragment }) {
  const [side] = useSide();
  const results = useStudyResults(study, ["summary", "agreement"]);
  const summary = results.find("summary");
  const agreement = results.find("agreement");
  const rows: (readonly [name: string, value: string])[] = [];
  for (const [index, phase] of (summary?.result[side].phases ?? []).entries()) {
    const prefix = (summary?.result[side].phases.length ?? 1) > 1 ? `Phase ${index + 1}: ` : "";
    const { total, voters, images } = phase;
    rows.push([
      `${prefix}Votes that agree with the machine`,
      total.defined ? describeFigure({ ...total.agreement, defined: true }) : total.reason,
    ]);
    rows.push([`${prefix}Voters above chance`, voters.defined ? describeFigure({ ...voters.meanAbove, defined: true }) : voters.reason]);
    if (voters.defined)
      rows.push([`${prefix}Voters whose interval is above chance`, describeFigure({ ...voters.intervalAbove, defined: true })]);
    rows.push([`${prefix}Images above chance`, images.defined ? describeFigure({ ...images.meanAbove, defined: true }) : images.reason]);
    if (images.defined)
      rows.push([`${prefix}Images whose interval is above chance`, describeFigure({ ...images.intervalAbove, defined: true })]);
    const between = agreement?.result[side].phases[index];
    if (between === undefined) continue;
    rows.push([`${prefix}Agreement between people, Krippendorff’s α`, describeFigure(between.alpha, formatCoefficient)]);
    if (between.bySource.length > 1)
      for (const { source, images: count, alpha } of between.bySource)
        rows.push([
          `${prefix}α on ${formatCount(count)} ${encodings.find(({ id }) => id === source)?.label ?? source} images`,
          describeFigure(alpha, formatCoefficient),
        ]);
    rows.push([`${prefix}Fleiss’ κ`, describeFigure(between.fleiss, formatCoefficient)]);
    rows.push([`${prefix}Pairs of votes that agree`, describeFigure(between.percent)]);
  }
  const { toolbar, content } = useDataTools({
    name: `${study.key}-summary`,
    columns: ["figure", "value, 95% interval, n"],
    rows,
    query: resultsQuery(study.key, ["SUMMARY", "AGREEMENT"]),
  });
  if (summary === null) return null;
  return (
    <section className={styles.summary} aria-labelledby="study-summary">
      <div className="sectionHead">
        <h2 id="study-summary">Do people agree?</h2>
        {toolbar}
      </div>
      <SideChoice counts={summary.result.counts} />
      {content}
      <dl className={keyValueStyles.keyRows}>
        {rows.map(([name, value]) => (
          <KeyRow key={name} name={name} number>
            {value}
          </KeyRow>
        ))}
      </dl>
      <p className="t12 muted">
        95% intervals. Computed <RelativeTime time={summary.computedAt} /> from {formatCount(summary.voteCount)} votes
        {summary.voteCount < study.voteCount ? `; ${formatCount(study.voteCount - summary.voteCount)} newer ones follow` : ""}.
      </p>
    </section>
  );
}

"use client";
/** Each voter under a pseudonym: trials, times, checks, skill, flags, and why the plan leaves a voter out. Flags alone exclude no voter. */
import { pseudonymOf } from "@pareidolia/perception/study/pseudonym";
import type { StudyOnPageFragment } from "../../graphql/generated/graphql.ts";
import { useDataTools } from "../marks/DataTools.tsx";
import { EmptyState } from "../marks/EmptyState.tsx";
import { RequestError } from "../marks/ErrorState.tsx";
import { formatCount } from "../marks/numbers.ts";
import { SkeletonLines } from "../marks/Skeleton.tsx";
import { wordsOf } from "../studyBuilder/templateRules.ts";
import { describeFigure, formatCoefficient } from "./figures.ts";
import { resultsQuery } from "./planeQuery.ts";
import { SideChoice, useSide } from "./SideChoice.tsx";
import styles from "./StudyView.module.css";
import { useStudyResults } from "./useStudyResults.ts";

const exclusionTexts = {
  insider: "may see the labels",
  goldHits: "gold",
  noiseHits: "noise",
  medianMs: "too fast",
  unfinished: "unfinished",
} as const;

const seconds = (milliseconds: number): string => `${(milliseconds / 1000).toFixed(1)} s`;

export function StudyVoters({ study }: { readonly study: StudyOnPageFragment }) {
  const [side] = useSide();
  const results = useStudyResults(study, ["voters"]);
  const found = results.find("voters");
  const voters = found?.result[side].voters ?? [];
  const { toolbar, content } = useDataTools({
    name: `${study.key}-voters`,
    columns: [
      "voter",
      "finished",
      "agreeing",
      "votes",
      "skipped",
      "median ms",
      "gold hits",
      "gold",
      "noise hits",
      "noise",
      "flags",
      "left out",
    ],
    rows: voters.map((voter) => [
      pseudonymOf(voter.number),
      String(voter.finished),
      voter.agreement.hits,
      voter.agreement.of,
      voter.skipped,
      voter.responseMs?.median ?? null,
      voter.gold.hits,
      voter.gold.of,
      voter.noise.hits,
      voter.noise.of,
      voter.flags.join(" "),
      voter.exclusions.join(" "),
    ]),
    query: resultsQuery(study.key, ["VOTERS"]),
  });
  if (found === null) {
    if (!results.isLoaded && results.error !== null) return <RequestError message={results.error} onRetry={results.refetch} forVisitors />;
    if (!results.isLoaded) return <SkeletonLines count={5} />;
    return <EmptyState title="No voters yet">Voters appear here under pseudonyms after their first votes have been counted.</EmptyState>;
  }
  return (
    <section aria-labelledby="study-voter-table">
      <div className="sectionHead">
        <h2 id="study-voter-table">
          {formatCount(voters.length)} {voters.length === 1 ? "voter" : "voters"}
        </h2>
        {toolbar}
      </div>
      <SideChoice counts={found.result.counts} />
      {content}
      <div className={styles.scroll} tabIndex={0} role="region" aria-label="Voters">
        <table>
          <thead>
            <tr>
              <th scope="col">Voter</th>
              <th scope="col" className="right">
                Votes
              </th>
              <th scope="col" className="right">
                Agree
              </th>
              <th scope="col" className="right">
                Median time
              </th>
              <th scope="col" className="right">
                Gold
              </th>
              <th scope="col" className="right">
                Noise
              </th>
              <th scope="col" className="right">
                Skill
              </th>
              <th scope="col">Flags</th>
              <th scope="col">Left out</th>
            </tr>
          </thead>
          <tbody>
            {voters.map((voter) => {
              const skill = voter.skills.at(-1);
              return (
                <tr key={voter.number}>
                  <td className="n12">
                    {pseudonymOf(voter.number)}
                    {voter.finished ? "" : <span className="muted"> unfinished</span>}
                  </td>
                  <td className="right n12">{formatCount(voter.agreement.of)}</td>
                  <td className="right n12 people">
                    {voter.agreement.hits} / {voter.agreement.of}
                  </td>
                  <td className="right n12">{voter.responseMs === null ? "–" : seconds(voter.responseMs.median)}</td>
                  <td className="right n12">
                    {voter.gold.hits} / {voter.gold.of}
                  </td>
                  <td className="right n12">
                    {voter.noise.hits} / {voter.noise.of}
                  </td>
                  <td className="right n12" title={skill === undefined ? undefined : describeFigure(skill, formatCoefficient)}>
                    {skill?.defined ? formatCoefficient(skill.estimate) : "–"}
                  </td>
                  <td className="t12">{voter.flags.map(wordsOf).join(", ")}</td>
                  <td className="t12">{voter.exclusions.map((reason) => exclusionTexts[reason]).join(", ")}</td>
                </tr>
              );
            })}
          </tbody>
        </table>
      </div>
      <p className="t12 muted">A flag is a reason to look, and leaves no voter out. Only the rules of the plan do.</p>
    </section>
  );
}

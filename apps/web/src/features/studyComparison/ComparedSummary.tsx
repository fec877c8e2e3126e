"use client";
/** A row for each study: the share of votes that agree with its interval, votes, voters and images. */
import { useRef } from "react";
import { useDataTools } from "../marks/DataTools.tsx";
import { Link } from "../marks/Link.tsx";
import { formatCount } from "../marks/numbers.ts";
import { FigureCell } from "../studyResults/FigureTable.tsx";
import { ResultSection } from "../studyResults/ResultSection.tsx";
import { figureCells, figureColumns } from "../studyResults/readResults.ts";
import { formatCounted, formatShare, populationsOf } from "../studyResults/resultFormats.ts";
import { studyResultsAddress } from "../studyResults/resultsState.ts";
import { ComparedFigures } from "./ComparedFigures.tsx";
import { type ComparedStudy, comparisonQuery, wordsOfStudies } from "./readComparison.ts";
import styles from "./StudyComparison.module.css";

export function ComparedSummary({ studies }: { readonly studies: readonly ComparedStudy[] }) {
  const svg = useRef<SVGSVGElement>(null);
  const keys = studies.map(({ key }) => key);
  const tools = useDataTools({
    name: `${keys.join("-")}-summary`,
    columns: [
      "study",
      "title",
      "images",
      "voters",
      "all voters",
      "votes",
      "chance",
      ...figureColumns,
      ...figureColumns.map((name) => `images above chance ${name}`),
    ],
    rows: studies.map((study) => [
      study.key,
      study.title,
      study.images,
      study.voters,
      study.allVoters,
      study.votes,
      study.chance,
      ...figureCells(study.share),
      ...figureCells(study.above),
    ]),
    query: comparisonQuery(keys),
    svg,
  });
  const words = wordsOfStudies(studies);
  const since = studies.filter((study) => study.since > 0);
  return (
    <ResultSection title="The studies" tools={tools} note={`${words.ofVotes}, first question`}>
      <ComparedFigures
        chart={{
          rows: studies.map(({ key, share }) => ({ key, name: key, figure: share })),
          mostNameWidth: 90,
          domain: [0, 1],
          ticks: [0, 0.25, 0.5, 0.75, 1],
          format: formatShare,
          label: `The ${words.ofVotes} in each study, with 95% intervals for other voters and images. The table has the numbers.`,
          svg,
        }}
        tableLabel="Figures of the studies"
        columns={[
          "Study",
          { name: words.column, over: populationsOf(studies.map(({ share }) => share)) },
          { name: "Images above chance", over: populationsOf(studies.map(({ above }) => above)) },
          "Voters",
          "Images",
        ]}
      >
        {studies.map((study) => (
          <tr key={study.key}>
            <th scope="row">
              <Link className="link" href={studyResultsAddress(study.key)}>
                {study.title}
              </Link>{" "}
              <span className="n12 muted">{study.key}</span>
            </th>
            <FigureCell figure={study.share} format={formatShare} cases="votes" />
            <FigureCell figure={study.above} format={formatShare} cases="images" />
            <td className="right n">
              {formatCount(study.voters)} of {formatCount(study.allVoters)}
            </td>
            <td className="right n">{formatCount(study.images)}</td>
          </tr>
        ))}
      </ComparedFigures>
      {since.length === 0 ? null : (
        <p className={`t12 muted ${styles.below}`}>
          {since.map((study) => `${study.key} has ${formatCounted(study.since, "vote")} that are not counted yet`).join("; ")}.
        </p>
      )}
    </ResultSection>
  );
}

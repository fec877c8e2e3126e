"use client";
/**
 * Sensitivity: hit rate, false alarms, d' and criterion. They are the figures of yes or no, and of images to choose from, where a matrix of
 * positions or images says nothing; of labels to choose from, they are beside the matrix.
 */
import type { StudyResult } from "@pareidolia/perception/study/studyResults";
import { useDataTools } from "../marks/DataTools.tsx";
import { formatCount } from "../marks/numbers.ts";
import { FigureText } from "./FigureText.tsx";
import { ResultSection } from "./ResultSection.tsx";
import { figureCells, figureColumns, resultQuery } from "./readResults.ts";
import styles from "./StudyResults.module.css";
import { hasMatrix, type SensitivityRow, sensitivityRows } from "./sensitivityRows.ts";

type Phase = StudyResult<"detection">["planned"]["phases"][number];

interface SensitivitySectionProps {
  readonly studyKey: string;
  readonly phase: Phase;
}

export function SensitivitySection({ studyKey, phase }: SensitivitySectionProps) {
  const { rows, reason } = sensitivityRows(phase);
  const isLabels = phase.method === "forcedChoice" && hasMatrix(phase);
  const tools = useDataTools({
    name: `${studyKey}-sensitivity`,
    columns: ["figure", "hits or false alarms", "trials", ...figureColumns],
    rows: rows.map(({ name, count, of, figure }) => [name, count, of, ...figureCells(figure)]),
    query: resultQuery(studyKey, "detection"),
  });
  return (
    <ResultSection title="Sensitivity" {...(rows.length === 0 ? {} : { tools })}>
      {reason === null ? (
        <>
          <dl className={styles.keyFigures}>
            {rows.map((row) => (
              <Row key={row.name} row={row} />
            ))}
          </dl>
          <p className={`t12 muted ${styles.below}`}>
            d′ is the distance between {isLabels ? "the machine’s label and the others" : "the images and what is beside them"}, in standard
            deviations; 0 if people cannot tell them apart. The criterion is above 0 for a preference for{" "}
            {phase.method === "yesNo" ? "“no”" : "the second position"}. Rates in d′ are corrected log-linearly (Hautus 1995).
          </p>
        </>
      ) : (
        <p className="second">Undefined. {reason}</p>
      )}
    </ResultSection>
  );
}

function Row({ row: { name, count, of, figure, format } }: { readonly row: SensitivityRow }) {
  return (
    <>
      <dt>{name}</dt>
      <dd>
        {of === null || count === null ? null : (
          <span className="n12 second">
            {formatCount(count)} / {formatCount(of)}
          </span>
        )}{" "}
        <FigureText figure={figure} format={format} cases="trials" />
      </dd>
    </>
  );
}

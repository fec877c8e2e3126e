"use client";
/**
 * What people answer: how often each answer is given, the matrix of the machine's labels (rows) and people's answers (columns), and the
 * share right of each label beside how often it is answered at all.
 */
import type { StudyResult } from "@pareidolia/perception/study/studyResults";
import { useRef, useState } from "react";
import { useDataTools } from "../marks/DataTools.tsx";
import toolButtonStyles from "../marks/ToolButton.module.css";
import { FigureText } from "./FigureText.tsx";
import { MatrixChart } from "./MatrixChart.tsx";
import { matrixOf } from "./matrixOf.ts";
import type { PlanOfResults } from "./planOfResults.ts";
import { ResultSection } from "./ResultSection.tsx";
import { figureCells, figureColumns, resultQuery } from "./readResults.ts";
import { formatShare, formatUnit, intervalKinds, populationsOf } from "./resultFormats.ts";
import styles from "./StudyResults.module.css";

type Phase = StudyResult<"bias">["planned"]["phases"][number];

interface ResponseMatrixProps {
  readonly studyKey: string;
  readonly phase: Phase;
  readonly plan: PlanOfResults;
}

export function ResponseMatrix({ studyKey, phase, plan }: ResponseMatrixProps) {
  const { options, positions } = phase;
  const [chosen, setChosen] = useState<"options" | "positions">(options.defined || !positions.defined ? "options" : "positions");
  const shown = phase[chosen];
  const svg = useRef<SVGSVGElement>(null);
  const matrix = shown.defined ? matrixOf(shown, plan) : null;
  const kinds = intervalKinds(populationsOf((matrix?.rows ?? []).flatMap(({ right, baseRate }) => [right, baseRate])));
  const tools = useDataTools({
    name: `${studyKey}-answers`,
    columns: [
      "machine",
      ...(matrix?.names ?? []),
      "votes",
      "answered",
      ...figureColumns.map((column) => `right: ${column}`),
      ...figureColumns.map((column) => `base rate: ${column}`),
    ],
    rows:
      matrix?.rows.map(({ name, counts, targets, right, answered, baseRate }) => [
        name,
        ...counts,
        targets,
        answered,
        ...figureCells(right),
        ...figureCells(baseRate),
      ]) ?? [],
    query: resultQuery(studyKey, "bias"),
    ...(matrix === null ? {} : { svg }),
  });
  return (
    <ResultSection title="What people answer" {...(matrix === null ? {} : { tools })}>
      <div className={styles.choices} role="group" aria-label="Answers">
        {(["options", "positions"] as const).map((one) => (
          <button
            key={one}
            type="button"
            className={toolButtonStyles.toolButton}
            aria-pressed={one === chosen}
            onClick={() => setChosen(one)}
          >
            {one === "options" ? "By label" : "By position on the screen"}
          </button>
        ))}
      </div>
      {matrix === null || !shown.defined ? (
        <p className="second">Undefined. {shown.defined ? "" : shown.reason}</p>
      ) : (
        <>
          <div className={styles.scroll} tabIndex={0} role="region" aria-label="Matrix of answers">
            <MatrixChart matrix={matrix} imageOf={(label) => imageOf(plan, label)} svg={svg} />
          </div>
          {kinds === null ? null : <p className="t12 muted">Whiskers: intervals, {kinds}.</p>}
          <dl className={styles.keyFigures}>
            <dt>Answers that are the machine’s</dt>
            <dd>
              <FigureText figure={shown.accuracy} format={formatShare} cases="votes" />
            </dd>
            <dt>Expected of the same answers, whatever the image</dt>
            <dd>
              <span className={styles.figure}>
                <span className="n">{formatShare(shown.expected)}</span>
                <span className="n11 muted">computed from the base rates</span>
              </span>
            </dd>
            <dt>Corrected for base rates, κ</dt>
            <dd>
              <FigureText figure={shown.corrected} format={formatUnit} cases="votes" />
            </dd>
          </dl>
        </>
      )}
    </ResultSection>
  );
}

function imageOf(plan: PlanOfResults, label: number): string | null {
  const image = plan.imageOf(label);
  return image === null ? null : plan.addressOf(image);
}

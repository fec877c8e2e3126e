"use client";
/** Response times of all counted trials, on a logarithmic axis, with median and middle half. */
import type { StudyResult } from "@pareidolia/perception/study/studyResults";
import { scaleLinear, scaleLog } from "d3-scale";
import { type RefObject, useRef } from "react";
import chartStyles from "../charts/Chart.module.css";
import { useElementWidth } from "../charts/useElementWidth.ts";
import { useDataTools } from "../marks/DataTools.tsx";
import { formatCount } from "../marks/numbers.ts";
import { FigureText } from "./FigureText.tsx";
import { barsOf } from "./histogramBars.ts";
import { ResultSection } from "./ResultSection.tsx";
import { resultQuery } from "./readResults.ts";
import { formatCounted, formatMilliseconds } from "./resultFormats.ts";
import styles from "./StudyResults.module.css";

type Phase = StudyResult<"timing">["planned"]["phases"][number];
type Response = Extract<Phase["response"], { readonly defined: true }>;

export function ResponseTimesSection({ studyKey, phase }: { readonly studyKey: string; readonly phase: Phase }) {
  const { response } = phase;
  if (!response.defined)
    return (
      <ResultSection title="Response times">
        <p className="second">Undefined. {response.reason}</p>
      </ResultSection>
    );
  return <DefinedTimes studyKey={studyKey} response={response} />;
}

function DefinedTimes({ studyKey, response }: { readonly studyKey: string; readonly response: Response }) {
  const [frame, width] = useElementWidth<HTMLDivElement>(556);
  const svg = useRef<SVGSVGElement>(null);
  const tools = useDataTools({
    name: `${studyKey}-response-times`,
    columns: ["from ms", "to ms", "trials"],
    rows: [
      ...(response.histogram.below > 0 ? [[null, response.histogram.edges[0] as number, response.histogram.below]] : []),
      ...barsOf(response.histogram).map(({ from, to, count }) => [Math.round(from), Math.round(to), count]),
      ...(response.histogram.above > 0 ? [[response.histogram.edges.at(-1) as number, null, response.histogram.above]] : []),
    ],
    query: resultQuery(studyKey, "timing"),
    svg,
  });
  return (
    <ResultSection title="Response times" tools={tools}>
      <div ref={frame}>
        <TimesChart response={response} width={width} svg={svg} />
      </div>
      <dl className={styles.keyFigures}>
        <dt>Median and middle half of trials</dt>
        <dd>
          <span className={styles.figure}>
            <span className="n">{formatMilliseconds(response.median)}</span>
            <span className="n11 muted">
              {formatMilliseconds(response.lowerQuartile)} – {formatMilliseconds(response.upperQuartile)}, {formatCount(response.n)} trials
            </span>
          </span>
        </dd>
        <dt>Median of the voters’ medians</dt>
        <dd>
          <FigureText figure={response.medianOfVoters} format={formatMilliseconds} cases="voters" />
        </dd>
      </dl>
    </ResultSection>
  );
}

const height = 130;
const bottom = 100;

function TimesChart({
  response,
  width,
  svg,
}: {
  readonly response: Response;
  readonly width: number;
  readonly svg: RefObject<SVGSVGElement | null>;
}) {
  const bars = barsOf(response.histogram);
  const [first, last] = [bars[0]?.from ?? 500, bars.at(-1)?.to ?? 4000];
  const x = scaleLog([Math.min(first, 500), Math.max(last, 4000)], [16, Math.max(17, width - 16)]);
  const y = scaleLinear([0, Math.max(1, ...bars.map(({ count }) => count))], [bottom, 18]);
  const ticks = [125, 250, 500, 1000, 2000, 4000, 8000, 16000, 32000, 64000].filter(
    (tick) => tick >= (x.domain()[0] ?? 0) && tick <= (x.domain()[1] ?? 0),
  );
  return (
    <svg
      ref={svg}
      className={chartStyles.chart}
      width={width}
      height={height}
      role="img"
      aria-label={`Response times of ${formatCount(response.n)} trials: median ${formatMilliseconds(response.median)}. The table has the numbers.`}
    >
      {bars.map(({ from, to, count }) => (
        <rect
          key={from}
          x={x(from) + 0.5}
          y={y(count)}
          width={Math.max(1, x(to) - x(from) - 1)}
          height={bottom - y(count)}
          fill="var(--ink-2)"
        >
          <title>{`${formatMilliseconds(from)} to ${formatMilliseconds(to)}: ${formatCounted(count, "trial")}`}</title>
        </rect>
      ))}
      <line x1={0} x2={width} y1={bottom + 0.5} y2={bottom + 0.5} className={chartStyles.chartFrame} />
      <line x1={x(response.median)} x2={x(response.median)} y1={14} y2={bottom} stroke="var(--ink)" strokeDasharray="4 4" />
      <text x={x(response.median)} y={10} textAnchor="middle" className={chartStyles.chartLabel}>
        median
      </text>
      {ticks.map((tick) => (
        <text key={tick} x={x(tick)} y={bottom + 20} textAnchor="middle">
          {tick < 1000 ? `${tick / 1000}`.replace(/^0/, "") : tick / 1000} s
        </text>
      ))}
    </svg>
  );
}

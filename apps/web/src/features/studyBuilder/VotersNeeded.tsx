"use client";
/** How many voters the plan needs, with the range of the simulated studies, on the curve of the interval's width against voters. */
import { wilsonInterval } from "@pareidolia/analysis/wilson";
import type { StudyPlan } from "@pareidolia/perception/study/studyPlan";
import { scaleLinear } from "d3-scale";
import { useRef, useState } from "react";
import chartStyles from "../charts/Chart.module.css";
import { useElementWidth } from "../charts/useElementWidth.ts";
import { ValueRules } from "../charts/ValueRules.tsx";
import { useDataTools } from "../marks/DataTools.tsx";
import { formatCount } from "../marks/numbers.ts";
import toolButtonStyles from "../marks/ToolButton.module.css";
import { draftQuery } from "./draftQuery.ts";
import { intervalCurve } from "./intervalCurve.ts";
import { assumedElectorate, mostVoters, simulatedStudies, useVotersNeeded } from "./useVotersNeeded.ts";
import styles from "./VotersNeeded.module.css";

const height = 150;
const plot = { left: 34, right: 8, top: 8, bottom: height - 32 } as const;

export function VotersNeeded({ plan, studyKey }: { readonly plan: StudyPlan | null; readonly studyKey: string }) {
  const needed = useVotersNeeded(plan);
  const [explained, setExplained] = useState(false);
  const [box, width] = useElementWidth<HTMLDivElement>(340);
  const svg = useRef<SVGSVGElement>(null);
  const voters = needed?.result?.voters ?? null;
  const median = voters?.median ?? null;
  const end = Math.max(20, Math.ceil(((median ?? plan?.overlap ?? 20) * 2) / 10) * 10);
  const perVoter = plan?.rules.design.perVoter.counted ?? 0;
  const images = plan?.rules.design.stimuli.length ?? 0;
  const curve = intervalCurve({ images, perVoter, end });
  const { toolbar, content } = useDataTools({
    name: `${studyKey}-voters`,
    columns: ["voters", "votes per image", "width if split evenly, points", "width if 19 of 20 agree, points"],
    rows: curve.map(({ voters: count, votes, split, agreed }) => [count, votes, Number(split.toFixed(2)), Number(agreed.toFixed(2))]),
    query: draftQuery(studyKey),
    svg,
  });
  const x = scaleLinear([0, end], [plot.left, width - plot.right]);
  const y = scaleLinear([0, 100], [plot.bottom, plot.top]);
  const line = (key: "split" | "agreed") =>
    curve.map((point, index) => `${index === 0 ? "M" : "L"}${x(point.voters)} ${y(point[key])}`).join("");
  const area = `${line("split")}${[...curve]
    .reverse()
    .map((point) => `L${x(point.voters)} ${y(point.agreed)}`)
    .join("")}Z`;
  const at = median === null || images === 0 ? null : wilsonWidth((median * perVoter) / images);
  return (
    <section className={styles.section} aria-labelledby="study-voters">
      <div className="sectionHead">
        <h2 id="study-voters">Voters needed</h2>
        <button type="button" className={toolButtonStyles.toolButton} aria-expanded={explained} onClick={() => setExplained(!explained)}>
          How
        </button>
      </div>
      {needed === null ? (
        <p className="second">The number appears as soon as the plan is complete.</p>
      ) : needed.error !== null ? (
        <p className="fieldError">{needed.error}</p>
      ) : needed.result === null ? (
        <p className="second" aria-live="polite">
          Simulating studies: <span className="n12">{Math.round(needed.progress * 100)}%</span>
        </p>
      ) : (
        <div className={styles.number} aria-live="polite">
          <span>
            <span className="n36">{median === null ? `${formatCount(mostVoters)}+` : formatCount(median)}</span> voters
          </span>
          <span className="n12 muted">
            {bound(voters?.low)} – {bound(voters?.high)}
          </span>
        </div>
      )}
      {needed?.result ? (
        <p className="t12 second">
          The median image has {formatCount(Math.round(needed.result.votesPerImage))} votes when the last one stops; a voter has{" "}
          {formatCount(Math.round(needed.result.trialsPerVoter))} trials.
          {plan !== null && plan.overlap < needed.result.votesPerImage
            ? ` Each image is assigned to only ${formatCount(plan.overlap)} voters, so some will not reach their stopping rule.`
            : ""}
        </p>
      ) : null}
      {explained ? (
        <p className="t12 muted">
          {simulatedStudies} studies are simulated from this plan’s own trials, until every image has reached its stopping rule. Half of all
          votes agree; the logit of agreement has a standard deviation of {assumedElectorate.voterSpread} over voters and{" "}
          {assumedElectorate.imageSpread} over images. Every answer counts and no voter is left out. The range covers the middle 90% of the
          studies.
        </p>
      ) : null}
      <div ref={box}>
        {curve.length > 1 ? (
          <svg
            ref={svg}
            className={chartStyles.chart}
            width={width}
            height={height}
            role="img"
            aria-label={`Width of an image's 95% interval against voters${at === null ? "" : `: ${at.toFixed(1)} points with ${median} voters if votes are split evenly`}.`}
          >
            <ValueRules values={[0, 20, 40, 60, 80, 100]} y={y} from={plot.left} to={width - plot.right} />
            <path d={area} fill="var(--people-wash)" />
            <path d={line("split")} fill="none" stroke="var(--people)" strokeWidth={1.5} />
            {[0, end / 2, end].map((tick) => (
              <text key={tick} x={x(tick)} y={plot.bottom + 16} textAnchor={tick === end ? "end" : "middle"}>
                {formatCount(tick)}
              </text>
            ))}
            <text x={width - plot.right} y={height - 2} textAnchor="end">
              voters
            </text>
            {median !== null && at !== null ? (
              <>
                <path d={`M${plot.left} ${y(at)}H${x(median)}V${plot.bottom}`} fill="none" stroke="var(--ink)" strokeDasharray="3 3" />
                <circle cx={x(median)} cy={y(at)} r={4} fill="var(--people)" />
              </>
            ) : null}
          </svg>
        ) : null}
      </div>
      <p className="t12 muted">
        Width of an image’s 95% interval, in points: the line if votes are split evenly, the area down to 19 of 20.
      </p>
      {curve.length > 1 ? toolbar : null}
      {content}
    </section>
  );
}

function bound(value: number | null | undefined): string {
  return value === null || value === undefined ? `${formatCount(mostVoters)}+` : formatCount(value);
}

function wilsonWidth(votes: number): number {
  const { low, high } = wilsonInterval(votes / 2, votes);
  return (high - low) * 100;
}

"use client";
/** The plane with its legend and tools, and the selected images beside it. */
import { useQueryState } from "nuqs";
import { useDeferredValue, useMemo, useRef, useState } from "react";
import { useElementWidth } from "../charts/useElementWidth.ts";
import { type DataToolsProps, useDataTools } from "../marks/DataTools.tsx";
import toolButtonStyles from "../marks/ToolButton.module.css";
import { nameOfSource } from "../study/nameOfSource.ts";
import { type AgreementWords, agreementWords } from "./agreementWords.ts";
import { PlaneChart } from "./PlaneChart.tsx";
import { maxDots } from "./PlaneDots.tsx";
import { computedPoints, type LiveCounts, type PlanePoints, type PlaneResult, withVotesSince } from "./planePoints.ts";
import { planeColumns, planeRows } from "./planeRows.ts";
import { imagesInside, planePlaces, planeScale } from "./planeScale.ts";
import type { PlanOfResults } from "./planOfResults.ts";
import { resultQuery } from "./readResults.ts";
import { namesOfPopulations, shareIntervalNames } from "./resultFormats.ts";
import { brushParser } from "./resultsState.ts";
import { Selection } from "./Selection.tsx";
import { SourceMark } from "./SourceMark.tsx";
import styles from "./StudyResults.module.css";
import { usePlaneBrush } from "./usePlaneBrush.ts";

interface PlaneSectionProps {
  readonly studyKey: string;
  readonly plan: PlanOfResults;
  readonly result: PlaneResult;
  readonly side: "planned" | "everyone";
  readonly question: number;
  /** Null where votes since the computation cannot be assigned to the question. */
  readonly live: LiveCounts | null;
}

/** Over a density layer, selected images are drawn as dots up to this number; more would cover it. */
const maxOverDensity = 100;
export function PlaneSection({ studyKey, plan, result, side, question, live }: PlaneSectionProps) {
  const phase = result[side].phases[question];
  const shares = phase?.shares;
  const everyone = result.everyone.phases[question]?.shares;
  const computed = useMemo(() => (shares?.defined ? computedPoints(result, shares) : null), [result, shares]);
  const points = useMemo(
    () => (computed === null || live === null || !everyone?.defined ? computed : withVotesSince(computed, everyone, live)),
    [computed, everyone, live],
  );
  const asked = plan.plan.rules.design.phases[question];
  if (points === null || phase === undefined || asked === undefined)
    return (
      <section aria-label="Plane">
        <h2>Plane</h2>
        <p className="second">The plane is undefined. {shares?.defined === false ? shares.reason : ""}</p>
      </section>
    );
  return <DefinedPlane studyKey={studyKey} plan={plan} points={points} chance={phase.chance} words={agreementWords(asked)} />;
}

const none: readonly number[] = [];

function describeWhiskers({ interval, over }: PlanePoints): string {
  const kind = `whisker: ${shareIntervalNames[interval]} for ${namesOfPopulations[over]}`;
  return interval === "sequence" ? `${kind}, as votes decide when an image stops` : kind;
}

interface DefinedPlaneProps {
  readonly studyKey: string;
  readonly plan: PlanOfResults;
  readonly points: PlanePoints;
  readonly chance: number | null;
  readonly words: AgreementWords;
}

function DefinedPlane({ studyKey, plan, points, chance, words }: DefinedPlaneProps) {
  const [frame, width] = useElementWidth<HTMLDivElement>(776);
  const [storedBrush, setBrush] = useQueryState("brush", brushParser);
  const [touch, setTouch] = useState(false);
  const height = width < 520 ? 440 : 572;
  const { confidence, count } = points;
  const scale = useMemo(() => planeScale({ confidence, count }, { width, height }), [confidence, count, width, height]);
  const places = useMemo(() => planePlaces(points, scale), [points, scale]);
  const brush = usePlaneBrush(storedBrush, scale, touch, (next) => void setBrush(next));
  // The rectangle follows the pointer at once, the images as soon as they are drawn.
  const shownBrush = useDeferredValue(brush.brush);
  const selected = useMemo(
    () => (shownBrush === null ? null : imagesInside(points, scale.limits, shownBrush)),
    [points, scale, shownBrush],
  );
  const drawn = selected === null || (count > maxDots && selected.length > maxOverDensity) ? none : selected;
  const svg = useRef<SVGSVGElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const raster = useRef<SVGImageElement>(null);
  const exported = exportWithCanvas({ svg, canvas, raster });
  const tools = useDataTools({
    name: `${studyKey}-plane`,
    columns: planeColumns,
    rows: () => planeRows(points, plan),
    query: resultQuery(studyKey, "plane"),
    svg: exported,
  });
  return (
    <div className={styles.planeAndSelection}>
      <section aria-label="Plane">
        <div className={`sectionHead ${styles.planeHead}`}>
          <p className={styles.legend}>
            {points.sources.map((source) => (
              <span key={source}>
                <svg width={10} height={10} aria-hidden="true">
                  <SourceMark source={source} x={5} y={5} />
                </svg>
                {nameOfSource(source)}
              </span>
            ))}
            <span className="muted">{describeWhiskers(points)}</span>
          </p>
          {tools.toolbar}
          <button
            type="button"
            className={`${toolButtonStyles.toolButton} ${styles.touchOnly}`}
            aria-pressed={touch}
            onClick={() => setTouch(!touch)}
          >
            Select by touch
          </button>
        </div>
        {tools.content}
        <div ref={frame}>
          <PlaneChart
            points={points}
            places={places}
            scale={scale}
            chance={chance}
            share={words.share}
            brush={brush}
            selected={drawn}
            touch={touch}
            labelOf={plan.labelOf}
            svg={svg}
            canvas={canvas}
            raster={raster}
          />
        </div>
        <p id="plane-keys" className={`t12 muted ${styles.keys}`}>
          Drag to select images. <kbd>Enter</kbd> selects by keyboard, arrows move the selection, with <kbd>Shift</kbd> they resize it,{" "}
          <kbd>Esc</kbd> clears it.
        </p>
      </section>
      <Selection studyKey={studyKey} points={points} selected={selected} plan={plan} words={words} onClear={() => void setBrush(null)} />
    </div>
  );
}

/** The chart for a file: the pixels of the density layer are part of the drawing only while the file is made. */
function exportWithCanvas({
  svg,
  canvas,
  raster,
}: Pick<Parameters<typeof PlaneChart>[0], "svg" | "canvas" | "raster">): NonNullable<DataToolsProps["svg"]> {
  return {
    get current() {
      if (canvas.current !== null) {
        raster.current?.setAttribute("href", canvas.current.toDataURL());
        setTimeout(() => raster.current?.removeAttribute("href"));
      }
      return svg.current;
    },
  };
}

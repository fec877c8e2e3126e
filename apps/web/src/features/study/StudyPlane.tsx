"use client";
/**
 * The plane: machine confidence across on the nines scale, the share of agreeing votes up, one mark an image with its Wilson interval. A
 * brush, by pointer or arrow keys, shows its images; it is in the URL.
 */
import { chanceOf } from "@pareidolia/perception/protocols/registry";
import type { StudyPlan } from "@pareidolia/perception/study/studyPlan";
import { scaleLinear } from "d3-scale";
import { parseAsFloat, useQueryStates } from "nuqs";
import { type KeyboardEvent, type PointerEvent, useMemo, useRef, useState } from "react";
import type { StudyImageRowFragment } from "../../graphql/generated/graphql.ts";
import chartStyles from "../charts/Chart.module.css";
import { confidenceAxis } from "../charts/confidenceAxis.ts";
import { useElementWidth } from "../charts/useElementWidth.ts";
import { ValueRules } from "../charts/ValueRules.tsx";
import { formatAxisConfidence, formatConfidence, openNinesScale } from "../marks/confidence.ts";
import { useDataTools } from "../marks/DataTools.tsx";
import { EmptyState } from "../marks/EmptyState.tsx";
import { splitLabel } from "../marks/labels.ts";
import { formatCount } from "../marks/numbers.ts";
import { BrushedImages } from "./BrushedImages.tsx";
import { PlaneMark } from "./PlaneMark.tsx";
import { type Brush, brushed, formatShare, markOf, normaliseBrush, planePoints, spaceTicks } from "./planePoints.ts";
import { planeQuery } from "./planeQuery.ts";
import styles from "./StudyPlane.module.css";

const height = 520;
const plot = { left: 52, right: 14, top: 28, bottom: height - 52 } as const;
/** With more images, intervals are drawn only for brushed ones. */
const mostWhiskers = 400;
/** Between labels of the axis, in pixels. */
const leastTickDistance = 44;
const keyboardStep = { x: 0.02, y: 0.05 } as const;
const sourceTexts = { dot: "CPPN or other", cross: "direct", square: "photograph" } as const;

interface StudyPlaneProps {
  readonly studyKey: string;
  readonly images: readonly StudyImageRowFragment[];
  readonly classNames: readonly string[];
  readonly plan: StudyPlan | null;
}

export function StudyPlane({ studyKey, images, classNames, plan }: StudyPlaneProps) {
  const [box, width] = useElementWidth<HTMLDivElement>(760);
  const svg = useRef<SVGSVGElement>(null);
  const [address, setAddress] = useQueryStates(
    { x0: parseAsFloat, x1: parseAsFloat, y0: parseAsFloat, y1: parseAsFloat },
    { history: "replace", scroll: false },
  );
  const [dragged, setDragged] = useState<Brush | null>(null);
  const points = useMemo(() => planePoints(images), [images]);
  const nameOf = (label: number) => splitLabel(classNames[label] ?? `class ${label}`).name;
  const axis = confidenceAxis(
    points.map(({ confidence }) => confidence),
    { top: 0, bottom: 1 },
  );
  const end = openNinesScale(axis.ticks.at(-1) ?? 0.9999);
  const x = scaleLinear([0, end], [plot.left, width - plot.right]).clamp(true);
  const shownTicks = spaceTicks(axis.ticks, (tick) => x(openNinesScale(tick)), leastTickDistance);
  const y = scaleLinear([0, 1], [plot.bottom, plot.top]);
  const { x0, x1, y0, y1 } = address;
  const stored = x0 === null || x1 === null || y0 === null || y1 === null ? null : normaliseBrush({ x0, x1, y0, y1 }, end);
  const brush = dragged === null ? stored : normaliseBrush(dragged, end);
  const selected = brush === null ? [] : brushed(points, brush, end);
  const selectedHashes = new Set(selected.map(({ row }) => row.image.sha256));
  const protocol = plan?.rules.design.phases.at(-1)?.protocol;
  const chance = protocol === undefined ? null : chanceOf(protocol);
  const { toolbar, content } = useDataTools({
    name: `${studyKey}-plane`,
    columns: ["image", "label", "source", "machine confidence", "votes", "agreeing", "share", "low", "high"],
    rows: points.map(({ row, confidence, votes, share, low, high }) => [
      row.image.sha256,
      nameOf(row.label),
      row.source,
      confidence,
      votes,
      row.agreeing,
      Number(share.toFixed(4)),
      Number(low.toFixed(4)),
      Number(high.toFixed(4)),
    ]),
    query: planeQuery(studyKey),
    svg,
  });
  if (points.length === 0)
    return (
      <EmptyState title="No votes yet">
        Each image appears here with its first vote: the machine’s confidence across, and the share of people who agree up.
      </EmptyState>
    );

  const placeOf = ({ clientX, clientY }: PointerEvent): { x: number; y: number } => {
    const bounds = svg.current?.getBoundingClientRect();
    return { x: x.invert(clientX - (bounds?.left ?? 0)), y: y.invert(clientY - (bounds?.top ?? 0)) };
  };
  const store = (next: Brush | null) => {
    const rounded = (value: number) => Math.round(value * 1000) / 1000;
    void setAddress(next === null ? null : { x0: rounded(next.x0), x1: rounded(next.x1), y0: rounded(next.y0), y1: rounded(next.y1) });
  };
  const finish = (event: PointerEvent) => {
    if (dragged === null) return;
    event.currentTarget.releasePointerCapture?.(event.pointerId);
    const next = normaliseBrush(dragged, end);
    setDragged(null);
    // A click without a drag removes the brush.
    store((next.x1 - next.x0) / end < 0.01 && next.y1 - next.y0 < 0.01 ? null : next);
  };
  const move = (event: KeyboardEvent) => {
    if (event.key === "Escape") return store(null);
    const across = { ArrowLeft: -1, ArrowRight: 1 }[event.key] ?? 0;
    const up = { ArrowUp: 1, ArrowDown: -1 }[event.key] ?? 0;
    if (across === 0 && up === 0) return;
    event.preventDefault();
    const from = brush ?? { x0: end * 0.4, x1: end * 0.6, y0: 0.4, y1: 0.6 };
    const [dx, dy] = [across * end * keyboardStep.x, up * keyboardStep.y];
    // Shift moves the upper right corner only.
    store(
      normaliseBrush(
        event.shiftKey
          ? { ...from, x1: Math.max(from.x0, from.x1 + dx), y1: Math.max(from.y0, from.y1 + dy) }
          : { x0: from.x0 + dx, x1: from.x1 + dx, y0: from.y0 + dy, y1: from.y1 + dy },
        end,
      ),
    );
  };
  const sources = [...new Set(points.map(({ row }) => markOf(row.source)))];
  const totalVotes = points.reduce((sum, { votes }) => sum + votes, 0);
  return (
    <div className={styles.layout}>
      <section aria-labelledby="study-plane">
        <div className="sectionHead">
          <h2 id="study-plane">Machine and people</h2>
          {toolbar}
        </div>
        <p className={`${styles.legend} t12 muted`}>
          {sources.map((mark) => (
            <span key={mark}>
              <svg width="12" height="12" viewBox="-6 -6 12 12" aria-hidden="true">
                <PlaneMark mark={mark} x={0} y={0} />
              </svg>
              {sourceTexts[mark]}
            </span>
          ))}
          <span>
            whisker: 95% Wilson interval; {formatCount(points.length)} images, {formatCount(totalVotes)} votes
          </span>
        </p>
        <div ref={box}>
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: the arrow keys move the brush */}
          <div tabIndex={0} role="group" aria-label="Brush: arrow keys move it, Shift resizes it, Escape removes it" onKeyDown={move}>
            <svg
              ref={svg}
              className={`${chartStyles.chart} ${styles.plane}`}
              width={width}
              height={height}
              role="img"
              aria-label={`Share of agreeing votes against the machine's confidence for ${points.length} images. The table lists every value.`}
              onPointerDown={(event) => {
                const place = placeOf(event);
                event.currentTarget.setPointerCapture(event.pointerId);
                setDragged({ x0: place.x, x1: place.x, y0: place.y, y1: place.y });
              }}
              onPointerMove={(event) => {
                if (dragged === null) return;
                const place = placeOf(event);
                setDragged({ ...dragged, x1: place.x, y1: place.y });
              }}
              onPointerUp={finish}
              onPointerCancel={finish}
            >
              <text x={plot.left} y={12} className={styles.peopleTitle}>
                share of people whose vote agrees
              </text>
              <ValueRules
                values={[0, 0.25, 0.5, 0.75, 1]}
                y={y}
                format={(share) => `${share * 100}%`}
                from={plot.left}
                to={width - plot.right}
              />
              {chance === null ? null : (
                <>
                  <line x1={plot.left} x2={width - plot.right} y1={y(chance)} y2={y(chance)} stroke="var(--ink-3)" strokeDasharray="2 3" />
                  <text x={width - plot.right} y={y(chance) - 5} textAnchor="end">
                    chance, {formatShare(chance)}
                  </text>
                </>
              )}
              {brush === null ? null : (
                <rect
                  x={x(brush.x0)}
                  y={y(brush.y1)}
                  width={x(brush.x1) - x(brush.x0)}
                  height={y(brush.y0) - y(brush.y1)}
                  className={styles.brush}
                />
              )}
              {points.map(({ row, confidence, low, high }) =>
                points.length <= mostWhiskers || selectedHashes.has(row.image.sha256) ? (
                  <line
                    key={row.image.sha256}
                    x1={x(openNinesScale(confidence))}
                    x2={x(openNinesScale(confidence))}
                    y1={y(low)}
                    y2={y(high)}
                    stroke="var(--people)"
                    opacity={selectedHashes.has(row.image.sha256) ? 1 : 0.3}
                  />
                ) : null,
              )}
              {points.map(({ row, confidence, share, votes }) => (
                <PlaneMark
                  key={row.image.sha256}
                  mark={markOf(row.source)}
                  x={x(openNinesScale(confidence))}
                  y={y(share)}
                  isSelected={selectedHashes.has(row.image.sha256)}
                  title={`${nameOf(row.label)}: ${formatConfidence(confidence)}, ${row.agreeing} of ${votes} votes agree`}
                />
              ))}
              <defs>
                <linearGradient id="plane-ramp">
                  {[0, 1, 2, 3, 4, 5].map((stop) => (
                    <stop key={stop} offset={(stop / 5) * axis.rampShare} stopColor={`var(--ramp-${stop})`} />
                  ))}
                </linearGradient>
              </defs>
              <rect
                x={plot.left}
                y={plot.bottom + 4}
                width={width - plot.right - plot.left}
                height={5}
                fill="url(#plane-ramp)"
                stroke="var(--frame)"
              />
              {shownTicks.map((tick) => (
                <text key={tick} x={x(openNinesScale(tick))} y={plot.bottom + 24} textAnchor="middle">
                  {formatAxisConfidence(tick)}
                </text>
              ))}
              <text x={width - plot.right} y={height - 6} textAnchor="end">
                machine confidence, on the stored bytes
              </text>
            </svg>
          </div>
        </div>
        {content}
      </section>
      <BrushedImages points={selected} hasBrush={brush !== null} nameOf={nameOf} onClear={() => store(null)} />
    </div>
  );
}

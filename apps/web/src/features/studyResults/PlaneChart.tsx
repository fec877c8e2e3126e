"use client";
/**
 * The plane: machine confidence across, the share of people who agree up, a dot for each image. A large plane is drawn as a density layer on
 * a canvas, and shows intervals only for the dot under the pointer and for a small selection.
 */
import { memo, type RefObject, useMemo, useRef, useState } from "react";
import chartStyles from "../charts/Chart.module.css";
import { formatConfidence } from "../marks/confidence.ts";
import { formatCount } from "../marks/numbers.ts";
import { nameOfSource } from "../study/nameOfSource.ts";
import { PlaneAxes } from "./PlaneAxes.tsx";
import { densitySize, maxDots, PlaneDots, usePlaneDensity, Whisker } from "./PlaneDots.tsx";
import type { Brush } from "./planeBrush.ts";
import { planeLabels } from "./planeLabels.ts";
import { type PlanePoints, shareOf } from "./planePoints.ts";
import { nearestImage, type PlanePlaces, type PlaneScale } from "./planeScale.ts";
import { formatInterval, formatShare, namesOfPopulations, shareIntervalNames } from "./resultFormats.ts";
import { SourceMark } from "./SourceMark.tsx";
import styles from "./StudyResults.module.css";
import { cornersOf, type PlaneBrush } from "./usePlaneBrush.ts";

interface PlaneChartProps {
  readonly points: PlanePoints;
  readonly places: PlanePlaces;
  readonly scale: PlaneScale;
  readonly chance: number | null;
  /** Which share of people goes up. */
  readonly share: string;
  readonly brush: PlaneBrush;
  /** Images that are drawn as selected. */
  readonly selected: readonly number[];
  /** Whether a finger draws the brush. */
  readonly touch: boolean;
  labelOf(image: number): string;
  readonly svg: RefObject<SVGSVGElement | null>;
  readonly canvas: RefObject<HTMLCanvasElement | null>;
  /** Takes the pixels of the canvas while a file is made. */
  readonly raster: RefObject<SVGImageElement | null>;
}

export function PlaneChart(props: PlaneChartProps) {
  const { points, places, scale, chance, share, brush, selected, touch, labelOf, svg, canvas, raster } = props;
  const isDense = points.count > maxDots;
  usePlaneDensity(canvas, places, scale, isDense);
  const [hovered, setHovered] = useState<number | null>(null);
  const labels = useMemo(() => (isDense ? [] : planeLabels(points, places, scale, labelOf)), [isDense, points, places, scale, labelOf]);
  const size = densitySize(scale);
  const frame = useRef<HTMLDivElement>(null);
  const voted = useMemo(() => points.votes.reduce((count, votes) => count + (votes > 0 ? 1 : 0), 0), [points]);
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: a group with keys; every image is in the table, too
    <div
      ref={frame}
      className={styles.plane}
      role="group"
      aria-label="Selection on the plane"
      aria-describedby="plane-keys"
      tabIndex={0}
      data-touch={touch || undefined}
      style={{ height: scale.height }}
      {...brush.handlers}
      onPointerMove={(event) => {
        brush.handlers.onPointerMove(event);
        const { left, top } = event.currentTarget.getBoundingClientRect();
        setHovered(brush.isDragging ? null : nearestImage(places, { x: event.clientX - left, y: event.clientY - top }));
      }}
      onPointerLeave={() => setHovered(null)}
    >
      {isDense ? <canvas ref={canvas} className={styles.density} style={size} aria-hidden="true" /> : null}
      <svg
        ref={svg}
        className={`${chartStyles.chart} ${styles.planeSvg}`}
        width={scale.width}
        height={scale.height}
        role="img"
        aria-label={`Machine confidence against the ${share}, for ${formatCount(voted)} images with votes of ${formatCount(points.count)}. The table lists every image.`}
      >
        <PlaneAxes scale={scale} chance={chance} share={share} />
        <image ref={raster} {...size} style={{ imageRendering: "pixelated" }} />
        {isDense ? null : <PlaneDots points={points} places={places} scale={scale} />}
        {brush.brush === null ? null : <BrushMark brush={brush.brush} scale={scale} />}
        <SelectedDots selected={selected} points={points} places={places} scale={scale} />
        {hovered === null ? null : (
          <g>
            <Whisker image={hovered} points={points} places={places} scale={scale} opacity={1} />
            <SelectedDot image={hovered} points={points} places={places} size={4.5} />
          </g>
        )}
        {labels.map(({ image, text, x, y, anchor }) => (
          <text key={image} x={x} y={y} textAnchor={anchor} className={`${chartStyles.chartLabel} ${styles.dotLabel}`}>
            {text}
          </text>
        ))}
      </svg>
      {hovered === null ? null : <DotCard image={hovered} points={points} places={places} scale={scale} labelOf={labelOf} />}
    </div>
  );
}

const SelectedDots = memo(function SelectedDots({
  selected,
  points,
  places,
  scale,
}: Pick<PlaneChartProps, "selected" | "points" | "places" | "scale">) {
  return selected.map((image) => (
    <g key={image}>
      <Whisker image={image} points={points} places={places} scale={scale} opacity={0.9} />
      <SelectedDot image={image} points={points} places={places} />
    </g>
  ));
});

function SelectedDot({
  image,
  points,
  places,
  size = 4,
}: Pick<PlaneChartProps, "points" | "places"> & { readonly image: number; readonly size?: number }) {
  const source = points.sources[points.source[image] as number] ?? "";
  return <SourceMark source={source} x={places.x[image] as number} y={places.y[image] as number} size={size} selected />;
}

function BrushMark({ brush, scale }: { readonly brush: Brush; readonly scale: PlaneScale }) {
  const [x, y] = [scale.x(brush.left), scale.y(brush.top)];
  return (
    <g className={styles.brush}>
      <rect
        x={x}
        y={y}
        width={Math.max(0, scale.x(brush.right) - x)}
        height={Math.max(0, scale.y(brush.bottom) - y)}
        className={styles.brushArea}
      />
      {cornersOf(brush, scale).map((corner) => (
        <rect key={`${corner.x} ${corner.y}`} x={corner.x - 3} y={corner.y - 3} width={6} height={6} className={styles.brushCorner} />
      ))}
    </g>
  );
}

/** What the plane knows of the image under the pointer. */
function DotCard({
  image,
  points,
  places,
  scale,
  labelOf,
}: Pick<PlaneChartProps, "points" | "places" | "scale" | "labelOf"> & { readonly image: number }) {
  const [x, y] = [places.x[image] as number, places.y[image] as number];
  const confidence = points.confidence[image] as number;
  const bounds = { low: points.low[image] as number, high: points.high[image] as number };
  const isRight = x > scale.width / 2;
  return (
    <div
      className={styles.dotCard}
      aria-hidden="true"
      style={{ top: Math.max(0, y - 44), ...(isRight ? { right: scale.width - x + 14 } : { left: x + 14 }) }}
    >
      <b>{labelOf(image)}</b>
      <span className="t12 muted">
        {nameOfSource(points.sources[points.source[image] as number] ?? "")}, image <span className="n11">{formatCount(image + 1)}</span>
      </span>
      <span className="n12 people">
        {points.agreeing[image]} / {points.votes[image]}, {formatShare(shareOf(points, image))}
      </span>
      <span className="n11 muted">{formatInterval(bounds, formatShare)}</span>
      <span className="t12 muted">
        {shareIntervalNames[points.interval]} for {namesOfPopulations[points.over]}
      </span>
      <span className="n12">{Number.isNaN(confidence) ? "no confidence" : formatConfidence(confidence)}</span>
    </div>
  );
}

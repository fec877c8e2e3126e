"use client";
/** The dots of the plane: each with its whisker up to a thousand images, as a density layer on a canvas above that. */
import { useTheme } from "next-themes";
import { memo, type RefObject, useEffect } from "react";
import { colorOf, densityOf, densityPixels, squareSide } from "./planeDensity.ts";
import type { PlanePoints } from "./planePoints.ts";
import type { PlanePlaces, PlaneScale } from "./planeScale.ts";
import { SourceMark } from "./SourceMark.tsx";

/** Above this number of images, whiskers would cover the plane, and elements would slow it down. */
export const maxDots = 1000;

interface DotsProps {
  readonly points: PlanePoints;
  readonly places: PlanePlaces;
  readonly scale: PlaneScale;
}

export const PlaneDots = memo(function PlaneDots({ points, places, scale }: DotsProps) {
  const images = [...points.votes.keys()].filter((image) => (points.votes[image] as number) > 0);
  return (
    <g>
      {images.map((image) => (
        <Whisker key={image} image={image} points={points} places={places} scale={scale} opacity={0.22} />
      ))}
      <g opacity={0.85}>
        {images.map((image) => (
          <SourceMark
            key={image}
            source={points.sources[points.source[image] as number] ?? ""}
            x={places.x[image] as number}
            y={places.y[image] as number}
          />
        ))}
      </g>
    </g>
  );
});

export function Whisker({ image, points, places, scale, opacity }: DotsProps & { readonly image: number; readonly opacity: number }) {
  const x = (places.x[image] as number).toFixed(1);
  return (
    <line
      x1={x}
      x2={x}
      y1={scale.y(points.low[image] as number).toFixed(1)}
      y2={scale.y(points.high[image] as number).toFixed(1)}
      stroke="var(--people)"
      opacity={opacity}
    />
  );
}

/** Draws the density of the places on the canvas whenever they, the size or the theme change. */
export function usePlaneDensity(
  canvas: RefObject<HTMLCanvasElement | null>,
  places: PlanePlaces,
  scale: PlaneScale,
  isDense: boolean,
): void {
  const { resolvedTheme } = useTheme();
  // biome-ignore lint/correctness/useExhaustiveDependencies: the theme changes the colour of people
  useEffect(() => {
    const element = canvas.current;
    const context = element?.getContext("2d");
    if (!isDense || !element || !context) return;
    const density = densityOf(places, scale);
    const color = colorOf(getComputedStyle(element).getPropertyValue("--people"));
    context.canvas.width = density.columns;
    context.canvas.height = density.rows;
    context.putImageData(new ImageData(densityPixels(density, color), density.columns, density.rows), 0, 0);
  }, [canvas, places, scale, isDense, resolvedTheme]);
}

/** The size of the canvas on the page, a whole number of squares. */
export function densitySize({ width, height }: Pick<PlaneScale, "width" | "height">): { width: number; height: number } {
  return { width: Math.ceil(width / squareSide) * squareSide, height: Math.ceil(height / squareSide) * squareSide };
}

/** The ramp of confidences as a bar below the axis of a chart. */
import { useId } from "react";
import { openNinesScale, rampColor } from "../marks/confidence.ts";

/** Confidences where the ramp has a stop. */
const stops = [0, 0.45, 0.9, 0.99, 0.999, 0.9999] as const;

interface RampBarProps {
  readonly x: number;
  readonly y: number;
  /** Negative while the page is measured, which draws nothing. */
  readonly width: number;
  /** The end of the axis, in units of the nines scale. */
  readonly end: number;
}

export function RampBar({ x, y, width, end }: RampBarProps) {
  const id = useId();
  return (
    <>
      <defs>
        <linearGradient id={id}>
          {stops.map((stop) => (
            <stop key={stop} offset={openNinesScale(stop) / end} stopColor={rampColor(stop)} />
          ))}
        </linearGradient>
      </defs>
      <rect x={x} y={y} width={Math.max(0, width)} height={5} fill={`url(#${id})`} stroke="var(--frame)" />
    </>
  );
}

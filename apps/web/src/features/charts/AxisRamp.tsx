/** The ramp beside the vertical axis of a chart of confidences, so that its lines can stay ink. */
import { useId } from "react";
import { openNinesScale, rampColor } from "../marks/confidence.ts";
import chartStyles from "./Chart.module.css";
import { plot } from "./chartLayout.ts";
import type { ConfidenceAxis } from "./confidenceAxis.ts";

const stops = [0, 0.45, 0.9, 0.99, 0.999, 0.9999] as const;
const width = 5;
/** From the ramp to the plot, in pixels. */
const gap = 2;

/** From the values of the axis to the plot, in pixels, past the ramp. */
export const gapWithRamp = 14;

export function AxisRamp({ axis }: { readonly axis: ConfidenceAxis }) {
  const gradient = useId();
  return (
    <>
      <defs>
        <linearGradient id={gradient} x1="0" y1="1" x2="0" y2="0">
          {stops.map((confidence) => (
            <stop key={confidence} offset={openNinesScale(confidence) * axis.rampShare} stopColor={rampColor(confidence)} />
          ))}
        </linearGradient>
      </defs>
      <rect
        x={plot.left - gap - width}
        y={plot.top}
        width={width}
        height={plot.bottom - plot.top}
        fill={`url(#${gradient})`}
        className={chartStyles.chartFrame}
      />
    </>
  );
}

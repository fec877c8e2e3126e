/** The axes of the plane: shares at the left along the bar of people, the ramp of confidences below, and the line of chance. */
import chartStyles from "../charts/Chart.module.css";
import { ValueRules } from "../charts/ValueRules.tsx";
import { formatAxisConfidence, openNinesScale } from "../marks/confidence.ts";
import type { PlaneScale } from "./planeScale.ts";
import { RampBar } from "./RampBar.tsx";
import { formatShare } from "./resultFormats.ts";

const shares = [0, 0.25, 0.5, 0.75, 1] as const;

interface PlaneAxesProps {
  readonly scale: PlaneScale;
  readonly chance: number | null;
  /** Which share of people goes up. */
  readonly share: string;
}

export function PlaneAxes({ scale, chance, share }: PlaneAxesProps) {
  const { left, right, top, bottom, limits } = scale;
  const zero = scale.x(0);
  const narrow = scale.width < 520;
  return (
    <g>
      <ValueRules values={shares} y={scale.y} format={formatShare} from={left} to={right} gap={narrow ? 10 : 16} />
      <rect x={left - 8} y={top} width={5} height={bottom - top} fill="var(--people)" />
      <text x={left - 8} y={12} className={chartStyles.chartLabel} style={{ fill: "var(--people)" }}>
        {share}
      </text>
      <RampBar x={zero} y={bottom + 5} width={right - zero} end={limits.right} />
      {scale.ticks.map((tick) => (
        <text key={tick} x={scale.x(openNinesScale(tick))} y={bottom + 26} textAnchor="middle">
          {formatAxisConfidence(tick)}
        </text>
      ))}
      {scale.hasColumn ? (
        <>
          <line x1={zero} x2={zero} y1={top} y2={bottom} className={chartStyles.chartRule} />
          <text x={scale.x(limits.left / 2)} y={bottom + 26} textAnchor="middle">
            none
          </text>
        </>
      ) : null}
      <text
        x={right}
        y={bottom + 46}
        textAnchor="end"
        className={`${chartStyles.chartLabel} ${chartStyles.strong}`}
        style={{ fontWeight: 450 }}
      >
        machine confidence, on the stored bytes
      </text>
      {chance === null ? null : (
        <>
          <line x1={left} x2={right} y1={scale.y(chance)} y2={scale.y(chance)} stroke="var(--frame)" strokeDasharray="2 3" />
          <text x={right} y={scale.y(chance) - 6} textAnchor="end" className={chartStyles.chartLabel} style={{ fill: "var(--ink-3)" }}>
            chance, {formatShare(chance)}
          </text>
        </>
      )}
    </g>
  );
}

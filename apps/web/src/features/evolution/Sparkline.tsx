/** The last speeds as a thin line from zero without axes; the current speed is shown beside it. */
import { line } from "d3-shape";
import styles from "./Sparkline.module.css";

export function Sparkline({ values, width = 96, height = 24 }: { values: readonly number[]; width?: number; height?: number }) {
  if (values.length < 2) return <span style={{ width, height }} />;
  const top = Math.max(...values) * 1.1 || 1;
  const path = line<number>(
    (_, index) => (index / (values.length - 1)) * width,
    (value) => height - 1 - (value / top) * (height - 2),
  )([...values]);
  return (
    <svg className={styles.sparkline} width={width} height={height} aria-hidden="true">
      <path d={path ?? ""} />
    </svg>
  );
}

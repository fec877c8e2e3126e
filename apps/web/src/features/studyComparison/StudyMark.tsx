/** The mark of a study in a comparison: each of eight has a shape of its own, every other one in ink, so that neighbours differ twice. */

const outlines: readonly ((x: number, y: number, size: number) => string)[] = [
  (x, y, size) => `M${x - size} ${y}a${size} ${size} 0 1 0 ${2 * size} 0a${size} ${size} 0 1 0 ${-2 * size} 0z`,
  (x, y, size) => `M${x - size} ${y - size}h${2 * size}v${2 * size}h${-2 * size}z`,
  (x, y, size) => `M${x} ${y - size - 1}L${x + size + 1} ${y + size}H${x - size - 1}z`,
  (x, y, size) => `M${x - size} ${y - size}L${x + size} ${y + size}M${x + size} ${y - size}L${x - size} ${y + size}`,
  (x, y, size) => `M${x} ${y - size - 1}L${x + size + 1} ${y}L${x} ${y + size + 1}L${x - size - 1} ${y}z`,
  (x, y, size) => `M${x} ${y - size - 1}V${y + size + 1}M${x - size - 1} ${y}H${x + size + 1}`,
  (x, y, size) => `M${x} ${y + size + 1}L${x + size + 1} ${y - size}H${x - size - 1}z`,
  (x, y, size) => `M${x - size} ${y}H${x + size}`,
];

interface StudyMarkProps {
  /** The study's place in the comparison, 0 to 7. */
  readonly study: number;
  readonly x: number;
  readonly y: number;
  /** Half the width, in pixels. */
  readonly size?: number;
}

export function StudyMark({ study, x, y, size = 3.5 }: StudyMarkProps) {
  const outline = outlines[study % outlines.length] as (typeof outlines)[number];
  const color = study % 2 === 0 ? "var(--people)" : "var(--ink-2)";
  return (
    <path
      d={outline(Number(x.toFixed(1)), Number(y.toFixed(1)), size)}
      fill={study === 0 ? color : "none"}
      stroke={study === 0 ? "none" : color}
      strokeWidth={1.4}
    />
  );
}

/** The mark of an image on the plane. Shape stands for its source. */

interface PlaneMarkProps {
  readonly mark: "dot" | "cross" | "square";
  readonly x: number;
  readonly y: number;
  readonly isSelected?: boolean;
  readonly title?: string;
}

export function PlaneMark({ mark, x, y, isSelected = false, title }: PlaneMarkProps) {
  const tooltip = title === undefined ? null : <title>{title}</title>;
  if (mark === "square")
    return (
      <rect x={x - 3.5} y={y - 3.5} width={7} height={7} fill="var(--paper)" stroke="var(--people)" strokeWidth={isSelected ? 2.5 : 1.5}>
        {tooltip}
      </rect>
    );
  if (mark === "cross")
    return (
      <path d={`M${x - 3} ${y - 3}l6 6M${x + 3} ${y - 3}l-6 6`} stroke="var(--people)" strokeWidth={isSelected ? 2.5 : 1.5} fill="none">
        {tooltip}
      </path>
    );
  return (
    <circle cx={x} cy={y} r={3.5} fill="var(--people)" stroke={isSelected ? "var(--ink)" : "none"} strokeWidth={1.5}>
      {tooltip}
    </circle>
  );
}

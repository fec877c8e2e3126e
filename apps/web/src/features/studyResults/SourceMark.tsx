/** The shape of a source of images, on the plane and in its legend: dots for CPPN images, crosses for direct ones, squares for photographs. */

const shapes = ["dot", "cross", "square", "triangle", "diamond", "ring"] as const;
type Shape = (typeof shapes)[number];
const shapeByName: Readonly<Record<string, Shape>> = {
  cppn: "dot",
  direct: "cross",
  photograph: "square",
  ascent: "triangle",
  perturbation: "diamond",
};

/** Sources without a shape of their own share the ring. */
function shapeOf(source: string): Shape {
  return shapeByName[source] ?? "ring";
}

/** The outline of a shape around a point, for a path. */
function outline(shape: Shape, x: number, y: number, size: number): string {
  switch (shape) {
    case "cross":
      return `M${x - size} ${y - size}L${x + size} ${y + size}M${x + size} ${y - size}L${x - size} ${y + size}`;
    case "square":
      return `M${x - size} ${y - size}h${2 * size}v${2 * size}h${-2 * size}z`;
    case "triangle":
      return `M${x} ${y - size - 1}L${x + size + 1} ${y + size}H${x - size - 1}z`;
    case "diamond":
      return `M${x} ${y - size - 1}L${x + size + 1} ${y}L${x} ${y + size + 1}L${x - size - 1} ${y}z`;
    default:
      return `M${x - size} ${y}a${size} ${size} 0 1 0 ${2 * size} 0a${size} ${size} 0 1 0 ${-2 * size} 0z`;
  }
}

interface SourceMarkProps {
  readonly source: string;
  readonly x: number;
  readonly y: number;
  /** Half the width, in pixels. */
  readonly size?: number;
  readonly className?: string | undefined;
  readonly selected?: boolean;
}

export function SourceMark({ source, x, y, size = 3.5, className, selected = false }: SourceMarkProps) {
  const shape = shapeOf(source);
  const isFilled = shape === "dot";
  return (
    <path
      className={className}
      d={outline(shape, Number(x.toFixed(1)), Number(y.toFixed(1)), shape === "dot" ? size : size - 0.5)}
      fill={isFilled ? "var(--people)" : selected ? "var(--paper)" : "none"}
      stroke={selected ? "var(--ink)" : isFilled ? "none" : "var(--people)"}
      strokeWidth={selected ? 1.5 : 1.4}
    />
  );
}

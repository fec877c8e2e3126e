/** The response matrix of a study for a page: rows with shares, the most frequent categories if there are very many. */
import type { StudyResult } from "@pareidolia/perception/study/studyResults";
import type { PlanOfResults } from "./planOfResults.ts";
import type { FigureOrReason } from "./readResults.ts";

type Bias = Extract<StudyResult<"bias">["planned"]["phases"][number]["options"], { readonly defined: true }>;

export interface MatrixRow {
  readonly name: string;
  /** The class, if rows are labels; null otherwise. */
  readonly label: number | null;
  readonly counts: readonly number[];
  /** Votes with this target, and with this answer. */
  readonly targets: number;
  readonly answered: number;
  readonly right: FigureOrReason;
  readonly baseRate: FigureOrReason;
}

export interface ResponseMatrixRows {
  readonly names: readonly string[];
  readonly rows: readonly MatrixRow[];
  /** Categories, also those that are not among the rows. */
  readonly all: number;
  /** The share of each answer if all were equally frequent. */
  readonly equalShare: number;
}

/** More rows cannot be read. */
const maxRows = 30;

export function matrixOf(bias: Bias, plan: Pick<PlanOfResults, "nameOf" | "labelOf">): ResponseMatrixRows {
  const size = bias.values.length;
  const nameOf = (value: number): string => {
    if (bias.of === "labels") return plan.nameOf(value);
    return bias.of === "images" ? `image ${value + 1}` : `position ${value + 1}`;
  };
  const used = [...bias.values.keys()]
    .sort((one, other) => weightOf(bias, other) - weightOf(bias, one) || one - other)
    .slice(0, maxRows)
    .sort((one, other) => one - other);
  return {
    names: used.map((at) => nameOf(bias.values[at] as number)),
    rows: used.map((at) => ({
      name: nameOf(bias.values[at] as number),
      label: bias.of === "labels" ? (bias.values[at] as number) : null,
      counts: used.map((answer) => bias.confusion[at * size + answer] as number),
      targets: bias.targets[at] as number,
      answered: bias.answered[at] as number,
      right: bias.right[at] as FigureOrReason,
      baseRate: bias.baseRate[at] as FigureOrReason,
    })),
    all: size,
    equalShare: 1 / size,
  };
}

const weightOf = ({ targets, answered }: Bias, at: number): number => (targets[at] as number) + (answered[at] as number);

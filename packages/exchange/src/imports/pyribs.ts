/**
 * Archives of pyribs as data frames (https://docs.pyribs.org, `archive.data(return_type="pandas")`): solution_0, ..., objective, measures_0,
 * ..., index. Earlier versions call measures behavior. Solutions that have the size of a square image and grey levels become images.
 */
import type { ByteImage } from "@pareidolia/core/image";
import { type ForeignData, type ForeignImage, importLimits, type Skipped, unreadable } from "./foreignData.ts";
import { type ForeignTable, isEmpty, numberOf, textOf } from "./foreignTable.ts";

const solutionPattern = /^solution_(\d+)$/;
const measurePattern = /^(measures|measure|behavior)_(\d+)$/;

export function isPyribs(table: ForeignTable): boolean {
  return (
    table.columns.has("objective") &&
    (table.columns.has("solution_0") || table.columns.has("measures_0") || table.columns.has("behavior_0"))
  );
}

interface Cell {
  readonly row: number;
  readonly objective: number;
  readonly index: string | null;
}

/** @throws AppError CORRUPT_DATA for a table without any cell. */
export function readPyribs(table: ForeignTable, fileName: string): ForeignData {
  const names = [...table.columns.keys()];
  const solution = inOrder(names, solutionPattern);
  const measures = inOrder(names, measurePattern);
  const used = new Set([...solution, ...measures, "objective", "index"]);
  const unmapped = names.filter((name) => !used.has(name));
  const skipped: Skipped[] = [];
  const cells = cellsOf(table, [...measures, ...solution], skipped);
  if (cells.length === 0) throw unreadable("no row of the archive has an objective");
  const objectives = cells.map(({ objective }) => objective);
  const shape = shapeOf(table, solution, cells);
  const warnings =
    shape === null
      ? [`The ${solution.length} numbers of each solution are no image, so the run has figures and no images.`]
      : [`The solutions are read as images of ${shape.side} x ${shape.side} pixels, with values of 0 to ${shape.most}.`];
  return {
    format: "pyribs",
    warnings,
    unmapped,
    skipped,
    runs: [
      {
        sourceKey: fileName,
        name: fileName.slice(0, 100),
        state: "SUCCEEDED",
        sourceState: "",
        parameters: { solutionDimensions: solution.length, measureDimensions: measures.length },
        // QD score with an offset of 0: the sum of the objectives.
        metrics: {
          elites: cells.length,
          objectiveMaximum: objectives.reduce((most, value) => Math.max(most, value), -Infinity),
          objectiveMean: objectives.reduce((sum, value) => sum + value, 0) / objectives.length,
          qdScore: objectives.reduce((sum, value) => sum + value, 0),
        },
        tags: [],
        notes: "",
        startedAt: null,
        endedAt: null,
        curve: [],
        imageCount: shape === null ? 0 : cells.length,
        async *images() {
          if (shape === null) return;
          for (const cell of cells) yield imageOf(table, solution, shape, cell);
        },
      },
    ],
  };
}

/** @throws AppError CORRUPT_DATA if a number is missing, such as solution_3 of 10. */
function inOrder(names: readonly string[], pattern: RegExp): readonly string[] {
  const found = names.flatMap((name) => {
    const number = pattern.exec(name)?.at(-1);
    return number === undefined ? [] : [{ name, number: Number(number) }];
  });
  found.sort((one, other) => one.number - other.number);
  const gap = found.findIndex(({ number }, index) => number !== index);
  if (gap >= 0) throw unreadable(`its columns have gaps: number ${gap} is missing before ${found[gap]?.name}`);
  return found.map(({ name }) => name);
}

function cellsOf(table: ForeignTable, numbers: readonly string[], skipped: Skipped[]): readonly Cell[] {
  const cells: Cell[] = [];
  const taken = new Set<string>();
  const indices = table.columns.get("index");
  for (let row = 0; row < table.rows; row++) {
    const objective = numberOf(table.columns.get("objective")?.[row]);
    const index = indices === undefined || isEmpty(indices[row]) ? null : textOf(indices[row]);
    const skip = (reason: string): unknown => skipped.push({ what: `row ${row + 1}`, reason });
    if (objective === null) skip("its objective is not a finite number");
    else if (index !== null && taken.has(index)) skip(`the cell ${index} occurs twice`);
    else if (numbers.some((name) => numberOf(table.columns.get(name)?.[row]) === null))
      skip("a measure or a number of its solution is missing");
    else {
      if (index !== null) taken.add(index);
      cells.push({ row, objective, index });
    }
  }
  return cells;
}

interface Shape {
  readonly side: number;
  readonly channels: 1 | 3;
  /** Value of white. */
  readonly most: 1 | 255;
}

const smallestSide = 8;

/** Null unless every solution has the values of a square image. */
function shapeOf(table: ForeignTable, solution: readonly string[], cells: readonly Cell[]): Shape | null {
  const shape = ([1, 3] as const)
    .map((channels) => ({ channels, side: Math.sqrt(solution.length / channels) }))
    .find(({ side }) => Number.isInteger(side) && side >= smallestSide && side <= importLimits.imageSide);
  if (shape === undefined || cells.length > importLimits.images) return null;
  let most = 0;
  for (const name of solution) {
    const column = table.columns.get(name) ?? [];
    for (const { row } of cells) {
      const value = numberOf(column[row]);
      if (value === null || value < 0 || value > 255) return null;
      most = Math.max(most, value);
    }
  }
  return { ...shape, most: most <= 1 ? 1 : 255 };
}

function imageOf(table: ForeignTable, solution: readonly string[], { side, channels, most }: Shape, cell: Cell): ForeignImage {
  const pixels = Uint8Array.from(solution, (name) => Math.floor(((numberOf(table.columns.get(name)?.[cell.row]) ?? 0) * 255) / most + 0.5));
  const image: ByteImage = { width: side, height: side, channels, pixels };
  return { image, niche: null, label: null, claimed: cell.objective, generation: null, sourceId: cell.index, sourceParentId: null };
}

/** A section of compared studies or pairs: their figures as intervals on one axis, and beside them a table. */
import type { ReactNode } from "react";
import { useElementWidth } from "../charts/useElementWidth.ts";
import { type FigureColumn, FigureTable } from "../studyResults/FigureTable.tsx";
import { IntervalRows, type IntervalRowsProps } from "../studyResults/IntervalRows.tsx";
import styles from "./StudyComparison.module.css";

interface ComparedFiguresProps {
  readonly chart: Omit<IntervalRowsProps, "width" | "nameWidth"> & { readonly mostNameWidth: number };
  readonly tableLabel: string;
  readonly columns: readonly FigureColumn[];
  /** Rows of the table. */
  readonly children: ReactNode;
}

export function ComparedFigures({ chart: { mostNameWidth, ...chart }, tableLabel, columns, children }: ComparedFiguresProps) {
  const [frame, width] = useElementWidth<HTMLDivElement>(480);
  return (
    <div className={styles.two}>
      <div ref={frame}>
        <IntervalRows {...chart} width={width} nameWidth={Math.min(mostNameWidth, width * 0.42)} />
      </div>
      <FigureTable label={tableLabel} columns={columns}>
        {children}
      </FigureTable>
    </div>
  );
}

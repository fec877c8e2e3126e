/** A figure of the results in text: the estimate, its interval and its number of cases, or the reason why it is undefined. */
import type { ReactNode } from "react";
import { formatCount } from "../marks/numbers.ts";
import type { FigureOrReason } from "./readResults.ts";
import { formatInterval, intervalKind, namesOfPopulations } from "./resultFormats.ts";
import styles from "./StudyResults.module.css";

interface FigureTextProps {
  readonly figure: FigureOrReason;
  format(value: number): string;
  /** What `n` counts, such as "votes". */
  readonly cases: string;
}

/** The large figure of a section, with its name beside it. */
export function BigFigure({
  figure,
  format,
  cases,
  name,
  method,
}: FigureTextProps & { readonly name: ReactNode; readonly method: string }) {
  if (!figure.defined)
    return (
      <div className={styles.big}>
        <span className="n36" aria-hidden={figure.estimate === undefined}>
          {figure.estimate === undefined ? "–" : format(figure.estimate)}
        </span>
        <div>
          <p className="second">{name}</p>
          <p className="t12 muted">
            {figure.estimate === undefined ? "Undefined." : "No interval."} {figure.reason}
          </p>
        </div>
      </div>
    );
  return (
    <div className={styles.big}>
      <span className="n36">{format(figure.estimate)}</span>
      <div>
        <p className="second">{name}</p>
        <p className="t12 muted">
          {method} <span className="n12 second">{formatInterval(figure, format)}</span> for {namesOfPopulations[figure.over]},{" "}
          <span className="n12 second">{formatCount(figure.n)}</span> {cases}
        </p>
      </div>
    </div>
  );
}

interface FigureInTextProps extends FigureTextProps {
  /** Whether the head of the column says over what the interval generalises. Default: the text says it. */
  readonly isNoted?: boolean;
}

/** A figure in a line of text or a cell. */
export function FigureText({ figure, format, cases, isNoted = false }: FigureInTextProps) {
  if (!figure.defined)
    return (
      <span className="t12 muted">
        {figure.estimate === undefined ? <span aria-hidden="true">– </span> : <span className="n">{format(figure.estimate)}. </span>}
        {figure.reason}
      </span>
    );
  return (
    <span className={styles.figure}>
      <span className="n">{format(figure.estimate)}</span>
      <span className="n11 muted" title={intervalKind(figure.over)}>
        {formatInterval(figure, format)}, {formatCount(figure.n)} {cases}
      </span>
      {isNoted ? null : <span className="t12 muted">{intervalKind(figure.over)}</span>}
    </span>
  );
}

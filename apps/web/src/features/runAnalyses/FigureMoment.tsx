/** Of which generation figures are, and a button for later ones once the run has moved on. */
import { Button } from "../marks/Button.tsx";
import { plainMessage } from "../marks/ErrorState.tsx";
import { formatCount } from "../marks/numbers.ts";
import styles from "./RunAnalyses.module.css";
import type { FigureTime } from "./useRunFigure.ts";

function Moment({ time: { loading, error, generation, behind } }: { readonly time: FigureTime }) {
  if (loading) return "Looking at the archive.";
  return (
    <>
      <Generation generation={generation} behind={behind} />
      {error ? ` Nothing later came: ${plainMessage(error.message)}` : null}
    </>
  );
}

function Generation({ generation, behind }: Pick<FigureTime, "generation" | "behind">) {
  if (generation === null) return null;
  if (generation < 0) return "From before a generation was stored.";
  return (
    <>
      As of generation <span className="n12">{formatCount(generation)}</span>
      {behind > 0 ? (
        <>
          ; <span className="n12">{formatCount(behind)}</span> more since
        </>
      ) : null}
      .
    </>
  );
}

export function FigureMoment({ time }: { readonly time: FigureTime }) {
  const { loading, error, behind, askAgain } = time;
  return (
    <p className={`t12 muted ${styles.moment}`}>
      <span>
        <Moment time={time} />
      </span>
      {!loading && (error || behind > 0) ? <Button onClick={askAgain}>Look again</Button> : null}
    </p>
  );
}

/** Whether the log's chain is intact: as a word, and as squares joined by a line, in which a break is a gap. */
import { CopyButton } from "../marks/CopyButton.tsx";
import { formatClock, formatCount } from "../marks/numbers.ts";
import styles from "./Audit.module.css";
import type { Verification } from "./useVerification.ts";

const squares = 27;
/** In pixels: the distance of two squares, and the side of one. */
const step = 18;
const side = 9;

interface ChainStateProps {
  readonly verification: Verification;
  /** The latest entry. */
  readonly head: { readonly sequence: number; readonly hash: string };
}

function titleOf({ broken, ended, problem }: Verification): string {
  if (problem !== null) return "The chain could not be verified";
  if (broken !== null) return `The chain is broken at entry ${formatCount(broken.sequence)}`;
  return ended === null ? "Verifying the chain" : "The chain is intact";
}

export function ChainState({ verification, head }: ChainStateProps) {
  const { entries, broken, keptHead, ended, problem } = verification;
  const title = titleOf(verification);
  return (
    <section className={styles.chain} aria-label="Chain">
      <div role="status" aria-label="Verification">
        <h2 className="t18">
          <span aria-hidden="true">{broken !== null || problem !== null ? "×" : ended === null ? "…" : "✓"}</span> {title}
        </h2>
        <p className="t12 muted">
          {problem ??
            (broken === null ? (
              <>
                <span className="n12">{formatCount(entries)}</span> {entries === 1 ? "entry" : "entries"}
                {ended === null ? " so far" : `, verified ${formatClock(ended.at)} in ${ended.seconds.toFixed(1)} s`}
              </>
            ) : (
              <>
                {broken.reason}. The <span className="n12">{formatCount(broken.sequence - 1)}</span> entries before it are intact.
              </>
            ))}
        </p>
      </div>
      <div className={styles.squares}>
        <ChainSquares total={head.sequence} intact={entries} brokenAt={broken?.sequence ?? null} />
        <p className="t12 muted">
          <span className="n12">1</span>
          <span>a break would show as a gap</span>
          <span className="n12">{formatCount(head.sequence)}</span>
        </p>
      </div>
      <div className={styles.head}>
        <p className="n12" title={head.hash}>
          {head.hash.slice(0, 8)}…{head.hash.slice(-4)} <CopyButton text={head.hash} />
        </p>
        <p className="t12 muted">
          {ended === null || problem !== null || broken !== null
            ? "head"
            : keptHead === null
              ? "head; none is kept outside the database yet"
              : `head; entry ${formatCount(keptHead)} is kept outside the database`}
        </p>
      </div>
    </section>
  );
}

interface ChainSquaresProps {
  readonly total: number;
  readonly intact: number;
  readonly brokenAt: number | null;
}

/** Each square is an equal part of the log, or one entry of a short log. */
function ChainSquares({ total, intact, brokenAt }: ChainSquaresProps) {
  const count = Math.max(1, Math.min(squares, total));
  const perSquare = Math.max(1, total) / count;
  const gapAt = brokenAt === null ? null : Math.min(count - 1, Math.floor((brokenAt - 1) / perSquare));
  const width = (count - 1) * step + side + 1;
  return (
    <svg className={styles.squaresImage} width={width} height={side + 1} viewBox={`0 0 ${width} ${side + 1}`} aria-hidden="true">
      {Array.from({ length: count }, (_, index) => {
        const left = index * step + 0.5;
        const isIntact = intact >= Math.floor((index + 1) * perSquare);
        return (
          <g key={index}>
            {index === 0 || index === gapAt ? null : <path d={`M${left - step + side} ${side / 2 + 0.5}H${left}`} />}
            <rect
              x={left}
              y=".5"
              width={side}
              height={side}
              data-last={index === count - 1 || undefined}
              data-pending={!isIntact || undefined}
            />
          </g>
        );
      })}
    </svg>
  );
}

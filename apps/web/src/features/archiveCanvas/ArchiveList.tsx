"use client";
/** The niches as a list of links, for reading, keyboards and screen readers, 50 more at a time. */
import { useState } from "react";
import { Button } from "../marks/Button.tsx";
import { ConfidenceBar } from "../marks/ConfidenceBar.tsx";
import { formatConfidence } from "../marks/confidence.ts";
import { EliteLink } from "../marks/ElitePlace.tsx";
import { formatCount } from "../marks/numbers.ts";
import styles from "./ArchiveCanvas.module.css";
import type { Niche } from "./niches.ts";

const pageSize = 50;

export function ArchiveList({ niches }: { niches: readonly Niche[] }) {
  const [shown, setShown] = useState(pageSize);
  const remaining = niches.length - shown;
  return (
    <>
      <ol className={styles.list}>
        {niches.slice(0, shown).map(({ niche, label, elite }) => (
          <li key={niche} className={styles.listRow}>
            {elite ? (
              <EliteLink className="link" eliteId={elite.id}>
                {label}
              </EliteLink>
            ) : (
              <span className="muted">{label}</span>
            )}
            <span className="n11 muted">class {niche}</span>
            <ConfidenceBar value={elite?.storedConfidence} />
            <span className="n12">{elite ? formatConfidence(elite.storedConfidence) : "empty"}</span>
          </li>
        ))}
      </ol>
      {remaining > 0 ? (
        <Button onClick={() => setShown((current) => current + pageSize)}>
          {formatCount(Math.min(pageSize, remaining))} more of {formatCount(remaining)}
        </Button>
      ) : null}
    </>
  );
}

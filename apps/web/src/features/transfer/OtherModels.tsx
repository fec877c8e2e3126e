"use client";
/** What other networks of the same classes say of one image: their first label, and their confidence in the class it was made for. */
import { AskAnalysis } from "../analyses/AskAnalysis.tsx";
import type { LoadedElite } from "../elite/loadedElite.ts";
import { Confidence } from "../marks/Confidence.tsx";
import { ConfidenceBar } from "../marks/ConfidenceBar.tsx";
import { useDataTools } from "../marks/DataTools.tsx";
import styles from "./Transfer.module.css";
import { useScoreTransfer } from "./useScoreTransfer.ts";

export function OtherModels({ elite, onScored }: { readonly elite: LoadedElite; readonly onScored: () => void }) {
  const scoring = useScoreTransfer({ runIds: [elite.run.key] }, onScored);
  const others = elite.image.scores.filter(({ model }) => model.id !== elite.run.model.id);
  const claimedBy = (score: (typeof others)[number]) => score.probabilities.find((each) => each.class === elite.niche)?.probability ?? null;
  const tools = useDataTools({
    name: `${elite.run.key}-${elite.niche}-other-models`,
    columns: ["model", "topLabel", "topConfidence", "confidenceInClass"],
    rows: others.map((score) => [score.model.name, score.topLabel, score.topConfidence, claimedBy(score)]),
    query: `query {\n  node(id: ${JSON.stringify(elite.id)}) {\n    ... on Elite {\n      image { scores { topLabel topConfidence model { name } probabilities { label probability } } }\n    }\n  }\n}`,
  });
  const agreeing = others.filter(({ topClass }) => topClass === elite.niche).length;
  return (
    <section aria-labelledby="otherModels" className={styles.others}>
      <div className="sectionHead">
        <h2 id="otherModels">
          What other models say{" "}
          <span className="t12 muted">
            {others.length === 0 ? "none was asked yet" : `${agreeing} of ${others.length} take it for ${elite.label}, too`}
          </span>
        </h2>
        {others.length === 0 ? null : tools.toolbar}
      </div>
      {tools.content}
      <ul>
        {others.map((score) => (
          <li key={score.id} className={styles.otherRow}>
            <b>{score.model.name}</b>
            <span>{score.topLabel}</span>
            <Confidence value={score.topConfidence} size="n12" />
            <ConfidenceBar value={claimedBy(score)} />
            <span className="right">
              <Confidence value={claimedBy(score)} size="n12" />
              <span className="visuallyHidden"> in {elite.label}</span>
            </span>
          </li>
        ))}
      </ul>
      <div className={styles.missing} style={{ marginTop: 12 }}>
        <AskAnalysis asked={scoring}>{others.length === 0 ? "Ask the other models" : "Ask those that are missing"}</AskAnalysis>
      </div>
    </section>
  );
}

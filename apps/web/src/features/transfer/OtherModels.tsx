"use client";
/** How other models with the same classes label an image: their top label, and their confidence in the class it was made for. */
import type { AnalysisStateFragment } from "../../graphql/generated/graphql.ts";
import { AnalysisButton } from "../analyses/AnalysisButton.tsx";
import { Confidence } from "../marks/Confidence.tsx";
import { ConfidenceBar } from "../marks/ConfidenceBar.tsx";
import { useDataTools } from "../marks/DataTools.tsx";
import { MissingModels } from "./MissingModels.tsx";
import styles from "./Transfer.module.css";
import { imageScoresQuery } from "./transferQueries.ts";
import { useOtherModels } from "./useOtherModels.ts";
import { useScoreImage } from "./useScoreImage.ts";

interface OtherModelsProps {
  readonly image: {
    readonly id: string;
    readonly scoring?: AnalysisStateFragment | null;
    readonly scores: readonly {
      readonly id: string;
      readonly topClass: number;
      readonly topLabel: string;
      readonly topConfidence: number;
      readonly model: { readonly id: string; readonly name: string };
      readonly probabilities: readonly { readonly class: number; readonly probability: number }[];
    }[];
  };
  /** The model that the image was made for. */
  readonly ownModelId: string;
  /** The class that the image was made for. */
  readonly claimed: { readonly class: number; readonly label: string };
  /** Prefix of the file name. */
  readonly name: string;
  readonly onScored: () => void;
}

export function OtherModels({ image, ownModelId, claimed, name, onScored }: OtherModelsProps) {
  const scoring = useScoreImage(image, onScored);
  const others = image.scores.filter(({ model }) => model.id !== ownModelId);
  const claimedConfidence = (score: (typeof others)[number]) =>
    score.probabilities.find((each) => each.class === claimed.class)?.probability ?? null;
  const tools = useDataTools({
    name: `${name}-other-models`,
    columns: ["model", "topLabel", "topConfidence", "confidenceInClass"],
    rows: others.map((score) => [score.model.name, score.topLabel, score.topConfidence, claimedConfidence(score)]),
    query: imageScoresQuery(image.id),
  });
  const models = useOtherModels(ownModelId);
  const unscored = models?.available.filter(({ id }) => !others.some(({ model }) => model.id === id));
  const agreeing = others.filter(({ topClass }) => topClass === claimed.class).length;
  return (
    <section aria-labelledby="otherModels" className={styles.others}>
      <div className="sectionHead">
        <h2 id="otherModels">
          What other models say{" "}
          <span className="t12 muted">
            {others.length === 0 ? "not scored yet" : `${agreeing} of ${others.length} agree on ${claimed.label}`}
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
            <ConfidenceBar value={claimedConfidence(score)} />
            <span className="right">
              <Confidence value={claimedConfidence(score)} size="n12" />
              <span className="visuallyHidden"> in {claimed.label}</span>
            </span>
          </li>
        ))}
      </ul>
      {unscored?.length === 0 && !scoring.busy ? (
        others.length > 0 ? null : (
          <p className="second">
            {models?.missing.length === 0
              ? "No other model has these classes."
              : "No other model with these classes has been downloaded. Download a model below to score this image."}
          </p>
        )
      ) : (
        <div className={styles.missing} style={{ marginTop: 12 }}>
          <AnalysisButton controls={scoring} needs="scoreImage">
            {others.length === 0 ? "Score with other models" : "Score with missing models"}
          </AnalysisButton>
        </div>
      )}
      {models === null || models.missing.length === 0 ? null : (
        <MissingModels models={models.missing} areNeeded={models.available.length === 0} />
      )}
    </section>
  );
}

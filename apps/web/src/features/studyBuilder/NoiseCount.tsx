"use client";
/**
 * The number of images of noise: offered where an answer to a question can show attention to them. Where a label must be chosen, none can, so
 * the trials would cost time and judge no voter.
 */
import { canPassNoise, type Protocol } from "@pareidolia/perception/protocols/registry";
import toolButtonStyles from "../marks/ToolButton.module.css";
import styles from "./ImagesSection.module.css";
import { NumberInput } from "./NumberInput.tsx";

const maxNoise = 100;

interface NoiseCountProps {
  /** Of the questions, in order. */
  readonly protocols: readonly Protocol[];
  readonly noise: number;
  onChange(noise: number): void;
}

export function NoiseCount({ protocols, noise, onChange }: NoiseCountProps) {
  const unjudged = protocols.flatMap((protocol, question) => (canPassNoise(protocol) ? [] : [question + 1]));
  if (unjudged.length === protocols.length)
    return (
      <>
        <p className="t12 muted">Not offered: without “can’t tell”, no answer shows whether a voter pays attention to noise.</p>
        {noise === 0 ? null : (
          <button type="button" className={toolButtonStyles.toolButton} onClick={() => onChange(0)}>
            Remove noise
          </button>
        )}
      </>
    );
  return (
    <span className={styles.noise}>
      <NumberInput
        label="Number of images of noise"
        value={noise}
        minimum={0}
        maximum={maxNoise}
        className={styles.tokenInput}
        onChange={(next) => {
          if (next !== null) onChange(next);
        }}
      />
      {unjudged.length === 0 || noise === 0 ? null : (
        <span className="t12 muted">Not judged in question {unjudged.join(", ")}, which does not offer “can’t tell”.</span>
      )}
    </span>
  );
}

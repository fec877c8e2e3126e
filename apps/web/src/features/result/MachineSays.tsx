/** The model's output: its confidence in its top classes on the stored bytes, and beside it the confidence on float pixels. */
import { Confidence } from "../marks/Confidence.tsx";
import { ConfidenceBar } from "../marks/ConfidenceBar.tsx";
import { formatMiss } from "../marks/confidence.ts";
import { splitLabel } from "../marks/labels.ts";
import { formatCount } from "../marks/numbers.ts";
import styles from "./Faces.module.css";

interface ClassProbability {
  readonly class: number;
  readonly label: string;
  readonly probability: number;
}

interface ModelScore {
  readonly id: string;
  readonly topLabel: string;
  readonly topConfidence: number;
  readonly model: { readonly id: string; readonly name: string };
  readonly probabilities: readonly ClassProbability[];
}

interface MachineSaysProps {
  /** The class that the image was made for. */
  readonly claimed: number;
  /** Confidence in that class on the float pixels that the method saw. */
  readonly confidence: number;
  readonly storedConfidence: number;
  readonly model: { readonly id: string; readonly name: string };
  readonly scores: readonly ModelScore[];
}

/** So many classes are all shown; of more, the first few. */
const mostClasses = 10;
const fewClasses = 5;

/** The likeliest first. The class that the image was made for is always among them. */
function classesToShow(probabilities: readonly ClassProbability[], wanted: number): readonly ClassProbability[] {
  if (probabilities.length <= mostClasses) return probabilities;
  const first = probabilities.slice(0, fewClasses);
  const claimed = first.some((each) => each.class === wanted) ? undefined : probabilities.find((each) => each.class === wanted);
  return claimed === undefined ? first : [...first, claimed];
}

function scopeWords(own: ModelScore | undefined, shown: number): string {
  if (own === undefined) return "not scored yet";
  const count = own.probabilities.length;
  return `${shown < count ? `${shown} of ${formatCount(count)}` : `all ${formatCount(count)}`} classes, on the stored bytes`;
}

export function MachineSays({ claimed, confidence, storedConfidence, model, scores }: MachineSaysProps) {
  const own = scores.find((score) => score.model.id === model.id);
  const others = scores.filter((score) => score.model.id !== model.id);
  const shown = classesToShow(own?.probabilities ?? [], claimed);
  return (
    <section aria-labelledby="machine">
      <h2 id="machine">What the machine says</h2>
      <p className="t12 muted">
        {model.name}, {scopeWords(own, shown.length)}
      </p>
      <ul className={styles.rows}>
        {shown.map((each) => (
          <li key={each.class} className={styles.row} data-claimed={each.class === claimed || undefined}>
            <span title={each.label}>{splitLabel(each.label).name}</span>
            <Confidence value={each.probability} size="n12" />
            <ConfidenceBar value={each.probability} />
          </li>
        ))}
      </ul>
      <dl className={styles.pairs}>
        <dt>as stored, 8 bit</dt>
        <dd className="n12">{formatMiss(storedConfidence)}</dd>
        <dt>as searched, float</dt>
        <dd className="n12">{formatMiss(confidence)}</dd>
        <dt>difference by rounding</dt>
        <dd className="n12">{writeDifference(storedConfidence - confidence)}</dd>
      </dl>
      {others.length === 0 ? null : (
        <div className={styles.others}>
          <p className="t12 muted">{others.length === 1 ? "One other model" : `${others.length} other models`}</p>
          <ul>
            {others.map((score) => (
              <li key={score.id}>
                <span>{score.model.name}</span>
                <span title={score.topLabel}>{splitLabel(score.topLabel).name}</span>
                <Confidence value={score.topConfidence} size="n12" />
              </li>
            ))}
          </ul>
        </div>
      )}
    </section>
  );
}

function writeDifference(difference: number): string {
  if (difference === 0) return "0";
  return `${difference < 0 ? "−" : "+"} ${Math.abs(difference).toExponential(1)}`;
}

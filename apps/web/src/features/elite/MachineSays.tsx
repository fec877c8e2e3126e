/** The network's side: its confidence in every class on the stored bytes, and what the search saw beside it. */
import { Confidence } from "../marks/Confidence.tsx";
import { ConfidenceBar } from "../marks/ConfidenceBar.tsx";
import { formatMiss } from "../marks/confidence.ts";
import styles from "./Faces.module.css";

interface ModelScore {
  readonly id: string;
  readonly topLabel: string;
  readonly topConfidence: number;
  readonly model: { readonly id: string; readonly name: string };
  readonly probabilities: readonly { readonly class: number; readonly label: string; readonly probability: number }[];
}

interface MachineSaysProps {
  readonly niche: number;
  readonly fitness: number;
  readonly storedFitness: number;
  readonly model: { readonly id: string; readonly name: string };
  readonly scores: readonly ModelScore[];
}

export function MachineSays({ niche, fitness, storedFitness, model, scores }: MachineSaysProps) {
  const own = scores.find((score) => score.model.id === model.id);
  const others = scores.filter((score) => score.model.id !== model.id);
  return (
    <section aria-labelledby="machine">
      <h2 id="machine">What the machine says</h2>
      <p className="t12 muted">
        {model.name}, {own === undefined ? "not scored yet" : `all ${own.probabilities.length} classes, on the stored bytes`}
      </p>
      <ul className={styles.rows}>
        {(own?.probabilities ?? []).map((each) => (
          <li key={each.class} className={styles.row} data-claimed={each.class === niche || undefined}>
            <span>{each.label}</span>
            <Confidence value={each.probability} size="n12" />
            <ConfidenceBar value={each.probability} />
          </li>
        ))}
      </ul>
      <dl className={styles.pairs}>
        <dt>as stored, 8 bit</dt>
        <dd className="n12">{formatMiss(storedFitness)}</dd>
        <dt>as searched, float</dt>
        <dd className="n12">{formatMiss(fitness)}</dd>
        <dt>difference by rounding</dt>
        <dd className="n12">{writeDifference(storedFitness - fitness)}</dd>
      </dl>
      {others.length === 0 ? null : (
        <div className={styles.others}>
          <p className="t12 muted">{others.length === 1 ? "One other model" : `${others.length} other models`}</p>
          <ul>
            {others.map((score) => (
              <li key={score.id}>
                <span>{score.model.name}</span>
                <span>{score.topLabel}</span>
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

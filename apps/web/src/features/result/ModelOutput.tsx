/** The model's output: its confidence in its top classes for the stored bytes, compared with the confidence for float pixels. */
import type { SearchedClass } from "@pareidolia/core/searchedClass";
import rowStyles from "../marks/AnswerRows.module.css";
import { Confidence } from "../marks/Confidence.tsx";
import { ConfidenceBar } from "../marks/ConfidenceBar.tsx";
import { splitLabel } from "../marks/labels.ts";
import { formatCount } from "../marks/numbers.ts";
import styles from "./Answers.module.css";
import { SearchedClassFigures } from "./SearchedClassFigures.tsx";

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

interface ModelOutputProps {
  /** The class that the image was made for. */
  readonly claimed: number;
  /** The class that the search scored, which may be another one: an attack without a target lowers the confidence in the original's class. */
  readonly searched: SearchedClass;
  readonly model: { readonly id: string; readonly name: string };
  readonly scores: readonly ModelScore[];
}

/** Up to this number, all classes are shown. */
const maxClasses = 10;
const topClassCount = 5;

/** The most probable classes in descending order, with the claimed class last if it is not among them. */
function classesToShow(probabilities: readonly ClassProbability[], claimed: number): readonly ClassProbability[] {
  if (probabilities.length <= maxClasses) return probabilities;
  const top = probabilities.slice(0, topClassCount);
  const missing = top.some((each) => each.class === claimed) ? undefined : probabilities.find((each) => each.class === claimed);
  return missing === undefined ? top : [...top, missing];
}

function scopeText(own: ModelScore | undefined, shown: number): string {
  if (own === undefined) return "not scored yet";
  const count = own.probabilities.length;
  return `${shown < count ? `${shown} of ${formatCount(count)}` : `all ${formatCount(count)}`} classes, for the stored bytes`;
}

export function ModelOutput({ claimed, searched, model, scores }: ModelOutputProps) {
  const own = scores.find((score) => score.model.id === model.id);
  const others = scores.filter((score) => score.model.id !== model.id);
  const shown = classesToShow(own?.probabilities ?? [], claimed);
  return (
    <section aria-labelledby="machine">
      <h2 id="machine">What the machine says</h2>
      <p className="t12 muted">
        {model.name}, {scopeText(own, shown.length)}
      </p>
      <ul className={rowStyles.rows}>
        {shown.map((each) => (
          <li key={each.class} data-claimed={each.class === claimed || undefined}>
            <span title={each.label}>{splitLabel(each.label).name}</span>
            <Confidence value={each.probability} size="n12" />
            <ConfidenceBar value={each.probability} />
          </li>
        ))}
      </ul>
      <SearchedClassFigures of={searched} />
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

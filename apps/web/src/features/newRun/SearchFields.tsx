"use client";
/** A random search: how many configurations, and which parameters are drawn, each with its values and how often each comes. */
import { ascentLimits } from "@pareidolia/core/runKinds/ascent";
import { formatParameter } from "../run/parameterEntries.ts";
import { NumberField } from "./NumberField.tsx";
import type { Values } from "./parameterForm.ts";
import runFormStyles from "./RunForm.module.css";
import styles from "./SearchFields.module.css";
import { sharesOf } from "./searchSize.ts";
import type { AscentSearch } from "./useAscentSearch.ts";
import type { MethodChoice } from "./useMethodForm.ts";
import { wholeNumberWords } from "./wholeNumbers.ts";

type Searched = MethodChoice["searchSpace"][number];

interface SearchFieldsProps {
  readonly search: AscentSearch;
  readonly method: MethodChoice | undefined;
  /** The form's, which hold where a parameter is not drawn. */
  readonly values: Values;
  /** What the API said of the search. */
  readonly problem: string | null;
}

export function SearchFields({ search, method, values, problem }: SearchFieldsProps) {
  const space = method?.searchSpace ?? [];
  const labels = new Map(method?.parameters.map(({ name, label }) => [name, label]));
  return (
    <>
      <div className={runFormStyles.runFields}>
        <NumberField
          label="Configurations"
          value={search.typed}
          problem={search.count === null ? wholeNumberWords(ascentLimits.configurations) : problem}
          onChange={search.setTyped}
        />
      </div>
      <fieldset className={styles.searchSpace} data-problem={search.drawn.size === 0 ? "" : undefined}>
        <legend>Drawn parameters</legend>
        <p className="t12 muted">
          Each configuration draws every one of these anew: its values, and below them how often each comes. What is not drawn keeps the
          form’s value.
        </p>
        <ul>
          {space.map((parameter) => (
            <SearchedRow
              key={parameter.name}
              parameter={parameter}
              label={labels.get(parameter.name) ?? parameter.name}
              drawn={search.drawn.has(parameter.name)}
              own={values[parameter.name]}
              idle={search.idleReason(parameter.name, values)}
              onToggle={() => search.toggle(parameter.name)}
            />
          ))}
        </ul>
        {search.drawn.size === 0 ? (
          <span className="fieldError" role="alert">
            Choose at least one to draw.
          </span>
        ) : search.drawnError === null ? null : (
          <span className="fieldError" role="alert">
            {search.drawnError}
          </span>
        )}
      </fieldset>
    </>
  );
}

interface SearchedRowProps {
  readonly parameter: Searched;
  readonly label: string;
  readonly drawn: boolean;
  readonly own: unknown;
  readonly idle: string | null;
  onToggle(): void;
}

function SearchedRow({ parameter, label, drawn, own, idle, onToggle }: SearchedRowProps) {
  const shares = sharesOf(parameter.choices);
  return (
    <li>
      <label>
        <input type="checkbox" checked={drawn} onChange={onToggle} />
        <span>
          {label}
          {drawn && idle !== null ? <span className="t12 muted">without effect: {idle}</span> : null}
        </span>
      </label>
      {drawn ? (
        <ul className={styles.odds} aria-label={`Values of ${label}`}>
          {parameter.choices.map(({ value }, index) => (
            <li key={value}>
              <span className="n12">{formatParameter(value)}</span>
              <span className="n11 muted">{shares[index]}%</span>
            </li>
          ))}
        </ul>
      ) : (
        <span className="t12 muted">
          keeps <span className="n12">{formatParameter(own)}</span>
        </span>
      )}
    </li>
  );
}

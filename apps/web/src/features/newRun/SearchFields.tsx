"use client";
/** The fields of a random search: the number of configurations, and the drawn parameters with their values and probabilities. */
import { ascentLimits } from "@pareidolia/core/runKinds/ascent";
import { formatParameter } from "../run/parameterEntries.ts";
import { NumberField } from "./NumberField.tsx";
import type { Values } from "./parameterForm.ts";
import runFormStyles from "./RunForm.module.css";
import styles from "./SearchFields.module.css";
import { percentagesOf } from "./searchSize.ts";
import type { AscentSearch } from "./useAscentSearch.ts";
import type { MethodChoice } from "./useMethodForm.ts";
import { wholeNumberError } from "./wholeNumbers.ts";

type SearchParameter = MethodChoice["searchSpace"][number];

interface SearchFieldsProps {
  readonly search: AscentSearch;
  readonly method: MethodChoice | undefined;
  /** The form's values, used for parameters that are not drawn. */
  readonly values: Values;
  /** The API's error for the search. */
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
          value={search.configurationsText}
          problem={search.count === null ? wholeNumberError(ascentLimits.configurations) : problem}
          onChange={search.setConfigurationsText}
        />
      </div>
      <fieldset className={styles.searchSpace} data-problem={search.drawn.size === 0 ? "" : undefined}>
        <legend>Drawn parameters</legend>
        <p className="t12 muted">
          Each configuration draws a value for every selected parameter, with the probabilities shown below the values. Other parameters
          keep the form’s values.
        </p>
        <ul>
          {space.map((parameter) => (
            <SearchedRow
              key={parameter.name}
              parameter={parameter}
              label={labels.get(parameter.name) ?? parameter.name}
              drawn={search.drawn.has(parameter.name)}
              formValue={values[parameter.name]}
              unusedReason={search.unusedReason(parameter.name, values)}
              onToggle={() => search.toggle(parameter.name)}
            />
          ))}
        </ul>
        {search.drawn.size === 0 ? (
          <span className="fieldError" role="alert">
            Choose at least one parameter to draw.
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
  readonly parameter: SearchParameter;
  readonly label: string;
  readonly drawn: boolean;
  readonly formValue: unknown;
  /** Why drawing the parameter has no effect; null if it has one. */
  readonly unusedReason: string | null;
  onToggle(): void;
}

function SearchedRow({ parameter, label, drawn, formValue, unusedReason, onToggle }: SearchedRowProps) {
  const percentages = percentagesOf(parameter.choices);
  return (
    <li>
      <label>
        <input type="checkbox" checked={drawn} onChange={onToggle} />
        <span>
          {label}
          {drawn && unusedReason !== null ? <span className="t12 muted">without effect: {unusedReason}</span> : null}
        </span>
      </label>
      {drawn ? (
        <ul className={styles.probabilities} aria-label={`Values of ${label}`}>
          {parameter.choices.map(({ value }, index) => (
            <li key={value}>
              <span className="n12">{formatParameter(value)}</span>
              <span className="n11 muted">{percentages[index]}%</span>
            </li>
          ))}
        </ul>
      ) : (
        <span className="t12 muted">
          keeps <span className="n12">{formatParameter(formValue)}</span>
        </span>
      )}
    </li>
  );
}

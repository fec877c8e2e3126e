/** A filter of a list as a native select, which works with keyboards, screen readers and phones. */
import styles from "./FilterBar.module.css";

interface FilterOption {
  readonly value: string;
  readonly text: string;
}

interface FilterSelectProps {
  readonly name: string;
  readonly value: string | null;
  /** Whether the value differs from the default. */
  readonly isSet: boolean;
  /** The label of the option without a restriction; absent if the filter always has a value. */
  readonly anyLabel?: string;
  readonly options: readonly FilterOption[];
  readonly onChange: (value: string | null) => void;
}

export function FilterSelect({ name, value, isSet, anyLabel, options, onChange }: FilterSelectProps) {
  const isKnown = value === null || options.some((option) => option.value === value);
  return (
    <label className={styles.filter} data-set={isSet || undefined}>
      <span>{name}</span>
      <select value={value ?? ""} onChange={(event) => onChange(event.target.value === "" ? null : event.target.value)}>
        {anyLabel === undefined ? null : <option value="">{anyLabel}</option>}
        {isKnown ? null : <option value={value}>unknown</option>}
        {options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.text}
          </option>
        ))}
      </select>
    </label>
  );
}

/** The checkbox that selects a row of a list. */
import styles from "./Bulk.module.css";

interface RowCheckboxProps {
  readonly label: string;
  readonly checked: boolean;
  /** For the head of a list of which some rows are selected. */
  readonly mixed?: boolean;
  readonly onToggle: (range: boolean) => void;
}

export function RowCheckbox({ label, checked, mixed = false, onToggle }: RowCheckboxProps) {
  return (
    <input
      type="checkbox"
      className={styles.checkbox}
      aria-label={label}
      checked={checked}
      ref={(element) => {
        if (element) element.indeterminate = mixed;
      }}
      onChange={() => undefined}
      // A change event does not tell whether Shift is held.
      onClick={(event) => onToggle(event.shiftKey)}
    />
  );
}

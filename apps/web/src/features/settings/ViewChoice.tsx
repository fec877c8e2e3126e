/** A choice between views of one list, as buttons side by side. */
import styles from "./ViewChoice.module.css";

interface ViewChoiceProps<View extends string> {
  readonly label: string;
  readonly views: readonly View[];
  readonly labels: Readonly<Record<View, string>>;
  readonly view: View;
  onChange(view: View): void;
}

export function ViewChoice<View extends string>({ label, views, labels, view, onChange }: ViewChoiceProps<View>) {
  return (
    <div className={styles.views} role="group" aria-label={label}>
      {views.map((each) => (
        <button key={each} type="button" aria-pressed={view === each} onClick={() => onChange(each)}>
          {labels[each]}
        </button>
      ))}
    </div>
  );
}

/** The five steps of an image in a norming room, the current one marked. */
import styles from "./Norming.module.css";
import type { RoomStep } from "./roomSteps.ts";

const words = { done: "done", current: "current step", waiting: "not yet" } as const;

export function RoomSteps({ steps }: { readonly steps: readonly RoomStep[] }) {
  return (
    <ol className={styles.steps} aria-label="Steps">
      {steps.map(({ name, note, progress }) => (
        <li key={name} data-progress={progress} aria-current={progress === "current" ? "step" : undefined}>
          <i aria-hidden="true" />
          <div>
            <span className={styles.stepName}>
              {name}
              <span className="visuallyHidden"> ({words[progress]})</span>
            </span>
            <span className="t12 muted">{note}</span>
          </div>
        </li>
      ))}
    </ol>
  );
}

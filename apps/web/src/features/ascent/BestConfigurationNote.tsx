/** A note that a configuration other than the one shown is now the best, with a button that shows the best one. */

import type { ChosenConfiguration } from "../configurations/useChosenConfiguration.ts";
import styles from "./BestConfigurationNote.module.css";

export function BestConfigurationNote({ chosen: { best, choose } }: { readonly chosen: ChosenConfiguration }) {
  if (best === null) return null;
  return (
    <p className={`t12 second ${styles.note}`} role="status">
      Configuration <span className="n12">{best}</span> is now the best.{" "}
      <button type="button" className="link" onClick={() => choose(best)}>
        Show it
      </button>
    </p>
  );
}

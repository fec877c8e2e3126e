/** Says that another configuration has come to lead than the one that is shown, and leads there. */

import type { ChosenConfiguration } from "../configurations/useChosenConfiguration.ts";
import styles from "./LeadNote.module.css";

export function LeadNote({ chosen: { best, choose } }: { readonly chosen: ChosenConfiguration }) {
  if (best === null) return null;
  return (
    <p className={`t12 second ${styles.leadNote}`} role="status">
      Configuration <span className="n12">{best}</span> leads now.{" "}
      <button type="button" className="link" onClick={() => choose(best)}>
        Show it
      </button>
    </p>
  );
}

/** The backup codes of a second factor, which are shown once. */
import { CopyButton } from "../marks/CopyButton.tsx";
import styles from "./SecondFactor.module.css";

export function BackupCodes({ codes }: { codes: readonly string[] }) {
  return (
    <div>
      <div className="sectionHead">
        <h3>Backup codes</h3>
        <CopyButton text={codes.join("\n")} />
      </div>
      <ul className={styles.codes}>
        {codes.map((code) => (
          <li key={code} className="n">
            {code}
          </li>
        ))}
      </ul>
      <p className="t12 muted">
        Each replaces the app once, if you lose it. They are not shown again: keep them where only you can read them.
      </p>
    </div>
  );
}

/** The other side. There are no studies yet, so it says that nobody was asked, and shows no figures. */
import styles from "./Faces.module.css";

export function PeopleSay() {
  return (
    <section aria-labelledby="people">
      <h2 id="people">What people say</h2>
      <p className="t12 muted">nobody was asked</p>
      <div className={styles.empty}>
        <p>
          Studies are not part of this version. When they are, the answers of voters who see only this image stand here, class by class,
          with their intervals.
        </p>
        <p>Until then the machine’s claim is unopposed: judge for yourself.</p>
      </div>
    </section>
  );
}

/** How people label the image. There are no studies yet, so it shows no figures. */
import styles from "./Answers.module.css";

export function HumanLabels() {
  return (
    <section aria-labelledby="people">
      <h2 id="people">What people say</h2>
      <p className="t12 muted">no votes yet</p>
      <div className={styles.empty}>
        <p>
          This version does not include studies. A later version will show how often voters who see only this image choose each class, with
          confidence intervals.
        </p>
        <p>Until then, there is only the model’s output: judge for yourself.</p>
      </div>
    </section>
  );
}

/** An image that a network is nearly certain about, beside what the network says. */
import { Confidence } from "../marks/Confidence.tsx";
import { ConfidenceBar } from "../marks/ConfidenceBar.tsx";
import styles from "./ExhibitPlaque.module.css";
import type { Exhibit } from "./exhibit.ts";

export function ExhibitPlaque({ exhibit }: { exhibit: Exhibit }) {
  return (
    <figure className={styles.exhibit}>
      <img
        className={styles.image}
        src={exhibit.url}
        width={exhibit.width * 6}
        height={exhibit.height * 6}
        alt={`Evolved image that the network labels ${exhibit.label}`}
        draggable={false}
      />
      <figcaption className={styles.plaque}>
        <span className="t12 muted">The machine says</span>
        <span className={styles.answer}>
          <b>{exhibit.label}</b>
          <Confidence value={exhibit.confidence} />
        </span>
        <ConfidenceBar value={exhibit.confidence} />
        <span className={`${styles.caption} t12 muted`}>{exhibit.caption}</span>
      </figcaption>
    </figure>
  );
}

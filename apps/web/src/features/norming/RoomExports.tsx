/** The files of a study's norming rooms: votes, and images with discussion, agreement and decision. */

import { useAddress } from "../addresses/navigation.ts";
import buttonStyles from "../marks/Button.module.css";
import styles from "./RoomExports.module.css";

const tables = [
  { name: "room-votes", label: "Votes", note: "A row for each revealed vote, with the member’s pseudonym." },
  {
    name: "room-images",
    label: "Images and decisions",
    note: "A row for each image, with comments, α before and after, and the decision.",
  },
] as const;

const formats = [
  ["csv", "CSV"],
  ["jsonl", "JSON lines"],
] as const;

export function RoomExports({ studyKey }: { readonly studyKey: string }) {
  const address = useAddress();
  return (
    <ul className={styles.exports}>
      {tables.map(({ name, label, note }) => (
        <li key={name}>
          <span>
            {label} <span className="t12 muted">{note}</span>
          </span>
          <span className={styles.exportLinks}>
            {formats.map(([format, text]) => (
              <a
                key={format}
                className={buttonStyles.button}
                href={address(`/studies/${encodeURIComponent(studyKey)}/${name}.${format}`)}
                aria-label={`${text}: ${label.toLowerCase()}`}
                download
              >
                {text}
              </a>
            ))}
          </span>
        </li>
      ))}
    </ul>
  );
}

/** A user's initials in a circle. Hidden from screen readers, since the name is beside it. */
import styles from "./Avatar.module.css";
import { initialsOf } from "./initials.ts";

export function Avatar({ name }: { name: string }) {
  return (
    <span className={styles.avatar} aria-hidden="true">
      {initialsOf(name)}
    </span>
  );
}

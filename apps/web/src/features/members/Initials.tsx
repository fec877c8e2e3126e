/** A person's handle in a circle; never coloured, since colours have other meanings. */

import styles from "./Initials.module.css";
import { initialsOf } from "./initialsOf.ts";

export function Initials({ name }: { readonly name: string }) {
  return (
    <span className={styles.initials} aria-hidden="true">
      {initialsOf(name)}
    </span>
  );
}

/** A tag. Its colour marks the edge only, so that its text has the contrast of all text in both themes. */
import type { CSSProperties } from "react";
import styles from "./Tag.module.css";
import { tagHue } from "./tagHue.ts";

interface TagProps {
  readonly name: string;
  /** Whether only some of the selected runs have it. */
  readonly partial?: boolean;
  readonly onRemove?: () => void;
}

export function Tag({ name, partial = false, onRemove }: TagProps) {
  return (
    <span className={styles.tag} data-partial={partial || undefined} style={{ "--hue": `var(${tagHue(name)})` } as CSSProperties}>
      {name}
      {onRemove ? (
        <button type="button" tabIndex={-1} aria-label={`Remove the tag ${name}`} onClick={onRemove}>
          ×
        </button>
      ) : null}
    </span>
  );
}

export function TagList({ tags }: { readonly tags: readonly { readonly id: string; readonly name: string }[] }) {
  return tags.length === 0 ? null : (
    <span className={styles.list}>
      {tags.map(({ id, name }) => (
        <Tag key={id} name={name} />
      ))}
    </span>
  );
}

/** A row of the trash: the item, its best images, who trashed it and when, and when it will be deleted. */

import { useState } from "react";
import type { TrashItemFragment } from "../../graphql/generated/graphql.ts";
import { RelativeTime } from "../marks/RelativeTime.tsx";
import toolButtonStyles from "../marks/ToolButton.module.css";
import { Permitted } from "../permissions/Permitted.tsx";
import { deletionText } from "./deletionText.ts";
import { describeItem } from "./describeItem.ts";
import styles from "./Trash.module.css";

interface TrashTableRowProps {
  readonly item: TrashItemFragment;
  readonly chosen: boolean;
  onChoose(chosen: boolean): void;
  onRestore(): void;
  onDelete(): void;
}

export function TrashTableRow({ item, chosen, onChoose, onRestore, onDelete }: TrashTableRowProps) {
  const { title, note } = describeItem(item);
  const by = item.trashedBy === null || item.trashedBy === undefined ? "a retention rule" : item.trashedBy.name;
  const [openedAt] = useState(() => new Date());
  const left = deletionText(item.deletedAfter ?? null, openedAt);
  return (
    <tr>
      <td className={styles.choice}>
        <input type="checkbox" aria-label={`Select ${item.key}`} checked={chosen} onChange={(event) => onChoose(event.target.checked)} />
      </td>
      <td className={`${styles.key} n12 muted`}>{item.key}</td>
      <td className={styles.title}>
        <span className={styles.name}>{title}</span>
        <span className={`${styles.note} t12 muted`}>
          {note}
          {item.experimentTrashed ? ". Restore its experiment first" : ""}
        </span>
        <span className={`${styles.note} ${styles.narrow} t12 muted`} suppressHydrationWarning>
          trashed <RelativeTime time={item.trashedAt} /> by {by}, {left}
        </span>
      </td>
      <td className={styles.imageCell}>
        <span className={styles.images}>
          {item.images.map((url) => (
            <img key={url} src={url} alt="" loading="lazy" />
          ))}
        </span>
      </td>
      <td className={`${styles.wide} t12`}>
        <RelativeTime time={item.trashedAt} />
        <span className={`${styles.note} muted`}>by {by}</span>
      </td>
      <td className={`${styles.wide} t12 muted`} suppressHydrationWarning>
        {left}
      </td>
      <td className={styles.actions}>
        <Permitted needs={item.subject === "RUN" ? "restoreRuns" : "restoreExperiments"}>
          <button
            type="button"
            className={toolButtonStyles.toolButton}
            aria-label={`Restore ${item.key}`}
            disabled={item.experimentTrashed}
            onClick={onRestore}
          >
            Restore
          </button>
        </Permitted>
        <Permitted needs="deleteFromTrash">
          <button type="button" className={toolButtonStyles.toolButton} aria-label={`Delete ${item.key} for good`} onClick={onDelete}>
            Delete
          </button>
        </Permitted>
      </td>
    </tr>
  );
}

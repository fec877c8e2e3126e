/** A row of the table of studies. */
import type { StudyRowFragment } from "../../graphql/generated/graphql.ts";
import { Link } from "../marks/Link.tsx";
import { formatCount } from "../marks/numbers.ts";
import { RelativeTime } from "../marks/RelativeTime.tsx";
import { ThumbnailStrip } from "../marks/ThumbnailStrip.tsx";
import { AwaitingImages } from "./AwaitingImages.tsx";
import styles from "./Studies.module.css";
import { StudyState } from "./StudyState.tsx";
import { describeProtocol, findDraft, neededVotes } from "./studySummary.ts";
import { VoteTrack } from "./VoteTrack.tsx";

interface StudyRowProps {
  readonly study: StudyRowFragment;
  readonly isSelected: boolean;
  /** Null for a draft, which cannot be compared. */
  readonly onToggle: (() => void) | null;
}

export function StudyRow({ study, isSelected, onToggle }: StudyRowProps) {
  const draft = findDraft(study.draft);
  const lastVote = typeof study.lastVoteAt === "string" ? <RelativeTime time={study.lastVoteAt} /> : null;
  return (
    <tr data-selected={isSelected || undefined}>
      <td className={styles.select}>
        {onToggle === null ? null : (
          <input type="checkbox" checked={isSelected} onChange={onToggle} aria-label={`Select ${study.key} to compare`} />
        )}
      </td>
      <td className={`${styles.wide} ${styles.thumbnails}`}>
        <ThumbnailStrip images={study.previewImages} most={3} />
      </td>
      <td className={styles.studyName}>
        <Link href={`/studies/${study.key}`}>{study.title}</Link>
        <span className="t12 muted">
          <span className="n12">{study.key}</span>
          {draft === null ? "" : `, ${describeProtocol(draft)}`}
        </span>
        <AwaitingImages study={study} />
      </td>
      <td>
        <StudyState state={study.state} />
      </td>
      <td className={styles.votes}>
        <VoteTrack
          votes={study.voteCount - study.insiderVoteCount}
          needed={draft === null ? null : neededVotes({ ...draft, images: study.imageCount })}
        />
      </td>
      <td className={`${styles.wide} right n12`}>{formatCount(study.voterCount)}</td>
      <td className={`${styles.wide} right t12 muted nowrap`}>{lastVote ?? (study.state === "DRAFT" ? "not open" : "none yet")}</td>
    </tr>
  );
}

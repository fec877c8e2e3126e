/** The mean share of people who recognise what the machine names, beyond guessing, over a run's images, with its interval and what it is of. */
import type { RunRecognitionPartsFragment } from "../../graphql/generated/graphql.ts";
import { formatCounted, formatShare } from "../studyResults/resultFormats.ts";
import { formatIntervalPercent, namesOfIntervalPopulations } from "./peopleTexts.ts";
import styles from "./RunRecognition.module.css";
import { ShareMark } from "./ShareMark.tsx";

export function RunRecognition({ recognition }: { readonly recognition: RunRecognitionPartsFragment | null }) {
  if (recognition === null || recognition.askedCount === 0) return <span className="muted">–</span>;
  const { askedCount, voteCount, correctedVoteCount, meanShare, low, high, intervalFor, intervalReason, withheld } = recognition;
  if (withheld != null)
    return (
      <span className="t12 muted" title={withheld.message}>
        shown once you have voted
      </span>
    );
  if (voteCount == null || voteCount === 0) return <span className="t12 muted">{formatCounted(askedCount, "image")}, no votes yet</span>;
  if (correctedVoteCount == null || correctedVoteCount === 0)
    return (
      <span className="t12 muted" title={intervalReason ?? undefined}>
        {formatCounted(voteCount, "vote")}, guesses unknown
      </span>
    );
  const images = recognition.correctedImageCount ?? 0;
  const asked = askedCount === images ? formatCounted(images, "image") : `${images} of ${formatCounted(askedCount, "image")}`;
  const base = `${asked}, ${formatCounted(correctedVoteCount, "vote")}`;
  if (meanShare == null || low == null || high == null || intervalFor == null)
    return (
      <span className="t12 muted" title={intervalReason ?? undefined}>
        {meanShare == null ? null : <span className="n12">{formatShare(meanShare)}, no interval, </span>}
        {base}
      </span>
    );
  const interval = formatIntervalPercent({ low, high });
  const population = namesOfIntervalPopulations[intervalFor];
  return (
    <span className={styles.recognition} title={`Mean share over images, beyond guessing, 95% interval for ${population} ${interval}%`}>
      <span className={styles.mean}>
        <span className={`${styles.share} n12`}>{formatShare(meanShare)}</span>
        <ShareMark share={{ share: meanShare, low, high }} width={64} />
      </span>
      <span className={`${styles.base} t12 muted`}>
        <span className="n12">{interval}</span> for {population}, {base}
      </span>
    </span>
  );
}

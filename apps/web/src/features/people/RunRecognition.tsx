/** The mean share of people who name what the machine names, over a run's images, with its interval and what it is of. */
import type { IntervalPopulation } from "../../graphql/generated/graphql.ts";
import { formatCounted, formatShare } from "../studyResults/resultFormats.ts";
import { formatIntervalPercent, namesOfIntervalPopulations } from "./peopleTexts.ts";
import styles from "./RunRecognition.module.css";
import { ShareMark } from "./ShareMark.tsx";

interface Recognition {
  readonly askedCount: number;
  readonly imageCount?: number | null;
  readonly voteCount?: number | null;
  readonly meanShare?: number | null;
  readonly low?: number | null;
  readonly high?: number | null;
  /** Over what the interval generalises. */
  readonly intervalFor?: IntervalPopulation | null;
  readonly intervalReason?: string | null;
  readonly withheld?: { readonly message: string } | null;
}

export function RunRecognition({ recognition }: { readonly recognition: Recognition | null }) {
  if (recognition === null || recognition.askedCount === 0) return <span className="muted">–</span>;
  const { askedCount, imageCount, voteCount, meanShare, low, high, intervalFor, intervalReason, withheld } = recognition;
  if (withheld != null)
    return (
      <span className="t12 muted" title={withheld.message}>
        shown once you have voted
      </span>
    );
  const images = imageCount ?? 0;
  const asked = askedCount === images ? formatCounted(images, "image") : `${images} of ${formatCounted(askedCount, "image")}`;
  const base = `${asked}, ${formatCounted(voteCount ?? 0, "vote")}`;
  if (meanShare == null || low == null || high == null || intervalFor == null)
    return (
      <span className="t12 muted" title={images === 0 ? undefined : (intervalReason ?? undefined)}>
        {meanShare == null ? null : <span className="n12">{formatShare(meanShare)}, no interval, </span>}
        {images === 0 ? `${formatCounted(askedCount, "image")}, no votes yet` : base}
      </span>
    );
  const interval = formatIntervalPercent({ low, high });
  const population = namesOfIntervalPopulations[intervalFor];
  return (
    <span className={styles.recognition} title={`Mean share over images, 95% interval for ${population} ${interval}%`}>
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

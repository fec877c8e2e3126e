"use client";
/** The shares of the same images in two studies, one across and one up: on the diagonal, an image is recognised alike in both. */
import { scaleLinear } from "d3-scale";
import { useRef } from "react";
import chartStyles from "../charts/Chart.module.css";
import { useElementWidth } from "../charts/useElementWidth.ts";
import { ValueRules } from "../charts/ValueRules.tsx";
import { useDataTools } from "../marks/DataTools.tsx";
import { formatCount } from "../marks/numbers.ts";
import { sampled } from "../studyResults/countedUnits.ts";
import { ResultSection } from "../studyResults/ResultSection.tsx";
import { formatShare } from "../studyResults/resultFormats.ts";
import { type PairedImage, pairedImages } from "./comparedImages.ts";
import { type ComparedStudy, type Comparison, comparisonQuery, wordsOfStudies } from "./readComparison.ts";
import styles from "./StudyComparison.module.css";

const shares = [0, 0.25, 0.5, 0.75, 1] as const;
const maxDots = 1000;

interface PairedSharesProps {
  readonly comparison: Comparison;
  readonly pair: Comparison["pairs"][number] | undefined;
}

export function PairedShares({ comparison, pair }: PairedSharesProps) {
  const [one, other] = pair === undefined ? [] : [comparison.studies[pair.first], comparison.studies[pair.second]];
  if (one === undefined || other === undefined) return null;
  const images = pairedImages(one, other);
  return images.length === 0 ? null : <Chart one={one} other={other} images={images} />;
}

interface ChartProps {
  readonly one: ComparedStudy;
  readonly other: ComparedStudy;
  readonly images: readonly PairedImage[];
}

function Chart({ one, other, images }: ChartProps) {
  const [frame, width] = useElementWidth<HTMLDivElement>(480);
  const svg = useRef<SVGSVGElement>(null);
  const side = Math.min(width, 480);
  const x = scaleLinear([0, 1], [52, side - 16]);
  const y = scaleLinear([0, 1], [side - 44, 24]);
  const tools = useDataTools({
    name: `${one.key}-${other.key}-images`,
    columns: ["label", `${one.key} share`, `${one.key} votes`, `${other.key} share`, `${other.key} votes`, "sha256"],
    rows: images.map(({ label, first, firstVotes, second, secondVotes, sha256 }) => [
      label,
      first,
      firstVotes,
      second,
      secondVotes,
      sha256,
    ]),
    query: comparisonQuery([one.key, other.key]),
    svg,
  });
  const drawn = sampled(images, maxDots);
  const [ofOne, ofOther] = [wordsOfStudies([one]).ofPeople, wordsOfStudies([other]).ofPeople];
  return (
    <ResultSection
      className={styles.paired}
      title={`Each image in ${one.key} and ${other.key}`}
      tools={tools}
      note={`${formatCount(images.length)} images${drawn.length < images.length ? `, ${formatCount(drawn.length)} drawn` : ""}`}
    >
      <div ref={frame}>
        <svg
          ref={svg}
          className={chartStyles.chart}
          width={side}
          height={side}
          role="img"
          aria-label={`The ${ofOne} in ${one.key} across and the ${ofOther} in ${other.key} up, for ${formatCount(images.length)} images. The table lists every image.`}
        >
          <ValueRules values={shares} y={y} format={formatShare} from={x(0)} to={x(1)} gap={8} />
          {shares.map((share) => (
            <text key={share} x={x(share)} y={side - 24} textAnchor="middle">
              {formatShare(share)}
            </text>
          ))}
          <line x1={x(0)} y1={y(0)} x2={x(1)} y2={y(1)} stroke="var(--frame)" strokeDasharray="2 3" />
          {drawn.map(({ sha256, first, second, label }) => (
            <circle key={sha256} cx={x(first)} cy={y(second)} r={3.5} fill="var(--people)" opacity={0.7}>
              <title>{`${label}: ${formatShare(first)} in ${one.key}, ${formatShare(second)} in ${other.key}`}</title>
            </circle>
          ))}
          <text x={x(1)} y={side - 6} textAnchor="end" className={chartStyles.chartLabel}>
            {ofOne} in {one.key}
          </text>
          <text x={4} y={12} className={chartStyles.chartLabel}>
            {ofOther} in {other.key}
          </text>
        </svg>
      </div>
    </ResultSection>
  );
}

/** A direct genome has no structure to draw: its values, counted, and what they say about noise. */
import type { ByteImage } from "@pareidolia/core/image";
import { formatCount } from "../marks/numbers.ts";
import styles from "./DirectGenome.module.css";
import type { GenomeViewProps } from "./genomeViewProps.ts";
import { binCount, measurePixels } from "./pixelStatistics.ts";

const width = 640;
const height = 160;
const ticks = [0, 64, 128, 192, 255];

function Histogram({ image, bins }: { readonly image: ByteImage; readonly bins: readonly number[] }) {
  const even = image.pixels.length / binCount;
  const top = Math.max(...bins, even * 1.5);
  const y = (count: number) => height - (count / top) * height;
  return (
    <svg
      className={styles.histogram}
      viewBox={`0 0 ${width} ${height + 24}`}
      role="img"
      aria-label={`Histogram of ${image.pixels.length} pixel values`}
    >
      {bins.map((count, i) => (
        <rect key={i} x={(i * width) / binCount + 1} y={y(count)} width={width / binCount - 2} height={height - y(count)}>
          <title>
            {(i * 256) / binCount} to {((i + 1) * 256) / binCount - 1}: {count}
          </title>
        </rect>
      ))}
      <line className={styles.axis} x1="0" x2={width} y1={height + 0.5} y2={height + 0.5} />
      <line className={styles.even} x1="0" x2={width} y1={y(even)} y2={y(even)} />
      <text x={width} y={y(even) - 6} textAnchor="end">
        uniform noise
      </text>
      {ticks.map((tick) => (
        <text key={tick} x={(tick / 255) * width} y={height + 18} textAnchor={tick === 0 ? "start" : tick === 255 ? "end" : "middle"}>
          {tick}
        </text>
      ))}
    </svg>
  );
}

export function DirectGenome({ image, byteLength }: GenomeViewProps) {
  const measured = measurePixels(image);
  return (
    <div>
      <Histogram image={image} bins={measured.bins} />
      <dl className={styles.facts}>
        <div>
          <dt>Genes</dt>
          <dd>
            {formatCount(image.pixels.length)} <span className="muted">in {formatCount(byteLength)} bytes</span>
          </dd>
        </div>
        <div>
          <dt>Mean</dt>
          <dd>{measured.mean.toFixed(1)}</dd>
        </div>
        <div>
          <dt>Deviation</dt>
          <dd>
            {measured.deviation.toFixed(1)} <span className="muted">noise 73.9</span>
          </dd>
        </div>
        <div>
          <dt>Entropy</dt>
          <dd>
            {measured.entropy.toFixed(2)} <span className="muted">of 8 bits</span>
          </dd>
        </div>
        <div>
          <dt>Neighbours agree</dt>
          <dd>
            {measured.neighbours === null ? "–" : measured.neighbours.toFixed(2).replace("-", "−")}{" "}
            <span className="muted">correlation</span>
          </dd>
        </div>
        <div>
          <dt>Black or white</dt>
          <dd>{(measured.clipped * 100).toFixed(1)}%</dd>
        </div>
      </dl>
    </div>
  );
}

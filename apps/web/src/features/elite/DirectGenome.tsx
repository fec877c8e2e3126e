/** A direct genome's histogram and statistics, compared with uniform noise. */
import type { ByteImage } from "@pareidolia/core/image";
import { formatCount } from "../marks/numbers.ts";
import styles from "./DirectGenome.module.css";
import type { GenomeViewProps } from "./genomeViewProps.ts";
import { binCount, measurePixels } from "./pixelStatistics.ts";

const ticks = [0, 64, 128, 192, 255];

function Histogram({ image, bins }: { readonly image: ByteImage; readonly bins: readonly number[] }) {
  const uniform = image.pixels.length / binCount;
  const top = Math.max(...bins, uniform * 1.5);
  return (
    <div role="img" aria-label={`Histogram of ${image.pixels.length} pixel values in ${binCount} bins`}>
      <div className={styles.bars}>
        {bins.map((count, i) => (
          <span key={i} title={`${(i * 256) / binCount} to ${((i + 1) * 256) / binCount - 1}: ${count}`}>
            <i style={{ height: `${(count / top) * 100}%` }} />
          </span>
        ))}
        <span className={styles.uniform} style={{ bottom: `${(uniform / top) * 100}%` }} />
      </div>
      <div className={styles.ticks}>
        {ticks.map((tick) => (
          <span key={tick} style={{ left: `${(tick / 255) * 100}%` }}>
            {tick}
          </span>
        ))}
      </div>
      <p className={styles.legend}>
        <i /> uniform noise
      </p>
    </div>
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
          <dt>Neighbouring values</dt>
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

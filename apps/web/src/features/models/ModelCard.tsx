/** One network as a card: the first image that fooled it, what it is, where it is from, and whether it can be used. */
import Link from "next/link";
import type { ModelCardFragment } from "../../graphql/generated/graphql.ts";
import { Confidence } from "../marks/Confidence.tsx";
import { ConfidenceBar } from "../marks/ConfidenceBar.tsx";
import { CopyButton } from "../marks/CopyButton.tsx";
import { formatCount } from "../marks/numbers.ts";
import { PixelImage } from "../marks/PixelImage.tsx";
import { Rate } from "../marks/Rate.tsx";
import { formatBytes } from "./bytes.ts";
import { CheckReport } from "./CheckReport.tsx";
import { ModelStateLine } from "./ModelStateLine.tsx";
import styles from "./Models.module.css";
import { preprocessingWords } from "./preprocessing.ts";

const exhibitSide = 112;
const origins: Readonly<Record<string, string>> = { zoo: "Zoo", upload: "Upload", chain: "Retraining chain" };

export function ModelCard({ model, onDeleted }: { readonly model: ModelCardFragment; onDeleted?(): void }) {
  const { testError, byteLength } = model;
  return (
    <article className={styles.card} aria-labelledby={model.id}>
      <FirstFooled fooled={model.firstFooled ?? null} model={model} />
      <div>
        <h2 id={model.id}>{model.name}</h2>
        <ModelStateLine model={model} {...(onDeleted ? { onDeleted } : {})} />
        <p className={styles.words}>{model.description}</p>
        <dl className={styles.facts}>
          <dt>Input</dt>
          <dd className="n12">
            {model.width} × {model.height} × {model.channels}
          </dd>
          <dt>Pre-processing</dt>
          <dd className="t12">{preprocessingWords(model.preprocessing) ?? "in the network"}</dd>
          <dt>Classes</dt>
          <dd>
            <Link className="link n12" href={`/gallery?model=${model.id}`}>
              {formatCount(model.labels.length)}
            </Link>
          </dd>
          <dt>Top-1</dt>
          <dd className={testError === null || testError === undefined ? "muted" : "n12"}>
            {testError === null || testError === undefined ? "not measured" : `${((1 - testError) * 100).toFixed(2)}%`}
          </dd>
          <dt>Speed</dt>
          <dd>
            <Rate speed={model.measuredSpeed} absent="not measured yet" />
          </dd>
          <dt>Licence</dt>
          <dd>{model.licence === "" ? <span className="muted">nobody said</span> : model.licence}</dd>
          <dt>{origins[model.origin] ?? model.origin}</dt>
          <dd>
            {model.url ? (
              <a className="link" href={model.url} rel="noreferrer">
                {model.source}
              </a>
            ) : (
              model.source
            )}
          </dd>
          <dt>SHA-256</dt>
          <dd className={styles.hash}>
            {model.sha256 === "" ? (
              "known once it is fetched"
            ) : (
              <>
                <span className="n12" title={model.sha256}>
                  {model.sha256.slice(0, 4)}…{model.sha256.slice(-4)}
                  {typeof byteLength === "number" ? `, ${formatBytes(byteLength)}` : ""}
                </span>
                <CopyButton text={model.sha256} label="Copy" />
              </>
            )}
          </dd>
          {model.firstFooled ? (
            <>
              <dt>First fooled</dt>
              <dd>
                gen <span className="n12">{formatCount(model.firstFooled.generation)}</span> of{" "}
                <Link className="link n12" href={`/runs/${model.firstFooled.run.key}`}>
                  {model.firstFooled.run.key}
                </Link>
              </dd>
            </>
          ) : null}
        </dl>
        <CheckReport report={model.report} />
      </div>
    </article>
  );
}

type Fooled = NonNullable<ModelCardFragment["firstFooled"]>;

function FirstFooled({ fooled, model }: { readonly fooled: Fooled | null; readonly model: ModelCardFragment }) {
  if (fooled === null)
    return (
      <div className={styles.exhibit}>
        <span className={styles.blank} />
        <ConfidenceBar value={null} />
        <b className={styles.label}>not fooled yet</b>
      </div>
    );
  return (
    <Link className={styles.exhibit} href={`/elites/${fooled.id}`}>
      <PixelImage image={fooled.image} zoom={Math.max(1, Math.floor(exhibitSide / fooled.image.width))} alt="" fluid />
      <ConfidenceBar value={fooled.storedFitness} />
      <b className={styles.label}>
        {fooled.label}
        <span className="visuallyHidden">, the first image that fooled {model.name}, at</span>
      </b>
      <span className="muted">
        <Confidence value={fooled.storedFitness} size="n12" />
      </span>
    </Link>
  );
}

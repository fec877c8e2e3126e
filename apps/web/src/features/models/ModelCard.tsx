/** A model as a card: the first image that fooled it, its state, description, origin and check results. */

import type { ModelCardFragment } from "../../graphql/generated/graphql.ts";
import { gallerySearchAddress } from "../gallery/galleryAddress.ts";
import { Confidence } from "../marks/Confidence.tsx";
import { ConfidenceBar } from "../marks/ConfidenceBar.tsx";
import { CopyButton } from "../marks/CopyButton.tsx";
import { Link } from "../marks/Link.tsx";
import { formatCount } from "../marks/numbers.ts";
import { PixelImage } from "../marks/PixelImage.tsx";
import { Rate } from "../marks/Rate.tsx";
import { formatBytes } from "./bytes.ts";
import { CheckReport } from "./CheckReport.tsx";
import { ModelStateLine } from "./ModelStateLine.tsx";
import styles from "./Models.module.css";
import { formatPreprocessing } from "./preprocessing.ts";

/** In pixels. */
const imageSide = 112;
const origins: Readonly<Record<string, string>> = { zoo: "Zoo", upload: "Upload", chain: "Retraining chain" };

export function ModelCard({ model, onDeleted }: { readonly model: ModelCardFragment; onDeleted?(): void }) {
  const { testError, byteLength } = model;
  return (
    <article className={styles.card} aria-labelledby={model.id}>
      <FirstFoolingImage elite={model.firstFooled ?? null} model={model} />
      <div>
        <h2 id={model.id}>{model.name}</h2>
        <ModelStateLine model={model} {...(onDeleted ? { onDeleted } : {})} />
        <p className={styles.description}>{model.description}</p>
        <dl className={styles.facts}>
          <dt>Input</dt>
          <dd className="n12">
            {model.width} × {model.height} × {model.channels}
          </dd>
          <dt>Pre-processing</dt>
          <dd className="t12">{formatPreprocessing(model.preprocessing) ?? "part of the network"}</dd>
          <dt>Classes</dt>
          <dd>
            <Link className="link n12" href={gallerySearchAddress(["model", model.name])}>
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
          <dd>{model.licence === "" ? <span className="muted">not stated</span> : model.licence}</dd>
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
              "known after the download"
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

type Elite = NonNullable<ModelCardFragment["firstFooled"]>;

function FirstFoolingImage({ elite, model }: { readonly elite: Elite | null; readonly model: ModelCardFragment }) {
  if (elite === null)
    return (
      <div className={styles.foolingImage}>
        <span className={styles.blank} />
        <ConfidenceBar value={null} />
        <b className={styles.label}>not fooled yet</b>
      </div>
    );
  return (
    <Link className={styles.foolingImage} href={`/elites/${elite.id}`}>
      <PixelImage image={elite.image} zoom={Math.max(1, Math.floor(imageSide / elite.image.width))} alt="" fluid />
      <ConfidenceBar value={elite.storedConfidence} />
      <b className={styles.label}>
        {elite.label}
        <span className="visuallyHidden">, the first image that fooled {model.name}, at</span>
      </b>
      <span className="muted">
        <Confidence value={elite.storedConfidence} size="n12" />
      </span>
    </Link>
  );
}

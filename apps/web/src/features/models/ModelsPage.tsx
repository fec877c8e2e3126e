"use client";
/** The networks that can be fooled, each shown by the first stored image that fooled it. */
import Link from "next/link";
import { useQuery } from "urql";
import { ModelsDocument, type ModelsQuery } from "../../graphql/generated/graphql.ts";
import { Confidence } from "../marks/Confidence.tsx";
import { ConfidenceBar } from "../marks/ConfidenceBar.tsx";
import { CopyButton } from "../marks/CopyButton.tsx";
import { EmptyState } from "../marks/EmptyState.tsx";
import { RequestError } from "../marks/ErrorState.tsx";
import { PixelImage } from "../marks/PixelImage.tsx";
import { Rate } from "../marks/Rate.tsx";
import { SkeletonLines } from "../marks/Skeleton.tsx";
import { PagePath } from "../shell/PagePath.tsx";
import styles from "./Models.module.css";

type Model = ModelsQuery["models"]["nodes"][number];

const exhibitSide = 112;

export function ModelsPage() {
  const [{ data, error }, ask] = useQuery({ query: ModelsDocument, requestPolicy: "cache-and-network" });
  const models = data?.models.nodes ?? [];
  return (
    <div className="page">
      <PagePath here="Models" />
      <header className="pageHead">
        <div>
          <h1>Models</h1>
          <p>
            {data === undefined ? "" : <span className="n12">{data.models.totalCount} </span>}
            registered. Each card shows the first image found that fools it with ≥ .99.
          </p>
        </div>
      </header>
      {data === undefined && error !== undefined ? (
        <RequestError message={error.message} onRetry={() => ask({ requestPolicy: "network-only" })} />
      ) : null}
      {data === undefined && error === undefined ? <SkeletonLines count={4} height={64} /> : null}
      {data !== undefined && models.length === 0 ? (
        <EmptyState title="No model is registered">A start seeds those of the zoo.</EmptyState>
      ) : null}
      <div className={styles.cards}>
        {models.map((model) => (
          <ModelCard key={model.id} model={model} />
        ))}
      </div>
    </div>
  );
}

function ModelCard({ model }: { readonly model: Model }) {
  return (
    <article className={styles.card} aria-labelledby={model.id}>
      <FirstFooled fooled={model.firstFooled ?? null} model={model} />
      <div>
        <h2 id={model.id}>{model.name}</h2>
        <p className={styles.words}>{model.description}</p>
        <dl className={styles.facts}>
          <dt>Input</dt>
          <dd className="n12">
            {model.width} × {model.height} × {model.channels}
          </dd>
          <dt>Classes</dt>
          <dd>
            <Link className="link n12" href={`/gallery?model=${model.id}`}>
              {model.labels.length}
            </Link>
          </dd>
          <dt>Test error</dt>
          <dd className="n12">
            {model.testError === null || model.testError === undefined ? "unknown" : `${(model.testError * 100).toFixed(2)}%`}
          </dd>
          <dt>Speed</dt>
          <dd>
            <Rate speed={model.measuredSpeed} absent="not measured yet" />
          </dd>
          <dt>Licence</dt>
          <dd>{model.licence}</dd>
          <dt>Source</dt>
          <dd>{model.source}</dd>
          <dt>SHA-256</dt>
          <dd className={styles.hash}>
            <span className="n12" title={model.sha256}>
              {model.sha256.slice(0, 4)}…{model.sha256.slice(-4)}
            </span>
            <CopyButton text={model.sha256} label="Copy" />
          </dd>
          {model.firstFooled ? (
            <>
              <dt>First fooled</dt>
              <dd>
                gen <span className="n12">{model.firstFooled.generation}</span> of{" "}
                <Link className="link n12" href={`/runs/${model.firstFooled.run.key}`}>
                  {model.firstFooled.run.key}
                </Link>
              </dd>
            </>
          ) : null}
        </dl>
      </div>
    </article>
  );
}

function FirstFooled({ fooled, model }: { readonly fooled: NonNullable<Model["firstFooled"]> | null; readonly model: Model }) {
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
      <PixelImage image={fooled.image} zoom={Math.max(1, Math.floor(exhibitSide / fooled.image.width))} alt="" />
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

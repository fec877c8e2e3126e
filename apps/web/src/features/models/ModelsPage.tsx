"use client";
/** The networks that can be fooled, each shown by the first stored image that fooled it; those being checked are looked at again. */
import { useEffect } from "react";
import { useQuery } from "urql";
import { ModelsDocument } from "../../graphql/generated/graphql.ts";
import { ButtonLink } from "../marks/Button.tsx";
import { EmptyState } from "../marks/EmptyState.tsx";
import { RequestError } from "../marks/ErrorState.tsx";
import { SkeletonLines } from "../marks/Skeleton.tsx";
import { PagePath } from "../shell/PagePath.tsx";
import { ModelCard } from "./ModelCard.tsx";
import styles from "./Models.module.css";

const lookAgainAfter = 1500;

export function ModelsPage() {
  const [{ data, error }, ask] = useQuery({ query: ModelsDocument, requestPolicy: "cache-and-network" });
  const models = data?.models.nodes ?? [];
  const checking = models.some(({ state }) => state === "CHECKING");
  useEffect(() => {
    if (!checking) return;
    const timer = setInterval(() => ask({ requestPolicy: "network-only" }), lookAgainAfter);
    return () => clearInterval(timer);
  }, [checking, ask]);
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
        <div className="pageActions">
          <ButtonLink href="/models/transfer">Transfer</ButtonLink>
          <ButtonLink href="/chains">Retraining chains</ButtonLink>
          <ButtonLink href="/models/new" look="primary">
            Register a model
          </ButtonLink>
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

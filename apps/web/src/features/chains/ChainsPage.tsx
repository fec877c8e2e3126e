"use client";
/** Retraining chains: those that were asked for, and the form that asks for another. */
import Link from "next/link";
import { useQuery } from "urql";
import { ChainsDocument } from "../../graphql/generated/graphql.ts";
import { EmptyState } from "../marks/EmptyState.tsx";
import { RequestError } from "../marks/ErrorState.tsx";
import { SkeletonLines } from "../marks/Skeleton.tsx";
import { StateGlyph } from "../marks/StateGlyph.tsx";
import { PagePath } from "../shell/PagePath.tsx";
import styles from "./Chains.module.css";
import { StartChainForm } from "./StartChainForm.tsx";

export function ChainsPage() {
  const [{ data, error }, ask] = useQuery({ query: ChainsDocument, requestPolicy: "cache-and-network" });
  return (
    <div className="page">
      <PagePath steps={[{ label: "Models", href: "/models" }]} here="Retraining chains" />
      <header className="pageHead">
        <div>
          <h1>Retraining chains</h1>
          <p className={styles.lead}>
            DNN<sub>1</sub> is fooled; DNN<sub>2</sub> learns a class for what fooled it, and is fooled again.
          </p>
        </div>
      </header>
      {data === undefined && error ? <RequestError message={error.message} onRetry={() => ask({ requestPolicy: "network-only" })} /> : null}
      {data === undefined && !error ? <SkeletonLines count={3} height={64} /> : null}
      {data?.chains.nodes.length === 0 ? (
        <EmptyState title="No chain was started yet">Start one below: a small one on MNIST takes minutes.</EmptyState>
      ) : null}
      <ul className={styles.list}>
        {data?.chains.nodes.map(({ id, name, dataset, iterations, run }) => (
          <li key={id} className={styles.row}>
            <Link className="link" href={`/chains/${encodeURIComponent(id)}`}>
              {name}
            </Link>
            <span className="muted">
              {dataset.label}, <span className="n12">{iterations}</span> {iterations === 1 ? "retraining" : "retrainings"}
            </span>
            <span className="n12">{Math.floor(run.progress * 100)}%</span>
            <StateGlyph state={run.state} />
          </li>
        ))}
      </ul>
      {data ? <StartChainForm choices={data} /> : null}
    </div>
  );
}

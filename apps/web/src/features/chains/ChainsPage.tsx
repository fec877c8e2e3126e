"use client";
/** The list of retraining chains, with the form that starts another. */
import { useAllPages } from "../../graphql/client/useAllPages.ts";
import { useLiveQuery } from "../../graphql/client/useLiveQuery.ts";
import { ChainKindsDocument, ChainModelsDocument, type ChainModelsQuery, ChainsDocument } from "../../graphql/generated/graphql.ts";
import { useExperimentChoices } from "../experiments/useExperimentChoices.ts";
import { PagedList } from "../live/PagedList.tsx";
import { EmptyState } from "../marks/EmptyState.tsx";
import { RequestError } from "../marks/ErrorState.tsx";
import { Link } from "../marks/Link.tsx";
import { SkeletonLines } from "../marks/Skeleton.tsx";
import { StateGlyph } from "../marks/StateGlyph.tsx";
import { PermittedForm } from "../permissions/PermittedForm.tsx";
import { PagePath } from "../shell/PagePath.tsx";
import styles from "./Chains.module.css";
import { chainsFile, chainsQuery } from "./chainsFile.ts";
import { StartChainForm } from "./StartChainForm.tsx";

/** Each checkpoint of a chain changes its progress, and only some announce it. */
const pollMilliseconds = 5_000;
const modelsOf = ({ models }: ChainModelsQuery) => models;

export function ChainsPage() {
  return (
    <div className="page">
      <PagePath steps={[{ label: "Models", href: "/models" }]} here="Retraining chains" />
      <header className="pageHead">
        <div>
          <h1>Retraining chains</h1>
          <p className={styles.lead}>
            DNN<sub>1</sub> is fooled; DNN<sub>2</sub> learns a class for the images that fooled DNN<sub>1</sub>, and is fooled again.
          </p>
        </div>
      </header>
      <PagedList
        document={ChainsDocument}
        variables={{}}
        pageOf={({ chains }) => chains}
        noun="chain"
        file={{ name: "chains", columns: chainsFile, query: chainsQuery }}
        poll={pollMilliseconds}
        rowHeight={64}
        className={styles.list}
        empty={<EmptyState title="No chains yet">Start a chain below. A small chain on MNIST takes minutes.</EmptyState>}
      >
        {({ id, name, dataset, iterations, run }) => (
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
        )}
      </PagedList>
      <Form />
    </div>
  );
}

/** The form once its options are loaded. */
function Form() {
  const { data: kinds, error, refetch } = useLiveQuery({ query: ChainKindsDocument, requestPolicy: "cache-first" });
  const experiments = useExperimentChoices();
  const models = useAllPages(ChainModelsDocument, {}, modelsOf);
  if (kinds && experiments.nodes && models.nodes)
    return (
      <PermittedForm needs="startChain">
        <StartChainForm kinds={kinds} experiments={experiments.nodes} models={models.nodes} />
      </PermittedForm>
    );
  const failure = error?.message ?? experiments.error ?? models.error;
  if (failure === undefined) return <SkeletonLines count={4} height={57} />;
  return (
    <RequestError
      message={failure}
      onRetry={() => {
        if (error) refetch();
        if (experiments.error !== undefined) experiments.refetch();
        if (models.error !== undefined) models.refetch();
      }}
    />
  );
}

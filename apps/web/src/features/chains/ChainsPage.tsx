"use client";
/** The list of retraining chains, with the form that starts another. */
import { useState } from "react";
import { useAllPages } from "../../graphql/client/useAllPages.ts";
import { useLiveQuery } from "../../graphql/client/useLiveQuery.ts";
import { ChainKindsDocument, ChainModelsDocument, type ChainModelsQuery, ChainsDocument } from "../../graphql/generated/graphql.ts";
import { useExperimentChoices } from "../experiments/useExperimentChoices.ts";
import { RequestError } from "../marks/ErrorState.tsx";
import { ListTools } from "../marks/ListTools.tsx";
import { SkeletonLines } from "../marks/Skeleton.tsx";
import { PagePath } from "../shell/PagePath.tsx";
import { ChainList } from "./ChainList.tsx";
import styles from "./Chains.module.css";
import { chainsFile, chainsQuery } from "./chainsFile.ts";
import { StartChainForm } from "./StartChainForm.tsx";

const modelsOf = ({ models }: ChainModelsQuery) => models;

export function ChainsPage() {
  const [more, setMore] = useState(0);
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
      <ListTools
        name="chains"
        document={ChainsDocument}
        variables={{}}
        pageOf={({ chains }) => chains}
        columns={chainsFile}
        query={chainsQuery}
      />
      <ChainList after={null} more={more} onMore={() => setMore(more + 1)} />
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
    return <StartChainForm kinds={kinds} experiments={experiments.nodes} models={models.nodes} />;
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

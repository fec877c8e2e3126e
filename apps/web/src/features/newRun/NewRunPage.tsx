"use client";
/** The page for a new run: loads the choices, then shows the form of the selected method. */
import { Fragment, type ReactNode, useMemo, useState } from "react";
import { useAllPages } from "../../graphql/client/useAllPages.ts";
import { useLiveQuery } from "../../graphql/client/useLiveQuery.ts";
import {
  NewRunChainsDocument,
  type NewRunChainsQuery,
  NewRunExperimentsDocument,
  type NewRunExperimentsQuery,
  NewRunMethodsDocument,
  NewRunModelsDocument,
  type NewRunModelsQuery,
  ParameterSpecsDocument,
} from "../../graphql/generated/graphql.ts";
import { RestoredNote } from "../drafts/RestoredNote.tsx";
import { useFindExperiment } from "../experiments/useFindExperiment.ts";
import { lockRefusal } from "../locks/lockRefusal.ts";
import { AddressNote } from "../marks/AddressNote.tsx";
import { ButtonLink } from "../marks/Button.tsx";
import { EmptyState } from "../marks/EmptyState.tsx";
import { RequestError } from "../marks/ErrorState.tsx";
import { SkeletonLines } from "../marks/Skeleton.tsx";
import { PermittedForm } from "../permissions/PermittedForm.tsx";
import { PagePath } from "../shell/PagePath.tsx";
import { AscendForm } from "./AscendForm.tsx";
import { EvolveForm } from "./EvolveForm.tsx";
import { evolutionMethods } from "./evolutionMethods.ts";
import type { MethodFormInput } from "./formProps.ts";
import { MethodPicker } from "./MethodPicker.tsx";
import { type AddressProblems, runMethodProblems } from "./methodAddress.ts";
import { PerturbForm } from "./PerturbForm.tsx";
import { RetrainForm } from "./RetrainForm.tsx";
import { FormAddressContext, useFormAddressState } from "./useFormAddress.ts";

/** What a form of each method sends. */
const needs = { evolve: "startEvolution", ascend: "startAscent", perturb: "startPerturbation", retrain: "startChain" } as const;
const modelsOf = ({ models }: NewRunModelsQuery) => models;
const chainsOf = ({ chains }: NewRunChainsQuery) => chains;
const experimentsOf = ({ experiments }: NewRunExperimentsQuery) => experiments;

export function NewRunPage({ experimentKey }: { experimentKey: string | null }) {
  const experiment = useFindExperiment(experimentKey);
  const { found } = experiment;
  const models = useAllPages(NewRunModelsDocument, {}, modelsOf);
  const chains = useAllPages(NewRunChainsDocument, {}, chainsOf);
  const modelChoices = useMemo(() => {
    const chainByModel = new Map(chains.nodes?.flatMap((chain) => chain.links.map(({ model }) => [model?.id, chain] as const)));
    return models.nodes?.map((model) => ({ ...model, chain: model.origin === "chain" ? (chainByModel.get(model.id) ?? null) : null }));
  }, [models.nodes, chains.nodes]);
  const methodsQuery = useLiveQuery({ query: NewRunMethodsDocument, requestPolicy: "cache-first" });
  const { address, version, method, setMethod, unsent } = useFormAddressState();
  const methodProblems = runMethodProblems(address.read());
  const [fieldProblems, setFieldProblems] = useState<AddressProblems>({});
  const specsQuery = useLiveQuery({ query: ParameterSpecsDocument, requestPolicy: "cache-first" });
  const experiments = useAllPages(NewRunExperimentsDocument, experimentKey === null ? {} : null, experimentsOf);
  const methods = methodsQuery.data;
  const specs = specsQuery.data;
  const error = models.error ?? experiments.error ?? experiment.error ?? methodsQuery.error?.message ?? specsQuery.error?.message;
  const retry = () => {
    for (const query of [models, experiments, experiment, methodsQuery, specsQuery]) if (query.error !== undefined) query.refetch();
  };
  const steps = [{ label: "Experiments", href: "/experiments" }];
  if (found) steps.push({ label: `${found.key} ${found.name}`, href: `/experiments/${found.key}` });
  /** The form of each method. A new method needs a line here and in `newRunMethods`. */
  const forms = (shared: Omit<MethodFormInput, "methods">): ReactNode =>
    ({
      evolve: specs ? <EvolveForm {...shared} methods={evolutionMethods(specs)} /> : null,
      ascend: methods ? <AscendForm {...shared} methods={methods.ascents} /> : null,
      perturb: methods ? <PerturbForm {...shared} methods={methods.attacks} /> : null,
      retrain: methods ? <RetrainForm {...shared} methods={methods.chainRecipes} datasets={methods.chainDatasets} /> : null,
    })[method];
  const isReady = specs && methods && (experimentKey === null ? experiments.nodes : found);
  return (
    <div className="page newRun">
      <PagePath steps={steps} here="New run" />
      {experiment.notFound ? (
        <>
          <h1>There is no {experimentKey}</h1>
          <EmptyState
            title="No experiment in this workspace has this key"
            action={<ButtonLink href="/new">New run in another experiment</ButtonLink>}
          >
            Every run belongs to an experiment.
          </EmptyState>
        </>
      ) : modelChoices && isReady ? (
        <>
          <div className="pageHead">
            <div>
              <h1>New run</h1>
              {found ? (
                <p>
                  in {found.key} {found.name}
                </p>
              ) : null}
            </div>
          </div>
          <RestoredNote {...unsent} />
          <AddressNote problems={[...methodProblems, ...Object.values(fieldProblems).map(({ atTop }) => atTop)]} />
          <PermittedForm needs={needs[method]} refusal={found && lockRefusal(found.key, found.lock)}>
            <MethodPicker value={method} onChange={setMethod} />
            <FormAddressContext value={address}>
              <Fragment key={version}>
                {forms({
                  experiment: found,
                  experiments: experiments.nodes ?? [],
                  models: modelChoices,
                  onAddressProblems: setFieldProblems,
                })}
              </Fragment>
            </FormAddressContext>
          </PermittedForm>
        </>
      ) : (
        <>
          <h1>New run</h1>
          {error ? <RequestError message={error} onRetry={retry} /> : <SkeletonLines count={10} height={57} />}
        </>
      )}
    </div>
  );
}

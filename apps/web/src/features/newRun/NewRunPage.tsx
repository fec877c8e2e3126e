"use client";
/** A new run: loads the choices, then shows the form of the chosen method. */
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
import { useFindExperiment } from "../experiments/useFindExperiment.ts";
import { AddressNote } from "../marks/AddressNote.tsx";
import { ButtonLink } from "../marks/Button.tsx";
import { EmptyState } from "../marks/EmptyState.tsx";
import { RequestError } from "../marks/ErrorState.tsx";
import { SkeletonLines } from "../marks/Skeleton.tsx";
import { PagePath } from "../shell/PagePath.tsx";
import { AscendForm } from "./AscendForm.tsx";
import { type AskedProblems, askedMethodProblem } from "./askedValues.ts";
import { EvolveForm } from "./EvolveForm.tsx";
import { evolutionMethods } from "./evolutionMethods.ts";
import type { MethodFormInput } from "./formProps.ts";
import { MethodPicker } from "./MethodPicker.tsx";
import { PerturbForm } from "./PerturbForm.tsx";
import { RetrainForm } from "./RetrainForm.tsx";
import { FormAddressContext, useFormAddressState } from "./useFormAddress.ts";

const modelsOf = ({ models }: NewRunModelsQuery) => models;
const chainsOf = ({ chains }: NewRunChainsQuery) => chains;
const experimentsOf = ({ experiments }: NewRunExperimentsQuery) => experiments;

export function NewRunPage({ experimentKey }: { experimentKey: string | null }) {
  const experiment = useFindExperiment(experimentKey);
  const { found } = experiment;
  const models = useAllPages(NewRunModelsDocument, {}, modelsOf);
  const chains = useAllPages(NewRunChainsDocument, {}, chainsOf);
  const choices = useMemo(() => {
    const chainOf = new Map(chains.nodes?.flatMap((chain) => chain.links.map(({ model }) => [model?.id, chain] as const)));
    return models.nodes?.map((model) => ({ ...model, chain: model.origin === "chain" ? (chainOf.get(model.id) ?? null) : null }));
  }, [models.nodes, chains.nodes]);
  const methodsQuery = useLiveQuery({ query: NewRunMethodsDocument, requestPolicy: "cache-first" });
  const { address, version, method, setMethod } = useFormAddressState();
  const strangeMethod = askedMethodProblem(address.read());
  const [fieldProblems, setFieldProblems] = useState<AskedProblems>({});
  const specsQuery = useLiveQuery({ query: ParameterSpecsDocument, requestPolicy: "cache-first" });
  const experiments = useAllPages(NewRunExperimentsDocument, experimentKey === null ? {} : null, experimentsOf);
  const others = methodsQuery.data;
  const evolution = specsQuery.data;
  const error = models.error ?? experiments.error ?? experiment.error ?? methodsQuery.error?.message ?? specsQuery.error?.message;
  const retry = () => {
    for (const part of [models, experiments, experiment, methodsQuery, specsQuery]) if (part.error !== undefined) part.refetch();
  };
  const steps = [{ label: "Experiments", href: "/experiments" }];
  if (found) steps.push({ label: `${found.key} ${found.name}`, href: `/experiments/${found.key}` });
  /** Each method's form; a new method is a line here and in newRunMethods. */
  const forms = (shared: Omit<MethodFormInput, "methods">): ReactNode =>
    ({
      evolve: evolution ? <EvolveForm {...shared} methods={evolutionMethods(evolution)} /> : null,
      ascend: others ? <AscendForm {...shared} methods={others.ascents} /> : null,
      perturb: others ? <PerturbForm {...shared} methods={others.attacks} /> : null,
      retrain: others ? <RetrainForm {...shared} methods={others.chainRecipes} datasets={others.chainDatasets} /> : null,
    })[method];
  const ready = evolution && others && (experimentKey === null ? experiments.nodes : found);
  return (
    <div className="page newRun">
      <PagePath steps={steps} here="New run" />
      {experiment.notFound ? (
        <>
          <h1>There is no {experimentKey}</h1>
          <EmptyState title="A run belongs to an experiment" action={<ButtonLink href="/new">New run elsewhere</ButtonLink>}>
            No experiment of this workspace has that key.
          </EmptyState>
        </>
      ) : choices && ready ? (
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
          <AddressNote problems={[...strangeMethod, ...Object.values(fieldProblems).map(({ atTop }) => atTop)]} />
          <MethodPicker value={method} onChange={setMethod} />
          <FormAddressContext value={address}>
            <Fragment key={version}>
              {forms({
                experiment: found,
                experiments: experiments.nodes ?? [],
                models: choices,
                onAsked: setFieldProblems,
              })}
            </Fragment>
          </FormAddressContext>
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

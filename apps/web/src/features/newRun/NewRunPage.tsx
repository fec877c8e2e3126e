"use client";
/** A new run: loads what may be chosen, and shows the form once it is there. */
import { Fragment, type ReactNode, useMemo, useState } from "react";
import { useQuery } from "urql";
import { useEveryPage } from "../../graphql/client/useEveryPage.ts";
import { useKept } from "../../graphql/client/useKept.ts";
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
import "./newRun.css";
import "./sourceImage.css";
import { AscendForm } from "./AscendForm.tsx";
import { type AskedProblems, askedMethodProblem } from "./askedValues.ts";
import type { MethodFormInput } from "./formProps.ts";
import { MethodPicker } from "./MethodPicker.tsx";
import { NewRunForm } from "./NewRunForm.tsx";
import { PerturbForm } from "./PerturbForm.tsx";
import { RetrainForm } from "./RetrainForm.tsx";
import { FormAddressContext, useFormAddressState } from "./useFormAddress.ts";

const modelsOf = ({ models }: NewRunModelsQuery) => models;
const chainsOf = ({ chains }: NewRunChainsQuery) => chains;
const experimentsOf = ({ experiments }: NewRunExperimentsQuery) => experiments;

export function NewRunPage({ experimentKey }: { experimentKey: string | null }) {
  const experiment = useFindExperiment(experimentKey);
  const { found } = experiment;
  const models = useEveryPage(NewRunModelsDocument, {}, modelsOf);
  const chains = useEveryPage(NewRunChainsDocument, {}, chainsOf);
  const choices = useMemo(() => {
    const chainOf = new Map(chains.nodes?.flatMap((chain) => chain.links.map(({ model }) => [model?.id, chain] as const)));
    return models.nodes?.map((model) => ({ ...model, chain: model.origin === "chain" ? (chainOf.get(model.id) ?? null) : null }));
  }, [models.nodes, chains.nodes]);
  const methodsAsked = useQuery({ query: NewRunMethodsDocument });
  const { address, version, method, setMethod } = useFormAddressState();
  const strangeMethod = askedMethodProblem(address.read());
  const [askedInVain, setAskedInVain] = useState<AskedProblems>({});
  const specsAsked = useQuery({ query: ParameterSpecsDocument });
  const experiments = useEveryPage(NewRunExperimentsDocument, experimentKey === null ? {} : null, experimentsOf);
  // A form holds what somebody has entered: it outlives a question that was asked anew and not answered.
  const others = useKept(methodsAsked[0].data);
  const evolution = useKept(specsAsked[0].data);
  const error = models.error ?? experiments.error ?? experiment.error ?? methodsAsked[0].error?.message ?? specsAsked[0].error?.message;
  const retry = () => {
    for (const list of [models, experiments, experiment]) if (list.error !== undefined) list.retry();
    for (const [{ error: failed }, ask] of [methodsAsked, specsAsked] as const) if (failed) ask({ requestPolicy: "network-only" });
  };
  const steps = [{ label: "Experiments", href: "/experiments" }];
  if (found) steps.push({ label: `${found.key} ${found.name}`, href: `/experiments/${found.key}` });
  /** Each method's form; a new method is a line here and in newRunMethods. */
  const forms = (shared: Omit<MethodFormInput, "methods">): ReactNode =>
    ({
      evolve: evolution ? <NewRunForm {...shared} encodings={evolution.encodings} searchParameters={evolution.searchParameters} /> : null,
      ascend: others ? <AscendForm {...shared} methods={others.ascents} /> : null,
      perturb: others ? <PerturbForm {...shared} methods={others.attacks} /> : null,
      retrain: others ? <RetrainForm {...shared} methods={others.chainRecipes} datasets={others.chainDatasets} /> : null,
    })[method];
  const ready = evolution && others && (experimentKey === null ? experiments.nodes : found);
  return (
    <div className="page newRun">
      <PagePath steps={steps} here="New run" />
      {experiment.missing ? (
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
          <AddressNote problems={[...strangeMethod, ...Object.values(askedInVain).map(({ atTop }) => atTop)]} />
          <MethodPicker value={method} onChange={setMethod} />
          <FormAddressContext value={address}>
            <Fragment key={version}>
              {forms({
                experiment: found,
                experiments: experiments.nodes ?? [],
                models: choices,
                onAsked: setAskedInVain,
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

"use client";
/** A new run: loads what may be chosen, and shows the form once it is there. */
import { useQuery } from "urql";
import { ExperimentsDocument, NewRunModelsDocument, ParameterSpecsDocument } from "../../graphql/generated/graphql.ts";
import { useFindExperiment } from "../experiments/useFindExperiment.ts";
import { ButtonLink } from "../marks/Button.tsx";
import { EmptyState } from "../marks/EmptyState.tsx";
import { RequestError } from "../marks/ErrorState.tsx";
import { SkeletonLines } from "../marks/Skeleton.tsx";
import { PagePath } from "../shell/PagePath.tsx";
import "./newRun.css";
import { NewRunForm } from "./NewRunForm.tsx";

export function NewRunPage({ experimentKey }: { experimentKey: string | null }) {
  const found = useFindExperiment(experimentKey);
  const [models] = useQuery({ query: NewRunModelsDocument });
  const [specs] = useQuery({ query: ParameterSpecsDocument });
  const [experiments] = useQuery({
    query: ExperimentsDocument,
    variables: { filter: { archived: false }, after: null },
    pause: experimentKey !== null,
    requestPolicy: "cache-and-network",
  });
  const steps = [{ label: "Experiments", href: "/experiments" }];
  if (found) steps.push({ label: `${found.key} ${found.name}`, href: `/experiments/${found.key}` });
  const error = models.error ?? specs.error;
  const ready = models.data && specs.data && (experimentKey === null ? experiments.data : found);
  return (
    <div className="page newRun">
      <PagePath steps={steps} here="New run" />
      {experimentKey !== null && found === null ? (
        <>
          <h1>There is no {experimentKey}</h1>
          <EmptyState title="A run belongs to an experiment" action={<ButtonLink href="/new">New run elsewhere</ButtonLink>}>
            No experiment of this workspace has that key.
          </EmptyState>
        </>
      ) : models.data && specs.data && ready ? (
        <NewRunForm
          experiment={found ?? null}
          experiments={experiments.data?.experiments.nodes ?? []}
          models={models.data.models.nodes}
          encodings={specs.data.encodings}
          searchParameters={specs.data.searchParameters}
        />
      ) : (
        <>
          <h1>New run</h1>
          {error ? <RequestError message={error.message} /> : <SkeletonLines count={10} height={57} />}
        </>
      )}
    </div>
  );
}

"use client";
/** In the form of a new run that repeats another: the settings that differ from that run so far. */
import { listDifferences } from "@pareidolia/core/runDifferences";
import { useLiveQuery } from "../../graphql/client/useLiveQuery.ts";
import { RerunOriginDocument, type RerunOriginQuery } from "../../graphql/generated/graphql.ts";
import { isRun } from "../../graphql/runTypes.ts";
import { Link } from "../marks/Link.tsx";
import { DifferenceList } from "../runOrigin/DifferenceList.tsx";
import { asValues } from "./parameterForm.ts";
import type { MethodFormState } from "./useMethodForm.ts";

/** The method's own settings by the names of the API. Those that a form does not give are not compared. */
export type OwnSettings = Readonly<Record<string, unknown>>;

type Origin = Extract<NonNullable<RerunOriginQuery["node"]>, { readonly parameters: unknown }>;

const ownLabels: Readonly<Record<string, string>> = {
  bounds: "Bounds",
  classes: "Classes",
  generations: "Generations",
  iterations: "Retrainings",
  offspring: "Offspring",
  starts: "Starts",
};

function ownSettingsOf(run: Origin): OwnSettings {
  switch (run.__typename) {
    case "EvolutionRun":
      return { generations: run.generations, offspring: run.offspring };
    case "AscentRun":
      return { classes: run.classes, starts: run.starts };
    case "PerturbationRun":
      return { bounds: run.bounds };
    case "RetrainingRun":
      return { iterations: run.chain?.iterations ?? null };
    case "ImportedRun":
      return {};
  }
}

interface RerunNoteProps {
  readonly form: MethodFormState;
  readonly settings: OwnSettings;
}

export function RerunNote({ form, settings }: RerunNoteProps) {
  const { rerunOf, method, model, values, readSeed } = form;
  const { data } = useLiveQuery({ query: RerunOriginDocument, variables: { id: rerunOf ?? "" }, pause: rerunOf === null });
  const origin = data?.node;
  if (rerunOf === null || !isRun(origin) || !method) return null;
  const ofOrigin = ownSettingsOf(origin);
  const compared = (own: OwnSettings) => Object.fromEntries(Object.keys(settings).map((name) => [name, own[name] ?? null]));
  const shared = { kind: "", preset: "", framing: { kind: "whole" } as const };
  const specs = method.parameters;
  const differences = listDifferences(
    {
      ...shared,
      model: origin.model.name,
      plan: { ...compared(ofOrigin), method: origin.method },
      parameters: asValues(origin.parameters) as Record<string, never>,
      seed: origin.seed,
    },
    {
      ...shared,
      model: model?.name ?? "",
      plan: { ...compared(settings), method: method.id },
      parameters: values as Record<string, never>,
      seed: readSeed ?? origin.seed,
    },
  ).map((difference) => ({
    ...difference,
    label:
      specs.find(({ name }) => name === difference.name)?.label ??
      ownLabels[difference.name] ??
      `${difference.name.charAt(0).toUpperCase()}${difference.name.slice(1)}`,
  }));
  return (
    <p className="second" role="status">
      Repeats{" "}
      <Link className="link" href={`/runs/${origin.key}`}>
        {origin.key}
      </Link>
      {differences.length === 0 ? (
        " with the same settings, so its results will be equal."
      ) : (
        <>
          . Differs from {origin.key} in: <DifferenceList differences={differences} />.
        </>
      )}
    </p>
  );
}

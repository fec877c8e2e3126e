"use client";
/** Lists the other models with the same classes: downloaded models, which can score an image now, and models to download first. */
import { useLiveQuery } from "../../graphql/client/useLiveQuery.ts";
import { ModelLabelSpaceDocument, ModelsOfLabelSpaceDocument, type ModelsOfLabelSpaceQuery } from "../../graphql/generated/graphql.ts";

export type OtherModel = ModelsOfLabelSpaceQuery["models"]["nodes"][number];

const checkingMilliseconds = 1_500;
const retryMilliseconds = 5_000;

interface OtherModelsOf {
  readonly available: readonly OtherModel[];
  readonly missing: readonly OtherModel[];
}

/** Null until loaded. */
export function useOtherModels(modelId: string): OtherModelsOf | null {
  const own = useLiveQuery({ query: ModelLabelSpaceDocument, variables: { id: modelId }, retryAfter: retryMilliseconds });
  const labelSpace = own.data?.node?.__typename === "Model" ? own.data.node.labelSpace : null;
  const { data } = useLiveQuery({
    query: ModelsOfLabelSpaceDocument,
    variables: { labelSpace: labelSpace ?? "" },
    pause: labelSpace === null,
    poll: (last) => (last?.models.nodes.some(({ state }) => state === "CHECKING") ? checkingMilliseconds : null),
    retryAfter: retryMilliseconds,
  });
  if (data === undefined) return null;
  const others = data.models.nodes.filter(({ id }) => id !== modelId);
  return {
    available: others.filter(({ state }) => state === "AVAILABLE"),
    missing: others.filter(({ state }) => state === "NOT_DOWNLOADED" || state === "CHECKING"),
  };
}

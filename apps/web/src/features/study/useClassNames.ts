"use client";
/** The class names of the network whose labels a study's images have; empty without images. */
import { useLiveQuery } from "../../graphql/client/useLiveQuery.ts";
import { type StudyImageRowFragment, StudyModelDocument } from "../../graphql/generated/graphql.ts";

const none: readonly string[] = [];

/** Undefined while they load. */
export function useClassNames(images: readonly StudyImageRowFragment[] | undefined): readonly string[] | undefined {
  const id = images?.find(({ role, model }) => role === "COUNTED" && model != null)?.model?.id;
  const { data } = useLiveQuery({
    query: StudyModelDocument,
    variables: { id: id ?? "" },
    pause: id === undefined,
    requestPolicy: "cache-first",
    keepPrevious: false,
  });
  if (images !== undefined && id === undefined) return none;
  return data?.node?.__typename === "Model" ? data.node.labels : undefined;
}

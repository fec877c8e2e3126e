/** Asks the API which of the user's workspaces have all of some objects. */
import { NamedObjectsDocument, type NamedObjectsQuery } from "../graphql/generated/graphql.ts";
import { askApi } from "./askApi.ts";

interface Owned {
  readonly data?: NamedObjectsQuery | null;
}

async function hasAll(workspace: string, ids: readonly string[], cookie: string | null): Promise<boolean> {
  const response = await askApi(
    NamedObjectsDocument,
    { ids: [...ids] },
    { workspace, ...(cookie === null ? {} : { headers: { cookie } }) },
  );
  const { data } = (await response.json()) as Owned;
  return data?.nodes.every((node) => node !== null) ?? false;
}

/** Slugs of the workspaces, in the given order. @throws if the API does not answer. */
export async function findOwners(workspaces: readonly string[], ids: readonly string[], cookie: string | null): Promise<string[]> {
  const owned = await Promise.all(workspaces.map((workspace) => hasAll(workspace, ids, cookie)));
  return workspaces.filter((_, i) => owned[i]);
}

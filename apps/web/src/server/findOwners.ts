/** Asks the API which workspaces have all of some objects. */
import { NamedObjectsDocument, type NamedObjectsQuery } from "../graphql/generated/graphql.ts";
import { askApi } from "./askApi.ts";

interface Owned {
  readonly data?: NamedObjectsQuery | null;
}

type Node = NonNullable<NamedObjectsQuery["nodes"][number]>;

/** Null for objects that only members of their workspace read. */
const ownerOf = (node: Node): string | null => ("run" in node ? node.run.experiment.workspaceSlug : null);

/** The objects, as members of the workspace read them; null for those that they do not. */
async function readObjects(workspace: string, ids: readonly string[], cookie: string | null): Promise<readonly (Node | null)[]> {
  const response = await askApi(
    NamedObjectsDocument,
    { ids: [...ids] },
    { workspace, ...(cookie === null ? {} : { headers: { cookie } }) },
  );
  const { data } = (await response.json()) as Owned;
  return data?.nodes ?? ids.map(() => null);
}

/** Whether members of the workspace read the object, which may be another's published result. @throws if the API does not answer. */
export async function mayRead(workspace: string, id: string, cookie: string | null): Promise<boolean> {
  return (await readObjects(workspace, [id], cookie)).every((node) => node !== null);
}

/** Slugs of the workspaces, in the given order. @throws if the API does not answer. */
export async function findOwners(workspaces: readonly string[], ids: readonly string[], cookie: string | null): Promise<string[]> {
  const found = await Promise.all(workspaces.map((workspace) => readObjects(workspace, ids, cookie)));
  const isOwn = (workspace: string, node: Node | null) => node !== null && (ownerOf(node) ?? workspace) === workspace;
  return workspaces.filter((workspace, i) => found[i]?.every((node) => isOwn(workspace, node)));
}

/**
 * Removes rows from the cached lists while the API archives or deletes them. The cache drops this optimistic change when the response
 * arrives, so an error leaves the lists as they were; after a success the lists reload.
 */
import type { Cache, OptimisticMutationConfig, UpdateResolver } from "@urql/exchange-graphcache";
import type {
  ArchiveExperimentsMutationVariables,
  ArchiveRunsMutationVariables,
  DeleteSavedComparisonMutationVariables,
} from "../generated/graphql.ts";

type Ids = readonly (string | number)[];

/** Arguments of a list field. */
type ListArguments = Readonly<Record<string, unknown>> | null;

/** Removes the rows with these IDs from the lists that `isLeft` selects. */
function removeRows(cache: Cache, fieldName: string, ids: Ids, isLeft: (args: ListArguments) => boolean): void {
  for (const { fieldName: name, fieldKey, arguments: args } of cache.inspectFields("Query")) {
    if (name !== fieldName || !isLeft(args)) continue;
    const connection = cache.resolve("Query", fieldKey);
    const nodes = typeof connection === "string" ? cache.resolve(connection, "nodes") : null;
    if (typeof connection !== "string" || !Array.isArray(nodes)) continue;
    const keys = nodes as readonly string[];
    const kept = keys.filter((key) => !ids.includes(cache.resolve(key, "id") as string));
    if (kept.length < keys.length) cache.link(connection, "nodes", kept);
  }
}

const searchOf = (args: ListArguments): string => (typeof args?.["search"] === "string" ? args["search"] : "");

/** Lists without a condition on `archived` show no archived rows. */
const hidesArchived = (args: ListArguments): boolean => !/\barchived\b/i.test(searchOf(args));

/** Only searches whose conditions must all hold. In other lists, the rows stay until the API responds. */
const showsOnlyArchived = (args: ListArguments): boolean =>
  /\barchived\s*=\s*true\b/i.test(searchOf(args)) && !/\b(or|not)\b/i.test(searchOf(args));

const archived = { items: [], undo: [] };

/** The expected responses. */
export const optimisticLeaving: OptimisticMutationConfig = {
  archiveRuns: () => ({ __typename: "ArchiveRunsSuccess", ...archived }),
  unarchiveRuns: () => ({ __typename: "UnarchiveRunsSuccess", ...archived }),
  archiveExperiments: () => ({ __typename: "ArchiveExperimentsSuccess", ...archived }),
  unarchiveExperiments: () => ({ __typename: "UnarchiveExperimentsSuccess", ...archived }),
  deleteSavedComparison: ({ input }: DeleteSavedComparisonMutationVariables) => ({
    __typename: "DeleteSavedComparisonSuccess",
    deletedId: input.savedComparisonId,
  }),
};

/** The cache update for such a mutation. @param reload Drops the lists from the cache after the API's response. */
function leave<Variables>(
  fieldName: string,
  idsOf: (variables: Variables) => Ids,
  isLeft: (args: ListArguments) => boolean,
  reload: (cache: Cache) => void,
): UpdateResolver<unknown, Variables> {
  return (_answer, variables, cache, { optimistic }) =>
    optimistic === true ? removeRows(cache, fieldName, idsOf(variables), isLeft) : reload(cache);
}

/** @param reload Drops the cached lists of these fields. */
export function leavingUpdates(reload: (cache: Cache, fields: ReadonlySet<string>) => void) {
  const reloadRuns = (cache: Cache) => reload(cache, new Set(["experiments", "runs"]));
  const runIds = ({ input }: ArchiveRunsMutationVariables) => input.runIds;
  const experimentIds = ({ input }: ArchiveExperimentsMutationVariables) => input.experimentIds;
  const reloadComparisons = (cache: Cache) => reload(cache, new Set(["savedComparisons"]));
  return {
    archiveRuns: leave("runs", runIds, hidesArchived, reloadRuns),
    unarchiveRuns: leave("runs", runIds, showsOnlyArchived, reloadRuns),
    archiveExperiments: leave("experiments", experimentIds, hidesArchived, reloadRuns),
    unarchiveExperiments: leave("experiments", experimentIds, showsOnlyArchived, reloadRuns),
    deleteSavedComparison: leave(
      "savedComparisons",
      ({ input }: DeleteSavedComparisonMutationVariables) => [input.savedComparisonId],
      () => true,
      reloadComparisons,
    ),
    restoreSavedComparison: (_answer: unknown, _variables: unknown, cache: Cache) => reloadComparisons(cache),
  };
}

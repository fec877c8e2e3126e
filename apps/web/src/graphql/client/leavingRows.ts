/**
 * Takes rows out of the cached lists before the API answers that they are archived or deleted. The cache takes the optimistic change back
 * with the answer, so an error leaves the lists as they were; after a success they are loaded again.
 */
import type { Cache, OptimisticMutationConfig, UpdateResolver } from "@urql/exchange-graphcache";
import type {
  ArchiveExperimentsMutationVariables,
  ArchiveRunsMutationVariables,
  DeleteSavedComparisonMutationVariables,
} from "../generated/graphql.ts";

type Ids = readonly (string | number)[];

/** The arguments of a list's field. */
type ListArguments = Readonly<Record<string, unknown>> | null;

/** Removes the rows with these ids from the lists that they leave. */
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

/** A list without a condition on `archived` has no archived rows. */
const isLeftByArchived = (args: ListArguments): boolean => !/\barchived\b/i.test(searchOf(args));

/** Only of searches whose conditions must all hold; of others the rows stay until the API answers. */
const isLeftByUnarchived = (args: ListArguments): boolean =>
  /\barchived\s*=\s*true\b/i.test(searchOf(args)) && !/\b(or|not)\b/i.test(searchOf(args));

const archived = { items: [], undo: [] };

/** The expected answers. */
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

/** The update of such a mutation. @param reload Drops the lists from the cache after the API's answer. */
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
    archiveRuns: leave("runs", runIds, isLeftByArchived, reloadRuns),
    unarchiveRuns: leave("runs", runIds, isLeftByUnarchived, reloadRuns),
    archiveExperiments: leave("experiments", experimentIds, isLeftByArchived, reloadRuns),
    unarchiveExperiments: leave("experiments", experimentIds, isLeftByUnarchived, reloadRuns),
    deleteSavedComparison: leave(
      "savedComparisons",
      ({ input }: DeleteSavedComparisonMutationVariables) => [input.savedComparisonId],
      () => true,
      reloadComparisons,
    ),
    restoreSavedComparison: (_answer: unknown, _variables: unknown, cache: Cache) => reloadComparisons(cache),
  };
}

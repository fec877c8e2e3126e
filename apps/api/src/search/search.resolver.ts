/** Resolves the search language's fields and values, and groups of runs. */

import type { RunRecord } from "@pareidolia/persistence/lab/runs/readRuns";
import type { Cell } from "@pareidolia/persistence/lab/search/searchRuns";
import type { SearchProblem } from "@pareidolia/search/searchTree";
import { Arg, Args, Ctx, FieldResolver, Query, Resolver, Root } from "type-graphql";
import type { ApiContext } from "../context.ts";
import { statementCost } from "../limits/costs.ts";
import { loadExisting } from "../loadExisting.ts";
import { CellValueScalar } from "../openValue/openValues.ts";
import type { Connection } from "../pagination/connection.ts";
import { ConnectionArguments } from "../pagination/connectionArguments.ts";
import { policy } from "../policy/policy.ts";
import { Requires } from "../policy/requires.ts";
import { RunFilter } from "../run/run.input.ts";
import { RunType } from "../run/run.type.ts";
import { ColumnOrderInput, SearchSubject } from "./search.input.ts";
import type { RunGroupRow } from "./search.service.ts";
import { CountedValueType, RunGroupType, runGroupConnection, SearchFieldType, SearchProblemType } from "./search.type.ts";

@Resolver(() => RunGroupType)
export class SearchResolver {
  @Requires("search:read")
  @Query(() => [SearchFieldType], {
    description:
      "The fields of the search language, with every parameter of every method; `recordedFields` lists those that only your runs have.",
  })
  searchFields(
    @Arg("of", () => SearchSubject, { defaultValue: SearchSubject.RUNS, description: "What the search finds. Default: runs." })
    of: SearchSubject,
    @Ctx() { actor, services }: ApiContext,
  ): SearchFieldType[] {
    return services.search.listFields(actor, of);
  }

  @Requires("search:read")
  @Query(() => [SearchFieldType], {
    complexity: statementCost,
    description:
      "The recorded fields of your workspace: parameters and metrics of its runs that are not in `searchFields`, such as `param.lr` and `metric.accuracy`. The most frequent first, at most 200.",
  })
  recordedFields(
    @Arg("text", () => String, { defaultValue: "", description: "Text in their names, ignoring case. Default: all." }) text: string,
    @Ctx() { actor, services }: ApiContext,
  ): Promise<SearchFieldType[]> {
    return services.search.listRecordedFields(actor, text);
  }

  @Requires("search:read")
  @Query(() => SearchProblemType, {
    nullable: true,
    complexity: statementCost,
    description: "The first problem of a search, for which a list would refuse it; null if it has none.",
  })
  searchProblem(
    @Arg("search", () => String, { description: "Text in the search language." }) search: string,
    @Arg("of", () => SearchSubject, { defaultValue: SearchSubject.RUNS, description: "What the search finds. Default: runs." })
    of: SearchSubject,
    @Ctx() { actor, services }: ApiContext,
  ): Promise<SearchProblem | null> {
    return services.search.findProblem(actor, of, search);
  }

  @Requires("search:read")
  @Query(() => [CountedValueType], {
    complexity: statementCost,
    description:
      "The most frequent values of a field among the runs or experiments of your workspace that contain a text, at most 8. For images, values are counted among their runs and networks.",
  })
  searchValues(
    @Arg("field", () => String, { description: "Name of the field, such as `tag`." }) field: string,
    @Arg("of", () => SearchSubject, { defaultValue: SearchSubject.RUNS, description: "What the search finds. Default: runs." })
    of: SearchSubject,
    @Arg("text", () => String, { defaultValue: "", description: "Text in the values, ignoring case. Default: all values." }) text: string,
    @Ctx() { actor, services }: ApiContext,
  ): Promise<CountedValueType[]> {
    return services.search.listValues(actor, of, { name: field, text });
  }

  @Requires("search:read")
  @Query(() => runGroupConnection.connection, {
    complexity: statementCost,
    description: "The runs that match a search, grouped by columns, with figures over all runs of each group.",
  })
  runGroups(
    @Args(() => ConnectionArguments) args: ConnectionArguments,
    @Arg("search", () => String, { nullable: true, description: "Only runs that match this search. Default: all." }) search:
      | string
      | null
      | undefined,
    @Arg("filter", () => RunFilter, { nullable: true, description: "Only runs that match all conditions." })
    filter: RunFilter | null | undefined,
    @Arg("groupBy", () => [String], { description: "1 to 4 groupable fields; runs of a group agree in all of them." }) groupBy: string[],
    @Arg("measures", () => [String], { defaultValue: ["median"], description: "At most 8 number fields to summarise. Default: `median`." })
    measures: string[],
    @Arg("orderBy", () => ColumnOrderInput, {
      nullable: true,
      description: "By a measure's mean, a grouping column, or `n`, `reached` or `updated`. Default: `n`, descending.",
    })
    orderBy: ColumnOrderInput | null | undefined,
    @Ctx() { actor, services }: ApiContext,
  ): Promise<Connection<RunGroupRow>> {
    return services.search.listGroups(actor, Object.assign(args, { search, filter, groupBy, measures, orderBy }));
  }

  @FieldResolver(() => RunType, { description: "The run with the highest median." })
  bestRun(@Root() { bestRunId }: RunGroupRow, @Ctx() { loaders }: ApiContext): Promise<RunRecord> {
    return loadExisting(loaders.run, bestRunId);
  }
}

@Resolver(() => RunType)
export class RunCellsResolver {
  @FieldResolver(() => [CellValueScalar], {
    nullable: "itemsAndList",
    description:
      "What the run has in columns of the search language, in their order: a number, a text, true or false, a list of tags, or null. Null for everyone but members.",
  })
  async cells(
    @Root() run: RunRecord,
    @Arg("columns", () => [String], { description: "Names of 1 to 40 fields; `searchFields` lists them." }) columns: string[],
    @Ctx() { actor, services, loaders }: ApiContext,
  ): Promise<readonly Cell[] | null> {
    services.search.readColumns(columns);
    return policy.grants(actor, "search:read") && policy.isOwn(actor, run) ? loaders.runCells.load({ runId: run.id, columns }) : null;
  }
}

/** Resolves reports. */
import type { ReportRecord } from "@pareidolia/persistence/files/reports/reportFolders";
import { Arg, Args, Ctx, ID, Query, Resolver } from "type-graphql";
import type { ApiContext } from "../context.ts";
import { computationCost, surveyCost } from "../limits/costs.ts";
import type { Connection } from "../pagination/connection.ts";
import { ConnectionArguments } from "../pagination/connectionArguments.ts";
import { Requires } from "../policy/requires.ts";
import { ReportType, reportConnection } from "./report.type.ts";

@Resolver(() => ReportType)
export class ReportResolver {
  @Requires("report:read")
  @Query(() => reportConnection.connection, { complexity: surveyCost, description: "Reports on the paper's claims, newest first." })
  reports(
    @Args(() => ConnectionArguments) args: ConnectionArguments,
    @Ctx() { actor, services }: ApiContext,
  ): Promise<Connection<ReportRecord>> {
    return services.reports.list(actor, args);
  }

  @Requires("report:read")
  @Query(() => ReportType, {
    complexity: computationCost,
    nullable: true,
    description: "Looks up a report by its ID. Null if there is no such report, or its file cannot be read.",
  })
  report(
    @Arg("id", () => ID, { description: "ID of the report: the name of its folder." }) id: string,
    @Ctx() { actor, services }: ApiContext,
  ): Promise<ReportRecord | null> {
    return services.reports.find(actor, id);
  }
}

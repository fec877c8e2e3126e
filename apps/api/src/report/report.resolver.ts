/** Resolves reports. */
import type { ReportRecord } from "@pareidolia/persistence/reports/reportFolders";
import { Arg, Args, Ctx, ID, Query, Resolver } from "type-graphql";
import type { ApiContext } from "../context.ts";
import { ownComputation, ownSurvey } from "../limits/costs.ts";
import type { Connection } from "../pagination/connection.ts";
import { ForwardArguments } from "../pagination/connectionArguments.ts";
import { Requires } from "../policy/requires.ts";
import { ReportType, reportConnection } from "./report.type.ts";

@Resolver(() => ReportType)
export class ReportResolver {
  @Requires("report:read")
  @Query(() => reportConnection.connection, { complexity: ownSurvey, description: "Reports on the paper's claims, the newest first." })
  reports(@Args(() => ForwardArguments) args: ForwardArguments, @Ctx() { actor, services }: ApiContext): Promise<Connection<ReportRecord>> {
    return services.reports.list(actor, args);
  }

  @Requires("report:read")
  @Query(() => ReportType, { complexity: ownComputation, nullable: true, description: "One report by its id." })
  report(
    @Arg("id", () => ID, { description: "Its folder's name." }) id: string,
    @Ctx() { actor, services }: ApiContext,
  ): Promise<ReportRecord | null> {
    return services.reports.find(actor, id);
  }
}

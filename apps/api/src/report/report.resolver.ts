/** Resolves reports. */
import type { ReportRecord } from "@pareidolia/persistence/reports/reportFolders";
import { Arg, Ctx, ID, Query, Resolver } from "type-graphql";
import type { ApiContext } from "../context.ts";
import { ownSurvey } from "../limits/costs.ts";
import { ReportType } from "./report.type.ts";

@Resolver(() => ReportType)
export class ReportResolver {
  @Query(() => [ReportType], { complexity: ownSurvey, description: "Reports on the paper's claims, the newest first." })
  reports(@Ctx() { actor, services }: ApiContext): Promise<readonly ReportRecord[]> {
    return services.reports.list(actor);
  }

  @Query(() => ReportType, { complexity: ownSurvey, nullable: true, description: "One report by its id." })
  report(
    @Arg("id", () => ID, { description: "Its folder's name." }) id: string,
    @Ctx() { actor, services }: ApiContext,
  ): Promise<ReportRecord | null> {
    return services.reports.find(actor, id);
  }
}

/** API module for reports. */
import type { NounModule } from "../assembly/nounModule.ts";
import { readers } from "../policy/actions.ts";
import { ReportResolver } from "./report.resolver.ts";
import { ReportService } from "./report.service.ts";
import { reportConnection } from "./report.type.ts";

declare module "../assembly/nounModule.ts" {
  interface Services {
    readonly reports: ReportService;
  }
}

declare module "../policy/actions.ts" {
  interface Actions extends Record<keyof typeof actions, unknown> {}
}

const actions = { "report:read": readers };

export const reportModule: NounModule = {
  resolvers: [ReportResolver, reportConnection.resolver],
  actions,
  services: {
    reports: ({ reportFolders }) => new ReportService(reportFolders),
  },
};

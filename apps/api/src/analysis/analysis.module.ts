/** Module of analyses: service, loaders, resolvers and actions. */
import { ablation } from "@pareidolia/analysis/kinds/ablation";
import { survival } from "@pareidolia/analysis/kinds/survival";
import type { AnalysisRecord } from "@pareidolia/persistence/lab/analyses/readAnalyses";
import DataLoader from "dataloader";
import type { Load, NounModule } from "../assembly/nounModule.ts";
import { readers, researchers } from "../policy/actions.ts";
import { AnalysisResolver, EliteAnalysesResolver, ImageAnalysesResolver } from "./analysis.resolver.ts";
import { AnalysisService } from "./analysis.service.ts";
import { analysisConnection } from "./analysis.type.ts";

declare module "../assembly/nounModule.ts" {
  interface Services {
    readonly analyses: AnalysisService;
  }
  interface Loaders {
    readonly analysis: Load<AnalysisRecord | null>;
    readonly ablation: Load<AnalysisRecord | null>;
    readonly survival: Load<AnalysisRecord | null>;
    readonly scoring: Load<AnalysisRecord | null>;
  }
}

declare module "../globalId/globalId.ts" {
  interface NodeRows {
    readonly Analysis: AnalysisRecord;
  }
}

declare module "../policy/actions.ts" {
  interface Actions extends Record<keyof typeof actions, unknown> {}
}

const actions = { "analysis:read": readers, "analysis:start": researchers, "analysis:cancel": researchers };

export const analysisModule: NounModule = {
  resolvers: [AnalysisResolver, EliteAnalysesResolver, ImageAnalysesResolver, analysisConnection.resolver],
  actions,
  services: {
    analyses: ({ database, queue, services }) =>
      new AnalysisService({
        database,
        queue,
        elites: services.elites,
        images: services.images,
        runs: services.runs,
        selection: services.runSelection,
      }),
  },
  loaders: {
    analysis: ({ actor, services }) => new DataLoader((ids) => services.analyses.load(actor, ids)),
    ablation: ({ actor, services }) => new DataLoader((ids) => services.analyses.loadOfElites(actor, ablation.id, ids)),
    survival: ({ actor, services }) => new DataLoader((ids) => services.analyses.loadOfElites(actor, survival.id, ids)),
    scoring: ({ actor, services }) => new DataLoader((hashes) => services.analyses.loadOfImages(actor, hashes)),
  },
  nodes: {
    Analysis: { byId: ({ analysis }) => analysis },
  },
};

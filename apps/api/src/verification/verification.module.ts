/** Module of verifications: loaders and resolver. Verifications are analyses, with their service and actions. */
import type { AnalysisRecord } from "@pareidolia/persistence/lab/analyses/readAnalyses";
import type { ChainHash } from "@pareidolia/persistence/lab/hashChains/readHashChain";
import type { RunRecord } from "@pareidolia/persistence/lab/runs/readRuns";
import DataLoader from "dataloader";
import type { Load, NounModule } from "../assembly/nounModule.ts";
import { VerificationResolver } from "./verification.resolver.ts";

declare module "../assembly/nounModule.ts" {
  interface Loaders {
    readonly verification: Load<AnalysisRecord | null>;
    readonly lastHash: DataLoader<RunRecord, ChainHash | null, string>;
  }
}

export const verificationModule: NounModule = {
  resolvers: [VerificationResolver],
  loaders: {
    verification: ({ actor, services }) => new DataLoader((runIds) => services.analyses.loadVerifications(actor, runIds)),
    lastHash: ({ actor, services }) => new DataLoader((rows) => services.runs.loadLastHashes(actor, rows), { cacheKeyFn: ({ id }) => id }),
  },
};

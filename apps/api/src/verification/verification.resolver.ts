/** Resolves verifications of runs, their hash chains, and what computed them. */
import { verification } from "@pareidolia/analysis/kinds/verification";
import type { AnalysisRecord } from "@pareidolia/persistence/lab/analyses/readAnalyses";
import type { RunRecord } from "@pareidolia/persistence/lab/runs/readRuns";
import { Arg, Ctx, FieldResolver, Mutation, Resolver, Root } from "type-graphql";
import type { ApiContext } from "../context.ts";
import { type Payload, resolvePayload } from "../errors/payload.ts";
import { Requires } from "../policy/requires.ts";
import { RunInput } from "../run/run.input.ts";
import { RunType } from "../run/run.type.ts";
import { RunProvenanceType, RunVerificationType, VerifyRunPayload } from "./verification.type.ts";

const noResult = {
  verdict: null,
  unit: null,
  steps: null,
  engine: null,
  instructionSet: null,
  tolerance: null,
  largestDifference: null,
  difference: null,
  findings: null,
  findingCount: null,
  notChecked: null,
};

/** @throws AppError CORRUPT_DATA. */
function describe(analysis: AnalysisRecord): RunVerificationType {
  return { analysis, ...(analysis.result === null ? noResult : verification.readResult(analysis.result)) };
}

function textsOf(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((entry) => typeof entry === "string") : [];
}

@Resolver(() => RunType)
export class VerificationResolver {
  @Requires("analysis:start")
  @Mutation(() => VerifyRunPayload, {
    description:
      "Computes a run again from its seed on a worker, and compares it with the stored hash chain and results, step by step. " +
      "A repeated request computes it once more.",
  })
  verifyRun(
    @Arg("input", () => RunInput, { description: "The run to verify, which is neither queued nor running." }) input: RunInput,
    @Ctx() { actor, services }: ApiContext,
  ): Promise<Payload<{ verification: RunVerificationType }>> {
    return resolvePayload("VerifyRunSuccess", async () => ({ verification: describe(await services.analyses.verifyRun(actor, input)) }));
  }

  @FieldResolver(() => RunVerificationType, {
    nullable: true,
    description: "The run's latest verification; null if there is none. `verifyRun` starts one.",
  })
  async verification(@Root() run: RunRecord, @Ctx() { loaders }: ApiContext): Promise<RunVerificationType | null> {
    const analysis = await loaders.verification.load(run.id);
    return analysis === null ? null : describe(analysis);
  }

  @FieldResolver(() => String, {
    nullable: true,
    description:
      "SHA-256 of the last step in the run's hash chain, which covers all steps before it; null before the first step, and for a run from " +
      "before hash chains existed. Runs with the same settings and equal hashes are equal.",
  })
  async chainHash(@Root() run: RunRecord, @Ctx() { loaders }: ApiContext): Promise<string | null> {
    return (await loaders.lastHash.load(run))?.hash ?? null;
  }

  @FieldResolver(() => RunProvenanceType, { nullable: true, description: "What computed the run; null before it starts." })
  provenance(@Root() { manifest }: RunRecord): RunProvenanceType | null {
    if (typeof manifest !== "object" || manifest === null) return null;
    const entries = manifest as Readonly<Record<string, unknown>>;
    const textOf = (value: unknown): string | null => (typeof value === "string" ? value : null);
    return {
      codeVersions: textsOf(entries["code"]),
      modelHash: textOf(entries["modelHash"]),
      modelSha256: textOf(entries["modelSha256"]),
      engines: textsOf(entries["engines"]),
      instructionSets: textsOf(entries["instructionSets"]),
      dependencies: textsOf(entries["dependencies"]),
      lockFileHashes: textsOf(entries["lockFiles"]),
      nodeVersions: textsOf(entries["node"]),
      platforms: textsOf(entries["platform"]),
    };
  }
}

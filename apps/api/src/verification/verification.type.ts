/** Types of verifications, and of what computed a run. */
import { verdicts } from "@pareidolia/analysis/kinds/verification";
import { Field, Float, Int, ObjectType, registerEnumType } from "type-graphql";
import { AnalysisType } from "../analysis/analysis.type.ts";
import { payloadOf } from "../errors/payload.ts";
import { Requires } from "../policy/requires.ts";

export const VerdictEnum = Object.fromEntries(verdicts.map((verdict) => [verdict, verdict]));

registerEnumType(VerdictEnum, {
  name: "VerificationVerdict",
  description: "Result of computing a run again.",
  valuesConfig: {
    EQUAL: {
      description:
        "Every step is equal bit for bit, by the same engine and instruction set, and every stored figure follows from what is under it.",
    },
    CLOSE: { description: "On another engine or instruction set, all confidences agree within the tolerance." },
    DIFFERENT: { description: "A step differs (`difference` has the first), or stored values do (`findings`)." },
  },
});

@Requires("analysis:read")
@ObjectType("DifferentPart", { description: "An elite, trajectory, attack or link that differs." })
export class DifferentPartType {
  @Field(() => String, { description: "The niche's class, or a description of the trajectory, attack or link." })
  readonly name!: string;

  @Field(() => Float, { nullable: true, description: "Stored confidence, 0 to 1, or test error; null if nothing is stored." })
  readonly stored!: number | null;

  @Field(() => Float, { nullable: true, description: "The same, as it was computed again; null if nothing was computed." })
  readonly computed!: number | null;
}

@Requires("analysis:read")
@ObjectType("VerificationDifference", { description: "The first step of a run that differs when it is computed again." })
export class VerificationDifferenceType {
  @Field(() => Int, { description: "The generation; of other kinds of runs, the number of the trajectory, attack or link, from 0." })
  readonly step!: number;

  @Field(() => String, { description: "What differs, as a sentence." })
  readonly reason!: string;

  @Field(() => [DifferentPartType], { description: "The parts that differ, at most 20." })
  readonly parts!: readonly DifferentPartType[];

  @Field(() => Int, { description: "Number of parts that differ." })
  readonly partCount!: number;
}

@Requires("analysis:read")
@ObjectType("VerificationFinding", {
  description: "A stored value that differs when it is computed again from the rows, images and networks from which it follows.",
})
export class VerificationFindingType {
  @Field(() => String, { description: "Table and column by the names of an export, such as `runs.median`." })
  readonly column!: string;

  @Field(() => String, { description: "The row, such as `generation 4 of RUN-12`." })
  readonly place!: string;

  @Field(() => String, { nullable: true, description: "The stored value; null if there is none." })
  readonly stored!: string | null;

  @Field(() => String, { nullable: true, description: "The value computed again; null if there is none." })
  readonly computed!: string | null;
}

@Requires("analysis:read")
@ObjectType("RunVerification", { description: "The latest verification of a run: the run computed again, compared with what is stored." })
export class RunVerificationType {
  @Field(() => AnalysisType, { description: "The job, with its state and progress. `cancelAnalysis` cancels it." })
  readonly analysis!: unknown;

  @Field(() => VerdictEnum, { nullable: true, description: "The result; null until the job succeeds." })
  readonly verdict!: string | null;

  @Field(() => String, { nullable: true, description: "What the steps are, such as `generations`; null until the job succeeds." })
  readonly unit!: string | null;

  @Field(() => Int, { nullable: true, description: "Number of compared steps; null until the job succeeds." })
  readonly steps!: number | null;

  @Field(() => String, { nullable: true, description: "Engine that computed the run again; null until the job succeeds." })
  readonly engine!: string | null;

  @Field(() => String, { nullable: true, description: "Instruction set of its processor; null until the job succeeds." })
  readonly instructionSet!: string | null;

  @Field(() => Float, {
    nullable: true,
    description: "Largest difference of two confidences that counts as close; null until the job succeeds.",
  })
  readonly tolerance!: number | null;

  @Field(() => Float, { nullable: true, description: "Largest difference of two confidences over all steps; null until the job succeeds." })
  readonly largestDifference!: number | null;

  @Field(() => VerificationDifferenceType, { nullable: true, description: "The first step that differs; null if none does." })
  readonly difference!: VerificationDifferenceType | null;

  @Field(() => [VerificationFindingType], {
    nullable: true,
    description:
      "Stored figures, scores and images that differ when they are computed again, at most 20. Null until the job succeeds, and for a " +
      "verification from before figures were verified: start another one.",
  })
  readonly findings!: readonly VerificationFindingType[] | null;

  @Field(() => Int, { nullable: true, description: "Number of findings; null like `findings`." })
  readonly findingCount!: number | null;

  @Field(() => [String], {
    nullable: true,
    description: 'What could not be checked, each to complete "Not checked: "; null like `findings`.',
  })
  readonly notChecked!: readonly string[] | null;
}

@Requires("analysis:start")
@ObjectType("VerifyRunSuccess", { description: "The verification is queued." })
export class VerifyRunSuccess {
  @Field(() => RunVerificationType, { description: "The verification, without a result yet." })
  readonly verification!: unknown;
}

export const VerifyRunPayload = payloadOf({
  name: "VerifyRunPayload",
  description: "Result of `verifyRun`.",
  success: VerifyRunSuccess,
  missing: true,
});

@Requires("run:read")
@ObjectType("RunProvenance", {
  description:
    "What computed a run. Each list has the values of all workers that took part, in the order in which they first did; empty for a run " +
    "from before the value was recorded. Visitors read the engines and platforms only.",
})
export class RunProvenanceType {
  @Field(() => [String], { description: "Versions of the code, with the commit if it ran from a clone." })
  readonly codeVersions!: readonly string[];

  @Field(() => String, { nullable: true, description: "SHA-256 of the model's file and its pre-processing." })
  readonly modelHash!: string | null;

  @Field(() => String, { nullable: true, description: "SHA-256 of the model's file." })
  readonly modelSha256!: string | null;

  @Field(() => [String], { description: "Engines, with version, device, number of threads and instruction set." })
  readonly engines!: readonly string[];

  @Field(() => [String], { description: "Instruction sets of the processors, such as `AVX-512`." })
  readonly instructionSets!: readonly string[];

  @Field(() => [String], { description: "Names and versions of the packages that compute networks." })
  readonly dependencies!: readonly string[];

  @Field(() => [String], { description: "SHA-256 of the lock file, which names every dependency with its version." })
  readonly lockFileHashes!: readonly string[];

  @Field(() => [String], { description: "Versions of Node." })
  readonly nodeVersions!: readonly string[];

  @Field(() => [String], { description: "Operating systems and processor architectures, such as `linux-x64`." })
  readonly platforms!: readonly string[];
}

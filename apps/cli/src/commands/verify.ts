/** `pareidolia verify RUN-142`: a worker computes the run again and compares each step. Exit code 1 if it differs. */
import { successOf } from "@pareidolia/client/errors";
import type { Command } from "commander";
import { type CommandHost, examples } from "../commandHost.ts";
import type { Context } from "../context.ts";
import { type Payload, runVerification, type Verification, verifyRun } from "../documents.ts";
import { CliError } from "../failure.ts";
import { followWork } from "../followWork.ts";
import { formatCount } from "../output/numbers.ts";

const verdicts = {
  EQUAL: "is equal bit for bit",
  CLOSE: "agrees within the tolerance, on another engine or instruction set",
  DIFFERENT: "differs",
} as const;

async function readVerification({ client, terminal }: Context, reference: string): Promise<Verification> {
  const { node } = await client.query<{ readonly node: { readonly verification: Verification | null } | null }>(
    runVerification,
    { id: reference },
    { signal: terminal.signal },
  );
  if (node?.verification == null) throw new CliError("notFound", `${reference} no longer has a verification.`);
  return node.verification;
}

async function verify(context: Context, _options: object, reference = ""): Promise<void> {
  const { client, terminal } = context;
  type Verified = { readonly verifyRun: Payload<{ readonly verification: Verification }> };
  successOf((await client.mutate<Verified>(verifyRun, { input: { runId: reference } }, { signal: terminal.signal })).verifyRun);
  const { verification } = await followWork(context, `Verifying ${reference}`, async () => {
    const read = await readVerification(context, reference);
    return { ...read.analysis, verification: read };
  });
  const { verdict, unit, steps, engine, difference, notChecked } = verification;
  if (verdict === null) throw new CliError("failedWork", `The verification of ${reference} ended without a verdict.`);
  await context.print({
    json: { run: reference, ...verification },
    text: () =>
      [
        `${reference} ${verdicts[verdict]}: ${formatCount(steps ?? 0)} ${unit ?? "steps"} computed with ${engine ?? "an unknown engine"}.`,
        ...findingsOf(verification),
        ...(notChecked ?? []).map((what) => `Not checked: ${what}.`),
      ]
        .map((line) => `${line}\n`)
        .join(""),
  });
  if (verdict !== "DIFFERENT") return;
  throw new CliError(
    "failed",
    difference === null
      ? `${reference} differs: stored values were changed after the run stored them.`
      : `${reference} differs first at step ${difference.step}: ${difference.reason}`,
  );
}

function findingsOf({ findings, findingCount }: Verification): readonly string[] {
  const more = (findingCount ?? 0) - (findings ?? []).length;
  return [
    ...(findings ?? []).map(
      ({ column, place, stored, computed }) => `  ${column} of ${place}: stored ${stored ?? "none"}, computed ${computed ?? "none"}`,
    ),
    ...(more > 0 ? [`  and ${more} more`] : []),
  ];
}

export function addVerify(program: Command, { run }: CommandHost): void {
  program
    .command("verify")
    .description("Compute a run again and compare it step by step; exit code 1 if it differs.")
    .argument("<run>", "key of a run that has ended, such as RUN-142")
    .addHelpText("after", examples("verify RUN-142", "verify RUN-142 --json"))
    .action(run(verify));
}

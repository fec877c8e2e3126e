/** `npm run verify -- RELEASE`: verifies a release of a study from its files alone, without a database. */

import { openArchive } from "@pareidolia/archive/openArchive";
import { decodePng } from "@pareidolia/images/png";
import type { Verification } from "@pareidolia/release/verify/verification";
import { verifyRelease } from "@pareidolia/release/verify/verifyRelease";
import { cacheFolder } from "./cacheFolder.ts";
import { openNetworksAtHand } from "./networksAtHand.ts";
import { readOptions, UsageError } from "./readOptions.ts";
import { formatTable } from "./report.ts";
import { runCommand } from "./runCommand.ts";

const help = `npm run verify -- RELEASE [--json]
npm run verify -- RUN-142 [--workspace HANDLE] [--json]

Verifies a release of a study: a folder, or the ZIP archive. Checks every hash of the manifest, that every image decodes, and that
every trial follows from the plan; recomputes every published number from trials.csv, to 1e-9; scores the images again with the
product's networks whose files are on this machine, to 1e-4. Names what it could not check. Nothing is unpacked to disk. Exit code 0 if
every check holds, otherwise 1.

  --json   prints one JSON object and nothing else to standard output

With the key of a run, computes the run again and compares it with what is stored: npm run verify -- RUN-142 --help`;

await runCommand(async () => {
  const { values, positionals } = readOptions({ json: { type: "boolean", default: false }, help: { type: "boolean", short: "h" } }, help);
  if (values.help) {
    console.log(help);
    return { holds: true };
  }
  const [place, other] = positionals;
  if (place === undefined) throw new UsageError(`Name the folder or the archive of a release.\n\n${help}`);
  if (other !== undefined) throw new UsageError(`Unexpected argument "${other}".\n\n${help}`);
  const release = await openArchive(place);
  const networks = openNetworksAtHand(cacheFolder(process.env));
  try {
    const verification = await verifyRelease(release, {
      decodeImage: decodePng,
      findNetwork: networks.find,
      onProgress: (what) => process.stderr.write(`${what} ...\n`),
    });
    process.stdout.write(values.json ? `${JSON.stringify(verification)}\n` : asTable(verification));
    return verification;
  } finally {
    await networks.close();
    await release.close();
  }
});

function asTable({ holds, planHash, checks, notChecked }: Verification): string {
  const cells = checks.map((check) => [check.holds ? "holds" : "FAILS", String(check.cases), check.what]);
  const lines = formatTable(["", "cases", "check"], cells);
  for (const [index, { problem }] of checks.entries()) if (problem !== "") lines[index + 1] += `\n       ${printable(problem)}`;
  const failed = checks.filter((check) => !check.holds).length;
  return [
    "",
    ...lines,
    "",
    `Plan: ${planHash ?? "cannot be read"}`,
    "Not checked:",
    ...notChecked.map((sentence) => `  ${printable(sentence)}`),
    "",
    holds ? "The release is complete and every number follows from its trials." : `${failed} of ${checks.length} checks do not hold.`,
    "",
  ].join("\n");
}

/** Files of others may have control characters, which a terminal would act on. */
function printable(text: string): string {
  return text.replace(/[^\P{C}\n]/gu, "\uFFFD");
}

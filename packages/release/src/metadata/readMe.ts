/** README.md of a release: what it is, its files and columns, its licence, and how to cite and verify it. */
import type { TypedColumn } from "@pareidolia/archive/tables/columns";
import { resultKinds } from "@pareidolia/perception/study/studyResults";
import { fileNames, nameIn, optionalFiles } from "../layout.ts";
import { codeColumns } from "../tables/codeTable.ts";
import { imageColumns } from "../tables/imageTable.ts";
import { typedTrialColumns } from "../tables/trialTypes.ts";
import { voterColumns } from "../tables/voterTable.ts";
import { describeFile } from "./fileDescriptions.ts";
import { bibTexOf, citationOf } from "./releaseDescription.ts";
import type { ReleaseFacts } from "./releaseFacts.ts";

export function readMeOf(facts: ReleaseFacts): string {
  const { description: release, study, planHash, counts, results } = facts;
  const { licence, releasedBy } = release;
  const hasCodes = facts.files.has(optionalFiles.codes);
  const described = [
    fileNames.plan,
    fileNames.trialsCsv,
    fileNames.trialsJsonLines,
    fileNames.trialsParquet,
    fileNames.voters,
    fileNames.images,
    ...(hasCodes ? [optionalFiles.codes] : []),
    fileNames.dataCite,
    fileNames.roCrate,
    fileNames.croissant,
    fileNames.manifest,
  ];
  const kinds = results.map((kind) => {
    const known = Object.hasOwn(resultKinds, kind) ? resultKinds[kind as keyof typeof resultKinds] : null;
    return [`\`${nameIn("result", kind)}\``, known?.description ?? kind] as const;
  });
  const { silentVoters } = counts;
  const silent =
    silentVoters === 0 ? "" : `${counted(silentVoters, "more voter")} joined without answering: only \`${fileNames.voters}\` has them. `;
  return [
    `# ${inline(release.title)}`,
    inline(release.description),
    `Version ${release.version}, released on ${release.releasedOn}${releasedBy === null ? "" : ` by ${inline(releasedBy)}`}, from study ${study} ` +
      `of Pareidolia ${release.softwareVersion}. It contains ${counted(counts.trials, "trial")} of ${counted(counts.voters, "voter")}, ` +
      `${counted(counts.images, "image")} and ${counted(counts.genomes, "genome")}. ${counts.votes} of the answers count as votes, ${counts.plannedVotes} of them as planned (columns \`counts\` and ` +
      `\`excluded\`). SHA-256 of the plan: \`${planHash}\`.`,
    `${silent}Voters have pseudonyms in order of arrival. Voters who withdrew before the release are not included; their numbers are missing.`,
    "## Files",
    table(
      ["file", "content"],
      [
        ...described.map((name) => [`\`${name}\``, describeFile(name).description] as const),
        ["`images/`", "The images that voters saw, as PNG, named by the SHA-256 of their bytes."],
        ...(counts.genomes === 0 ? [] : [["`genomes/`", "Genomes of evolved images: canonical bytes, named by their SHA-256."] as const]),
        ...kinds,
      ],
    ),
    "## Columns",
    "CSV is UTF-8 with a header (RFC 4180). Empty cells are missing values. A text that begins with `=`, `+`, `-`, `@`, `'`, a tab or a " +
      "line break has a leading apostrophe, and one follows each semicolon and line break before such a character, so that spreadsheets run " +
      "no formulas. In Parquet and JSON, texts are as voters wrote them.",
    `### ${fileNames.trialsCsv}, ${fileNames.trialsParquet}, ${fileNames.trialsJsonLines}`,
    columnTable(typedTrialColumns),
    `### ${fileNames.voters}`,
    columnTable(voterColumns),
    `### ${fileNames.images}`,
    columnTable(imageColumns),
    ...(hasCodes ? [`### ${optionalFiles.codes}`, columnTable(codeColumns)] : []),
    "## Results",
    "Each result is computed twice: `planned`, without insiders and without voters whom the plan's rules leave out, and `everyone`. " +
      "Every estimate has the number of its cases and a 95% interval, or the reason why it is undefined.",
    "## Licence",
    `[${inline(licence.name)}](${licence.url})${licence.spdx === null ? "" : ` (SPDX: ${licence.spdx})`}`,
    "## How to cite",
    inline(citationOf(release)),
    `\`\`\`bibtex\n${bibTexOf(release)}\n\`\`\``,
    "## How to verify",
    "`sha256sum --check manifest-sha256.txt` compares every file with the manifest. In a copy of Pareidolia, `npm run verify -- RELEASE`, " +
      "with this folder or the ZIP archive, also rebuilds every trial from the plan and recomputes every published number from the trials.",
    'With Python, `mlcroissant.Dataset(jsonld="croissant.json").records("trials")` reads the trials.',
  ]
    .map((block) => `${block}\n`)
    .join("\n");
}

/** Such as "1 voter" and "2 voters". */
function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? "" : "s"}`;
}

function columnTable(columns: readonly TypedColumn[]): string {
  return table(
    ["column", "type", "meaning"],
    columns.map(({ name, type, nullable, description }) => [`\`${name}\``, nullable ? `${type}, may be empty` : type, description]),
  );
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |`;
  return [line(head), line(head.map(() => "---")), ...rows.map(line)].join("\n");
}

/** Text from people on one line, without Markdown or HTML. */
function inline(text: string): string {
  return text
    .replace(/\s+/g, " ")
    .trim()
    .replace(/[\\`*_{}[\]<>#|]/g, "\\$&");
}

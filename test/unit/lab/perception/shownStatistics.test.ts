/** Every statistic of votes that a page, the API, an export or a release shows is in the record of statistics that gates and mutants check. */
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { realStatistics } from "@pareidolia/lab/perception/closedForms/statistics";
import { expect, it } from "vitest";

const root = fileURLToPath(new URL("../../../../", import.meta.url));
const perception = "packages/perception/src/";
const showing = ["apps/api/src", "apps/web/src", "workers/src", "packages/release/src", "packages/perception/src", "packages/exchange/src"];

/** Modules that compute statistics of votes: what others import from them is shown, what they import from each other is a part. */
const computing =
  /^perception\/(agreement|aggregation|calibration|coding|detection|images|intervals|norming|numbers|power|simulation|stopping|voters)\/|^perception\/study\/(totalAgreement|differenceOf\w+|pairedComparison|waysOfCounting)$/;
/** Code of this package and of other packages that shows votes, where it uses statistics that runs have, too. */
const ofVotes = /^packages\/(perception|release)\/|study|recognition|norming|coding|voting/i;

interface Use {
  /** Such as `perception/agreement/splitHalf`. */
  readonly module: string;
  readonly name: string;
  readonly by: string;
}

function moduleOf(file: string, specifier: string): string {
  const ofPackage = /^@pareidolia\/((?:perception|analysis)\/.+)$/.exec(specifier)?.[1];
  if (ofPackage !== undefined) return ofPackage;
  if (!file.startsWith(perception) || !specifier.startsWith(".")) return specifier;
  return `perception/${path.posix.join(path.posix.dirname(file), specifier).slice(perception.length).replace(/\.ts$/, "")}`;
}

function usesOf(file: string): readonly Use[] {
  const source = readFileSync(path.join(root, file), "utf8");
  const own = file.startsWith(perception) ? `perception/${file.slice(perception.length).replace(/\.ts$/, "")}` : "";
  if (computing.test(own)) return [];
  return [...source.matchAll(/^import \{([^}]*)\} from "([^"]+)";/gms)].flatMap(([, names = "", specifier = ""]) =>
    names
      .split(",")
      .map((name) => name.trim().split(" as ")[0] as string)
      .filter((name) => name !== "" && !name.startsWith("type "))
      .map((name) => ({ module: moduleOf(file, specifier), name, by: file })),
  );
}

function shownFunctions(): readonly Use[] {
  const files = showing.flatMap((folder) =>
    readdirSync(path.join(root, folder), { recursive: true, encoding: "utf8" }).flatMap((file) =>
      /\.tsx?$/.test(file) ? [path.posix.join(folder, file)] : [],
    ),
  );
  return files
    .flatMap(usesOf)
    .filter(
      ({ module, by }) => computing.test(module) || (module.startsWith("analysis/") && !/\/kinds\//.test(module) && ofVotes.test(by)),
    );
}

/** What is not in the record, by reason. */
const exceptions: Readonly<Record<string, readonly string[]>> = {
  "a count or a sum of votes": ["tallyVotes", "pooledCounts", "emptyCounts", "votersWithTrials"],
  "a plain mean": ["meanOf"],
  "keeps a share within 0 and 1": ["withinShare"],
  "a distance of classes, not of votes": ["labelDistance"],
  "chooses or joins votes": ["comparedPairs", "codeAgrees", "completeCodes", "finalCode", "isDisputed"],
  "a reason, as a sentence": [
    "undefinedBecause",
    "whyWithoutError",
    "whyWithoutResampling",
    "whyWithoutStrengths",
    "whyNotCrossed",
    "withoutSkills",
  ],
  "a rule of the plan": [
    "maxVotes, parseStoppingRule, readsAgreement, resolveStoppingRule, stoppingLabel, votesBeforeStop, withMostVotes",
    "exclusionReasons, isMistimed, parseExclusion, resolveExclusion, withMistimed, boundProblems, voterProblems",
  ].flatMap((line) => line.split(", ")),
  "compares figures of `describeVoters`, which is in the record, with limits": ["flagVoter"],
  "the edges of bins, which `reliabilityDiagram` shows": ["assignBins"],
  "the labels that members of a room choose from": ["roomOptions"],
  "a part of `planVoters`, step by step": ["simulateVoters"],
  "plays the plan's own trials, with rules that tests check": ["forecastVoters", "forecastWarnings", "placeWarnings"],
};

it("is in the record, or is an exception with a reason", async () => {
  const found = shownFunctions();
  const names = new Map<string, Use>();
  for (const use of found) {
    const [group, ...rest] = use.module.split("/");
    const source = (await import(/* @vite-ignore */ path.join(root, `packages/${group}/src/${rest.join("/")}.ts`))) as Record<
      string,
      unknown
    >;
    if (typeof source[use.name] === "function") names.set(use.name, use);
  }
  const excepted = Object.values(exceptions).flat();
  expect([...names.values()].filter(({ name }) => !(name in realStatistics) && !excepted.includes(name))).toEqual([]);
  // No exception outlives its reason, and none hides a statistic of the record.
  expect(excepted.filter((name) => !names.has(name) || name in realStatistics)).toEqual([]);
  expect(names.size).toBeGreaterThan(50);
});

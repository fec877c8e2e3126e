/**
 * Writes a release: an immutable snapshot of a study with plan, images, genomes, votes, results and metadata. It is a pure function of its
 * input, so equal studies give equal bytes. Images and votes are read while the archive is written, one image or one voter at a time.
 */
import { createHash } from "node:crypto";
import { type FileToPack, writeZip } from "@pareidolia/archive/zip/writeZip";
import { AppError } from "@pareidolia/core/appError";
import { csvLine } from "@pareidolia/core/csv";
import type { FinalCodes } from "@pareidolia/perception/coding/textCodes";
import { countVotes, type Evidence, type Side, StudyCollector } from "@pareidolia/perception/study/results/evidence";
import { parseStudyPlan, type StudyPlan, serialiseStudyPlan } from "@pareidolia/perception/study/studyPlan";
import { parseResult, type ResultKindId, resultKindIds } from "@pareidolia/perception/study/studyResults";
import type { ExportedStudy, ExportedVote, ExportedVoter } from "@pareidolia/perception/study/trialRow";
import { fileNames, nameIn, optionalFiles } from "./layout.ts";
import { manifestOf } from "./manifest.ts";
import { croissantOf } from "./metadata/croissant.ts";
import { dataCiteOf } from "./metadata/dataCite.ts";
import { readMeOf } from "./metadata/readMe.ts";
import { checkDescription, type ReleaseDescription } from "./metadata/releaseDescription.ts";
import { jsonText, type ReleaseFacts, type WrittenFile } from "./metadata/releaseFacts.ts";
import { roCrateOf } from "./metadata/roCrate.ts";
import { codeTable, type ReleasedText } from "./tables/codeTable.ts";
import { imageCells, imageColumns, plannedImages, type ReleasedImage } from "./tables/imageTable.ts";
import { studyOf } from "./tables/studyOf.ts";
import { trialFormats } from "./tables/trialFormats.ts";
import { checkConsents, type ReleasedVoter, voterColumns } from "./tables/voterTable.ts";

export interface ReleaseInput {
  readonly description: ReleaseDescription;
  /** Such as "STU-12". */
  readonly study: string;
  /** The canonical text of the plan, as stored. */
  readonly planText: string;
  /** One for each image of the plan in each role, in any order. */
  readonly images: readonly ReleasedImage[];
  /** The PNG file with this SHA-256. */
  readonly readImage: (sha256: string) => Promise<Uint8Array>;
  /** The canonical bytes of the genome with this SHA-256. */
  readonly readGenome: (sha256: string) => Promise<Uint8Array>;
  /** Voters who did not withdraw, in any order. */
  readonly voters: readonly ReleasedVoter[];
  /** The votes of one voter. Called several times; must return the same votes each time, as a snapshot of a database does. */
  readonly readVotes: (voter: number) => Promise<readonly ExportedVote[]>;
  /** Texts whose codes are revealed, in order. Default: none. */
  readonly coded?: readonly ReleasedText[];
  /** The documents of results, by kind, computed from exactly these votes and codes. */
  readonly results: Readonly<Partial<Record<ResultKindId, unknown>>>;
}

/**
 * The bytes of the archive.
 * @throws AppError INVALID_INPUT for a plan that is not canonical, images that are not those of the plan, or a description that does not
 * fit; CORRUPT_DATA for stored bytes that do not have their hash, or votes that do not fit their trials, or voters without the
 * plan's consent; CONFLICT if votes change meanwhile.
 */
export function writeRelease(input: ReleaseInput): AsyncGenerator<Uint8Array, void, undefined> {
  return writeZip(releaseFiles(input));
}

/** The files of the release in the order of writing. Each must be read to its end before the next is requested. */
export async function* releaseFiles(input: ReleaseInput): AsyncGenerator<FileToPack, void, undefined> {
  checkDescription(input.description);
  const plan = readPlan(input.planText);
  const planHash = sha256Of(input.planText);
  const images = imagesOfPlan(plan, input.images);
  const uncoded = studyOf(
    { study: input.study, planHash, plan },
    images.map(({ released }) => released),
  );
  const voters = [...input.voters].sort((one, other) => one.number - other.number);
  checkConsents(plan, voters);
  const votes = await VoteReader.open(input, plan, uncoded, voters);
  const study = { ...uncoded, codes: votes.codes };
  const written = new Map<string, WrittenFile>();
  const file = (name: string, content: FileToPack["content"] | string, deflate = true): FileToPack =>
    recorded({ name, content: typeof content === "string" ? new TextEncoder().encode(content) : content, deflate }, written);

  yield file(fileNames.plan, input.planText);
  yield file(fileNames.trialsCsv, trialFormats.csv.write(study, votes.voters()));
  yield file(fileNames.trialsJsonLines, trialFormats.jsonl.write(study, votes.voters()));
  yield file(fileNames.trialsParquet, trialFormats.parquet.write(study, votes.voters()));
  yield file(
    fileNames.voters,
    [csvLine(voterColumns.map(({ name }) => name)), ...voters.map((voter) => csvLine(voterColumns.map(({ value }) => value(voter))))].join(
      "",
    ),
  );
  yield file(
    fileNames.images,
    [
      csvLine(imageColumns.map(({ name }) => name)),
      ...images.map(({ planned, released }) => csvLine(imageCells(plan, planned, released))),
    ].join(""),
  );
  const coded = input.coded ?? [];
  if (coded.length > 0) yield file(optionalFiles.codes, [codeTable.header, ...coded.map((text) => codeTable.lines(plan, text))].join(""));
  const kinds = resultKindIds.filter((kind) => input.results[kind] !== undefined);
  for (const kind of kinds) yield file(nameIn("result", kind), `${JSON.stringify(parseResult(kind, input.results[kind]))}\n`);
  const imageFiles = [...new Set(images.map(({ planned }) => planned.sha256))].sort();
  // PNG is compressed already.
  for (const hash of imageFiles) yield file(nameIn("image", hash), checked(hash, await input.readImage(hash), "image"), false);
  const genomes = [...new Set(images.flatMap(({ released }) => (released.genome === null ? [] : [released.genome])))].sort();
  for (const hash of genomes) yield file(nameIn("genome", hash), checked(hash, await input.readGenome(hash), "genome"));

  const facts: ReleaseFacts = {
    description: input.description,
    study: input.study,
    plan,
    planHash,
    counts: { images: imageFiles.length, genomes: genomes.length, trials: votes.trials, ...votes.counts },
    results: kinds,
    files: written,
  };
  yield file(fileNames.readMe, readMeOf(facts));
  yield file(fileNames.dataCite, jsonText(dataCiteOf(facts)));
  yield file(fileNames.croissant, jsonText(croissantOf(facts)));
  yield file(fileNames.roCrate, jsonText(roCrateOf(facts)));
  yield file(fileNames.manifest, manifestOf(new Map([...written.values()].map(({ name, sha256 }) => [name, sha256]))));
}

function readPlan(text: string): StudyPlan {
  const plan = parseStudyPlan(JSON.parse(text));
  if (serialiseStudyPlan(plan) !== text)
    throw new AppError("INVALID_INPUT", "The text of the plan is not canonical.", { field: "planText" });
  return plan;
}

function imagesOfPlan(plan: StudyPlan, images: readonly ReleasedImage[]) {
  const given = new Map(images.map((image) => [`${image.role} ${image.index}`, image]));
  const joined = plannedImages(plan).map((planned) => {
    const released = given.get(`${planned.role} ${planned.index}`);
    if (released === undefined)
      throw new AppError("INVALID_INPUT", `Image ${planned.index} of the role ${planned.role} is missing.`, { field: "images" });
    return { planned, released };
  });
  if (given.size !== joined.length || images.length !== joined.length)
    throw new AppError("INVALID_INPUT", "There are images that the plan does not have.", { field: "images" });
  return joined;
}

function checked(hash: string, bytes: Uint8Array, what: string): Uint8Array {
  if (sha256Of(bytes) === hash) return bytes;
  throw new AppError("CORRUPT_DATA", `The stored ${what} ${hash} is damaged: its bytes have another SHA-256.`);
}

/** The same file; notes its size and hash once it has been read. */
function recorded({ name, content, deflate }: FileToPack, written: Map<string, WrittenFile>): FileToPack {
  if (content instanceof Uint8Array) {
    written.set(name, { name, bytes: content.length, sha256: sha256Of(content) });
    return { name, content, deflate };
  }
  async function* pieces(source: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
    const hash = createHash("sha256");
    let bytes = 0;
    for await (const piece of source) {
      hash.update(piece);
      bytes += piece.length;
      yield piece;
    }
    written.set(name, { name, bytes, sha256: hash.digest("hex") });
  }
  return { name, content: pieces(content), deflate };
}

function sha256Of(bytes: Uint8Array | string): string {
  return createHash("sha256").update(bytes).digest("hex");
}

/** Reads the votes of each voter several times, and checks that they are the same each time. */
class VoteReader {
  readonly trials: number;
  readonly counts: Pick<ReleaseFacts["counts"], "voters" | "silentVoters" | "votes" | "plannedVotes">;
  readonly #input: ReleaseInput;
  readonly #voters: readonly ReleasedVoter[];
  readonly #exclusions: Evidence["exclusions"];
  /** Null unless all texts are coded. */
  readonly codes: FinalCodes | null;
  readonly #hashes: readonly string[];

  private constructor(
    input: ReleaseInput,
    voters: readonly ReleasedVoter[],
    { exclusions, coding, planned, everyone }: Evidence,
    hashes: readonly string[],
    { trials, answering }: { readonly trials: number; readonly answering: number },
  ) {
    this.#input = input;
    this.#voters = voters;
    this.#exclusions = exclusions;
    this.codes = coding?.codes ?? null;
    this.#hashes = hashes;
    this.trials = trials;
    const sum = ({ phases }: Side): number => phases.reduce((total, phase) => total + countVotes(phase).votes, 0);
    this.counts = {
      voters: answering,
      silentVoters: voters.length - answering,
      votes: sum(everyone),
      plannedVotes: sum(planned),
    };
  }

  static async open(input: ReleaseInput, plan: StudyPlan, study: ExportedStudy, voters: readonly ReleasedVoter[]): Promise<VoteReader> {
    const collector = new StudyCollector(plan);
    const hashes: string[] = [];
    let trials = 0;
    let answering = 0;
    for (const [index, voter] of voters.entries()) {
      if (voters[index - 1]?.number === voter.number)
        throw new AppError("INVALID_INPUT", `Two voters have the number ${voter.number}.`, { field: "voters" });
      const votes = await input.readVotes(voter.number);
      collector.setVoter(voter, votes);
      hashes.push(hashOf(votes));
      trials += votes.length;
      if (votes.length > 0) answering++;
    }
    return new VoteReader(input, voters, collector.evidence(study.images.counted, input.coded), hashes, {
      trials,
      answering,
    });
  }

  async *voters(): AsyncGenerator<ExportedVoter, void, undefined> {
    for (const [index, voter] of this.#voters.entries()) {
      const votes = await this.#input.readVotes(voter.number);
      if (hashOf(votes) !== this.#hashes[index])
        throw new AppError("CONFLICT", "Votes changed while the release was written. Write it again.");
      yield { voter, votes, exclusions: this.#exclusions[index] ?? [] };
    }
  }
}

function hashOf(votes: readonly ExportedVote[]): string {
  return sha256Of(JSON.stringify([...votes].sort((one, other) => one.trial - other.trial)));
}

/**
 * Votes that real people cast, in the cache as `data/votes/FILE`. There is no public address with these files in this form, so they are
 * never downloaded: without them, the rows that need them are not measured.
 */
import { type CachedFile, readCachedFile } from "@pareidolia/classifiers/files/readCachedFile";
import type { VoteTable } from "@pareidolia/perception/voteTable";

const contentHashes = {
  "anesthesia.csv": "eb63dad72d45b4e2e5d42483f4b624437ab6256cfd4fa75d6cc2a5591558e882",
  "bluebirds.csv.gz": "c3ba45908aa8556e8b3559defffd900131f6f837e524b24d21cfd7bbdee889c2",
  "silhouettes-16afc.csv.gz": "bc284711c2cc7020f3398bd0aa0b09b6998ccf538dfd00fee5d1dd72d2802e07",
  "cifar10h-counts.csv.gz": "cd60ddd31e02cce8e4344f66388bc873febe2ac2432503b80b8101868476b7b4",
  "cifar10-network-probabilities.csv.gz": "52a5e88e074c22e3288013f4b5b04e75e131a03867208ffecd329c9a0b64a87c",
  "reassessed-imagenet-votes.csv.gz": "793d4cb10929bce4d1f6836b42f3fe96e070283be24726c27fad2088ca7a4363",
  "reassessed-imagenet-questions.csv.gz": "9e42833eb14f5028ddeaf0e356d0ce0431d9f0831dd729a30ff587865e3a9006",
} as const;

export type VoteFile = keyof typeof contentHashes;

function voteFile(name: VoteFile): CachedFile {
  return {
    path: `data/votes/${name}`,
    urls: [],
    compressed: name.endsWith(".gz"),
    sha256: contentHashes[name],
    maximumBytes: 64 * 2 ** 20,
  };
}

/** The cells of each line but the first. @throws AppError UNAVAILABLE without the file, CORRUPT_DATA for another content. */
async function readCells(name: VoteFile, cacheFolder: string): Promise<readonly (readonly string[])[]> {
  const text = new TextDecoder().decode(await readCachedFile(voteFile(name), { cacheFolder }));
  return text
    .trimEnd()
    .split("\n")
    .slice(1)
    .map((line) => line.split(","));
}

/** 45 patients (items), 5 raters of whom the first rated three times, 4 classes: the example of Dawid & Skene 1979. */
export async function readAnesthesia(cacheFolder: string): Promise<VoteTable> {
  const cells = await readCells("anesthesia.csv", cacheFolder);
  const column = (k: number): Int32Array => Int32Array.from(cells, (line) => Number(line[k]) - 1);
  return { items: 45, voters: 5, answers: 4, item: column(0), voter: column(1), answer: column(2) };
}

export async function readBluebirds(cacheFolder: string): Promise<{ readonly table: VoteTable; readonly truth: Int32Array }> {
  const cells = await readCells("bluebirds.csv.gz", cacheFolder);
  const column = (k: number): Int32Array => Int32Array.from(cells, (line) => Number(line[k]));
  const truth = new Int32Array(108);
  for (const line of cells) truth[Number(line[0])] = Number(line[3]);
  return { table: { items: 108, voters: 39, answers: 2, item: column(0), voter: column(1), answer: column(2) }, truth };
}

export interface Silhouettes {
  /** Votes of all observers, without missing answers. */
  readonly table: VoteTable;
  /** The true category of each image. */
  readonly truth: Int32Array;
  /** In order of voters. */
  readonly observers: readonly { readonly name: string; readonly person: boolean }[];
}

export async function readSilhouettes(cacheFolder: string): Promise<Silhouettes> {
  const cells = await readCells("silhouettes-16afc.csv.gz", cacheFolder);
  const different = (k: number): string[] => [...new Set(cells.map((line) => line[k] as string))].sort();
  const [names, categories, images] = [different(0), different(5), different(6)];
  const index = (list: readonly string[]): ReadonlyMap<string, number> => new Map(list.map((name, k) => [name, k]));
  const [nameIndex, categoryIndex, imageIndex] = [index(names), index(categories), index(images)];
  const truth = new Int32Array(images.length);
  for (const line of cells) truth[imageIndex.get(line[6] as string) as number] = categoryIndex.get(line[5] as string) as number;
  const answered = cells.filter((line) => categoryIndex.has(line[4] as string));
  const column = (k: number, numbers: ReadonlyMap<string, number>): Int32Array =>
    Int32Array.from(answered, (line) => numbers.get(line[k] as string) as number);
  const people = new Set(cells.filter((line) => line[1] === "person").map((line) => line[0] as string));
  return {
    table: {
      items: images.length,
      voters: names.length,
      answers: categories.length,
      item: column(6, imageIndex),
      voter: column(0, nameIndex),
      answer: column(4, categoryIndex),
    },
    truth,
    observers: names.map((name) => ({ name, person: people.has(name) })),
  };
}

/** About 51 people and a network on the 10,000 test images of CIFAR-10: counts and probabilities, images x 10. */
export async function readCifar10People(cacheFolder: string) {
  const [counts, probabilities] = await Promise.all([
    readCells("cifar10h-counts.csv.gz", cacheFolder),
    readCells("cifar10-network-probabilities.csv.gz", cacheFolder),
  ]);
  return {
    images: counts.length,
    classes: 10,
    counts: Int32Array.from(counts.flatMap((line) => line.slice(1).map(Number))),
    probabilities: Float64Array.from(probabilities.flatMap((line) => line.slice(1).map(Number))),
  };
}

/** 184,962 questions "is this class in this image?" to 85 raters; answer 1 is "maybe" or "yes". With the authors' posterior of 1. */
export async function readReassessedImagenet(
  cacheFolder: string,
): Promise<{ readonly table: VoteTable; readonly published: Float64Array }> {
  const questions = await readCells("reassessed-imagenet-questions.csv.gz", cacheFolder);
  const bytes = await readCachedFile(voteFile("reassessed-imagenet-votes.csv.gz"), { cacheFolder });
  const [item, voter, vote] = readNumbers(bytes, 3) as [Int32Array, Int32Array, Int32Array];
  const answer = vote.map((value) => (value > 0 ? 1 : 0));
  return {
    table: { items: questions.length, voters: 85, answers: 2, item, voter, answer },
    published: Float64Array.from(questions, (line) => Number(line[3])),
  };
}

/** Columns of whole numbers, after a line of names. A million lines as strings would take seconds. */
function readNumbers(bytes: Uint8Array, columns: number): Int32Array[] {
  const [comma, newLine, zero] = [44, 10, 48];
  const values: number[] = [];
  let value = 0;
  for (let at = bytes.indexOf(newLine) + 1; at < bytes.length; at++) {
    const byte = bytes[at] as number;
    if (byte === comma || byte === newLine) {
      values.push(value);
      value = 0;
    } else value = value * 10 + byte - zero;
  }
  return Array.from({ length: columns }, (_, c) =>
    Int32Array.from({ length: values.length / columns }, (_value, k) => values[k * columns + c] as number),
  );
}

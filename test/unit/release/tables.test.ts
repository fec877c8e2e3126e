import { readCsv } from "@pareidolia/archive/tables/readCsv";
import { writeParquet } from "@pareidolia/archive/tables/writeParquet";
import { csvLine, textOfCell } from "@pareidolia/core/csv";
import { resolveParameters } from "@pareidolia/core/parameterSpec";
import { resolveProtocol } from "@pareidolia/perception/protocols/registry";
import { collectStudy } from "@pareidolia/perception/study/results/evidence";
import { voterRows } from "@pareidolia/perception/study/trialRow";
import { trialColumns } from "@pareidolia/perception/study/trialTable";
import { timingSpecs } from "@pareidolia/perception/trials/timing";
import type { Trial } from "@pareidolia/perception/trials/trial";
import { readTrial } from "@pareidolia/release/tables/readTrial";
import { trialFormats } from "@pareidolia/release/tables/trialFormats";
import { typedTrialColumns } from "@pareidolia/release/tables/trialTypes";
import fc from "fast-check";
import { parquetReadObjects } from "hyparquet";
import { describe, expect, it } from "vitest";
import { exportedVoters } from "../../support/exportTrials.ts";
import { bytesOf } from "../../support/sampleRelease.ts";
import { studyDesign } from "../../support/studyDesigns.ts";
import { studyPlan, withImageHashes } from "../../support/studyPlans.ts";
import { exportedStudy, simulatedStudy } from "../../support/studyVotes.ts";

const timing = resolveParameters(timingSpecs, {});
/** Texts that are hard to read back. */
const texts = [
  "=1+1",
  "'=1+1",
  "''",
  "-5",
  "+5 apples",
  "a,b",
  'a "quoted" word',
  "line\r\nbreak",
  "\ttab",
  "@x",
  "V-01",
  "null",
  "naïve 🦉",
];

const answers = {
  yesNo: null,
  alternatives: null,
  reverse: null,
  pairwise: null,
  freeText: (trial: Trial, voter: number) => (trial.number === 2 ? null : { text: texts[(trial.number + voter) % texts.length] }),
  confidenceRating: (trial: Trial) => ({ ratings: trial.options.map((_, index) => (index + trial.number) % 5) }),
};

function studyOfKind(kind: keyof typeof answers) {
  // Checks of these protocols need as many images as a screen shows.
  const checks = kind !== "reverse" && kind !== "pairwise";
  const design = {
    ...studyDesign(14, { phases: [{ protocol: resolveProtocol(kind, kind === "pairwise" ? { pairs: "otherLabel" } : {}), timing }] }),
    perVoter: { counted: 14, gold: checks ? 2 : 0, noise: checks ? 1 : 0, canaries: 0 },
  };
  const answer = answers[kind];
  return simulatedStudy(studyPlan(withImageHashes(design)), { voters: 4, ...(answer === null ? {} : { answer }) });
}

async function rowsOf(bytes: Uint8Array, piece = 7): Promise<(readonly string[])[]> {
  async function* pieces(): AsyncGenerator<Uint8Array> {
    for (let at = 0; at < bytes.length; at += piece) yield await Promise.resolve(bytes.subarray(at, at + piece));
  }
  const rows: (readonly string[])[] = [];
  for await (const row of readCsv(pieces(), "trials.csv")) rows.push(row);
  return rows;
}

describe("reading CSV", () => {
  it("gives back any cells, wherever the stream is split", async () => {
    const cell = fc.oneof(fc.string({ unit: "grapheme" }), fc.constantFrom(...texts), fc.stringMatching(/^[",'=\r\n ab]{0,6}$/));
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.array(cell, { minLength: 2, maxLength: 4 }), { maxLength: 6 }),
        fc.integer({ min: 1, max: 40 }),
        async (rows, piece) => {
          const written = new TextEncoder().encode(rows.map(csvLine).join(""));
          expect((await rowsOf(written, piece)).map((row) => row.map(textOfCell))).toEqual(
            rows.map((row) => row.map((one) => new TextDecoder().decode(new TextEncoder().encode(one)))),
          );
        },
      ),
    );
  });

  it.each([
    ["a row without an end", "a,b\r\n1,2", "has no end"],
    ["an open quotation mark", 'a,b\r\n"1,2\r\n', "has no end"],
    ["a quotation mark in a plain cell", 'a"b"c\r\n', "quotation mark"],
    ["text after a quoted cell", '"a"b\r\n', "quotation mark"],
  ])("refuses %s", async (_what, content, sentence) => {
    await expect(rowsOf(new TextEncoder().encode(content))).rejects.toMatchObject({
      code: "CORRUPT_DATA",
      message: expect.stringContaining(sentence),
    });
  });

  it("refuses bytes that are not UTF-8, and a row that does not end", async () => {
    await expect(rowsOf(Uint8Array.of(0x61, 0xff, 0x0d, 0x0a))).rejects.toMatchObject({ code: "CORRUPT_DATA" });
    await expect(rowsOf(new Uint8Array(5 << 20).fill(0x61), 1 << 16)).rejects.toMatchObject({
      message: expect.stringContaining("longer than"),
    });
  });
});

describe.each(Object.keys(answers) as (keyof typeof answers)[])("the trials of the protocol %s", (kind) => {
  const data = studyOfKind(kind);
  const study = exportedStudy(data);
  const voters = exportedVoters(data);
  const rows = voters.flatMap((voter) => [...voterRows(study, voter)]);
  const cells = rows.map((row) => Object.fromEntries(trialColumns.map(({ name, value }) => [name, value(row)])));

  it("are read back from CSV to the same votes", async () => {
    const [header, ...lines] = await rowsOf(await bytesOf(trialFormats.csv.write(study, voters)), 1000);
    const read = lines.map((line) => readTrial(line, header?.length ?? 0));
    const expected = rows.map(({ vote, answer }) => ({ ...vote, answer }));
    expect(read).toEqual(expected);
    // The same results follow.
    expect(collectStudy({ ...data, votes: read }).exclusions).toEqual(collectStudy(data).exclusions);
  });

  it("are the same in CSV, JSON lines and Parquet", async () => {
    const json = new TextDecoder().decode(await bytesOf(trialFormats.jsonl.write(study, voters)));
    expect(
      json
        .trimEnd()
        .split("\n")
        .map((line) => JSON.parse(line) as unknown),
    ).toEqual(cells);
    const file = await bytesOf(trialFormats.parquet.write(study, voters));
    const parquet = await parquetReadObjects({ file: file.slice().buffer });
    const lists = typedTrialColumns.filter(({ type }) => type === "list").map(({ name }) => name);
    const expected = cells.map((row) =>
      Object.fromEntries(
        Object.entries(row).map(([name, value]) => [name, lists.includes(name) && value !== null ? JSON.stringify(value) : value]),
      ),
    );
    expect(parquet.map((row) => Object.fromEntries(Object.entries(row).map(([name, value]) => [name, value ?? null])))).toEqual(expected);
  });
});

describe("writing Parquet", () => {
  it("writes long tables in groups of rows, and equal rows as equal bytes", async () => {
    const columns = [
      { name: "number", description: "", type: "integer", nullable: false },
      { name: "share", description: "", type: "number", nullable: true },
    ] as const;
    const rows = Array.from({ length: 45_000 }, (_, index) => [index, index % 3 === 0 ? null : index / 7] as const);
    const pieces: Uint8Array[] = [];
    for await (const piece of writeParquet(columns, rows)) pieces.push(piece);
    expect(pieces).toHaveLength(4);
    const file = new Uint8Array(Buffer.concat(pieces));
    expect(await bytesOf(writeParquet(columns, rows))).toEqual(file);
    const read = await parquetReadObjects({ file: file.buffer });
    expect(read).toHaveLength(rows.length);
    expect(read[44_997]).toEqual({ number: 44_997, share: null });
    expect(read[44_998]).toEqual({ number: 44_998, share: 44_998 / 7 });
  });

  it("ends a group of long texts early, so that it fits into memory", async () => {
    const columns = [{ name: "bytes", description: "", type: "text", nullable: false }] as const;
    // 20 texts of 2 MiB: a group ends at 16 MiB.
    const rows = Array.from({ length: 20 }, (_, index) => [String(index % 10).repeat(2 * 2 ** 20)] as const);
    const pieces: Uint8Array[] = [];
    for await (const piece of writeParquet(columns, rows)) pieces.push(piece);
    expect(pieces).toHaveLength(4);
    const read = await parquetReadObjects({ file: new Uint8Array(Buffer.concat(pieces)).buffer });
    expect(read.map(({ bytes }) => (bytes as string).slice(0, 2))).toEqual(rows.map(([text]) => text.slice(0, 2)));
  });

  it("writes a table without rows", async () => {
    const file = await bytesOf(trialFormats.parquet.write(exportedStudy(studyOfKind("alternatives")), []));
    expect(await parquetReadObjects({ file: file.slice().buffer })).toEqual([]);
  });
});

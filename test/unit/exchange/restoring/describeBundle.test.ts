/** Previews of exports, and exports that no product has written: each is refused with the row that is wrong. */

import type { RowOf } from "@pareidolia/exchange/bundleTables";
import { describeBundle } from "@pareidolia/exchange/restoring/describeBundle";
import { beforeAll, describe, expect, it } from "vitest";
import { type BundleChanges, changeBundle } from "../../../support/changeBundle.ts";
import { evolutionBundle, firstImage, secondImage } from "../../../support/evolutionBundle.ts";
import { bundleOfBytes } from "../../../support/sampleBundle.ts";

let archive: Uint8Array;
beforeAll(async () => {
  archive = await evolutionBundle();
});

const preview = async (bytes: Uint8Array) => describeBundle(await bundleOfBytes(bytes), "EXPORT-1.zip", 24);

describe("the preview of an export", () => {
  it("has its runs, their figures, the images of present elites, and where it was made", async () => {
    const described = await preview(archive);
    expect(described.preview).toMatchObject({
      format: "pareidolia",
      runCount: 1,
      imageCount: 2,
      origin: { subject: "run", workspace: "Lab", key: null, experiments: [], experimentCount: 0, networkBytes: 0 },
      runs: [
        {
          key: "RUN-12",
          name: "RUN-12 cppn",
          state: "PAUSED",
          parameters: { kind: "evolution", method: "cppn", network: "lenet", seed: 7 },
          metrics: { median: 0.5, foolingCount: 1, evaluations: 4 },
          tags: ["paper"],
          imageCount: 2,
          hasCurve: true,
        },
      ],
    });
    expect(described.preview.warnings.join()).toContain("RUN-12 was not finished");
    expect(described.images).toEqual([
      { sha256: secondImage, label: "zero" },
      { sha256: firstImage, label: "one" },
    ]);
  });

  it("counts the files of networks, whatever its rows state", async () => {
    const { manifest, ...bundle } = await bundleOfBytes(archive);
    const files = { ...manifest.folders.files, files: 1, bytes: 5_000_000 };
    const larger = { ...bundle, manifest: { ...manifest, folders: { ...manifest.folders, files } } };
    const { preview: described } = await describeBundle(larger, "EXPORT-1.zip", 24);
    expect(described.origin?.networkBytes).toBe(5_000_000);
  });

  it("is refused if a table has more rows than memory holds", async () => {
    const { manifest, ...bundle } = await bundleOfBytes(archive);
    const genomes = { rows: 10_000_001, sha256: "0".repeat(64), files: {} };
    const larger = { ...bundle, manifest: { ...manifest, tables: { ...manifest.tables, genomes } } };
    await expect(describeBundle(larger, "EXPORT-1.zip", 24)).rejects.toMatchObject({
      code: "CORRUPT_DATA",
      message: "This file cannot be imported: its table genomes has 10000001 rows; the limit is 10000000. Export experiments one by one.",
    });
  });

  it("is refused if a byte of the archive is another", async () => {
    const intact = await preview(archive);
    let refused = 0;
    const places = Array.from({ length: 40 }, (_, step) => 40 + Math.floor((step * (archive.length - 60)) / 40));
    for (const place of places) {
      const changed = Uint8Array.from(archive);
      changed[place] = (changed[place] as number) ^ 0xff;
      const outcome = await preview(changed).catch((error: unknown) => error);
      // Bits that no reader uses, such as the time of a file, may change: then the content is the same.
      if (!(outcome instanceof Error)) expect(outcome).toEqual(intact);
      else {
        expect(outcome).toMatchObject({ code: "CORRUPT_DATA" });
        refused++;
      }
    }
    expect(refused).toBeGreaterThan(20);
  });
});

const first =
  <Row extends object>(change: Partial<NoInfer<Row>>) =>
  (rows: Row[]): Row[] =>
    rows.map((row, at) => (at === 0 ? { ...row, ...change } : row));
const last =
  <Row extends object>(change: Partial<NoInfer<Row>>) =>
  (rows: Row[]): Row[] =>
    rows.map((row, at) => (at === rows.length - 1 ? { ...row, ...change } : row));

/** What differs between the row of an evolution and that of a run of another kind. */
const ofKind = (kind: string, plan: { readonly method: string } & RowOf<"runs">["plan"]) => ({
  kind,
  method: plan.method,
  plan,
  generation: -1,
});

describe("an export that no product has written", () => {
  it.each<[string, BundleChanges, RegExp]>([
    [
      "names an image that it lacks",
      { genomes: first({ image: "f".repeat(64) }) },
      /names the image ffffffffffff, which the bundle does not have/,
    ],
    ["has an image that no row names", { genomes: last({ image: firstImage }) }, /no row names the image/],
    ["has an elite without genome", { elites: first({ genome_index: 9 }) }, /niche 0 from generation 0 has no genome/],
    ["has an elite of a class that the network lacks", { elites: last({ niche: 2 }) }, /is of class 2, but lenet has 2 classes/],
    ["has an elite of a negative class", { elites: first({ niche: -1 }) }, /is of class -1/],
    ["has two present elites in a niche", { elites: first({ replaced_at: null }) }, /follows one that still holds the niche/],
    ["has an elite that ends before it starts", { elites: first({ replaced_at: 0 }) }, /end of .* is 0, which is out of range/],
    ["has a fitness above 1", { elites: first({ stored_fitness: 1.5 }) }, /stored fitness of .* is 1.5, which is out of range/],
    ["has the same elite twice", { elites: (rows) => rows.flatMap((row) => [row, row]) }, /Rows of elites are not in order/],
    ["has a child as old as its parent", { genomes: last({ parents: [1, 0] }) }, /a parent of .* is not of an earlier generation/],
    ["has a parent that is missing", { genomes: last({ parents: [0, 5] }) }, /the parent 0\.5 of .* is missing/],
    ["has half a parent", { genomes: last({ parents: [0] }) }, /has half a parent/],
    ["has a copy in a run that is not a fork", { genomes: last({ copied: true }) }, /is a copy, but the run is not a fork/],
    [
      "has a genome of a later generation than the run",
      { genomes: last({ generation: 2, parents: [] }) },
      /generation of .* is 2, which is out of range/,
    ],
    ["has a plan of other generations than it ran", { runs: first({ generation: 2 }) }, /generation of run 0 is 2/],
    [
      "has a plan that is too large to be computed",
      { runs: first({ plan: { encoding: "cppn", generations: 2_000_000_000, offspring: 2_000 } }) },
      /number of evaluations in the plan of run 0 is .* out of range/,
    ],
    [
      "has a plan of more generations than a run may have",
      { runs: first({ plan: { encoding: "cppn", generations: 100_001, offspring: 2 } }) },
      /number of generations in the plan of run 0 is 100001, which is out of range/,
    ],
    [
      "has a plan of more offspring than a run may have",
      { runs: first({ plan: { encoding: "cppn", generations: 1, offspring: 2_002 } }) },
      /number of offspring in the plan of run 0 is 2002, which is out of range/,
    ],
    [
      "has an ascent of more starts than a run may have",
      { runs: first(ofKind("ascent", { method: "plain", classes: [0], starts: 101, evaluationGoal: 1, crop: null })) },
      /number of starts in the plan of run 0 is 101, which is out of range/,
    ],
    [
      "has an ascent with configurations and no search",
      { runs: first(ofKind("ascent", { method: "plain", classes: [0], starts: 1, evaluationGoal: 1, crop: null, configurations: [] })) },
      /the plan of run 0 has "configurations", which no such plan has/,
    ],
    [
      "has attacks with more bounds than a run may have",
      {
        runs: first(ofKind("perturbation", { method: "fgsm", bounds: Array(65).fill(1), target: null, evaluationGoal: 1, crop: null })),
      },
      /number of bounds in the plan of run 0 is 65, which is out of range/,
    ],
    [
      "has a chain of more networks than a run may have",
      { runs: first(ofKind("retraining", { method: "paper", dataset: "mnist", iterations: 2 ** 40, evaluationGoal: 1 })) },
      /number of iterations in the plan of run 0 is 1099511627776, which is out of range/,
    ],
    [
      "has an imported run of more images than an import may have",
      {
        runs: first(
          ofKind("imported", {
            method: "numpy",
            source: { importId: "", fileName: "a.npz", sha256: "a", key: "a", state: "" },
            metrics: {},
            imageCount: 20_001,
          }),
        ),
      },
      /number of images in the plan of run 0 is 20001, which is out of range/,
    ],
    ["has a plan of another kind", { runs: first({ kind: "ascent", method: null }) }, /plan/],
    ["has an unknown kind", { runs: first({ kind: "magic" }) }, /is of a kind that this version does not know/],
    ["has an unknown state", { runs: first({ state: "GONE" }) }, /has no known state/],
    [
      "has a run that was forked from itself",
      { runs: first({ forked_from: 0, fork_generation: 1 }) },
      /comes from a run that is not before it/,
    ],
    ["has parameters that are documents", { runs: first({ parameters: { offspring: [1, 2] } }) }, /has parameters that no run has/],
    ["has an unknown framing", { runs: first({ framing: { kind: "crops", count: 3, imageSize: 2 } }) }, /has an unknown framing/],
    [
      "crops images smaller than the network's input",
      { runs: first({ framing: { kind: "crops", count: 1, imageSize: 1 } }) },
      /size of images of run 0 is 1, which is out of range/,
    ],
    [
      "crops images larger than a run's may be",
      { runs: first({ framing: { kind: "crops", count: 1, imageSize: 1_024 } }) },
      /size of images of run 0 is 1024, which is out of range/,
    ],
    ["has a seed out of range", { runs: first({ seed: -1 }) }, /seed of run 0 is -1/],
    ["ran longer than any run", { runs: first({ compute_seconds: 1e300 }) }, /seconds of run 0 is 1e\+300, which is out of range/],
    ["has a number that no column stores", { runs: first({ evaluations: 2 ** 40 }) }, /too large/],
    ["has a text with NUL", { runs: first({ notes: "a\0b" }) }, /contains a character that no text has/],
    ["has half a surrogate pair", { runs: first({ notes: "\ud800" }) }, /contains a character that no text has/],
    ["has a date that does not exist", { runs: first({ created_at: "2026-02-31T00:00:00.000Z" }) }, /is a time that does not exist/],
    ["refers to a network that it lacks", { runs: first({ model: 7 }) }, /refers to row 7 of models/],
    ["calls an unknown network that of an evolution", { models: first({ origin: "import" }) }, /has an unknown network/],
    ["has a network without classes", { models: first({ labels: [] }) }, /an input, classes or an origin that no network has/],
    ["has a score of an image that it lacks", { scores: first({ image: "0".repeat(64) }) }, /is of an image that the bundle does not have/],
    ["has a score of fewer classes", { scores: first({ probabilities: "AAAAAA==" }) }, /does not have a probability for each class/],
    ["has another top class", { scores: first({ top_class: 1 }) }, /has another top class/],
    [
      "has a score above 1",
      { scores: first({ probabilities: Buffer.from(Float32Array.of(7, 0).buffer).toString("base64") }) },
      /is 7, which is out of range/,
    ],
    ["has statistics of a generation that did not happen", { generations: first({ generation: 2 }) }, /out of range/],
    [
      "has hashes of steps of an evolution",
      { step_hashes: () => [{ run: 0, step: 0, hash: "a".repeat(64) }] },
      /but steps are generations/,
    ],
    [
      "has an experiment in the export of a run",
      {
        experiments: () => [
          { experiment: 0, name: "x", description: "", notes: "", tags: [], archived_at: null, created_at: "2026-11-27T20:00:00.000Z" },
        ],
      },
      /an export of a run has 1 experiments/,
    ],
    ["was stopped by an unknown rule", { runs: first({ stopped_by: "MAGIC" }) }, /was stopped by an unknown rule/],
    ["has a network with a long name", { models: first({ name: "x".repeat(301) }) }, /has 301 characters; the limit is 300/],
    [
      "has a comment on nothing",
      { comments: () => [{ comment: 0, experiment: null, run: null, body: "", created_at: "2026-11-27T20:00:00.000Z", edited_at: null }] },
      /comment 0 is not on one run or experiment/,
    ],
    [
      "has imported images of an evolution",
      {
        imported_images: () => [
          {
            run: 0,
            index: 0,
            image: firstImage,
            niche: null,
            label: null,
            claimed: null,
            generation: null,
            source_id: null,
            source_parent_id: null,
          },
        ],
      },
      /imported_images has rows of run 0, whose kind is evolution/,
    ],
    [
      "has a checkpoint of an evolution",
      { checkpoints: () => [{ run: 0, part: 0, bytes: "AA==" }] },
      /checkpoints has rows of run 0, whose kind is evolution/,
    ],
    [
      "has results at a rung that are no confidence",
      { rung_results: () => [{ run: 0, rung: 0, median: 2, reached_at: "2026-11-27T20:00:00.000Z" }] },
      /the result of run 0 at a rung is 2, which is out of range/,
    ],
    [
      "has decisions of no sweep",
      {
        rung_decisions: () => [
          { sweep: 0, rung: 0, point: 0, nines: 1, runs: 1, rank: 1, kept: true, decided_at: "2026-11-27T20:00:00.000Z" },
        ],
      },
      /refers to row 0 of sweeps, which the bundle does not have/,
    ],
  ])("is refused if it %s", async (_, changes, message) => {
    const refusal = await preview(await changeBundle(archive, changes)).then(
      () => "accepted",
      (error: unknown) => error,
    );
    expect(refusal).toMatchObject({ code: "CORRUPT_DATA", message: expect.stringMatching(message) });
  });

  it("is refused if it lacks files that its rows name", async () => {
    await expect(changeBundle(archive, {}, ["images"]).then(preview)).rejects.toThrow(/lacks the file of the image/);
    const withoutBytes: BundleChanges = { genomes: first({ bytes: null }) };
    await expect(changeBundle(archive, withoutBytes).then(preview)).rejects.toThrow(/lacks the bytes of the genome/);
  });
});

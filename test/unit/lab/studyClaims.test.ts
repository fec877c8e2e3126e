/** The claims on people, from a release of a study to the verdict. */
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openArchive } from "@pareidolia/archive/openArchive";
import { writeZip } from "@pareidolia/archive/zip/writeZip";
import type { Claim } from "@pareidolia/lab/claims/claim";
import { judgeClaim } from "@pareidolia/lab/claims/judgeClaim";
import { claims } from "@pareidolia/lab/claims/registry";
import { studies } from "@pareidolia/lab/experiments/studies";
import { readRelease } from "@pareidolia/release/readRelease";
import { writeRelease } from "@pareidolia/release/writeRelease";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createLinearClassifier } from "../../support/linearClassifier.ts";
import { unzipped, withFile } from "../../support/releaseBytes.ts";
import { bytesOf, sampleRelease } from "../../support/sampleRelease.ts";
import { createSmallShelf } from "../../support/smallShelf.ts";

const models = createSmallShelf(createLinearClassifier({ input: { width: 4, height: 4, channels: 3 }, classes: 5 }));
const recognition = claims.find(({ id }) => id === "R0") as Claim;

let folder: string;
let [seen, guessed, forged] = ["", "", ""];
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "pareidolia-studies-"));
  const write = async (name: string, bytes: Uint8Array): Promise<string> => {
    const file = join(folder, `${name}.zip`);
    await writeFile(file, bytes);
    return file;
  };
  const size = { images: 60, voters: 16 };
  const release = (answer: Parameters<typeof sampleRelease>[0]) => bytesOf(writeRelease(sampleRelease({ ...size, ...answer })));
  seen = await write(
    "STU-1",
    await release({ answer: ({ target, options }, _voter, random) => ({ choice: target ?? random.below(options.length) }) }),
  );
  guessed = await write("STU-2", await release({ answer: ({ options }, _voter, random) => ({ choice: random.below(options.length) }) }));
  const changed = withFile(await unzipped(await release({})), "trials.csv", (csv) => csv.replace(",gold,", ",noise,"));
  forged = await write("STU-3", await bytesOf(writeZip([...changed].map(([name, content]) => ({ name, content, deflate: true })))));
});
afterAll(() => rm(folder, { recursive: true }));

const measure = async (...releases: readonly string[]) => {
  const result = await studies.run({ models, cacheFolder: "", budget: "quick", releases, onProgress: () => undefined });
  return { result, judged: judgeClaim(recognition, new Map([["studies", result]])) };
};

describe("the claim that images are unrecognisable to people", () => {
  it("needs people without a release", async () => {
    const { result, judged } = await measure();
    expect(result.rows).toEqual([]);
    expect(judged.verdict).toBe("needs people");
  });

  it("disagrees if people name the network's label, over other people and other images", async () => {
    const { judged } = await measure(seen);
    expect(judged.verdict).toBe("disagree");
    const [row] = judged.ours;
    expect(row?.id).toBe("studies.STU-1.recognised.1");
    expect(row?.interval?.unit).toMatch(/^images and \d+ voters$/);
    // Only images at .99 or more that a search made.
    const archive = await openArchive(seen);
    const { evidence } = await readRelease(archive);
    await archive.close();
    const meant = evidence.images.filter(({ source, confidence }) => source !== "photograph" && (confidence ?? 0) >= 0.99);
    expect(meant.length).toBeGreaterThan(5);
    expect(meant.length).toBeLessThan(evidence.images.length);
    expect(row?.interval?.units).toBe(meant.length);
  });

  it("does not disagree if people guess", async () => {
    const { judged } = await measure(guessed);
    expect(["agree", "undecided"]).toContain(judged.verdict);
    expect(judged.ours[0]?.figure as number).toBeLessThan(0.2);
    // A share, also where agreement is below chance.
    expect(judged.ours[0]?.interval?.low).toBe(0);
    expect(judged.ours[0]?.figure as number).toBeGreaterThanOrEqual(0);
  });

  it("takes nothing from a release that does not verify, which fails the command", async () => {
    const { result, judged } = await measure(forged, join(folder, "missing.zip"));
    expect(result.rows.map(({ id, holds }) => [id, holds])).toEqual([
      ["studies.STU-3", false],
      ["studies.missing", false],
    ]);
    expect(judged.verdict).toBe("needs people");
  });
});

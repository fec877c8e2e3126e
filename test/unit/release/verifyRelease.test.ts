import { resolveParameters } from "@pareidolia/core/parameterSpec";
import { decodePng } from "@pareidolia/images/png";
import { resolveProtocol } from "@pareidolia/perception/protocols/registry";
import { parseStudyPlan } from "@pareidolia/perception/study/studyPlan";
import { resultKindIds } from "@pareidolia/perception/study/studyResults";
import { timingSpecs } from "@pareidolia/perception/trials/timing";
import { fileNames } from "@pareidolia/release/layout";
import { plannedImages, type ReleasedImage } from "@pareidolia/release/tables/imageTable";
import { compareDocuments } from "@pareidolia/release/verify/compareDocuments";
import type { FindNetwork } from "@pareidolia/release/verify/verifyConfidences";
import { verifyRelease } from "@pareidolia/release/verify/verifyRelease";
import { type ReleaseInput, writeRelease } from "@pareidolia/release/writeRelease";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { inMemory, unzipped, withFile, withManifest } from "../../support/releaseBytes.ts";
import { bytesOf, sampleRelease } from "../../support/sampleRelease.ts";
import { studyDesign } from "../../support/studyDesigns.ts";

type Files = ReadonlyMap<string, Uint8Array>;

const filesOf = async (input: ReleaseInput): Promise<Map<string, Uint8Array>> => unzipped(await bytesOf(writeRelease(input)));
const verify = (files: Files) => verifyRelease(inMemory(files), { decodeImage: decodePng });

/** The checks that do not hold, by ID. */
async function problemsOf(files: Files): Promise<Record<string, string>> {
  const { checks } = await verify(files);
  return Object.fromEntries(checks.filter(({ holds }) => !holds).map(({ id, problem }) => [id, problem]));
}

const input = sampleRelease({ images: 6, voters: 5 });
const files = await filesOf(input);
/** Without results, whose computation takes most of the time. */
const small = await filesOf({ ...sampleRelease({ images: 4, voters: 3 }), results: {} });
const phase = (kind: "alternatives" | "yesNo" | "freeText", more = {}) => ({
  protocol: resolveProtocol(kind, more),
  timing: resolveParameters(timingSpecs, { imageMs: 100 }),
});

/** Networks that give each image what the release says of it. */
async function networksOf({ planText, images: released, readImage }: ReleaseInput): Promise<FindNetwork> {
  const planned = plannedImages(parseStudyPlan(JSON.parse(planText)));
  const stated = new Map<string, ReleasedImage>();
  for (const [at, image] of released.entries()) stated.set(String(await readImage(planned[at]?.sha256 ?? "")), image);
  return async (name) => async (pngs) =>
    pngs.map((png) => {
      const image = stated.get(String(png));
      const label = planned[released.indexOf(image as ReleasedImage)]?.label ?? 0;
      const own = image?.model === name ? (image.confidence ?? 1) : image?.agreeingNetworks.includes(name) === true ? 0.9 : 0.1;
      const score = new Float32Array(20).fill((1 - own) / 19);
      score[label] = own;
      if (image?.otherNetworks.includes(name) === true) score[(label + 1) % 20] = 0.9;
      return [score];
    });
}

describe("verifying a release", () => {
  it("computes the confidences of networks at hand again, and says what it could not check", async () => {
    const findNetwork = await networksOf(input);
    const good = await verifyRelease(inMemory(files), { decodeImage: decodePng, findNetwork });
    expect(good.checks.filter(({ holds }) => !holds)).toEqual([]);
    expect(good.checks.find(({ id }) => id === "confidences")?.cases).toBeGreaterThan(0);
    expect(good.notChecked.join(" ")).toContain("Whether the votes are those that people cast");
    const without = await verify(files);
    expect(without.checks.some(({ id }) => id === "confidences")).toBe(false);
    expect(without.notChecked.join(" ")).toMatch(/The scores of \d+ images? by .*: networks are not at hand\./);
  });

  it("names a confidence that was changed before the release was built again", async () => {
    const findNetwork = await networksOf(input);
    const at = input.images.findIndex(({ confidence }) => confidence !== null);
    const changed = input.images.map((image, index) =>
      index === at ? { ...image, confidence: (image.confidence ?? 0) / 2 + 0.001 } : image,
    );
    const rebuilt = await filesOf({ ...input, images: changed });
    const { holds, checks } = await verifyRelease(inMemory(rebuilt), { decodeImage: decodePng, findNetwork });
    expect(holds).toBe(false);
    expect(checks.find(({ id }) => id === "confidences")?.problem).toMatch(
      /^The confidence of .* in class \d+ for image [0-9a-f]{12} is 0\.\d+; computed again/,
    );
  });

  it.each([
    ["does not give", { agreeingNetworks: ["Other"], otherNetworks: [] }, { agreeingNetworks: [], otherNetworks: ["Other"] }],
    ["says that it gives another", { agreeingNetworks: [], otherNetworks: ["Other"] }, { agreeingNetworks: ["Other"], otherNetworks: [] }],
  ])("names another network's label that was changed (%s)", async (sentence, said, true_) => {
    const withOther = (other: object): ReleaseInput => ({
      ...input,
      images: input.images.map((image, index) => (index === 0 ? { ...image, ...other } : image)),
    });
    const findNetwork = await networksOf(withOther(true_));
    const { checks } = await verifyRelease(inMemory(await filesOf({ ...withOther(said), results: {} })), {
      decodeImage: decodePng,
      findNetwork,
    });
    expect(checks.find(({ id }) => id === "confidences")?.problem).toContain(sentence);
  });

  it("holds for a release as it was written, and counts what it compared", async () => {
    const { holds, planHash, checks } = await verify(files);
    expect(checks.filter((check) => !check.holds)).toEqual([]);
    expect(holds).toBe(true);
    expect(planHash).toMatch(/^[0-9a-f]{64}$/);
    expect(checks.every(({ cases }) => cases > 0)).toBe(true);
    expect(checks.filter(({ id }) => id.startsWith("result "))).toHaveLength(resultKindIds.length);
  });

  it("counts the same votes in its results, its trials and its read-me, without can't tell and repeats", async () => {
    const asked = studyDesign(6, { phases: [phase("alternatives", { cantTell: "missing" })] });
    const release = await filesOf(
      sampleRelease({
        design: { ...asked, perVoter: { counted: 6, gold: 1, noise: 1, canaries: 0 }, repeats: 2 },
        voters: 5,
        answer: ({ item }) => (item % 3 === 0 ? { cantTell: true } : { choice: 0 }),
      }),
    );
    expect(await problemsOf(release)).toEqual({});
    const textOf = (name: string): string => new TextDecoder().decode(release.get(name));
    const { planned, everyone } = JSON.parse(textOf("results/summary.json")).counts;
    const rows = textOf(fileNames.trialsJsonLines)
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line) as Record<string, unknown>);
    const counted = rows.filter(({ counts }) => counts === true);
    expect(everyone.votes).toBe(counted.length);
    expect(planned.votes).toBe(counted.filter(({ excluded }) => excluded === false).length);
    expect(everyone.missing).toBe(rows.filter(({ role, cant_tell: says }) => role === "counted" && says === true).length);
    expect(everyone.missing).toBeGreaterThan(0);
    expect(rows.filter(({ role }) => role === "repeat").length).toBeGreaterThan(5);
    expect(textOf(fileNames.readMe)).toContain(`${everyone.votes} of the answers count as votes, ${planned.votes} of them as planned`);
  });

  it.each([
    ["two phases", studyDesign(6, { phases: [phase("freeText"), phase("alternatives", { alternatives: 3 })] }), undefined],
    ["texts", studyDesign(6, { phases: [phase("freeText")] }), () => ({ text: '\'=HYPERLINK("a")' })],
    ["yes and no", studyDesign(6, { phases: [phase("yesNo")] }), undefined],
  ])("holds for a study with %s", async (_what, design, answer) => {
    const text = { text: "a dog" };
    const choose = answer ?? ((trial: { readonly options: readonly number[] }) => (trial.options.length === 0 ? text : { choice: 0 }));
    const release = sampleRelease({
      design: { ...design, perVoter: { counted: 6, gold: 1, noise: 1, canaries: 0 } },
      voters: 3,
      answer: choose,
    });
    expect(await problemsOf(await filesOf(release))).toEqual({});
  });

  it("holds without votes, and with voters who withdrew missing", async () => {
    expect(await problemsOf(await filesOf(sampleRelease({ images: 4, voters: 0 })))).toEqual({});
    const voters = small.get(fileNames.voters);
    expect(voters).toBeDefined();
    const without = { ...input, results: {}, voters: input.voters.filter(({ number }) => number !== 1) };
    expect(await problemsOf(await filesOf(without))).toEqual({});
  });

  it("finds a changed byte in any file", async () => {
    for (const [name, bytes] of small)
      await fc.assert(
        fc.asyncProperty(fc.nat(bytes.length - 1), fc.integer({ min: 1, max: 255 }), async (at, flip) => {
          const changed = bytes.slice();
          changed[at] = (changed[at] as number) ^ flip;
          expect((await verify(new Map(small).set(name, changed))).holds, `${name}, byte ${at}`).toBe(false);
        }),
        { numRuns: 3 },
      );
  });

  it("finds a missing file and an extra file", async () => {
    for (const name of small.keys()) {
      const rest = new Map(small);
      rest.delete(name);
      expect((await verify(rest)).holds, name).toBe(false);
      if (name !== fileNames.manifest)
        expect((await verify(withManifest(rest))).holds, `${name}, also missing in the manifest`).toBe(false);
    }
    const extra = new Map(small).set("notes.txt", new Uint8Array(1));
    expect(await problemsOf(extra)).toMatchObject({ files: expect.stringContaining('"notes.txt" is not in the manifest') });
    expect(await problemsOf(withManifest(extra))).toMatchObject({ files: expect.stringContaining("does not belong to a release") });
  });

  const tampered: [string, string, (text: string) => string, Record<string, string>][] = [
    [
      "an answer",
      fileNames.trialsCsv,
      (csv) => csv.replace(/,(\d),(\d+),(label \d+),,,false,false,true,/, ",$1,$2,$3,,,false,false,false,"),
      { trials: "in the column agrees; from the plan follows true" },
    ],
    [
      "the order of options",
      fileNames.trialsCsv,
      (csv) => csv.replace(/"\[""(label \d+)"",""(label \d+)""\]"/, '"[""$2"",""$1""]"'),
      { trials: "in the column options" },
    ],
    ["a role", fileNames.trialsCsv, (csv) => csv.replace(",gold,", ",counted,"), { trials: "in the column role" }],
    [
      "an image",
      fileNames.trialsCsv,
      (csv) => csv.replace(/,counted,(\d),([0-9a-f]{64})/, `,counted,$1,${"0".repeat(64)}`),
      { trials: "in the column image" },
    ],
    [
      "an exclusion",
      fileNames.trialsCsv,
      (csv) => csv.replace(/,true,"\[""[a-zA-Z]+""\]",(false,\d*,false,(?:true|false),false)\r\n/, ",false,[],$1\r\n"),
      { trials: "in the column excluded; from the plan follows true" },
    ],
    ["a confidence", fileNames.images, (csv) => csv.replace(/,0\.\d+,LeNet/, ",0.5,LeNet"), { trials: "in the column machine_confidence" }],
    ["a label of an image", fileNames.images, (csv) => csv.replace(/,0,label 0,/, ",1,label 1,"), { images: "is not that of the plan" }],
    ["a voter's images", fileNames.voters, (csv) => csv.replace("V-01,0,,", 'V-01,0,"[0,1]",'), { trials: "Voter 0" }],
    [
      "a voter's consent",
      fileNames.voters,
      (csv) => csv.replace(/,en,1,false\r\n/, ",en,2,false\r\n"),
      { voters: "V-01 has not accepted version 1" },
    ],
    ["a line of JSON", fileNames.trialsJsonLines, (lines) => lines.replace('"trial":2,', '"trial":3,'), { trialsJsonLines: "at line 2" }],
    ["a row too few of JSON", fileNames.trialsJsonLines, (lines) => lines.slice(0, lines.lastIndexOf("{")), { trialsJsonLines: "differs" }],
    [
      "the plan",
      fileNames.plan,
      (json) => json.replace('"seed":7', '"seed":8'),
      { trials: "in the column", metadata: "names another plan" },
    ],
    ["the spaces of the plan", fileNames.plan, (json) => json.replace("{", "{ "), { plan: "not canonical" }],
    [
      "the hash of a file in the metadata",
      fileNames.croissant,
      (json) => json.replace(/"sha256": "[0-9a-f]{8}/, '"sha256": "00000000'),
      { metadata: "another hash" },
    ],
    ["JSON that is cut off", fileNames.roCrate, (json) => json.slice(0, -10), { metadata: "is not JSON" }],
  ];

  it.each(tampered)("finds changes of %s, although the manifest fits", async (_what, name, change, problems) => {
    const before = new TextDecoder().decode(files.get(name));
    expect(change(before)).not.toBe(before);
    const found = await problemsOf(withFile(files, name, change));
    for (const [id, sentence] of Object.entries(problems)) expect(found[id], JSON.stringify(found)).toContain(sentence);
    expect(found).not.toHaveProperty("hashes");
  });

  it("recomputes every published number to 1e-9", async () => {
    const published = JSON.parse(new TextDecoder().decode(files.get("results/summary.json")));
    const places = numbersIn(published);
    expect(places.length).toBeGreaterThan(50);
    // Each is checked with the comparison; three of them with the whole verification.
    for (const [index, [path, value]] of places.entries()) {
      const other = withNumber(published, path, value + 1e-6 * Math.max(1, Math.abs(value)));
      expect(compareDocuments(other, published).difference).toContain("published");
      expect(compareDocuments(withNumber(published, path, value + 1e-11 * Math.max(1, Math.abs(value))), published).difference).toBeNull();
      if (index % Math.ceil(places.length / 3) !== 0 || Number.isInteger(value)) continue;
      const found = await problemsOf(withFile(files, "results/summary.json", () => JSON.stringify(other)));
      expect(found["result summary"]).toMatch(/^[\w.[\]]+: published [-\d.e]+, recomputed [-\d.e]+$/);
    }
  });

  it("recomputes the counts of results of earlier versions, and says that it does not recompute their statistics", async () => {
    const own = await filesOf(sampleRelease({ images: 4, voters: 3 }));
    // Versions up to 5 counted no single questions, and no pairs of a mean.
    const later = new Set(["pairsUsed", "pairsAtZero"]);
    const asVersion3 = (json: string): string => {
      const { counts, ...document } = JSON.parse(json, (name, value: unknown) => (later.has(name) ? undefined : value));
      for (const side of ["planned", "everyone"]) delete counts[side].phases;
      return JSON.stringify({ ...document, counts, version: 3 });
    };
    let earlier: Files = own;
    for (const name of own.keys()) if (name.startsWith("results/")) earlier = withFile(earlier, name, asVersion3);
    const resultProblems = async (of: Files) => Object.keys(await problemsOf(of)).filter((id) => id.startsWith("result "));
    expect(await resultProblems(earlier)).toEqual([]);
    const { checks } = await verify(earlier);
    for (const { id, what, cases } of checks)
      if (id.startsWith("result ")) expect([cases > 0, what]).toEqual([true, expect.stringContaining("those of version 3")]);
    const other = (json: string, change: (document: ReturnType<typeof JSON.parse>) => void): string => {
      const document = JSON.parse(json);
      change(document);
      return JSON.stringify(document);
    };
    const statistic = withFile(earlier, "results/summary.json", (json) =>
      other(json, ({ planned }) => {
        planned.phases[0].chance = 0.123;
      }),
    );
    expect(await resultProblems(statistic)).toEqual([]);
    const count = withFile(earlier, "results/summary.json", (json) =>
      other(json, ({ planned }) => {
        planned.phases[0].votes++;
      }),
    );
    expect(await resultProblems(count)).toEqual(["result summary"]);
  });

  it("finds results of an unknown kind, and fields too many or too few", async () => {
    const unknown = withManifest(new Map(small).set("results/luck.json", new TextEncoder().encode("{}")));
    expect(await problemsOf(unknown)).toMatchObject({ "result luck": expect.stringContaining("not a kind of result") });
    expect(compareDocuments({ a: 1, b: 2 }, { a: 1 }).difference).toBe("b: published 2, recomputed nothing");
    expect(compareDocuments({ a: [1] }, { a: [1, 2] }).difference).toBe("a[1]: published nothing, recomputed 2");
    expect(compareDocuments({ a: null }, { a: 0 }).difference).toBe("a: published null, recomputed 0");
    expect(compareDocuments({ a: [] }, { a: {} }).difference).toBe("a: published [], recomputed {}");
    expect(compareDocuments(JSON.parse('{"__proto__": 1}'), {}).difference).toBe("__proto__: published 1, recomputed nothing");
  });

  it("reports a document that is nested deeply, and a file that is no image", async () => {
    const deep = `${"[".repeat(200_000)}${"]".repeat(200_000)}`;
    expect(await problemsOf(withFile(files, "results/summary.json", () => deep))).toHaveProperty("result summary");
    const [image] = [...files.keys()].filter((name) => name.startsWith("images/"));
    expect(await problemsOf(withFile(files, image ?? "", () => "no image"))).toMatchObject({
      imageFiles: expect.stringContaining("is not an image"),
    });
  });

  it("reports what it could not check if the manifest or the plan is unreadable", async () => {
    const noPlan = await problemsOf(withFile(files, fileNames.plan, () => "[]"));
    expect(Object.keys(noPlan)).toEqual(expect.arrayContaining(["plan", "images", "trials", "metadata", "result summary"]));
    expect(noPlan["trials"]).toBe("Not checked: it needs plan, images and voters.");
    expect(Object.keys(await problemsOf(new Map()))).toEqual(expect.arrayContaining(["files", "hashes", "plan", "voters", "trials"]));
  });
});

/** Paths and values of all numbers of a document. */
function numbersIn(document: unknown, path: readonly string[] = []): (readonly [path: readonly string[], value: number])[] {
  if (typeof document === "number") return [[path, document]];
  if (typeof document !== "object" || document === null) return [];
  return Object.entries(document).flatMap(([name, value]) => numbersIn(value, [...path, name]));
}

function withNumber(document: unknown, [name, ...rest]: readonly string[], value: number): unknown {
  if (name === undefined) return value;
  const copy = (Array.isArray(document) ? [...document] : { ...(document as object) }) as Record<string, unknown>;
  copy[name] = withNumber(copy[name], rest, value);
  return copy;
}

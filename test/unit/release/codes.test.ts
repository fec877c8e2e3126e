/** Codes of texts in a release: the results that need them verify from the release alone. */
import { resolveParameters } from "@pareidolia/core/parameterSpec";
import type { TextCode } from "@pareidolia/core/textCode";
import { decodePng } from "@pareidolia/images/png";
import { resolveProtocol } from "@pareidolia/perception/protocols/registry";
import { collectStudy } from "@pareidolia/perception/study/results/evidence";
import { parseStudyPlan } from "@pareidolia/perception/study/studyPlan";
import { computeResult, resultKindIds } from "@pareidolia/perception/study/studyResults";
import { timingSpecs } from "@pareidolia/perception/trials/timing";
import { readRelease } from "@pareidolia/release/readRelease";
import type { ReleasedText } from "@pareidolia/release/tables/codeTable";
import { verifyRelease } from "@pareidolia/release/verify/verifyRelease";
import { type ReleaseInput, writeRelease } from "@pareidolia/release/writeRelease";
import { describe, expect, it } from "vitest";
import { readCsv } from "../../support/readCsv.ts";
import { inMemory, unzipped, withFile } from "../../support/releaseBytes.ts";
import { bytesOf, sampleRelease } from "../../support/sampleRelease.ts";
import { studyDesign } from "../../support/studyDesigns.ts";

type Files = ReadonlyMap<string, Uint8Array>;

const filesOf = async (input: ReleaseInput): Promise<Map<string, Uint8Array>> => unzipped(await bytesOf(writeRelease(input)));
const textOf = (files: Files, name: string): string => new TextDecoder().decode(files.get(name));

async function problemsOf(files: Files): Promise<Record<string, string>> {
  const { checks } = await verifyRelease(inMemory(files), { decodeImage: decodePng });
  return Object.fromEntries(checks.filter(({ holds }) => !holds).map(({ id, problem }) => [id, problem]));
}

const phases = [
  { protocol: resolveProtocol("freeText", { cantTell: "missing" }), timing: resolveParameters(timingSpecs, { imageMs: 100 }) },
];
const base = sampleRelease({
  images: 6,
  voters: 6,
  design: { ...studyDesign(6, { phases }), perVoter: { counted: 6, gold: 0, noise: 0, canaries: 0 } },
  answer: ({ item }, voter) => ({ text: voter === 0 ? '=thing, "x"' : `Class ${item}` }),
  sessionShare: () => 1,
});
const plan = parseStudyPlan(JSON.parse(base.planText));
const none: TextCode = { kind: "NONE", label: null };
const both = (text: string, code: TextCode): ReleasedText => ({
  text,
  codes: [
    { coder: 0, ...code },
    { coder: 1, ...code },
  ],
  decision: null,
});
const coded: readonly ReleasedText[] = [
  ...plan.rules.design.stimuli.map(({ label }, item) => both(`class ${item}`, { kind: "LABEL", label })),
  {
    text: "=thing x",
    codes: [
      { coder: 0, ...none },
      { coder: 1, kind: "UNCODABLE", label: null },
    ],
    decision: { ...none, reason: "It names a thing,\nbut no label." },
  },
];

async function withCodes(texts: readonly ReleasedText[]): Promise<ReleaseInput> {
  const votes = (await Promise.all(base.voters.map(({ number }) => base.readVotes(number)))).flat();
  const images = base.images.flatMap(({ role, source, confidence, model, generation }) =>
    role === "counted" ? [{ source, confidence, model, generation }] : [],
  );
  const evidence = collectStudy({ plan, images, voters: base.voters, votes, coded: texts });
  const withoutNetworks = base.images.map((image) => ({ ...image, agreeingNetworks: [], otherNetworks: [] }));
  return {
    ...base,
    images: withoutNetworks,
    coded: texts,
    results: Object.fromEntries(resultKindIds.map((kind) => [kind, computeResult(kind, evidence)])),
  };
}

const files = await filesOf(await withCodes(coded));

describe("a release with codes of texts", () => {
  it("verifies, with the share that the codes give", async () => {
    expect(await problemsOf(files)).toEqual({});
    const result = JSON.parse(textOf(files, "results/coding.json"));
    expect(result.everyone.phases[0].answers).toMatchObject({ sameLabel: 30, noLabel: 6, share: { estimate: 30 / 36 } });
    const { evidence } = await readRelease(inMemory(files));
    expect(evidence.coding?.codes.size).toBe(7);
  });

  it("has the codes and decisions as rows, and in the trials whether each text agrees", () => {
    const rows = readCsv(textOf(files, "codes.csv"));
    expect(rows).toHaveLength(2 * 6 + 3);
    expect(rows.at(-1)).toMatchObject({ coder: "", code: "NONE", final: "NONE", reason: "It names a thing,\nbut no label." });
    const agrees = readCsv(textOf(files, "trials.csv")).map(({ agrees: one }) => one);
    expect(agrees.filter((one) => one === "true")).toHaveLength(30);
    expect(agrees.filter((one) => one === "false")).toHaveLength(6);
  });

  it("is described in its read-me and its metadata", () => {
    expect(textOf(files, "README.md")).toContain("### codes.csv");
    expect(textOf(files, "croissant.json")).toContain('"codes.csv"');
  });

  it("does not verify with another code, since trials and results then differ", async () => {
    const changed = withFile(files, "codes.csv", (text) => text.replaceAll(/^class 0,(C-0\d),LABEL.*$/gm, "class 0,$1,NONE,,,,NONE,"));
    const problems = await problemsOf(changed);
    expect(problems["trials"]).toContain("agrees");
  });

  it("does not verify with a malformed row", async () => {
    const problems = await problemsOf(withFile(files, "codes.csv", (text) => text.replace("C-01", "C-1")));
    expect(problems["codes"]).toContain("C-1");
  });

  it("has no codes and says that coding is missing where no text is coded", async () => {
    const without = await filesOf(await withCodes([]));
    expect(without.has("codes.csv")).toBe(false);
    expect(await problemsOf(without)).toEqual({});
    expect(textOf(without, "results/coding.json")).toContain("Coding is missing");
  });
});

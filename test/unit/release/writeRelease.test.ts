import { resultKindIds } from "@pareidolia/perception/study/studyResults";
import { fileNames } from "@pareidolia/release/layout";
import { manifestOf, parseManifest } from "@pareidolia/release/manifest";
import { checkDescription, citationOf, type ReleaseDescription } from "@pareidolia/release/metadata/releaseDescription";
import { releaseFiles, writeRelease } from "@pareidolia/release/writeRelease";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { unzipped } from "../../support/releaseBytes.ts";
import { bytesOf, releaseDescription, sampleRelease, sha256Of } from "../../support/sampleRelease.ts";

const input = sampleRelease({ images: 6, voters: 4 });
const text = (files: ReadonlyMap<string, Uint8Array>, name: string): string => new TextDecoder().decode(files.get(name));

describe("writing a release", () => {
  it("gives the same bytes for the same study, in whatever order its parts come", async () => {
    const archive = await bytesOf(writeRelease(input));
    const shuffled = {
      ...input,
      images: [...input.images].reverse(),
      voters: [...input.voters].reverse(),
      readVotes: async (voter: number) => [...(await input.readVotes(voter))].reverse(),
      results: Object.fromEntries(Object.entries(input.results).reverse()),
    };
    expect(sha256Of(await bytesOf(writeRelease(shuffled)))).toBe(sha256Of(archive));
  });

  it("holds the plan byte by byte, all images and genomes under their hashes, and a manifest of everything", async () => {
    const files = await unzipped(await bytesOf(writeRelease(input)));
    expect(text(files, fileNames.plan)).toBe(input.planText);
    for (const [name, bytes] of files)
      if (/^(images|genomes)\//.test(name)) expect(name.slice(name.indexOf("/") + 1).split(".")[0]).toBe(sha256Of(bytes));
    const others = [...files].filter(([name]) => name !== fileNames.manifest);
    expect(text(files, fileNames.manifest)).toBe(manifestOf(new Map(others.map(([name, bytes]) => [name, sha256Of(bytes)]))));
    expect([...files.keys()].filter((name) => name.startsWith("results/"))).toEqual(
      [...resultKindIds].sort().map((kind) => `results/${kind}.json`),
    );
  });

  it("reads one image at a time, when the archive needs it", async () => {
    let read = 0;
    const counting = {
      ...input,
      readImage: (hash: string) => {
        read++;
        return input.readImage(hash);
      },
    };
    let images = 0;
    for await (const { name, content } of releaseFiles(counting)) {
      if (!(content instanceof Uint8Array)) await bytesOf(content);
      if (!name.startsWith("images/")) continue;
      images++;
      expect(read).toBe(images);
    }
    expect(images).toBeGreaterThan(6);
  });

  it("contains only the voters that it was given, and nothing else about them", async () => {
    const without = { ...input, voters: input.voters.filter(({ number }) => number !== 1) };
    const files = await unzipped(await bytesOf(writeRelease(without)));
    for (const name of [fileNames.trialsCsv, fileNames.trialsJsonLines, fileNames.voters]) expect(text(files, name)).not.toContain("V-02");
    expect(text(files, fileNames.voters).split("\r\n")[0]).toBe("voter,number,items,finished,insider,language,consent_version,still");
  });

  it("counts the voters who answered, and names those who only joined", async () => {
    const silent = { ...input, results: {}, readVotes: async (voter: number) => (voter === 1 ? [] : await input.readVotes(voter)) };
    const [all, some] = await Promise.all([input, silent].map(async (one) => unzipped(await bytesOf(writeRelease(one)))));
    const voters = (files: ReadonlyMap<string, Uint8Array>) =>
      new Set([...text(files, fileNames.trialsCsv).matchAll(/V-\d+/g)].map(([voter]) => voter)).size;
    expect(voters(all as Map<string, Uint8Array>)).toBe(4);
    expect(text(all as Map<string, Uint8Array>, fileNames.readMe)).toMatch(/trials of 4 voters/);
    expect(text(all as Map<string, Uint8Array>, fileNames.readMe)).not.toMatch(/without answering/);
    expect(voters(some as Map<string, Uint8Array>)).toBe(3);
    expect(text(some as Map<string, Uint8Array>, fileNames.readMe)).toMatch(/trials of 3 voters[^]*1 more voter joined without answering/);
  });

  it("leaves DOI, address and the name of the releasing member out until there are some", async () => {
    const [without, with_] = await Promise.all([
      bytesOf(writeRelease({ ...input, description: { ...releaseDescription, releasedBy: null } })).then(unzipped),
      bytesOf(
        writeRelease({ ...input, description: { ...releaseDescription, doi: "10.5072/abc-1", url: "https://lab.example/stu-12" } }),
      ).then(unzipped),
    ]);
    const dataCite = (files: ReadonlyMap<string, Uint8Array>): Record<string, unknown> => JSON.parse(text(files, fileNames.dataCite));
    expect(Object.keys(dataCite(without))).not.toEqual(expect.arrayContaining(["doi"]));
    expect(dataCite(without)).not.toHaveProperty("url");
    expect(dataCite(without)).not.toHaveProperty("contributors");
    expect(text(without, fileNames.roCrate)).not.toContain("doi");
    expect(dataCite(with_)).toMatchObject({ doi: "10.5072/abc-1", url: "https://lab.example/stu-12" });
    expect(text(with_, fileNames.roCrate)).toContain("https://doi.org/10.5072/abc-1");
    expect(text(with_, fileNames.croissant)).toContain("https://lab.example/stu-12");
  });

  it.each([
    ["a stored image with other bytes", { readImage: () => Promise.resolve(Uint8Array.of(1)) }, "CORRUPT_DATA"],
    ["a plan that is not canonical", { planText: `${input.planText} ` }, "INVALID_INPUT"],
    ["a missing image", { images: input.images.slice(1) }, "INVALID_INPUT"],
    [
      "an image too many",
      { images: [...input.images, { ...input.images[0], index: 99 } as (typeof input.images)[number]] },
      "INVALID_INPUT",
    ],
    ["two voters of one number", { voters: [...input.voters, ...input.voters.slice(0, 1)] }, "INVALID_INPUT"],
    ["a voter without the plan's consent", { voters: input.voters.map((voter) => ({ ...voter, consentVersion: 2 })) }, "CORRUPT_DATA"],
    ["a result of another version", { results: { plane: { version: 0 } } }, "CORRUPT_DATA"],
    ["a description without creators", { description: { ...releaseDescription, creators: [] } }, "INVALID_INPUT"],
  ])("refuses %s", async (_what, change, code) => {
    await expect(bytesOf(writeRelease({ ...input, ...change }))).rejects.toMatchObject({ code });
  });

  it("stops if a vote changes while it is written", async () => {
    let calls = 0;
    const changing = {
      ...input,
      readVotes: async (voter: number) => {
        const votes = await input.readVotes(voter);
        return calls++ < input.voters.length ? votes : votes.slice(1);
      },
    };
    await expect(bytesOf(writeRelease(changing))).rejects.toMatchObject({ code: "CONFLICT" });
  });
});

describe("the manifest", () => {
  const hash = fc.stringMatching(/^[0-9a-f]{64}$/);
  const hashes = fc.dictionary(fc.stringMatching(/^[a-z]{1,6}(\/[a-z.]{1,6})?$/), hash, { maxKeys: 6 });

  it("is read back, and any changed byte makes it another manifest or malformed", () => {
    fc.assert(
      fc.property(hashes, fc.nat(), fc.integer({ min: 1, max: 255 }), (byName, place, flip) => {
        const files = new Map(Object.entries(byName));
        const written = manifestOf(files);
        expect(parseManifest(written)).toEqual(files);
        if (written === "") return;
        const bytes = Buffer.from(written, "latin1");
        const at = place % bytes.length;
        bytes[at] = (bytes[at] as number) ^ flip;
        let read: unknown = null;
        try {
          read = parseManifest(bytes.toString("latin1"));
        } catch {
          return;
        }
        expect(read).not.toEqual(files);
      }),
    );
  });

  it.each([
    ["no line break at the end", `${"a".repeat(64)}  a`],
    ["Windows line breaks", `${"a".repeat(64)}  a\r\n`],
    ["one space", `${"a".repeat(64)} a\n`],
    ["another order", `${"a".repeat(64)}  b\n${"a".repeat(64)}  a\n`],
    ["a file twice", `${"a".repeat(64)}  a\n${"a".repeat(64)}  a\n`],
  ])("is refused with %s", (_what, content) => {
    expect(() => parseManifest(content)).toThrow(expect.objectContaining({ code: "CORRUPT_DATA" }));
  });
});

describe("the description of a release", () => {
  const [creator] = releaseDescription.creators as readonly [ReleaseDescription["creators"][number]];

  it.each<[string, Partial<ReleaseDescription>]>([
    ["title", { title: " " }],
    ["version", { version: "1" }],
    ["releasedOn", { releasedOn: "2026-13-01" }],
    ["creators", { creators: [{ ...creator, orcid: "0000-0002-1825-0098" }] }],
    ["creators", { creators: [{ ...creator, name: "" }] }],
    ["licence", { licence: { ...releaseDescription.licence, url: "javascript:alert(1)" } }],
    ["licence", { licence: { ...releaseDescription.licence, spdx: "CC BY" } }],
    ["doi", { doi: "https://doi.org/10.5072/abc" }],
    ["url", { url: "ftp://lab.example" }],
  ])("is refused by its field %s", (field, change) => {
    expect(() => checkDescription({ ...releaseDescription, ...change })).toThrow(expect.objectContaining({ code: "INVALID_INPUT", field }));
  });

  it("accepts an ORCID iD whose check character is X", () => {
    // The example of ORCID's documentation of the checksum.
    expect(() => checkDescription({ ...releaseDescription, creators: [{ ...creator, orcid: "0000-0002-9079-593X" }] })).not.toThrow();
  });

  it("is cited by creators, year, title, version and publisher", () => {
    expect(citationOf(releaseDescription)).toBe(
      "Example, Ada; Example Lab (2026). What people see in evolved images (version 1.0.0) [Data set]. Example Lab.",
    );
    expect(citationOf({ ...releaseDescription, doi: "10.5072/abc" })).toMatch(/Example Lab\. https:\/\/doi\.org\/10\.5072\/abc$/);
  });
});

import { mkdir, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { readWhole } from "@pareidolia/archive/archiveFiles";
import { openArchive } from "@pareidolia/archive/openArchive";
import { readZip } from "@pareidolia/archive/zip/readZip";
import { type FileToPack, writeZip } from "@pareidolia/archive/zip/writeZip";
import { readZip as readIndependently } from "@pareidolia/classifiers/importers/zipArchive";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { sourceOf, unzipped } from "../../support/releaseBytes.ts";
import { bytesOf } from "../../support/sampleRelease.ts";
import { zipOf } from "../../support/zipFiles.ts";

const text = (content: string): Uint8Array => new TextEncoder().encode(content);

async function* inPieces(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield await Promise.resolve(bytes.subarray(at, at + size));
}

const contents = fc.uint8Array({ maxLength: 3000 });
const names = fc.uniqueArray(fc.stringMatching(/^[a-z]{1,8}(\/[a-z]{1,8})?$/), { maxLength: 8 });

describe("writing a ZIP archive", () => {
  it("keeps every file, stored, deflated or in pieces", async () => {
    await fc.assert(
      fc.asyncProperty(
        names,
        fc.array(fc.tuple(contents, fc.constantFrom("stored", "deflated", "pieces")), { minLength: 8, maxLength: 8 }),
        async (all, made) => {
          const files = all.map((name, index): FileToPack => {
            const [content, how] = made[index] as (typeof made)[number];
            return { name, content: how === "pieces" ? inPieces(content, 700) : content, deflate: how !== "stored" };
          });
          const archive = await bytesOf(writeZip(files));
          const expected = new Map(all.map((name, index) => [name, made[index]?.[0] as Uint8Array]));
          expect(await unzipped(archive)).toEqual(new Map([...expected].sort(([one], [other]) => (one < other ? -1 : 1))));
          for (const entry of readIndependently(archive)) expect(entry.read()).toEqual(expected.get(entry.name));
        },
      ),
      { numRuns: 40 },
    );
  });

  it("lists files in order of names, whatever the order of writing", async () => {
    const archive = await bytesOf(writeZip(["b", "a/c", "a/b", "Z"].map((name) => ({ name, content: text(name), deflate: false }))));
    expect([...(await unzipped(archive)).keys()]).toEqual(["Z", "a/b", "a/c", "b"]);
  });

  it("holds more than 65,535 files by ZIP64", async () => {
    const count = 70_000;
    const files = Array.from({ length: count }, (_, index) => ({ name: `f/${index}`, content: text(`${index}`), deflate: false }));
    const found = await readZip(sourceOf(await bytesOf(writeZip(files))));
    expect(found.size).toBe(count);
    const last = found.get(`f/${count - 1}`);
    expect(last === undefined ? null : new TextDecoder().decode(await readWhole(last, 10))).toBe(`${count - 1}`);
  });

  it("refuses two files of one name", async () => {
    const twice = ["a", "a"].map((name) => ({ name, content: text(name), deflate: false }));
    await expect(bytesOf(writeZip(twice))).rejects.toMatchObject({ code: "INVALID_INPUT" });
  });
});

describe("reading an untrusted ZIP archive", () => {
  const plain = { name: "plan.json", content: text("{}") };
  const zeros = new Uint8Array(1 << 20);

  it.each([
    ["another file", text("no archive at all, but long enough"), "not a ZIP archive"],
    ["an empty file", new Uint8Array(0), "not a ZIP archive"],
    ["a name that leads out of the folder", zipOf([{ ...plain, name: "../plan.json" }]), "not a valid name of a file"],
    ["a root", zipOf([{ ...plain, name: "/plan.json" }]), "not a valid name of a file"],
    ["a drive", zipOf([{ ...plain, name: "C:\\plan.json" }]), "not a valid name of a file"],
    ["a hidden file", zipOf([{ ...plain, name: "images/.a" }]), "not a valid name of a file"],
    ["a control character", zipOf([{ ...plain, name: "plan\u001b[2J.json" }]), "not a valid name of a file"],
    ["a folder in a folder", zipOf([{ ...plain, name: "images/a/b.png" }]), "not a valid name of a file"],
    ["one name twice", zipOf([plain, plain]), "occurs twice"],
    ["an encrypted file", zipOf([{ ...plain, declared: { flags: 1 } }]), "encrypted"],
    ["another compression method", zipOf([{ ...plain, declared: { method: 12 } }]), "method 12"],
    ["a size that deflate cannot reach", zipOf([{ ...plain, declared: { bytes: 1 << 30 } }]), "contradict"],
    [
      "files at the same place",
      zipOf([
        { ...plain, name: "a" },
        { ...plain, name: "b", declared: { at: 0 } },
      ]),
      "overlaps",
    ],
    ["a file beyond the directory", zipOf([{ ...plain, declared: { at: 1 << 20 } }]), "overlaps"],
  ])("refuses %s", async (_what, archive, sentence) => {
    await expect(readZip(sourceOf(archive))).rejects.toMatchObject({ code: "CORRUPT_DATA", message: expect.stringContaining(sentence) });
  });

  it("refuses a link", async () => {
    const archive = Buffer.from(await bytesOf(writeZip([{ ...plain, deflate: false }])));
    const directory = archive.indexOf("PK\u0001\u0002", 0, "latin1");
    archive.writeUInt32LE((0o120777 * 2 ** 16) >>> 0, directory + 38);
    await expect(readZip(sourceOf(archive))).rejects.toMatchObject({ code: "CORRUPT_DATA", message: expect.stringContaining("is a link") });
  });

  it("stops at the limits for files and bytes before it unpacks anything", async () => {
    const archive = zipOf([plain, { name: "zeros", content: zeros }]);
    await expect(readZip(sourceOf(archive), { files: 1, bytes: 1e9 })).rejects.toMatchObject({
      message: expect.stringContaining("2 files"),
    });
    await expect(readZip(sourceOf(archive), { files: 9, bytes: 1e6 })).rejects.toMatchObject({
      message: expect.stringContaining("1048578 bytes"),
    });
  });

  it("stops unpacking a file as soon as it is larger than declared", async () => {
    const archive = zipOf([{ name: "zeros", content: zeros, declared: { bytes: 5000 } }]);
    const file = (await readZip(sourceOf(archive))).get("zeros");
    let unpacked = 0;
    const read = async (): Promise<void> => {
      for await (const piece of file?.read() ?? []) unpacked += piece.length;
    };
    await expect(read()).rejects.toMatchObject({ code: "CORRUPT_DATA", message: expect.stringContaining("larger than declared") });
    expect(unpacked).toBeLessThanOrEqual(5000);
  });

  it("gives the packed content or an error for any changed byte, never other content", async () => {
    const files = [
      { name: "a.txt", content: text("some text that repeats, some text that repeats"), deflate: true },
      { name: "b.txt", content: text("stored"), deflate: false },
    ];
    const archive = await bytesOf(writeZip(files));
    const expected = new Map(files.map(({ name, content }) => [name, content]));
    let refused = 0;
    for (let at = 0; at < archive.length; at++)
      for (const flip of [1, 0x80]) {
        const changed = archive.slice();
        changed[at] = (changed[at] as number) ^ flip;
        const found = await unzipped(changed).catch(() => null);
        if (found === null) refused++;
        // A changed name is another file, which the manifest does not list.
        for (const [name, content] of found ?? []) if (expected.has(name)) expect(content).toEqual(expected.get(name));
      }
    expect(refused).toBeGreaterThan(archive.length);
  });
});

describe("opening a release on disk", () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), "release-"));
  });
  afterAll(() => rm(folder, { recursive: true }));

  const made = async (name: string, fill: (place: string) => Promise<unknown>): Promise<string> => {
    const place = path.join(folder, name);
    await mkdir(place);
    await fill(place);
    return place;
  };

  it("reads the files of a folder", async () => {
    const place = await made("plain", async (at) => {
      await writeFile(path.join(at, "plan.json"), "{}");
      await mkdir(path.join(at, "images"));
      await writeFile(path.join(at, "images", "a.png"), "image");
    });
    const { files } = await openArchive(place);
    expect([...files.keys()].sort()).toEqual(["images/a.png", "plan.json"]);
    const image = files.get("images/a.png");
    expect(new TextDecoder().decode(image === undefined ? undefined : await readWhole(image, 100))).toBe("image");
  });

  it.each([
    ["a link to a file", (at: string) => symlink("/etc/hostname", path.join(at, "plan.json")), "is a link"],
    ["a link to a folder", (at: string) => symlink("/etc", path.join(at, "images")), "is a link"],
    ["a folder in a folder", (at: string) => mkdir(path.join(at, "images", "deep"), { recursive: true }), "folder in a folder"],
    ["a hidden file", (at: string) => writeFile(path.join(at, ".hidden"), ""), "not a valid name of a file"],
  ])("refuses %s", async (name, fill, sentence) => {
    const place = await made(name.replaceAll(" ", "-"), fill);
    await expect(openArchive(place)).rejects.toMatchObject({ code: "CORRUPT_DATA", message: expect.stringContaining(sentence) });
  });

  it("refuses a link to an archive, and says if there is nothing", async () => {
    await symlink("/etc/hostname", path.join(folder, "link.zip"));
    await expect(openArchive(path.join(folder, "link.zip"))).rejects.toMatchObject({ code: "CORRUPT_DATA" });
    await expect(openArchive(path.join(folder, "missing.zip"))).rejects.toMatchObject({ code: "NOT_FOUND" });
  });
});

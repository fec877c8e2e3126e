/** The zip reader on handmade archives, valid and malicious. */
import { existsSync } from "node:fs";
import { lstat, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { deflateRawSync } from "node:zlib";
import { unpackZip } from "@pareidolia/launcher/tensorflow/unpackZip";
import { afterEach, beforeEach, describe, expect, it } from "vitest";

interface Member {
  readonly name: string;
  readonly content: Buffer;
  readonly stored?: boolean;
  readonly method?: number;
  /** Size declared in the directory. */
  readonly claimed?: number;
  /** Unix file type and permissions. */
  readonly mode?: number;
  /** The system that made the entry; 3 is Unix. */
  readonly madeBy?: number;
}

function zip(members: readonly Member[], comment = ""): Buffer {
  const files: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const { name, content, stored = false, method = stored ? 0 : 8, claimed = content.length, mode = 0, madeBy = 3 } of members) {
    const packed = stored ? content : deflateRawSync(content);
    const local = Buffer.alloc(30);
    local.writeUInt32LE(0x04034b50, 0);
    local.writeUInt16LE(method, 8);
    local.writeUInt16LE(Buffer.byteLength(name), 26);
    const entry = Buffer.alloc(46);
    entry.writeUInt32LE(0x02014b50, 0);
    entry.writeUInt8(madeBy, 5);
    entry.writeUInt16LE(method, 10);
    entry.writeUInt32LE(packed.length, 20);
    entry.writeUInt32LE(claimed, 24);
    entry.writeUInt16LE(Buffer.byteLength(name), 28);
    entry.writeUInt32LE(mode * 2 ** 16, 38);
    entry.writeUInt32LE(offset, 42);
    files.push(local, Buffer.from(name), packed);
    directory.push(entry, Buffer.from(name));
    offset += 30 + Buffer.byteLength(name) + packed.length;
  }
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(members.length, 10);
  end.writeUInt32LE(Buffer.concat(directory).length, 12);
  end.writeUInt32LE(offset, 16);
  end.writeUInt16LE(comment.length, 20);
  return Buffer.concat([...files, ...directory, end, Buffer.from(comment)]);
}

let parent: string;
let folder: string;
beforeEach(async () => {
  parent = await mkdtemp(path.join(tmpdir(), "pareidolia-zip-"));
  folder = path.join(parent, "target");
  await mkdir(folder);
});
afterEach(() => rm(parent, { recursive: true }));

async function unpack(archive: Buffer, keep = ["lib/"]): Promise<number> {
  const file = path.join(parent, "some.whl");
  await writeFile(file, archive);
  return unpackZip({ archive: file, folder, keep, signal: new AbortController().signal, progress: () => undefined });
}

const text = Buffer.from("libraries ".repeat(500));

describe("an archive", () => {
  it("is unpacked selectively: compressed, stored and empty files, with a comment at the end", async () => {
    const members = [
      { name: "lib/", content: Buffer.alloc(0), stored: true },
      { name: "lib/packed.so", content: text },
      { name: "lib/deep/stored.h", content: text, stored: true },
      { name: "lib/empty", content: Buffer.alloc(0), stored: true },
      { name: "other/left.py", content: text },
    ];
    expect(await unpack(zip(members, "a comment"))).toBe(3);
    expect(await readFile(path.join(folder, "lib/packed.so"))).toStrictEqual(text);
    expect(await readFile(path.join(folder, "lib/deep/stored.h"))).toStrictEqual(text);
    expect(existsSync(path.join(folder, "lib/empty"))).toBe(true);
    expect((await readdir(folder)).sort()).toStrictEqual(["lib"]);
  });

  it.each<[string, Partial<Member>, number]>([
    ["an executable", { mode: 0o100755 }, 0o755],
    ["an executable for its owner only", { mode: 0o100700 }, 0o755],
    ["an executable without a file type", { mode: 0o555 }, 0o755],
    ["an executable without its setuid bit", { mode: 0o104755 }, 0o755],
    ["a world-writable file", { mode: 0o100666 }, 0],
    ["a file of another system, whose attributes are not a Unix mode", { mode: 0o100755, madeBy: 0 }, 0],
    ["a symbolic link, as a plain file", { mode: 0o120777 }, 0],
    ["a device, as a plain file", { mode: 0o060777 }, 0],
  ])("unpacks %s", async (_, member, permissions) => {
    await unpack(zip([{ name: "lib/bin/ptxas", content: text, ...member }]));
    const found = await lstat(path.join(folder, "lib/bin/ptxas"));
    expect(found.isFile()).toBe(true);
    expect(await readFile(path.join(folder, "lib/bin/ptxas"))).toStrictEqual(text);
    if (permissions === 0) expect(found.mode & 0o7111).toBe(0);
    else expect(found.mode & 0o7777).toBe(permissions);
  });

  it("writes nothing if no file is selected", async () => {
    expect(await unpack(zip([{ name: "other/a", content: text }]))).toBe(0);
  });

  it.each(["lib/../../outside", "lib/../../../outside"])("cannot write outside its folder: %s", async (name) => {
    await expect(unpack(zip([{ name, content: text }]))).rejects.toMatchObject({
      code: "CORRUPT_DATA",
      message: expect.stringContaining("outside the folder"),
    });
    expect((await readdir(parent)).sort()).toStrictEqual(["some.whl", "target"]);
  });

  it("with an absolute path is unpacked inside its folder", async () => {
    expect(await unpack(zip([{ name: `${"/"}lib/a`, content: text }]), ["/lib/"])).toBe(1);
    expect(existsSync(path.join(folder, "lib/a"))).toBe(true);
  });

  it("with a wrong declared size is rejected, and unpacking stops at that size", async () => {
    await expect(unpack(zip([{ name: "lib/a", content: text, claimed: text.length + 5 }]))).rejects.toMatchObject({ code: "CORRUPT_DATA" });
    const bomb = Buffer.alloc(50_000_000);
    await expect(unpack(zip([{ name: "lib/b", content: bomb, claimed: 1000 }]))).rejects.toMatchObject({ code: "CORRUPT_DATA" });
    expect((await readFile(path.join(folder, "lib/b"))).length).toBeLessThan(1_000_000);
  });

  it.each([
    ["has no directory", Buffer.from("PK, or not"), "no directory"],
    ["is empty", Buffer.alloc(0), "no directory"],
    ["uses an unknown compression method", zip([{ name: "lib/a", content: text, method: 12 }]), "method 12"],
    [
      "declares a directory of 4 GB",
      ((archive) => archive.fill(0xff, archive.length - 10, archive.length - 6))(zip([{ name: "lib/a", content: text }])),
      "longer than the file",
    ],
    ["is truncated at the front", zip([{ name: "lib/a", content: text }]).subarray(40), "Cannot unpack"],
  ])("that %s is rejected with the reason", async (_, archive, reason) => {
    await expect(unpack(archive)).rejects.toMatchObject({ code: "CORRUPT_DATA", message: expect.stringContaining(reason) });
  });

  it("with damaged compressed bytes is rejected", async () => {
    const archive = zip([{ name: "lib/a", content: text }]);
    archive.fill(0xff, 36, 50);
    await expect(unpack(archive)).rejects.toMatchObject({ code: "CORRUPT_DATA" });
  });
});

/**
 * ONNX's own test data, from the wheel that the project publishes: real topologies with stub weights and their outputs, and one small
 * model for each form of each operator (1.22 is the last wheel with them). pip downloads the wheel once, to a folder outside the
 * repository. The wheel is verified by its hash and only unpacked: no code in it runs.
 */
import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdir, mkdtemp, readFile, rename, rm } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import { inflateRawSync } from "node:zlib";

const run = promisify(execFile);
const wheel = {
  name: "onnx-1.22.0-cp311-cp311-manylinux_2_27_x86_64.manylinux_2_28_x86_64.whl",
  sha256: "1d0a2bdb15eb2b3cb65c438f3423d9620d14fdce32f92380e6bb1b2e09568ef5",
  arguments: ["onnx==1.22.0", "--python-version", "311", "--platform", "manylinux_2_28_x86_64"],
};
const folder = path.join(os.homedir(), ".cache", "pareidolia-tests");
const data = "onnx/backend/test/data/";

export interface LightModel {
  readonly name: string;
  readonly file: Uint8Array;
  /** A TensorProto, as ONNX stores it. */
  readonly output: Uint8Array;
}

export async function readLightModels(): Promise<readonly LightModel[]> {
  const entries = await readOnnxTestData("light/");
  return [...entries].flatMap(([name, read]) => {
    const output = entries.get(name.replace(".onnx", "_output_0.pb"));
    if (!name.endsWith(".onnx") || output === undefined) return [];
    return [{ name: path.posix.basename(name, ".onnx").replace("light_", ""), file: read(), output: output() }];
  });
}

/** The files in a folder of the test data by relative path; each is unpacked when it is read. */
export async function readOnnxTestData(folderOfData: string): Promise<ReadonlyMap<string, () => Uint8Array>> {
  const start = `${data}${folderOfData}`;
  const entries = readZip(await fetchWheel(), (name) => name.startsWith(start));
  return new Map([...entries].map(([name, read]) => [name.slice(start.length), read]));
}

async function fetchWheel(): Promise<Buffer> {
  const place = path.join(folder, wheel.name);
  if (!existsSync(place)) {
    await mkdir(folder, { recursive: true });
    const partial = await mkdtemp(path.join(folder, "partial-"));
    try {
      const pip = await findPip();
      await run(pip[0] ?? "", [...pip.slice(1), "download", "--no-deps", "--only-binary=:all:", "--dest", partial, ...wheel.arguments]);
      await rename(path.join(partial, wheel.name), place);
    } catch (cause) {
      throw new Error(`ONNX's test data could not be fetched. This test needs pip and PyPI, or the file ${place}.`, { cause });
    } finally {
      await rm(partial, { recursive: true, force: true });
    }
  }
  const content = await readFile(place);
  if (createHash("sha256").update(content).digest("hex") !== wheel.sha256)
    throw new Error(`${place} is not the expected wheel. Delete it to download it again.`);
  return content;
}

/** A minimal Debian has no pip, and often no Python; as root we install both from its package. */
async function findPip(): Promise<readonly string[]> {
  const candidates = [["python3", "-m", "pip"], ["pip3"], ["pip"]];
  for (const attempt of [0, 1]) {
    for (const candidate of candidates)
      if (
        await run(candidate[0] ?? "", [...candidate.slice(1), "--version"]).then(
          () => true,
          () => false,
        )
      )
        return candidate;
    if (attempt === 0 && process.getuid?.() === 0) {
      await run("apt-get", ["update", "-qq"]);
      await run("apt-get", ["install", "-y", "-qq", "--no-install-recommends", "python3-pip"]);
    }
  }
  throw new Error("This machine has no pip.");
}

/** A zip's entries from its central directory (APPNOTE 4.3.12); each is unpacked when it is read. */
function readZip(archive: Buffer, isNeeded: (name: string) => boolean): ReadonlyMap<string, () => Uint8Array> {
  const entries = new Map<string, () => Uint8Array>();
  const end = archive.lastIndexOf(Buffer.from([0x50, 0x4b, 5, 6]));
  let at = archive.readUInt32LE(end + 16);
  for (let left = archive.readUInt16LE(end + 10); left > 0; left--) {
    const [method, packed, local] = [archive.readUInt16LE(at + 10), archive.readUInt32LE(at + 20), archive.readUInt32LE(at + 42)];
    const nameLength = archive.readUInt16LE(at + 28);
    const name = archive.toString("utf8", at + 46, at + 46 + nameLength);
    at += 46 + nameLength + archive.readUInt16LE(at + 30) + archive.readUInt16LE(at + 32);
    if (!isNeeded(name)) continue;
    entries.set(name, () => {
      const start = local + 30 + archive.readUInt16LE(local + 26) + archive.readUInt16LE(local + 28);
      const data = archive.subarray(start, start + packed);
      return method === 0 ? data : inflateRawSync(data);
    });
  }
  return entries;
}

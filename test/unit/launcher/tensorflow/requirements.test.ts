/** The error for each missing requirement of a TensorFlow build. */
import { chmod, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { checkNode, checkPlatform, checkSpace, findCompiler } from "@pareidolia/launcher/tensorflow/requirements";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "pareidolia-requirements-"));
  await writeFile(path.join(folder, "clang++"), "");
  await chmod(path.join(folder, "clang++"), 0o755);
});
afterAll(() => rm(folder, { recursive: true }));

const unavailable = (message: RegExp) => expect.objectContaining({ code: "UNAVAILABLE", message: expect.stringMatching(message) });

describe("before a TensorFlow build,", () => {
  it.each(["20.19.0", "24.1.0", "23.0.0"])("Node %s is rejected with a hint at Node 22", (version) => {
    expect(() => checkNode(version)).toThrow(unavailable(new RegExp(`this is ${version}. Start it with npm run tensorflow`)));
    expect(() => checkNode("22.22.0")).not.toThrow();
  });

  it.each([
    ["darwin", "arm64"],
    ["win32", "x64"],
    ["linux", "arm64"],
  ])("%s on %s is rejected with the engines that work there", (platform, architecture) => {
    expect(() => checkPlatform(platform, architecture)).toThrow(unavailable(new RegExp(`${platform} on ${architecture}.*onnxruntime`)));
    expect(() => checkPlatform("linux", "x64")).not.toThrow();
  });

  it("a compiler is found by CXX, else by its common names on the PATH", () => {
    expect(findCompiler({ PATH: `/nowhere${path.delimiter}${folder}` })).toBe(path.join(folder, "clang++"));
    expect(findCompiler({ PATH: "/nowhere", CXX: path.join(folder, "clang++") })).toBe(path.join(folder, "clang++"));
  });

  it("a missing compiler is reported with how to install one", () => {
    expect(() => findCompiler({ PATH: "/nowhere" })).toThrow(unavailable(/No C\+\+ compiler found. Install g\+\+/));
    expect(() => findCompiler({ PATH: folder, CXX: "icc" })).toThrow(unavailable(/CXX=icc not found/));
    expect(() => findCompiler({})).toThrow(unavailable(/No C\+\+ compiler/));
  });

  it("a full or unusable folder is reported with how to choose another", async () => {
    const vast = { project: "vast", filename: "vast", bytes: 2 ** 50, sha256: "", keep: [], unpackedBytes: 2 ** 50 };
    await expect(checkSpace(folder, [])).resolves.toBeUndefined();
    await expect(checkSpace(folder, [vast])).rejects.toThrow(unavailable(/MB free, but \d+ MB are needed.*PAREIDOLIA_TENSORFLOW/));
    await expect(checkSpace(path.join(folder, "clang++", "inside"), [])).rejects.toThrow(unavailable(/Cannot create .* \(ENOTDIR\)/));
  });
});

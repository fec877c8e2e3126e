import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readUserModel } from "@pareidolia/lab/userModel";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "pareidolia-own-"));
  await writeFile(join(folder, "net.onnx"), Uint8Array.of(1, 2, 3));
  await writeFile(join(folder, "labels.txt"), "background\ntench\ngoldfish\n");
});
afterAll(() => rm(folder, { recursive: true }));

const preprocessing = { width: 8, height: 8, channels: 3, channelOrder: "BGR", mean: [104, 117, 123] };

async function describeModel(description: unknown): Promise<string> {
  const path = join(folder, `${crypto.randomUUID()}.json`);
  await writeFile(path, typeof description === "string" ? description : JSON.stringify(description));
  return path;
}

describe("a user's model", () => {
  it("is read from the paths in its description, with the given first label", async () => {
    const path = await describeModel({ id: "mine", file: "net.onnx", labels: "labels.txt", firstLabel: 1, preprocessing });
    expect(await readUserModel(path)).toEqual({
      id: "mine",
      bytes: Buffer.of(1, 2, 3),
      labels: ["tench", "goldfish"],
      preprocessing: { ...preprocessing, layout: "NCHW", deviation: [1] },
    });
  });

  it.each([
    ["a file that is not JSON", "{", "is not JSON"],
    ["a list", "[]", "must be one object"],
    ["a missing file name", { id: "a", labels: "labels.txt", preprocessing }, 'has no "file"'],
    ["a missing file", { id: "a", file: "no.onnx", labels: "labels.txt", preprocessing }, "Cannot read"],
    [
      "two channels",
      { id: "a", file: "net.onnx", labels: "labels.txt", preprocessing: { ...preprocessing, channels: 2 } },
      "channels 1 or 3",
    ],
    [
      "a mean that is text",
      { id: "a", file: "net.onnx", labels: "labels.txt", preprocessing: { ...preprocessing, mean: ["a"] } },
      "must be a number from",
    ],
    ["no deviation", { id: "a", file: "net.onnx", labels: "labels.txt", preprocessing: { ...preprocessing, deviation: [0] } }, "above 0"],
    ["a line number beyond the labels", { id: "a", file: "net.onnx", labels: "labels.txt", firstLabel: 3, preprocessing }, "from 0 to 2"],
  ])("rejects %s", async (_, description, message) => {
    await expect(readUserModel(await describeModel(description))).rejects.toThrow(message);
  });
});

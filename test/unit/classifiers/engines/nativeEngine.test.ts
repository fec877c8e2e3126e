/** The availability of a native TensorFlow that is missing or does not load. */
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { getEngine } from "@pareidolia/classifiers/engines/registry";
import { buildRecord, nativeFolder, tfjsPackageFolder } from "@pareidolia/classifiers/engines/tfjs/nativeBuild";
import { afterEach, beforeEach, describe, expect, it } from "vitest";

let environment: NodeJS.ProcessEnv;
let folder: string;

beforeEach(async () => {
  const parent = await mkdtemp(path.join(tmpdir(), "native-"));
  environment = { ...process.env, PAREIDOLIA_TENSORFLOW: parent };
  folder = nativeFolder(environment, "cpu");
  await mkdir(folder, { recursive: true });
});

afterEach(() => rm(path.dirname(folder), { recursive: true }));

const findAvailability = () => getEngine("tfjs-node-gpu").findAvailability(environment);

describe("the native build of TensorFlow", () => {
  it("is absent before it is built", async () => {
    expect(await findAvailability()).toMatchObject({ state: "absent", how: expect.stringContaining("npm run tensorflow -- cpu") });
  });

  it("is broken if its record cannot be read, and names the record", async () => {
    await writeFile(path.join(folder, buildRecord), "{");
    const found = await findAvailability();
    expect(found).toMatchObject({ state: "broken", reason: expect.stringContaining(path.join(folder, buildRecord)) });
    expect(found).toMatchObject({ reason: expect.stringContaining("to rebuild it: npm run tensorflow -- cpu") });
  });

  it("is broken if it crashes its process, and names the signal", async () => {
    await writeFile(path.join(folder, buildRecord), JSON.stringify({ variant: "cpu" }));
    const packageFolder = tfjsPackageFolder(folder);
    await mkdir(packageFolder, { recursive: true });
    await writeFile(path.join(packageFolder, "index.js"), `process.kill(process.pid, "SIGBUS");`);
    expect(await findAvailability()).toMatchObject({ state: "broken", reason: expect.stringContaining("crashed (SIGBUS)") });
  });
});

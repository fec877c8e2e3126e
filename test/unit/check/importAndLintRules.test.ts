import { checkArrows } from "@pareidolia/launcher/checks/arrows";
import { runTool } from "@pareidolia/launcher/checks/runTool";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { buildSampleRepository, type SampleRepository } from "./sampleRepository.ts";

const { signal } = new AbortController();
let house: SampleRepository;

const arrows = () => checkArrows(house.root, signal);
const lint = () =>
  runTool({
    root: house.root,
    program: ["oxlint", "bin/oxlint"],
    args: ["--type-aware", "--deny-warnings", "packages", "apps", "workers"],
    signal,
  });

beforeAll(() => {
  house = buildSampleRepository();
});
beforeEach(() => house.restore());
afterAll(() => house.remove());

describe("the arrows", () => {
  it("hold in a house that keeps every rule", async () => {
    await expect(arrows()).resolves.toBeUndefined();
  });

  it("stop a pure package that reads files, even for a type only", async () => {
    house.write("packages/core/src/file.ts", 'import type { Stats } from "node:fs";\n\nexport type Size = Stats["size"];\n');
    await expect(arrows()).rejects.toThrow("pure packages import only packages");
  });

  it("stop a pure package that takes an npm package", async () => {
    house.write("packages/encodings/src/check.ts", 'import { z } from "zod";\n\nexport const shape = z.number();\n');
    await expect(arrows()).rejects.toThrow("pure packages import only packages");
  });

  it("stop a page that asks the database", async () => {
    house.write(
      "apps/web/src/features/Runs.tsx",
      'import { openPool } from "@pareidolia/persistence/database";\n\nexport const pool = openPool();\n',
    );
    await expect(arrows()).rejects.toThrow("arrows of apps/web");
  });

  it("stop a page that takes Prisma itself", async () => {
    house.write("apps/web/src/features/Runs.tsx", 'import { Prisma } from "@prisma/client";\n\nexport const prisma = Prisma;\n');
    await expect(arrows()).rejects.toThrow("packages/persistence alone owns @prisma");
  });

  it("stop a worker that imports the API", async () => {
    house.write("workers/src/ask.ts", 'import { pool } from "@pareidolia/api/main";\n\nexport const asked = pool;\n');
    await expect(arrows()).rejects.toThrow("arrows of workers");
  });

  it("stop an engine that borrows from another", async () => {
    const engines = "packages/classifiers/src/engines";
    house.write(`${engines}/onnxruntime/open.ts`, "export const open = 1;\n");
    house.write(`${engines}/tfjs/open.ts`, 'import { open } from "../onnxruntime/open.ts";\n\nexport const opened = open;\n');
    await expect(arrows()).rejects.toThrow("engines do not import each other");
  });

  it("stop a relative import that leaves its package", async () => {
    house.write("packages/encodings/src/near.ts", 'import { width } from "../../core/src/image.ts";\n\nexport const near = width;\n');
    await expect(arrows()).rejects.toThrow("packages import each other by name");
  });

  it("stop a cycle", async () => {
    house.write("packages/core/src/a.ts", 'import { b } from "./b.ts";\n\nexport const a = (): number => b();\n');
    house.write("packages/core/src/b.ts", 'import { a } from "./a.ts";\n\nexport const b = (): number => a();\n');
    await expect(arrows()).rejects.toThrow("no cycles");
  });

  it.each(['export * from "./image.ts";\n', 'export { width } from "./image.ts";\n'])("stop the barrel %s", async (text) => {
    house.write("packages/core/src/index.ts", text);
    await expect(arrows()).rejects.toThrow("no barrels");
  });

  it("stop an import that leads nowhere", async () => {
    house.write("workers/src/lost.ts", 'import { gone } from "@pareidolia/core/gone";\n\nexport const lost = gone;\n');
    await expect(arrows()).rejects.toThrow("every import resolves");
  });

  it("stop a room without a row in the table", async () => {
    house.write("packages/extras/src/thing.ts", 'import { other } from "./other.ts";\n\nexport const thing = other;\n');
    house.write("packages/extras/src/other.ts", "export const other = 1;\n");
    await expect(arrows()).rejects.toThrow("every room is listed");
  });

  it("do not count a cruise that read nothing as one without violations", async () => {
    const blind = buildSampleRepository();
    blind.write(".dependency-cruiser.mjs", 'export default { forbidden: [], options: { includeOnly: "^nothing/" } };\n');
    try {
      await expect(checkArrows(blind.root, signal)).rejects.toThrow("does not find the sources");
    } finally {
      blind.remove();
    }
  });
});

describe("the linter", () => {
  it("is content with a house that keeps every rule", async () => {
    await expect(lint()).resolves.toBeUndefined();
  });

  it.each([
    [
      "dice in a pure package",
      "packages/core/src/dice.ts",
      "export const roll = (): number => Math.random();\n",
      "Randomness is addressed",
    ],
    [
      "a clock in a pure package",
      "packages/encodings/src/clock.ts",
      "export const now = (): number => Date.now();\n",
      "The clock comes in",
    ],
    [
      "a sine whose last bit is left open",
      "packages/encodings/src/wave.ts",
      "export const wave = (x: number): number => Math.sin(x);\n",
      "last bit",
    ],
    ["a default export", "packages/core/src/main.ts", "export default 1;\n", "no-default-export"],
    ["an any", "packages/core/src/loose.ts", "export const loose = (x: any): number => x.y;\n", "no-explicit-any"],
    ["a floating promise", "workers/src/float.ts", "export function start(): void {\n  Promise.resolve(1);\n}\n", "no-floating-promises"],
    [
      "a file past 400 lines",
      "packages/core/src/long.ts",
      Array.from({ length: 401 }, (_, i) => `export const line${i} = ${i};\n`).join(""),
      "max-lines",
    ],
  ])("stops %s", async (_, file, text, said) => {
    house.write(file, text);
    await expect(lint()).rejects.toThrow(said);
  });
});

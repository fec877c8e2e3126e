import { checkArrows } from "@pareidolia/launcher/checks/arrows";
import { runTool } from "@pareidolia/launcher/checks/runTool";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { buildSampleRepository, type SampleRepository } from "./sampleRepository.ts";

const { signal } = new AbortController();
let repository: SampleRepository;

const checkImports = () => checkArrows(repository.root, signal);
const lint = () =>
  runTool({
    root: repository.root,
    program: ["oxlint", "bin/oxlint"],
    args: ["--type-aware", "--deny-warnings", "packages", "apps", "workers"],
    signal,
  });

beforeAll(() => {
  repository = buildSampleRepository();
});
beforeEach(() => repository.restore());
afterAll(() => repository.remove());

describe("the import rules", () => {
  it("accept a repository without violations", async () => {
    await expect(checkImports()).resolves.toBeUndefined();
  });

  it("reject file access in a pure package, even a type import", async () => {
    repository.write("packages/core/src/file.ts", 'import type { Stats } from "node:fs";\n\nexport type Size = Stats["size"];\n');
    await expect(checkImports()).rejects.toThrow("pure packages import only packages");
  });

  it("reject an npm package in a pure package", async () => {
    repository.write("packages/encodings/src/check.ts", 'import { z } from "zod";\n\nexport const shape = z.number();\n');
    await expect(checkImports()).rejects.toThrow("pure packages import only packages");
  });

  it("reject an import of the database in a page", async () => {
    repository.write(
      "apps/web/src/features/Runs.tsx",
      'import { openPool } from "@pareidolia/persistence/database";\n\nexport const pool = openPool();\n',
    );
    await expect(checkImports()).rejects.toThrow("arrows of apps/web");
  });

  it("reject an import of Prisma in a page", async () => {
    repository.write("apps/web/src/features/Runs.tsx", 'import { Prisma } from "@prisma/client";\n\nexport const prisma = Prisma;\n');
    await expect(checkImports()).rejects.toThrow("packages/persistence alone owns @prisma");
  });

  it("reject an import of the API in a worker", async () => {
    repository.write("workers/src/borrow.ts", 'import { pool } from "@pareidolia/api/main";\n\nexport const borrowed = pool;\n');
    await expect(checkImports()).rejects.toThrow("arrows of workers");
  });

  it("reject an import of one engine in another", async () => {
    const engines = "packages/classifiers/src/engines";
    repository.write(`${engines}/onnxruntime/open.ts`, "export const open = 1;\n");
    repository.write(`${engines}/tfjs/open.ts`, 'import { open } from "../onnxruntime/open.ts";\n\nexport const opened = open;\n');
    await expect(checkImports()).rejects.toThrow("engines do not import each other");
  });

  it("reject a relative import that leaves its package", async () => {
    repository.write("packages/encodings/src/near.ts", 'import { width } from "../../core/src/image.ts";\n\nexport const near = width;\n');
    await expect(checkImports()).rejects.toThrow("packages import each other by name");
  });

  it("reject a cycle", async () => {
    repository.write("packages/core/src/a.ts", 'import { b } from "./b.ts";\n\nexport const a = (): number => b();\n');
    repository.write("packages/core/src/b.ts", 'import { a } from "./a.ts";\n\nexport const b = (): number => a();\n');
    await expect(checkImports()).rejects.toThrow("no cycles");
  });

  it.each(['export * from "./image.ts";\n', 'export { width } from "./image.ts";\n'])("reject the barrel %s", async (text) => {
    repository.write("packages/core/src/index.ts", text);
    await expect(checkImports()).rejects.toThrow("no barrels");
  });

  it("reject an unresolved import", async () => {
    repository.write("workers/src/lost.ts", 'import { gone } from "@pareidolia/core/gone";\n\nexport const lost = gone;\n');
    await expect(checkImports()).rejects.toThrow("every import resolves");
  });

  it("reject a package without a row in the table", async () => {
    repository.write("packages/extras/src/thing.ts", 'import { other } from "./other.ts";\n\nexport const thing = other;\n');
    repository.write("packages/extras/src/other.ts", "export const other = 1;\n");
    await expect(checkImports()).rejects.toThrow("every room is listed");
  });

  it("fail if dependency-cruiser finds no sources", async () => {
    const empty = buildSampleRepository();
    empty.write(".dependency-cruiser.mjs", 'export default { forbidden: [], options: { includeOnly: "^nothing/" } };\n');
    try {
      await expect(checkArrows(empty.root, signal)).rejects.toThrow("cannot find the sources");
    } finally {
      empty.remove();
    }
  });
});

describe("the linter", () => {
  it("accepts a repository without violations", async () => {
    await expect(lint()).resolves.toBeUndefined();
  });

  it.each([
    [
      "Math.random in a pure package",
      "packages/core/src/dice.ts",
      "export const roll = (): number => Math.random();\n",
      "Randomness is addressed",
    ],
    [
      "Date.now in a pure package",
      "packages/encodings/src/clock.ts",
      "export const now = (): number => Date.now();\n",
      "The clock comes in",
    ],
    [
      "Math.sin, whose last bit is not specified",
      "packages/encodings/src/wave.ts",
      "export const wave = (x: number): number => Math.sin(x);\n",
      "last bit",
    ],
    ["a default export", "packages/core/src/main.ts", "export default 1;\n", "no-default-export"],
    ["an any", "packages/core/src/loose.ts", "export const loose = (x: any): number => x.y;\n", "no-explicit-any"],
    ["a floating promise", "workers/src/float.ts", "export function start(): void {\n  Promise.resolve(1);\n}\n", "no-floating-promises"],
    [
      "a file of more than 400 lines",
      "packages/core/src/long.ts",
      Array.from({ length: 401 }, (_, i) => `export const line${i} = ${i};\n`).join(""),
      "max-lines",
    ],
  ])("rejects %s", async (_, file, text, message) => {
    repository.write(file, text);
    await expect(lint()).rejects.toThrow(message);
  });
});

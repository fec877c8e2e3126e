/** The import and lint rules, on a small repository: once without violations, once with one violation of each rule. */
import { checkArrows } from "@pareidolia/launcher/checks/arrows";
import { runTool } from "@pareidolia/launcher/checks/runTool";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { buildSampleRepository, type SampleRepository } from "./sampleRepository.ts";

const { signal } = new AbortController();

interface Violation {
  readonly what: string;
  readonly files: Readonly<Record<string, string>>;
  /** What the tool prints, on one line: the rule before or after the file. */
  readonly printed: RegExp;
}

const engines = "packages/classifiers/src/engines";

const imports: readonly Violation[] = [
  {
    what: "file access in a pure package, even a type import",
    files: { "packages/core/src/file.ts": 'import type { Stats } from "node:fs";\n\nexport type Size = Stats["size"];\n' },
    printed: /pure packages import only packages.*: packages\/core\/src\/file\.ts/,
  },
  {
    what: "an npm package in a pure package",
    files: { "packages/encodings/src/check.ts": 'import { z } from "zod";\n\nexport const shape = z.number();\n' },
    printed: /pure packages import only packages.*: packages\/encodings\/src\/check\.ts/,
  },
  {
    what: "the database in a page",
    files: {
      "apps/web/src/features/Runs.tsx": 'import { openPool } from "@pareidolia/persistence/database";\n\nexport const pool = openPool();\n',
    },
    printed: /arrows of apps\/web.*: apps\/web\/src\/features\/Runs\.tsx/,
  },
  {
    what: "Prisma in a page",
    files: { "apps/web/src/features/Rows.tsx": 'import { Prisma } from "@prisma/client";\n\nexport const prisma = Prisma;\n' },
    printed: /packages\/persistence alone owns @prisma.*: apps\/web\/src\/features\/Rows\.tsx/,
  },
  {
    what: "the API in a worker",
    files: { "workers/src/borrow.ts": 'import { pool } from "@pareidolia/api/main";\n\nexport const borrowed = pool;\n' },
    printed: /arrows of workers.*: workers\/src\/borrow\.ts/,
  },
  {
    what: "a wing in a wing below it",
    files: {
      "packages/persistence/src/studies/votes.ts": "export const votes = 1;\n",
      "packages/persistence/src/lab/runs.ts": 'import { votes } from "../studies/votes.ts";\n\nexport const runs = votes;\n',
    },
    printed: /arrows of the wing lab.*: packages\/persistence\/src\/lab\/runs\.ts/,
  },
  {
    what: "one engine in another",
    files: {
      [`${engines}/onnxruntime/open.ts`]: "export const open = 1;\n",
      [`${engines}/tfjs/open.ts`]: 'import { open } from "../onnxruntime/open.ts";\n\nexport const opened = open;\n',
    },
    printed: /engines do not import each other.*: packages\/classifiers\/src\/engines\/tfjs\/open\.ts/,
  },
  {
    what: "a relative path that leaves the package",
    files: { "packages/encodings/src/near.ts": 'import { width } from "../../core/src/image.ts";\n\nexport const near = width;\n' },
    printed: /packages import each other by name.*: packages\/encodings\/src\/near\.ts/,
  },
  {
    what: "a module that imports its importer",
    files: {
      "packages/core/src/a.ts": 'import { b } from "./b.ts";\n\nexport const a = (): number => b();\n',
      "packages/core/src/b.ts": 'import { a } from "./a.ts";\n\nexport const b = (): number => a();\n',
    },
    printed: /no cycles.*: packages\/core\/src\/a\.ts/,
  },
  {
    what: "everything of another file, to export it again",
    files: { "packages/core/src/index.ts": 'export * from "./image.ts";\n' },
    printed: /no barrels.*: packages\/core\/src\/index\.ts/,
  },
  {
    what: "one name of another file, to export it again",
    files: { "packages/encodings/src/index.ts": 'export { area } from "./registry.ts";\n' },
    printed: /no barrels.*: packages\/encodings\/src\/index\.ts/,
  },
  {
    what: "a missing file",
    files: { "workers/src/lost.ts": 'import { gone } from "@pareidolia/core/gone";\n\nexport const lost = gone;\n' },
    printed: /every import resolves.*: workers\/src\/lost\.ts/,
  },
  {
    what: "anything in a package without a row in the table",
    files: {
      "packages/extras/src/thing.ts": 'import { other } from "./other.ts";\n\nexport const thing = other;\n',
      "packages/extras/src/other.ts": "export const other = 1;\n",
    },
    printed: /every room is listed.*: packages\/extras\/src\/thing\.ts/,
  },
];

const lines = Array.from({ length: 401 }, (_, i) => `export const line${i} = ${i};\n`).join("");

const lints: readonly Violation[] = [
  {
    what: "Math.random in a pure package",
    files: { "packages/core/src/dice.ts": "export const roll = (): number => Math.random();\n" },
    printed: /dice\.ts.*Math\.random/,
  },
  {
    what: "Date.now in a pure package",
    files: { "packages/encodings/src/clock.ts": "export const now = (): number => Date.now();\n" },
    printed: /clock\.ts.*Date\.now/,
  },
  {
    what: "Math.sin, whose last bit is not specified",
    files: { "packages/encodings/src/wave.ts": "export const wave = (x: number): number => Math.sin(x);\n" },
    printed: /wave\.ts.*Math\.sin/,
  },
  {
    what: "a default export",
    files: { "packages/core/src/main.ts": "export default 1;\n" },
    printed: /core\/src\/main\.ts.*no-default-export/,
  },
  {
    what: "an any",
    files: { "packages/core/src/loose.ts": "export const loose = (x: any): number => x.y;\n" },
    printed: /loose\.ts.*no-explicit-any/,
  },
  {
    what: "a floating promise",
    files: { "workers/src/float.ts": "export function start(): void {\n  Promise.resolve(1);\n}\n" },
    printed: /float\.ts.*no-floating-promises/,
  },
  { what: "a file of more than 400 lines", files: { "packages/core/src/long.ts": lines }, printed: /long\.ts.*max-lines/ },
];

/** What a check of a repository with all these violations prints, and the check of one without. */
function checkWith(violations: readonly Violation[], check: (root: string) => Promise<void>) {
  let clean: SampleRepository;
  let faulty: SampleRepository;
  const found = { ofClean: Promise.resolve(), ofFaulty: "" };
  beforeAll(async () => {
    [clean, faulty] = [buildSampleRepository(), buildSampleRepository()];
    for (const { files } of violations) for (const [file, text] of Object.entries(files)) faulty.write(file, text);
    found.ofClean = check(clean.root);
    await expect(found.ofClean).resolves.toBeUndefined();
    found.ofFaulty = await check(faulty.root).then(
      () => "",
      (error: Error) => error.message,
    );
  });
  afterAll(() => {
    clean.remove();
    faulty.remove();
  });
  return found;
}

describe("the import rules", () => {
  const found = checkWith(imports, (root) => checkArrows(root, signal));

  it("accept a repository without violations", async () => {
    await expect(found.ofClean).resolves.toBeUndefined();
  });

  it.each(imports)("reject an import of $what", ({ printed }) => {
    expect(found.ofFaulty).toMatch(printed);
  });

  it("reject nothing else", () => {
    expect(found.ofFaulty.split("\n").filter((line) => !imports.some(({ printed }) => printed.test(line)))).toEqual([]);
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
  const found = checkWith(lints, (root) =>
    runTool({
      root,
      program: ["oxlint", "bin/oxlint"],
      // One line for each violation.
      args: ["--type-aware", "--deny-warnings", "--format", "unix", "packages", "apps", "workers"],
      signal,
    }),
  );

  it("accepts a repository without violations", async () => {
    await expect(found.ofClean).resolves.toBeUndefined();
  });

  it.each(lints)("rejects $what", ({ printed }) => {
    expect(found.ofFaulty).toMatch(printed);
  });
});

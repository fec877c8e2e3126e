/** The checks of relative paths, of registries and of tests that replace modules, on a small repository. */
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { findMisplacedOpenings, findRegistries, findSharedMocks, findStrayPaths } from "../../../apps/launcher/src/checks/sources.ts";

let root: string;

beforeEach(() => {
  root = mkdtempSync(path.join(tmpdir(), "pareidolia-sources-"));
  execFileSync("git", ["init", "-q"], { cwd: root });
});
afterEach(() => rmSync(root, { recursive: true }));

function write(file: string, text: string): void {
  mkdirSync(path.join(root, path.dirname(file)), { recursive: true });
  writeFileSync(path.join(root, file), text);
  execFileSync("git", ["add", file], { cwd: root });
}

it("the check accepts paths to files of the repository, and any path in tests and CI", () => {
  write("packages/core/src/a.ts", 'import "../../../apps/b.ts";');
  write("apps/b.ts", "");
  write("test/c.ts", 'open("../../elsewhere");');
  write(".ci/d.yml", "cache: ../elsewhere");
  expect(() => findStrayPaths(root)).not.toThrow();
});

it("the check lists each path that leaves the repository or does not exist", () => {
  write("README.md", "Data are in ../elsewhere/data.");
  write("apps/a/b.ts", 'open("../c.ts", "../../../d.json");');
  expect(() => findStrayPaths(root)).toThrow(
    "README.md: ../elsewhere/data. is not in this repository\napps/a/b.ts: ../c.ts is not in this repository\napps/a/b.ts: ../../../d.json is not in this repository",
  );
});

it("the check reads a code block's paths from the file that the block names", () => {
  write("apps/api/b.ts", "");
  write("docs/guide.md", '```ts apps/api/a/new.ts\nimport "../b.ts";\n```\n\n```ts apps/api/new.ts\nimport "../b.ts";\n```\n');
  expect(() => findStrayPaths(root)).toThrow(/^docs\/guide\.md: \.\.\/b\.ts is not in this repository$/);
});

it("the check lists tests that replace or reload modules and share them with others", () => {
  const replaced = 'vi.mock("./a.ts");';
  write("test/unit/a.test.ts", replaced);
  write("test/unit/b.isolated.test.ts", replaced);
  write("test/unit/c.test.ts", "vi.fn();");
  write("test/unit/d.test.ts", "vi.resetModules();");
  const found = ["a", "d"].map((name) => `test/unit/${name}.test.ts: it replaces or reloads modules, so name it *.isolated.test.ts`);
  expect(() => findSharedMocks(root)).toThrow(found.join("\n"));
});

it("the check lists the registries that the lock file names", () => {
  const lockWith = (...addresses: string[]) => addresses.map((address) => `"resolved": "${address}",`).join("\n");
  write("package-lock.json", lockWith("https://registry.invalid/a/-/a-1.0.0.tgz", "packages/core"));
  expect(() => findRegistries(root)).not.toThrow();
  write("package-lock.json", lockWith("https://registry.invalid/a/-/a-1.0.0.tgz", "http://packages.example:8080/b/-/b-1.0.0.tgz"));
  expect(() => findRegistries(root)).toThrow("package-lock.json names packages.example:8080. Replace it by registry.invalid");
});

it("the check lists files whose opening comment is below an import", () => {
  const comment = "/**\n * What it is.\n */\n";
  write("apps/a.ts", `"use client";\nimport a from "a";\nimport {\n  b,\n} from "b";\n${comment}import c from "c";\n`);
  write("apps/b.ts", `${comment}import a from "a";\n\n/** What it returns. */\nexport const b = a;\n`);
  write("apps/c.ts", `import a from "a";\n\n${comment}export const c = a;\n`);
  expect(() => findMisplacedOpenings(root)).toThrow(/^apps\/a\.ts: move the comment between its imports above them$/);
});

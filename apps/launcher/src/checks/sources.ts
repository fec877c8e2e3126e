/**
 * Checks of the tracked files themselves: their sizes, the relative paths and registries that they mention, the names of tests that
 * replace modules, and the place of opening comments.
 */
import { execFileSync } from "node:child_process";
import { existsSync, readFileSync, statSync } from "node:fs";
import path from "node:path";

const maxFileLength = 400;
const maxFileSize = 2_000_000;

export function findOversizedFiles(root: string): void {
  const problems = listTrackedFiles(root).flatMap((file) => {
    const { size } = statSync(path.join(root, file));
    if (size > maxFileSize && file !== "package-lock.json") return [`${file}: ${size} bytes, more than ${maxFileSize}`];
    if (!/\.(ts|tsx|mts|mjs|js|css)$/.test(file)) return [];
    const lines = readFileSync(path.join(root, file), "utf8").split("\n").length - 1;
    return lines > maxFileLength ? [`${file}: ${lines} lines, more than ${maxFileLength}; one file holds one idea`] : [];
  });
  if (problems.length > 0) throw new Error(problems.join("\n"));
}

/** Checks that each path that begins with `../`, outside tests and CI, leads to an existing file. @throws Error listing the others */
export function findStrayPaths(root: string): void {
  const problems = listTrackedFiles(root)
    .filter((file) => !/^(test|\.ci)\//.test(file) && /\.(ts|tsx|mjs|js|json|ya?ml|md|css|sql|prisma|graphql)$/.test(file))
    .flatMap((file) => {
      const stray = partsOf(file, readFileSync(path.join(root, file), "utf8")).flatMap(({ folder, text }) =>
        [...text.matchAll(/(?:\.\.\/)+[\w.@-][\w./@-]*/g)]
          .map(([mention]) => mention)
          .filter((mention) => {
            const target = path.join(folder, mention);
            return target.startsWith("..") || !existsSync(path.join(root, target));
          }),
      );
      return [...new Set(stray)].map((mention) => `${file}: ${mention} is not in this repository`);
    });
  if (problems.length > 0) throw new Error(problems.join("\n"));
}

/** Checks that a test that replaces or reloads modules does not share them with others. @throws Error listing the files to rename */
export function findSharedMocks(root: string): void {
  const problems = listTrackedFiles(root)
    .filter((file) => /^test\/(unit|integration|faults)\/.*\.test\.ts$/.test(file) && !file.endsWith(".isolated.test.ts"))
    .filter((file) => /^\s*vi\.((do)?mock|resetModules)\(/im.test(readFileSync(path.join(root, file), "utf8")))
    .map((file) => `${file}: it replaces or reloads modules, so name it *.isolated.test.ts`);
  if (problems.length > 0) throw new Error(problems.join("\n"));
}

/** Checks that the lock file names no registry, so that npm uses the configured one (.npmrc). @throws Error listing the other hosts */
export function findRegistries(root: string): void {
  const lock = readFileSync(path.join(root, "package-lock.json"), "utf8");
  const hosts = [...lock.matchAll(/"resolved": "https?:\/\/([^/"]+)/g)]
    .map(([, host]) => host)
    .filter((host) => host !== "registry.invalid");
  if (hosts.length > 0)
    throw new Error(`package-lock.json names ${[...new Set(hosts)].join(", ")}. Replace it by registry.invalid, as .npmrc explains.`);
}

/** Finds opening comments that an import sorter moved between imports. @throws Error listing their files */
export function findMisplacedOpenings(root: string): void {
  const problems = listTrackedFiles(root)
    .filter((file) => /\.(ts|tsx|mts|mjs)$/.test(file))
    .filter((file) => /^import [^;]*;\n+\/\*\*(?:(?!\*\/)[\s\S])*\*\/\n+import /m.test(readFileSync(path.join(root, file), "utf8")))
    .map((file) => `${file}: move the comment between its imports above them`);
  if (problems.length > 0) throw new Error(problems.join("\n"));
}

/** Splits a Markdown file into its text and its fenced code blocks with a path, each with the folder of its relative paths. */
function partsOf(file: string, text: string): { readonly folder: string; readonly text: string }[] {
  const own = { folder: path.dirname(file), text };
  if (!file.endsWith(".md")) return [own];
  const blocks: { readonly folder: string; readonly text: string }[] = [];
  const rest = text.replaceAll(/^```\w+ (\S+)\n([\s\S]*?)^```/gm, (_block, name: string, content: string) => {
    blocks.push({ folder: path.dirname(name), text: content });
    return "";
  });
  return [{ ...own, text: rest }, ...blocks];
}

/** Paths of all tracked files, relative to `root`. @throws Error if git lists none, as in an unpacked archive. */
export function listTrackedFiles(root: string): string[] {
  const list = execFileSync("git", ["ls-files", "-z"], { cwd: root, encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] });
  const files = list.split("\0").filter((file) => file !== "" && existsSync(path.join(root, file)));
  if (files.length === 0) throw new Error("git tracks no files here.");
  return files;
}

/** Questions about the tracked files themselves. */
import { execFileSync } from "node:child_process";
import { existsSync, readFileSync, statSync } from "node:fs";
import path from "node:path";

const longestFile = 400;
const largestFile = 2_000_000;

export function findOversizedFiles(root: string): void {
  const problems = listTrackedFiles(root).flatMap((file) => {
    const { size } = statSync(path.join(root, file));
    if (size > largestFile && file !== "package-lock.json") return [`${file}: ${size} bytes, more than ${largestFile}`];
    if (!/\.(ts|tsx|mts|mjs|js|css)$/.test(file)) return [];
    const lines = readFileSync(path.join(root, file), "utf8").split("\n").length - 1;
    return lines > longestFile ? [`${file}: ${lines} lines, more than ${longestFile}; one file holds one idea`] : [];
  });
  if (problems.length > 0) throw new Error(problems.join("\n"));
}

/** Source text outside tests and CI names no file beside the repository: each path that begins with `../` stays inside it and exists. */
export function findStrayPaths(root: string): void {
  const problems = listTrackedFiles(root)
    .filter((file) => !/^(test|\.ci)\//.test(file) && /\.(ts|tsx|mjs|js|json|ya?ml|md|css|sql|prisma|graphql)$/.test(file))
    .flatMap((file) => {
      const mentioned = readFileSync(path.join(root, file), "utf8").matchAll(/(?:\.\.\/)+[\w.@-][\w./@-]*/g);
      return [...new Set([...mentioned].map(([mention]) => mention))]
        .filter((mention) => {
          const target = path.join(path.dirname(file), mention);
          return target.startsWith("..") || !existsSync(path.join(root, target));
        })
        .map((mention) => `${file}: ${mention} is not in this repository`);
    });
  if (problems.length > 0) throw new Error(problems.join("\n"));
}

/** Without git (an unpacked archive) there is nothing tracked to ask about, and that is said instead of passed over. */
function listTrackedFiles(root: string): string[] {
  const list = execFileSync("git", ["ls-files", "-z"], { cwd: root, encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] });
  const files = list.split("\0").filter((file) => file !== "" && existsSync(path.join(root, file)));
  if (files.length === 0) throw new Error("git lists no files here.");
  return files;
}

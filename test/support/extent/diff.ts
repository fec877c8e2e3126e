/**
 * What a branch changes: its files since it left main, with those that are not committed yet. On main itself, it is what the last commit or
 * merge changed. A file counts if a line of it other than an import differs, so files that only moved do not.
 */
import { execFileSync } from "node:child_process";
import path from "node:path";

const root = path.join(import.meta.dirname, "../../..");

/** Empty without git or its history, as in an archive of the sources. */
function git(...args: readonly string[]): string {
  try {
    return execFileSync("git", args, { cwd: root, encoding: "utf8", maxBuffer: 2 ** 29, stdio: ["ignore", "pipe", "ignore"] }).trim();
  } catch {
    return "";
  }
}

function findBase(): string {
  const head = git("rev-parse", "HEAD");
  const bases = ["origin/main", "main"].map((main) => git("merge-base", "HEAD", main));
  return bases.find((base) => base !== "" && base !== head) ?? git("rev-parse", "--verify", "HEAD^");
}

/** Of an import, alone or as a line of several. */
const isImport = (line: string): boolean => /^[+-]\s*(?:import\b|\} from |(?:type )?\w+,?$|$)/.test(line);

/** The files of a diff without context (`git diff -U0`). */
export function changedFilesOf(diff: string): readonly string[] {
  return diff.split(/^diff --git /m).flatMap((part) => {
    const [heading = "", ...hunks] = part.split(/^@@.*$/m);
    const file = /^\+\+\+ b\/(.+)$/m.exec(heading)?.[1] ?? /^--- a\/(.+)$/m.exec(heading)?.[1];
    const lines = hunks.flatMap((hunk) => hunk.split("\n").filter((line) => /^[+-]/.test(line)));
    return file !== undefined && lines.some((line) => !isImport(line)) ? [file] : [];
  });
}

let known: ReadonlySet<string> | null = null;

/** Paths relative to the repository. */
export function readChangedFiles(): ReadonlySet<string> {
  if (known !== null) return known;
  const base = findBase();
  const changed = base === "" ? [] : changedFilesOf(git("diff", "-U0", "-M", "--no-color", "--no-ext-diff", base));
  const added = git("ls-files", "--others", "--exclude-standard").split("\n");
  known = new Set([...changed, ...added].filter((file) => file !== ""));
  return known;
}

/** How tests start programs as processes or threads: compiled under `npm test`, which compiles first; otherwise from source. */
import { fileURLToPath } from "node:url";

const compiled = process.env["PAREIDOLIA_TEST_COMPILED"] === "1";

/** Node's flags for a TypeScript program that imports the packages. */
export const nodeFlags: readonly string[] = [...(compiled ? [] : ["--conditions=source"]), "--disable-warning=ExperimentalWarning"];

/** Node's arguments for a program of the workers, for example `main`. */
export function workerProgram(name: string): readonly string[] {
  const file = compiled ? `dist/${name}.js` : `src/${name}.ts`;
  return [...nodeFlags, fileURLToPath(new URL(`../../workers/${file}`, import.meta.url))];
}

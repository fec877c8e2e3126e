/**
 * Builds the production system: Prisma's client, the compiled packages, the typed GraphQL documents and Next's build. Parts whose
 * sources have not changed are skipped.
 */
import { accessSync, constants, existsSync, readdirSync, readFileSync, rmSync } from "node:fs";
import path from "node:path";
import { AppError } from "@pareidolia/core/appError";
import { type OrderedStep, runSteps } from "../checks/runSteps.ts";
import { openLog } from "../processes/log.ts";
import { runCommand } from "../processes/runCommand.ts";
import type { Terminal } from "../terminal.ts";
import { readContentStamp } from "./contentStamp.ts";

export interface PrepareOptions {
  readonly root: string;
  readonly logFolder: string;
  readonly terminal: Terminal;
  readonly signal: AbortSignal;
  /** False to skip the web application, which checks and most tests do not need. */
  readonly web: boolean;
}

/** Its id names its stamp; a part that it comes after is one whose outputs it reads. */
interface Part extends OrderedStep {
  readonly title: string;
  readonly sources: readonly string[];
  readonly outputs: readonly string[];
  readonly commands: readonly Command[];
  /** Folder to remove after a failed build: Next caches the error and would report it again. */
  readonly clearAfterFailure?: string;
}

interface Command {
  /** A program of an npm package, as [package, file], or a script of this repository. */
  readonly program: readonly [string, string] | string;
  readonly args: readonly string[];
  readonly folder?: string;
  readonly env?: Readonly<Record<string, string>>;
}

/** The manifest of the built web application's operations, for the API. */
export const persistedOperationsFile = "apps/web/src/graphql/generated/persistedOperations.json";

/**
 * TypeScript 7, a native program, which needs a quarter of the processor time of TypeScript 6. The package `typescript` is 6, as the linters
 * and generators call its programming interface, which 7 does not have.
 */
export const compiler = ["@typescript/native", "bin/tsc"] as const;

/**
 * For programs in Go that end soon, as the compiler and the linter of types: nearly all of their memory stays in use, so they collect
 * garbage less often. The linter then needs a seventh less processor time, and a tenth more memory.
 */
export const fewCollections = { GOGC: "400" } as const;

/** Builds projects and those that they refer to. Several checkers of a project would each check the types that its files share. */
const buildProjects = ["-b", "--checkers", "1"] as const;

const generateTypes = "apps/launcher/src/generateTypes.ts";

/** Next's build and the compiler of a large project use one core each. */
const concurrency = 2;

export async function prepareBuild(options: PrepareOptions): Promise<void> {
  const wanted = parts(options.root).filter(({ id }) => id !== "web" || options.web);
  await runSteps(wanted, concurrency, async (part) => {
    const stamp = readContentStamp(options.root, part.id, part.sources, part.outputs);
    if (stamp.current) return;
    requireWritable(options.root, part);
    stamp.remove();
    await options.terminal.step(part.title, async () => {
      for (const command of part.commands) await build(options, part, command);
    });
    stamp.write();
  });
}

/** A user may run a copy that another user built, as long as no source has changed since. */
function requireWritable(root: string, { title, outputs }: Part): void {
  const folders = [path.join(root, "node_modules"), ...outputs.map((output) => path.join(root, path.dirname(output)))];
  for (const folder of folders.filter((file) => existsSync(file)))
    try {
      accessSync(folder, constants.W_OK);
    } catch (cause) {
      throw new AppError(
        "UNAVAILABLE",
        `This copy needs a build (${title}), but you have no permission to write ${folder}. Run npm run build as its owner, or use your own copy.`,
        { cause },
      );
    }
}

async function build(options: PrepareOptions, part: Part, { program, args, folder = "", env = {} }: Command): Promise<void> {
  const log = openLog(options.logFolder, "build", () => undefined);
  try {
    await runCommand({
      title: part.title,
      script: typeof program === "string" ? path.join(options.root, program) : findProgram(options.root, program),
      args,
      cwd: path.join(options.root, folder),
      env: { ...process.env, ...env },
      signal: options.signal,
      onLine: log,
    });
  } catch (error) {
    if (part.clearAfterFailure !== undefined) rmSync(path.join(options.root, part.clearAfterFailure), { recursive: true, force: true });
    throw error;
  }
}

export function findProgram(root: string, [packageName, file]: readonly [string, string]): string {
  return path.join(root, "node_modules", packageName, file);
}

/** Folders of our packages that a package depends on, through others too, in alphabetical order. */
export function findPackagesOf(root: string, folder: string): readonly string[] {
  const found = new Set<string>();
  const visit = (place: string): void => {
    const { dependencies = {} } = JSON.parse(readFileSync(path.join(root, place, "package.json"), "utf8")) as { dependencies?: object };
    for (const name of Object.keys(dependencies)) {
      const own = /^@pareidolia\/(.+)$/.exec(name)?.[1];
      if (own === undefined || found.has(`packages/${own}`)) continue;
      found.add(`packages/${own}`);
      visit(`packages/${own}`);
    }
  };
  visit(folder);
  return [...found].toSorted((a, b) => (a < b ? -1 : 1));
}

function parts(root: string): readonly Part[] {
  const packages = readdirSync(path.join(root, "packages")).map((name) => `packages/${name}`);
  const compiled = [...packages, "apps/api", "apps/lab", "workers"];
  const ofWeb = findPackagesOf(root, "apps/web");
  const sourcesOf = (places: readonly string[]) =>
    places.flatMap((place) => [`${place}/src`, `${place}/package.json`, `${place}/tsconfig.json`]);
  return [
    {
      id: "databaseClient",
      title: "Generate the database client",
      sources: ["prisma/schema.prisma", "package-lock.json"],
      outputs: ["packages/persistence/src/generated/client.ts"],
      // `prisma generate` downloads a schema engine that it does not use, unless this variable names a program.
      commands: [{ program: ["prisma", "build/index.js"], args: ["generate"], env: { PRISMA_SCHEMA_ENGINE_BINARY: process.execPath } }],
    },
    {
      id: "compiledForWeb",
      title: "Compile the packages of the web application",
      sources: [...sourcesOf(ofWeb), "tsconfig.base.json"],
      outputs: ofWeb.map((place) => `${place}/dist/.tsbuildinfo`),
      commands: [{ program: compiler, args: [...buildProjects, ...ofWeb], env: fewCollections }],
    },
    {
      id: "documents",
      title: "Generate the types of the GraphQL documents",
      sources: [
        "apps/web/src/features",
        "apps/web/src/server",
        generateTypes,
        "apps/web/codegen.mjs",
        "apps/web/apiReference.mjs",
        "apps/web/persistedOperations.mjs",
        "apps/web/cacheSchema.mjs",
        "apps/web/enumDescriptions.mjs",
        "apps/api/schema.graphql",
        "package-lock.json",
      ],
      outputs: [
        persistedOperationsFile,
        ...["graphql", "cacheSchema", "enumDescriptions"].map((name) => `apps/web/src/graphql/generated/${name}.ts`),
      ],
      commands: [{ program: generateTypes, args: ["apps/web"] }],
    },
    {
      id: "clientDocuments",
      title: "Generate the types and operations of the client",
      sources: [
        "packages/client/src/operations",
        generateTypes,
        "packages/client/codegen.mjs",
        "packages/client/schemaFacts.mjs",
        "packages/client/typedTexts.mjs",
        "apps/api/schema.graphql",
        "package-lock.json",
      ],
      outputs: ["schema", "operations", "schemaFacts"].map((name) => `packages/client/src/generated/${name}.ts`),
      commands: [{ program: generateTypes, args: ["packages/client"] }],
    },
    {
      id: "compiled",
      after: ["databaseClient", "compiledForWeb", "clientDocuments"],
      title: "Compile TypeScript",
      sources: [...sourcesOf(compiled), "tsconfig.base.json", "prisma/schema.prisma", "apps/api/schema.graphql"],
      outputs: ["apps/api/dist/main.js", "workers/dist/main.js", "packages/core/dist/image.js"],
      commands: [{ program: compiler, args: buildProjects, env: fewCollections }],
    },
    {
      id: "web",
      after: ["compiledForWeb", "documents"],
      title: "Build the web application",
      sources: ["apps/web", "apps/api/schema.graphql", ...ofWeb.map((place) => `${place}/src`), "package-lock.json"],
      outputs: ["apps/web/.next/BUILD_ID"],
      commands: [{ program: ["next", "dist/bin/next"], args: ["build"], folder: "apps/web", env: { NODE_ENV: "production" } }],
      clearAfterFailure: "apps/web/.next",
    },
  ];
}

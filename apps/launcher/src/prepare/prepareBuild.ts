/**
 * Everything between the sources and what production runs: Prisma's client, the compiled packages, the typed GraphQL
 * documents and Next's build. Each part is skipped while its sources are what they were.
 */
import { accessSync, constants, existsSync, readdirSync, rmSync } from "node:fs";
import path from "node:path";
import { AppError } from "@pareidolia/core/appError";
import { openLog } from "../processes/log.ts";
import { runCommand } from "../processes/runCommand.ts";
import type { Terminal } from "../terminal.ts";
import { readContentStamp } from "./contentStamp.ts";

export interface PrepareOptions {
  readonly root: string;
  readonly logFolder: string;
  readonly terminal: Terminal;
  readonly signal: AbortSignal;
  /** False leaves the web application out: checks and most tests need no pages. */
  readonly web: boolean;
}

interface Part {
  readonly name: string;
  readonly title: string;
  readonly sources: readonly string[];
  readonly outputs: readonly string[];
  readonly commands: readonly Command[];
  /** Removed before building: Next repeats the error of a failed build from its cache. */
  readonly clearAfterFailure?: string;
}

interface Command {
  /** A program of an npm package: [package, file]. */
  readonly program: readonly [string, string];
  readonly args: readonly string[];
  readonly folder?: string;
  readonly env?: Readonly<Record<string, string>>;
}

export async function prepareBuild(options: PrepareOptions): Promise<void> {
  for (const part of parts(options.root)) {
    if (part.name === "web" && !options.web) continue;
    const stamp = readContentStamp(options.root, part.name, part.sources, part.outputs);
    if (stamp.current) continue;
    requireWritable(options.root, part);
    stamp.forget();
    await options.terminal.step(part.title, async () => {
      for (const command of part.commands) await build(options, part, command);
    });
    stamp.write();
  }
}

/** Somebody may run what another built; only what changed since needs the owner again. */
function requireWritable(root: string, { title, outputs }: Part): void {
  const places = [path.join(root, "node_modules"), ...outputs.map((output) => path.join(root, path.dirname(output)))];
  for (const place of places.filter((folder) => existsSync(folder)))
    try {
      accessSync(place, constants.W_OK);
    } catch (cause) {
      throw new AppError(
        "UNAVAILABLE",
        `This copy has to be built first (${title}), and you may not write ${place}. Run npm run build as its owner, or make a copy of your own.`,
        { cause },
      );
    }
}

async function build(options: PrepareOptions, part: Part, { program, args, folder = "", env = {} }: Command): Promise<void> {
  const log = openLog(options.logFolder, "build", () => undefined);
  try {
    await runCommand({
      title: part.title,
      script: findProgram(options.root, program),
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

function parts(root: string): readonly Part[] {
  const packages = readdirSync(path.join(root, "packages")).map((name) => `packages/${name}`);
  const compiled = [...packages, "apps/api", "apps/lab", "workers"];
  return [
    {
      name: "databaseClient",
      title: "Generate the database client",
      sources: ["prisma/schema.prisma", "package-lock.json"],
      outputs: ["packages/persistence/src/generated/client.ts"],
      // Generating needs no schema engine, but looks for one; naming any program keeps it from a download.
      commands: [{ program: ["prisma", "build/index.js"], args: ["generate"], env: { PRISMA_SCHEMA_ENGINE_BINARY: process.execPath } }],
    },
    {
      name: "compiled",
      title: "Compile TypeScript",
      sources: [
        ...compiled.flatMap((place) => [`${place}/src`, `${place}/package.json`, `${place}/tsconfig.json`]),
        "tsconfig.base.json",
        "prisma/schema.prisma",
      ],
      outputs: ["apps/api/dist/main.js", "workers/dist/main.js", "packages/core/dist/image.js"],
      commands: [{ program: ["typescript", "bin/tsc"], args: ["-b"] }],
    },
    {
      name: "documents",
      title: "Generate the types of the GraphQL documents",
      sources: ["apps/web/src/features", "apps/web/codegen.yml", "apps/api/schema.graphql", "package-lock.json"],
      outputs: ["apps/web/src/graphql/generated/graphql.ts"],
      commands: [{ program: ["@graphql-codegen/cli", "esm/bin.js"], args: ["--config", "codegen.yml"], folder: "apps/web" }],
    },
    {
      name: "web",
      title: "Build the web application",
      sources: [
        "apps/web",
        "apps/api/schema.graphql",
        "packages/core/src",
        "packages/encodings/src",
        "packages/perception/src",
        "package-lock.json",
      ],
      outputs: ["apps/web/.next/BUILD_ID"],
      commands: [{ program: ["next", "dist/bin/next"], args: ["build"], folder: "apps/web", env: { NODE_ENV: "production" } }],
      clearAfterFailure: "apps/web/.next",
    },
  ];
}

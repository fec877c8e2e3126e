/** Runs this machine's Docker and Compose in a separate project. Environment variables adapt builds and clients to other networks. */
import { execFile } from "node:child_process";
import { randomBytes } from "node:crypto";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { promisify } from "node:util";
import { AppError } from "@pareidolia/core/appError";
import { repositoryRoot } from "@pareidolia/launcher/settings";

const run = promisify(execFile);
const project = "pareidolia-test";
const publishedPort = Number(process.env["PAREIDOLIA_CONTAINERS_PORT"] ?? 3399);

/** Letters and digits, as compose.yaml requires. The secrets last as long as the stack's volumes: for this process. */
const secret = (): string => randomBytes(16).toString("hex");
const environment: NodeJS.ProcessEnv = {
  ...process.env,
  POSTGRES_PASSWORD: secret(),
  POSTGRES_APPLICATION_PASSWORD: secret(),
  S3_ACCESS_KEY: secret(),
  S3_SECRET_KEY: secret(),
  PAREIDOLIA_SECRET: secret(),
  PAREIDOLIA_URL: `http://127.0.0.1:${publishedPort}`,
  PORT: String(publishedPort),
  // Of the owner whose account the client creates.
  PAREIDOLIA_CONTAINERS_PASSWORD: secret(),
};

async function output(command: string, args: readonly string[]): Promise<string> {
  const { stdout } = await run(command, args, { cwd: repositoryRoot, env: environment, maxBuffer: 64 * 2 ** 20 });
  return stdout.trim();
}

export function docker(...args: readonly string[]): Promise<string> {
  return output("docker", args);
}

/** @throws AppError UNAVAILABLE with advice. */
export async function requireDocker(): Promise<string> {
  try {
    return await docker("version", "--format", "{{.Server.Version}}");
  } catch (cause) {
    throw new AppError("UNAVAILABLE", "No Docker daemon answers. Start one or set DOCKER_HOST, then run this again.", { cause });
  }
}

/** The Compose plugin, or the older docker-compose. */
async function findCompose(): Promise<readonly [string, ...string[]]> {
  try {
    await docker("compose", "version");
    return ["docker", "compose"];
  } catch {
    return ["docker-compose"];
  }
}

let found: Promise<readonly [string, ...string[]]> | undefined;

export async function compose(...args: readonly string[]): Promise<string> {
  const [command, ...first] = await (found ??= findCompose());
  return output(command, [...first, "-p", project, "-f", path.join("docker", "compose.yaml"), ...args]);
}

export interface Container {
  readonly Id: string;
  readonly State: {
    readonly Status: string;
    readonly ExitCode: number;
    readonly StartedAt: string;
    readonly FinishedAt: string;
    readonly Health?: { readonly Status: string };
  };
  readonly HostConfig: { readonly RestartPolicy: { readonly Name: string } };
  readonly Mounts: readonly { readonly Type: string; readonly Name?: string; readonly Destination: string }[];
}

/** Includes stopped containers. */
export async function containersOf(service: string): Promise<readonly Container[]> {
  const ids = await docker(
    "ps",
    "--all",
    "--quiet",
    "--filter",
    `label=com.docker.compose.project=${project}`,
    "--filter",
    `label=com.docker.compose.service=${service}`,
  );
  if (ids === "") return [];
  return JSON.parse(await docker("inspect", ...ids.split("\n"))) as Container[];
}

/** @throws AppError UNAVAILABLE with the last state. */
export async function waitFor(what: string, seconds: number, look: () => Promise<string | null>): Promise<void> {
  const end = performance.now() + seconds * 1000;
  for (;;) {
    const missing = await look();
    if (missing === null) return;
    if (performance.now() > end) throw new AppError("UNAVAILABLE", `${what} took more than ${seconds} s: ${missing}.`);
    await sleep(500);
  }
}

/** Runs the client; PAREIDOLIA_CONTAINERS_ENTER is a command prefix to enter another network in which the published ports are reachable. */
export async function asClient<T>(...args: readonly string[]): Promise<T> {
  const prefix = (process.env["PAREIDOLIA_CONTAINERS_ENTER"] ?? "").split(" ").filter((word) => word !== "");
  const flags = ["--conditions=source", "--disable-warning=ExperimentalWarning"];
  const [command, ...rest] = [...prefix, process.execPath, ...flags, path.join(import.meta.dirname, "client.ts")];
  return JSON.parse(await output(command, [...rest, `http://127.0.0.1:${publishedPort}`, ...args])) as T;
}

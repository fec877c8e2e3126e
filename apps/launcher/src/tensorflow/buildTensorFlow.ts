/**
 * Builds tfjs-node-gpu: installs the npm package without its install script (which downloads a libtensorflow of 2022 with CUDA 11.2),
 * unpacks TensorFlow's libraries from a wheel, and compiles the package's binding against them. Every step stores its result, so a
 * second call resumes where the first one stopped.
 */
import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { copyFile, mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import {
  buildRecord,
  type NativeBuild,
  type NativeVariant,
  nativeFolder,
  tfjsPackageFolder,
} from "@pareidolia/classifiers/engines/tfjs/nativeBuild";
import { AppError } from "@pareidolia/core/appError";
import type { Terminal } from "../terminal.ts";
import { downloadWheel } from "./downloadWheel.ts";
import { checkNode, checkPlatform, checkSpace, findCompiler } from "./requirements.ts";
import { runProgram } from "./runProgram.ts";
import { unpackZip } from "./unpackZip.ts";
import { tensorFlowVersion, type Wheel, wheels } from "./wheels.ts";

export interface BuildOptions {
  readonly root: string;
  readonly variant: NativeVariant;
  readonly env: NodeJS.ProcessEnv;
  readonly terminal: Terminal;
  readonly signal: AbortSignal;
}

export async function buildTensorFlow(options: BuildOptions): Promise<NativeBuild> {
  const { variant, env, terminal } = options;
  const folder = nativeFolder(env, variant);
  checkPlatform(process.platform, process.arch);
  checkNode(process.versions.node);
  const compiler = findCompiler(env);
  const missing = wheels[variant].filter((wheel) => !existsSync(unpackedMark(folder, wheel)));
  await checkSpace(folder, missing);
  await rm(path.join(folder, buildRecord), { force: true });

  await terminal.step("Install tfjs-node-gpu", () => installPackage(options, folder));
  for (const wheel of missing)
    await terminal.step(`Download ${wheel.project}`, (progress) => installWheel(options, folder, wheel, progress));
  const binding = await terminal.step("Compile the binding", () => compileBinding(options, folder, compiler));
  const tfjs = await terminal.step("Test the binding", () => testBinding(options, folder));
  const build: NativeBuild = { variant, tensorflow: tensorFlowVersion, tfjs, binding };
  await writeFile(path.join(folder, buildRecord), `${JSON.stringify(build, null, 2)}\n`);
  return build;
}

/** The folders of NVIDIA's libraries. TensorFlow opens them by name only, so they must be on LD_LIBRARY_PATH. */
export async function nvidiaFolders(folder: string): Promise<string[]> {
  const parent = path.join(folder, "nvidia");
  if (!existsSync(parent)) return [];
  return (await readdir(parent)).map((name) => path.join(parent, name, "lib")).filter((library) => existsSync(library));
}

async function installPackage({ root, signal, env }: BuildOptions, folder: string): Promise<void> {
  const pinned = path.join(root, "apps", "launcher", "tensorflow");
  const lock = await readFile(path.join(pinned, "package-lock.json"), "utf8");
  const mark = path.join(folder, "node_modules", ".installed");
  if (existsSync(mark) && (await readFile(mark, "utf8")) === lock) return;
  for (const name of ["package.json", "package-lock.json"]) await copyFile(path.join(pinned, name), path.join(folder, name));
  const npm = env["npm_execpath"];
  const [program, first] = npm?.endsWith(".js") ? [process.execPath, [npm]] : ["npm", []];
  await runProgram({
    program,
    args: [...first, "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"],
    cwd: folder,
    signal,
    failure: "Could not install tfjs-node-gpu from the npm registry",
  });
  await writeFile(mark, lock);
}

function unpackedMark(folder: string, wheel: Wheel): string {
  return path.join(folder, "unpacked", wheel.sha256);
}

async function installWheel(
  { env, signal }: BuildOptions,
  folder: string,
  wheel: Wheel,
  progress: (detail: string) => void,
): Promise<void> {
  const index = env["PIP_INDEX_URL"] || "https://pypi.org/simple";
  const archive = await downloadWheel(wheel, { folder: path.join(folder, "downloads"), index, signal, progress });
  const count = await unpackZip({ archive, folder, keep: wheel.keep, signal, progress });
  if (count === 0) throw new AppError("CORRUPT_DATA", `${wheel.filename} contains none of the expected files.`);
  await mkdir(path.join(folder, "unpacked"), { recursive: true });
  await writeFile(unpackedMark(folder, wheel), wheel.filename);
  await rm(archive);
}

/** Returns the SHA-256 of the compiled binding. */
async function compileBinding({ signal }: BuildOptions, folder: string, compiler: string): Promise<string> {
  const tfjs = tfjsPackageFolder(folder);
  const libraries = path.join(folder, "tensorflow");
  const target = path.join(tfjs, "lib", "napi-v8");
  const binding = path.join(target, "tfjs_binding.node");
  await mkdir(target, { recursive: true });
  const includes = [path.join(folder, "node_modules", "node-api-headers", "include"), tfjs, path.join(libraries, "include")];
  await runProgram({
    program: compiler,
    args: [
      "-O2",
      "-std=c++17",
      "-shared",
      "-fPIC",
      "-DNAPI_VERSION=8",
      ...includes.flatMap((include) => ["-I", include]),
      "-o",
      binding,
      ...["tfjs_backend.cc", "tfjs_binding.cc"].map((source) => path.join(tfjs, "binding", source)),
      ...["libtensorflow_cc.so.2", "libtensorflow_framework.so.2"].map((library) => path.join(libraries, library)),
      `-Wl,-rpath,${libraries}`,
    ],
    cwd: folder,
    signal,
    failure: "Could not compile the binding",
  });
  return createHash("sha256")
    .update(await readFile(binding))
    .digest("hex");
}

/** Loads the binding in a separate process, since it may crash. Returns tfjs's version. */
async function testBinding({ signal, env }: BuildOptions, folder: string): Promise<string> {
  const script = `
    const tf = require(${JSON.stringify(tfjsPackageFolder(folder))});
    const [sum] = tf.matMul(tf.tensor2d([[1, 2]]), tf.tensor2d([[3], [4]])).dataSync();
    if (tf.getBackend() !== "tensorflow" || sum !== 11) throw new Error("it computes " + sum + " on " + tf.getBackend());
    console.log("tfjs=" + tf.version["tfjs-core"]);`;
  const libraryPath = [...(await nvidiaFolders(folder)), env["LD_LIBRARY_PATH"] ?? ""].filter((entry) => entry !== "").join(":");
  const output = await runProgram({
    program: process.execPath,
    args: ["--no-deprecation", "-e", script],
    cwd: folder,
    env: { ...env, TF_CPP_MIN_LOG_LEVEL: "2", ...(libraryPath === "" ? {} : { LD_LIBRARY_PATH: libraryPath }) },
    signal,
    failure: "The compiled binding does not load",
  });
  return /tfjs=(\S+)/.exec(output)?.[1] ?? "";
}

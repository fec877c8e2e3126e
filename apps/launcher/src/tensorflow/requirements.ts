/** Checks the requirements for building TensorFlow, before anything is downloaded. */
import { existsSync } from "node:fs";
import { mkdir, statfs } from "node:fs/promises";
import path from "node:path";
import { AppError } from "@pareidolia/core/appError";
import type { Wheel } from "./wheels.ts";

/** Size of tfjs-node-gpu with its dependencies. */
const packageBytes = 320_000_000;

/** tfjs-node 4.22 calls Node functions that Node 23 removed, and the binding is built for 22. */
export function checkNode(version: string): void {
  const major = Number(version.split(".")[0]);
  if (major !== 22)
    throw new AppError(
      "UNAVAILABLE",
      `TensorFlow for Node runs under Node 22; this is ${version}. Start it with npm run tensorflow, which uses the Node 22 of node_modules.`,
    );
}

export function checkPlatform(platform: string, architecture: string): void {
  if (platform !== "linux" || architecture !== "x64")
    throw new AppError(
      "UNAVAILABLE",
      `The TensorFlow wheels are for Linux on x64; this is ${platform} on ${architecture}. The engines onnxruntime and tfjs-wasm work without it.`,
    );
}

/** The C++ compiler: CXX, else g++, else clang++. */
export function findCompiler(env: NodeJS.ProcessEnv): string {
  const named = env["CXX"];
  const names = named ? [named] : ["g++", "clang++"];
  const folders = (env["PATH"] ?? "").split(path.delimiter);
  for (const name of names) {
    if (path.isAbsolute(name) && existsSync(name)) return name;
    const found = folders.map((folder) => path.join(folder, name)).find((file) => existsSync(file));
    if (found !== undefined) return found;
  }
  throw new AppError(
    "UNAVAILABLE",
    named
      ? `Compiler CXX=${named} not found.`
      : "No C++ compiler found. Install g++ (Debian and Ubuntu: apt-get install g++; Fedora: dnf install gcc-c++) and run the same command again.",
  );
}

/** Requires free space for the package, the downloads and the files unpacked from them. */
export async function checkSpace(folder: string, wheels: readonly Wheel[]): Promise<void> {
  try {
    await mkdir(folder, { recursive: true });
  } catch (error) {
    throw new AppError(
      "UNAVAILABLE",
      `Cannot create ${folder} (${(error as NodeJS.ErrnoException).code}). Choose another folder: PAREIDOLIA_TENSORFLOW=/path npm run tensorflow`,
      { cause: error },
    );
  }
  const needed = packageBytes + wheels.reduce((sum, { bytes, unpackedBytes }) => sum + bytes + unpackedBytes, 0);
  const { bavail, bsize } = await statfs(folder);
  if (bavail * bsize < needed)
    throw new AppError(
      "UNAVAILABLE",
      `${folder} has ${Math.round((bavail * bsize) / 1e6)} MB free, but ${Math.round(needed / 1e6)} MB are needed. Free some space, or choose another folder: PAREIDOLIA_TENSORFLOW=/path npm run tensorflow`,
    );
}

/**
 * The widest vector instructions of this processor. onnxruntime selects its kernels by them, which changes the last bits of its
 * results, so a run's manifest records them.
 */
import { readFileSync } from "node:fs";
import { arch } from "node:os";

export function instructionSet(): string {
  let flags = "";
  try {
    flags = readFileSync("/proc/cpuinfo", "utf8");
  } catch {
    return arch();
  }
  if (/\bavx512f\b/.test(flags)) return "AVX-512";
  if (/\bavx2\b/.test(flags)) return "AVX2";
  if (/\bavx\b/.test(flags)) return "AVX";
  return arch();
}

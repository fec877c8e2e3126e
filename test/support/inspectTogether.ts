/**
 * Inspects many files in one process under the guard of `inspectModel`: a process for each would spend most of its time on loading modules.
 * The memory limit of one file applies to all of them together.
 */
import { closeSync, mkdtempSync, openSync, rmSync, writeSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";
import { writeHead } from "@pareidolia/classifiers/intake/envelope";
import { startGuardedProcess } from "@pareidolia/classifiers/intake/guardedProcess";
import type { DeclaredModel, ModelReport } from "@pareidolia/classifiers/intake/modelReport";

export interface InspectedTogether {
  readonly what: string;
  readonly file: () => Uint8Array;
  readonly sidecars?: () => ReadonlyMap<string, Uint8Array>;
  readonly declared: DeclaredModel;
}

const program = fileURLToPath(new URL("./manyInspections.ts", import.meta.url));
/** As in `inspectModel`. */
const heapMegabytes = 192;
/** `inspectModel` allows a small file 250 MB and what the file itself needs. */
export const maxMemory = 300_000_000;
/** As in `inspectModel`, but of processor time. */
export const maxSeconds = 30;
/** Only ends a process that hangs. Loading alone takes minutes on a busy machine. */
const seconds = 240;
export const togetherTimeout = 300_000;

/** @returns the report of each file by `what`. Its `seconds` are processor time, its `peakBytes` the most of the process so far. */
export async function inspectTogether(files: readonly InspectedTogether[]): Promise<ReadonlyMap<string, ModelReport>> {
  const folder = mkdtempSync(path.join(tmpdir(), "pareidolia-inspections-"));
  const envelopes = path.join(folder, "envelopes");
  const sizes = writeEnvelopes(envelopes, files);
  const file = openSync(envelopes, "r");
  const guarded = startGuardedProcess({
    program,
    heapMegabytes,
    limits: { seconds, memoryBytes: maxMemory },
    input: [Buffer.from(JSON.stringify(sizes))],
    file,
  });
  closeSync(file);
  const [written, { stopped }] = await Promise.all([text(guarded.output), guarded.ended]);
  rmSync(folder, { recursive: true });
  const reports = written.split("\n").flatMap((line) => (line === "" ? [] : [JSON.parse(line) as ModelReport]));
  if (reports.length < files.length)
    throw new Error(`The inspection of ${files[reports.length]?.what} ended its process: ${stopped ?? "it crashed"}.`);
  return new Map(files.map(({ what }, index) => [what, reports[index] as ModelReport]));
}

function writeEnvelopes(place: string, files: readonly InspectedTogether[]): readonly number[] {
  const descriptor = openSync(place, "w");
  const sizes = files.map(({ file, sidecars, declared }) => {
    const contents = [["", file()] as const, ...(sidecars?.() ?? [])];
    const parts = contents.map(([name, { length }]) => ({ path: name, bytes: length }));
    const envelope = Buffer.concat([writeHead({ declared, parts }), ...contents.map(([, bytes]) => bytes)]);
    for (let from = 0; from < envelope.length; ) from += writeSync(descriptor, envelope, from);
    return envelope.length;
  });
  closeSync(descriptor);
  return sizes;
}

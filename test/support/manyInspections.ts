/**
 * The process that `inspectTogether` starts: inspects files as the product's inspection process does, one after the other. It reads the
 * sizes of their envelopes from standard input and the envelopes from descriptor 4, and writes a line of JSON for each to descriptor 3.
 */
import { readSync, writeSync } from "node:fs";
import { json } from "node:stream/consumers";
import { readEnvelope } from "@pareidolia/classifiers/intake/envelope";
import { inspectFile } from "@pareidolia/classifiers/intake/inspectFile";
import { asRefusal } from "@pareidolia/classifiers/intake/refusal";

const reportDescriptor = 3;
const fileDescriptor = 4;

async function inspect(envelope: Uint8Array): Promise<object> {
  try {
    const { declared, parts } = readEnvelope(envelope);
    const [[, file] = ["", new Uint8Array()], ...sidecars] = parts;
    return await inspectFile({ file, sidecars: new Map(sidecars), declared });
  } catch (error) {
    const { code, message } = asRefusal(error);
    return { kind: "refused", code, reason: message };
  }
}

function readFully(size: number): Uint8Array {
  const bytes = new Uint8Array(size);
  for (let read = 0; read < size; ) read += readSync(fileDescriptor, bytes, read, size - read, null);
  return bytes;
}

for (const size of (await json(process.stdin)) as readonly number[]) {
  const before = process.cpuUsage();
  const report = await inspect(readFully(size));
  const { user, system } = process.cpuUsage(before);
  const usage = { seconds: (user + system) / 1e6, peakBytes: process.resourceUsage().maxRSS * 1024 };
  writeSync(reportDescriptor, `${JSON.stringify({ ...report, usage })}\n`);
}
process.exit(0);

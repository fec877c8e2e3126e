/** Entry point of the inspection process. Reads an envelope from standard input; writes one line of JSON to file descriptor 3. */
import { writeSync } from "node:fs";
import { buffer } from "node:stream/consumers";
import { readEnvelope } from "./envelope.ts";
import { inspectFile } from "./inspectFile.ts";
import { asRefusal } from "./refusal.ts";

const reportDescriptor = 3;

async function inspect(): Promise<object> {
  try {
    const { declared, parts } = readEnvelope(new Uint8Array(await buffer(process.stdin)));
    const [[, file] = ["", new Uint8Array()], ...sidecars] = parts;
    return await inspectFile({ file, sidecars: new Map(sidecars), declared });
  } catch (error) {
    const { code, message } = asRefusal(error);
    return { kind: "refused", code, reason: message };
  }
}

const report = await inspect();
writeSync(reportDescriptor, `${JSON.stringify({ report, peakBytes: process.resourceUsage().maxRSS * 1024 })}\n`);
process.exit(0);

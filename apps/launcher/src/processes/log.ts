/** One log file a process in $PAREIDOLIA_HOME/logs, each line with its time; a log past 5 MB is set aside once. */
import { createWriteStream, existsSync, mkdirSync, renameSync, statSync } from "node:fs";
import path from "node:path";

export type Log = (line: string) => void;

const largestLog = 5_000_000;

export function openLog(folder: string, name: string, onFailure: (error: Error) => void): Log {
  mkdirSync(folder, { recursive: true });
  const file = path.join(folder, `${name}.log`);
  if (existsSync(file) && statSync(file).size > largestLog) renameSync(file, `${file}.1`);
  const stream = createWriteStream(file, { flags: "a" });
  let failed = false;
  stream.on("error", (error) => {
    if (!failed) onFailure(error);
    failed = true;
  });
  return (line) => {
    if (!failed) stream.write(`${new Date().toISOString()} ${name} | ${line}\n`);
  };
}

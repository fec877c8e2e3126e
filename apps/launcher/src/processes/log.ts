/** One log file a process in $PAREIDOLIA_HOME/logs, each line with its time; a log past 5 MB is set aside once. */
import { createWriteStream, existsSync, mkdirSync, renameSync, statSync, type WriteStream } from "node:fs";
import path from "node:path";

export type Log = (line: string) => void;

/** Lines are let go while a log cannot be written: a full disk must not fill the memory too. */
const pauseAfterFailure = 5_000;
const largestLog = 5_000_000;

export function openLog(folder: string, name: string, onFailure: (error: Error) => void): Log {
  mkdirSync(folder, { recursive: true });
  const file = path.join(folder, `${name}.log`);
  if (existsSync(file) && statSync(file).size > largestLog) renameSync(file, `${file}.1`);
  let stream: WriteStream | null = null;
  let tryAgainAt = 0;
  let announced = false;
  const open = (): WriteStream => {
    const opened = createWriteStream(file, { flags: "a" });
    opened.on("error", (error) => {
      if (!announced) onFailure(error);
      announced = true;
      stream = null;
      tryAgainAt = performance.now() + pauseAfterFailure;
    });
    return opened;
  };
  return (line) => {
    if (stream === null && performance.now() < tryAgainAt) return;
    stream ??= open();
    stream.write(`${new Date().toISOString()} ${name} | ${line}\n`, (error) => {
      if (error === null || error === undefined) announced = false;
    });
  };
}

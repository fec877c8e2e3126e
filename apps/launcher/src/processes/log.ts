/**
 * One log file per process in $PAREIDOLIA_HOME/logs, each line with a timestamp. A full log is renamed to NAME.log.1, and a new one starts.
 */
import { createWriteStream, existsSync, mkdirSync, openSync, renameSync, statSync, type WriteStream } from "node:fs";
import path from "node:path";

export type Log = (line: string) => void;

/** Lines are dropped for this many milliseconds after a failed write, so a full disk does not fill the memory too. */
const pauseAfterFailure = 5_000;

/** Opens a log that is renamed once it has `largest` bytes. `onFailure` is called once until a write succeeds again. */
export function openLog(folder: string, name: string, onFailure: (error: Error) => void, largest = 5_000_000): Log {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const file = path.join(folder, `${name}.log`);
  let size = existsSync(file) ? statSync(file).size : 0;
  let stream: WriteStream | null = null;
  let retryAt = 0;
  let announced = false;
  const fail = (error: Error): void => {
    if (!announced) onFailure(error);
    announced = true;
    stream = null;
    retryAt = performance.now() + pauseAfterFailure;
  };
  /** Opens the file at once, since a rotation may rename it before the first line is written. */
  const open = (): WriteStream | null => {
    try {
      return createWriteStream(file, { fd: openSync(file, "a", 0o600) }).on("error", fail);
    } catch (error) {
      fail(error as Error);
      return null;
    }
  };
  const rotate = (): void => {
    stream?.end();
    stream = null;
    size = 0;
    try {
      renameSync(file, `${file}.1`);
    } catch (error) {
      fail(error as Error);
    }
  };
  return (line) => {
    if (size >= largest) rotate();
    if (stream === null && performance.now() < retryAt) return;
    stream ??= open();
    const text = `${new Date().toISOString()} ${name} | ${line}\n`;
    size += Buffer.byteLength(text);
    stream?.write(text, (error) => {
      if (error === null || error === undefined) announced = false;
    });
  };
}

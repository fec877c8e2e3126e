/**
 * Prints one line per step with its duration. On a terminal the line is updated while the step runs; in a pipe, a running step
 * prints a line every 15 seconds. Full output goes to the logs.
 */
export interface Terminal {
  say(line: string): void;
  step<T>(title: string, work: (progress: (detail: string) => void) => Promise<T>): Promise<T>;
}

/** Keeps a closed terminal or pipe from killing the supervisor while it stops its children. */
export function ignoreBrokenPipes(): void {
  for (const stream of [process.stdout, process.stderr])
    stream.on("error", (error: NodeJS.ErrnoException) => {
      if (error.code !== "EIO" && error.code !== "EPIPE") throw error;
    });
}

export function openTerminal(stream: NodeJS.WriteStream): Terminal {
  const live = stream.isTTY === true;
  let openLine = "";

  function say(line: string): void {
    if (openLine === "") stream.write(`${line}\n`);
    else stream.write(`\r\x1b[K${line}\n${openLine}`);
  }

  function draw(line: string): void {
    openLine = line.slice(0, Math.max(20, (stream.columns ?? 80) - 1));
    stream.write(`\r\x1b[K${openLine}`);
  }

  async function step<T>(title: string, work: (progress: (detail: string) => void) => Promise<T>): Promise<T> {
    const began = performance.now();
    const seconds = () => `${((performance.now() - began) / 1000).toFixed(1)} s`;
    let detail = "";
    const show = () => draw(`  ${title}${detail === "" ? "" : `: ${detail}`}  ${seconds()}`);
    if (live) show();
    const ticker = setInterval(() => (live ? show() : say(`  ${title} ... ${detail} ${seconds()}`)), live ? 200 : 15_000);
    const close = (line: string) => {
      clearInterval(ticker);
      if (live) stream.write("\r\x1b[K");
      openLine = "";
      say(line);
    };
    try {
      const result = await work((text) => {
        detail = text;
      });
      close(`✓ ${title}  ${seconds()}`);
      return result;
    } catch (error) {
      close(`✗ ${title}  ${seconds()}`);
      throw error;
    }
  }

  return { say, step };
}

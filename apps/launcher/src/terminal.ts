/**
 * The calm view: one line a step, with its seconds. On a terminal the line counts while the step runs; in a pipe a long
 * step says every quarter of a minute that it is still there. Full output goes to the logs instead.
 */
export interface Terminal {
  say(line: string): void;
  step<T>(title: string, work: (progress: (detail: string) => void) => Promise<T>): Promise<T>;
}

/** A closed terminal or pipe must not kill a supervisor in the middle of stopping its children. */
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

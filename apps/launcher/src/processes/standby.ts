/** The second process of a service, which has loaded the program and takes over when the first process ends. */
import type { Child } from "./child.ts";

const maxPause = 30_000;
/** After this many milliseconds a process counts as healthy, and the next pause is short again. */
const healthyAfter = 60_000;

export class Standby {
  private readonly spawn: () => Child;
  private readonly firstPause: number;
  private pause: number;
  private waiting: Child | null = null;
  private replacing: NodeJS.Timeout | null = null;

  /** `firstPause`: milliseconds before a process that ended by itself is replaced for the first time; each further pause is twice as long. */
  constructor(spawn: () => Child, firstPause = 1_000) {
    this.spawn = spawn;
    this.firstPause = firstPause;
    this.pause = firstPause;
  }

  /** Starts the process unless it is running. */
  prepare(): void {
    this.cancelReplacement();
    if (this.waiting !== null) return;
    const began = performance.now();
    const started = this.spawn();
    this.waiting = started;
    void started.ended.then(() => {
      if (this.waiting !== started) return;
      this.waiting = null;
      if (performance.now() - began > healthyAfter) this.pause = this.firstPause;
      this.replacing = setTimeout(() => this.prepare(), this.pause).unref();
      this.pause = Math.min(this.pause * 2, maxPause);
    });
  }

  /** Makes the process serve as soon as it has loaded, and returns it; null if none is running. */
  take(): Child | null {
    this.cancelReplacement();
    const taken = this.waiting;
    this.waiting = null;
    taken?.send("take over");
    return taken;
  }

  /** Kills the process; nothing depends on it. */
  stop(): void {
    this.cancelReplacement();
    this.waiting?.killGroup();
    this.waiting = null;
  }

  private cancelReplacement(): void {
    if (this.replacing !== null) clearTimeout(this.replacing);
    this.replacing = null;
  }
}

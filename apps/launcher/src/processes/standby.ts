/** The second process of a service, which has loaded the program and takes over when the first process ends. */
import type { Child } from "./child.ts";

export class Standby {
  private readonly spawn: () => Child;
  private waiting: Child | null = null;

  constructor(spawn: () => Child) {
    this.spawn = spawn;
  }

  /** Starts the process unless it is running. */
  prepare(): void {
    if (this.waiting !== null) return;
    const started = this.spawn();
    this.waiting = started;
    void started.ended.then(() => {
      if (this.waiting === started) this.waiting = null;
    });
  }

  /** Makes the process serve as soon as it has loaded, and returns it; null if none is running. */
  take(): Child | null {
    const taken = this.waiting;
    this.waiting = null;
    taken?.send("take over");
    return taken;
  }

  /** Kills the process; nothing depends on it. */
  stop(): void {
    this.waiting?.killGroup();
    this.waiting = null;
  }
}

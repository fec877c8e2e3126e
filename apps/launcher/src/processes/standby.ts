/** The second process of a service: it loads its program and waits until the first one ends. */
import type { Child } from "./child.ts";

export class Standby {
  private readonly spawn: () => Child;
  private waiting: Child | null = null;

  constructor(spawn: () => Child) {
    this.spawn = spawn;
  }

  /** Starts the process unless it runs. */
  prepare(): void {
    if (this.waiting !== null) return;
    const started = this.spawn();
    this.waiting = started;
    void started.ended.then(() => {
      if (this.waiting === started) this.waiting = null;
    });
  }

  /** Makes the process serve, as soon as it has loaded, and hands it over; null when none runs. */
  take(): Child | null {
    const taken = this.waiting;
    this.waiting = null;
    taken?.send("take over");
    return taken;
  }

  /** Ends the process at once, since nothing depends on it. */
  stop(): void {
    this.waiting?.killGroup();
    this.waiting = null;
  }
}

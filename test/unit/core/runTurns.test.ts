/** Turns of workspaces: a simulation of workers that compute runs in virtual time. */
import { takeTurns } from "@pareidolia/core/runTurns";
import fc from "fast-check";
import { describe, expect, it } from "vitest";

interface Simulated {
  readonly share?: number;
  limit?: number | null;
  /** Seconds of its runs, in turn. */
  readonly lengths: readonly number[];
  /** Number of runs that wait. */
  waiting: number;
}

/** Workers and workspaces, whose `seconds` are the time that workers have given to each. */
class Simulation {
  readonly seconds = new Map<string, number>();
  readonly clocks = new Map<string, number>();
  /** Workspaces in the order in which their runs started. */
  readonly started: string[] = [];
  now = 0;
  readonly #workspaces: Readonly<Record<string, Simulated>>;
  readonly #workers: number;
  #running: { readonly workspaceId: string; readonly from: number; readonly to: number }[] = [];

  constructor(workers: number, workspaces: Readonly<Record<string, Simulated>>) {
    this.#workers = workers;
    this.#workspaces = workspaces;
  }

  runUntil(end: number): void {
    for (;;) {
      while (this.#running.length < this.#workers && this.#serveNext());
      const [first] = this.#running.toSorted((a, b) => a.to - b.to);
      if (first === undefined || first.to > end) break;
      this.now = first.to;
      this.#running = this.#running.filter((run) => run !== first);
      const { workspaceId, from, to } = first;
      this.seconds.set(workspaceId, (this.seconds.get(workspaceId) ?? 0) + to - from);
      const clock = this.clocks.get(workspaceId);
      if (clock !== undefined) this.clocks.set(workspaceId, clock + (to - from) / (this.#workspaces[workspaceId]?.share ?? 1));
    }
    this.now = end;
  }

  #serveNext(): boolean {
    const { next, advance, forget } = takeTurns(
      Object.entries(this.#workspaces).map(([workspaceId, { share = 1, limit = null, waiting }]) => {
        const running = this.#running.filter((run) => run.workspaceId === workspaceId);
        return {
          workspaceId,
          share,
          limit,
          running: running.length,
          runningSeconds: running.reduce((sum, { from }) => sum + this.now - from, 0),
          waitingSince: waiting > 0 ? 0 : null,
          clock: this.clocks.get(workspaceId) ?? null,
        };
      }),
    );
    for (const [id, seconds] of advance) this.clocks.set(id, (this.clocks.get(id) ?? 0) + seconds);
    for (const id of forget) this.clocks.delete(id);
    const served = this.#workspaces[next ?? ""];
    if (next === null || served === undefined) return false;
    served.waiting -= 1;
    const length = served.lengths[this.started.length % served.lengths.length] ?? 1;
    this.#running.push({ workspaceId: next, from: this.now, to: this.now + length });
    this.started.push(next);
    return true;
  }
}

const always = Number.POSITIVE_INFINITY;
const lengths = fc.array(fc.integer({ min: 1, max: 600 }), { minLength: 1, maxLength: 5 });
const backlogged = fc.record({ share: fc.integer({ min: 1, max: 5 }), lengths }).map((each) => ({ ...each, waiting: always }));

describe("workspaces whose runs wait all the time", () => {
  it("get computing time in proportion to their shares, whatever the lengths of their runs", () => {
    fc.assert(
      fc.property(fc.array(backlogged, { minLength: 2, maxLength: 5 }), fc.integer({ min: 1, max: 6 }), (all, workers) => {
        const simulation = new Simulation(workers, Object.fromEntries(all.map((each, i) => [`w${i}`, each])));
        const hours = 60;
        simulation.runUntil(hours * 3600);
        const shares = all.reduce((sum, { share }) => sum + share, 0);
        // A worker serves one run to its end, so a workspace is off by a few runs on each worker at most.
        for (const [i, { share }] of all.entries()) {
          const fair = (workers * hours * 3600 * share) / shares;
          expect(Math.abs((simulation.seconds.get(`w${i}`) ?? 0) - fair)).toBeLessThan(3 * 600 * workers + 60 * share);
        }
      }),
      { numRuns: 50 },
    );
  });

  it("take turns from the first run on", () => {
    const each = () => ({ lengths: [1000], waiting: always });
    const simulation = new Simulation(4, { a: each(), b: each(), c: { ...each(), share: 2 } });
    simulation.runUntil(10);
    expect(simulation.started.toSorted()).toEqual(["a", "b", "c", "c"]);
  });
});

describe("a workspace that arrives", () => {
  it("gets the next worker, but not the time for which others had the workers alone", () => {
    const arriving = { lengths: [60], waiting: 0 };
    const simulation = new Simulation(2, { first: { lengths: [60], waiting: always }, arriving });
    simulation.runUntil(86_400);
    const before = simulation.started.length;
    arriving.waiting = always;
    simulation.runUntil(86_400 + 60);
    expect(simulation.started[before]).toBe("arriving");
    simulation.runUntil(86_400 + 3_660);
    expect(simulation.seconds.get("arriving")).toBeGreaterThan(3_600 - 180);
    expect(simulation.seconds.get("arriving")).toBeLessThan(3_600 + 180);
  });

  it("is not ahead because a run of hours began before it came", () => {
    const first = { lengths: [36_000], waiting: 1 };
    const arriving = { lengths: [60], waiting: 0 };
    const simulation = new Simulation(2, { first, arriving });
    simulation.runUntil(32_400);
    arriving.waiting = always;
    simulation.runUntil(36_000);
    first.waiting = always;
    const before = simulation.started.length;
    simulation.runUntil(36_060);
    expect(simulation.started.slice(before, before + 2)).toContain("first");
  });

  it("still owes for a long run that it had shortly before", () => {
    const other = { lengths: [60], waiting: always };
    const returning = { lengths: [3_600], waiting: 1 };
    const simulation = new Simulation(1, { other, returning });
    simulation.runUntil(3_700);
    returning.waiting = 1;
    simulation.runUntil(7_000);
    expect(simulation.started.filter((id) => id === "returning")).toHaveLength(1);
    simulation.runUntil(8_000);
    expect(simulation.started.filter((id) => id === "returning")).toHaveLength(2);
  });
});

describe("a limit", () => {
  it("holds, and saves up no time for later", () => {
    const limited = { lengths: [60], waiting: always, limit: 1 as number | null };
    const simulation = new Simulation(4, { limited, other: { lengths: [60], waiting: always } });
    simulation.runUntil(36_000);
    expect(simulation.seconds.get("limited")).toBeLessThan(36_001);
    const before = simulation.seconds.get("limited") ?? 0;
    limited.limit = null;
    simulation.runUntil(39_600);
    expect((simulation.seconds.get("limited") ?? 0) - before).toBeLessThan(2 * 3_600 + 600);
  });
});

it("no workspace is next if none has a waiting run and room, and clocks without competitors are forgotten", () => {
  const idle = { share: 1, limit: null, running: 0, runningSeconds: 0, waitingSince: null };
  expect(takeTurns([])).toEqual({ next: null, advance: new Map(), forget: [] });
  expect(takeTurns([{ ...idle, workspaceId: "a", clock: 50 }])).toEqual({ next: null, advance: new Map(), forget: ["a"] });
  const full = { ...idle, workspaceId: "a", limit: 2, running: 2, runningSeconds: 8, waitingSince: 1, clock: 5 };
  expect(takeTurns([full]).next).toBeNull();
  const busy = { ...idle, workspaceId: "b", running: 1, runningSeconds: 10, clock: 20 };
  expect(takeTurns([busy, { ...idle, workspaceId: "a", clock: 29 }, { ...idle, workspaceId: "c", clock: 31 }]).forget).toEqual(["a"]);
});

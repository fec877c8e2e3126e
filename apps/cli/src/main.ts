#!/usr/bin/env node
/** The program `pareidolia`: ties the commands to the process, its signals and the user's browser. */
import { spawn } from "node:child_process";
import { homedir, hostname } from "node:os";
import { runCli } from "./runCli.ts";
import { describeProcess, type Terminal } from "./terminal.ts";

const openers: Readonly<Partial<Record<NodeJS.Platform, readonly [string, ...string[]]>>> = {
  darwin: ["open"],
  win32: ["explorer.exe"],
};

/** The address is an argument, never part of a shell's command line. */
function openBrowser(address: string): Promise<boolean> {
  const hasDisplay = process.platform !== "linux" || process.env["DISPLAY"] !== undefined || process.env["WAYLAND_DISPLAY"] !== undefined;
  if (!hasDisplay) return Promise.resolve(false);
  const [program, ...args] = openers[process.platform] ?? ["xdg-open"];
  return new Promise((resolve) => {
    const child = spawn(program, [...args, address], { stdio: "ignore", detached: true });
    child.once("error", () => resolve(false));
    child.once("spawn", () => {
      child.unref();
      resolve(true);
    });
  });
}

const interruption = new AbortController();
let interrupted = false;
for (const signal of ["SIGINT", "SIGTERM"] as const)
  process.on(signal, () => {
    // The second one does not wait for anything.
    if (interrupted) process.exit(130);
    interrupted = true;
    interruption.abort();
  });
// The reader of a pipe, such as `head`, may close it early.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code === "EPIPE") process.exit(0);
  throw error;
});

const terminal: Terminal = Object.assign(describeProcess(interruption.signal), {
  homeFolder: homedir(),
  hostName: hostname(),
  openBrowser,
});
process.exitCode = await runCli(process.argv.slice(2), terminal);

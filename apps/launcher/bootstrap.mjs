/**
 * Entry point of every npm script, in plain JavaScript for any Node >= 20.19 without dependencies. Installs the packages of the
 * lock file, then starts the script under the pinned Node 22 in node_modules, which strips the types from TypeScript.
 * Prints to standard error only: standard output belongs to commands with `--json`.
 */
import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "../..");
const oldestNode = [20, 19];

const entries = {
  start: "apps/launcher/src/start.ts",
  test: "apps/launcher/src/test.ts",
  "test:containers": "test/containers/run.ts",
  check: "apps/launcher/src/check.ts",
  build: "apps/launcher/src/build.ts",
  repro: "apps/lab/src/repro.ts",
  verify: "apps/lab/src/verify.ts",
  "verify:run": "apps/launcher/src/verifyRun.ts",
  bench: "test/bench/run.ts",
  audit: "apps/launcher/src/audit.ts",
  accounts: "apps/launcher/src/accounts.ts",
  fuzz: "apps/launcher/src/fuzz.ts",
  images: "apps/lab/src/methodImages.ts",
  train: "apps/lab/src/train.ts",
  engines: "apps/lab/src/engines.ts",
  store: "apps/launcher/src/store.ts",
  tensorflow: "apps/launcher/src/tensorflow.ts",
  "train:mnist": "apps/lab/src/trainMnist.ts",
};

const modules = path.join(root, "node_modules");
const stampFile = path.join(modules, ".pareidolia", "install.sha256");

function fail(message) {
  say(`\n${message}\n`);
  process.exit(1);
}

function say(text) {
  try {
    process.stderr.write(text);
  } catch {
    // The terminal is closed; the exit code still reports the result.
  }
}

for (const stream of [process.stdout, process.stderr]) stream.on("error", () => undefined);

function checkNode() {
  const [major, minor] = process.versions.node.split(".").map(Number);
  if (major > oldestNode[0] || (major === oldestNode[0] && minor >= oldestNode[1])) return;
  fail(`Pareidolia requires Node ${oldestNode.join(".")} or newer; this is ${process.versions.node}. Install a newer Node and try again.`);
}

/** Compares npm's record of installed packages with the lock file, so a manual `npm install` counts too. */
function isInstalled(lockText) {
  const recordFile = path.join(modules, ".package-lock.json");
  if (!existsSync(recordFile)) return false;
  const locked = JSON.parse(lockText).packages;
  const installed = JSON.parse(readFileSync(recordFile, "utf8")).packages;
  return Object.entries(locked).every(([folder, entry]) => {
    if (!folder.includes("node_modules/")) return true;
    // One of another platform.
    if (entry.optional && installed[folder] === undefined) return true;
    // A package of this repository, which npm links instead of copying.
    if (entry.link) return existsSync(path.join(root, folder));
    return installed[folder]?.version === entry.version;
  });
}

async function install() {
  const lockText = readFileSync(path.join(root, "package-lock.json"), "utf8");
  const hash = createHash("sha256").update(lockText).digest("hex");
  const stamp = existsSync(stampFile) ? readFileSync(stampFile, "utf8") : "";
  if (stamp === hash && existsSync(nodeBinary())) return;
  if (!isInstalled(lockText) || !existsSync(nodeBinary())) await runNpmCi();
  try {
    mkdirSync(path.dirname(stampFile), { recursive: true });
    writeFileSync(stampFile, hash);
  } catch (error) {
    fail(`Cannot write ${stampFile} (${error.code}). Make its folder writable and try again.`);
  }
}

async function runNpmCi() {
  const began = Date.now();
  const seconds = () => `${Math.round((Date.now() - began) / 1000)} s`;
  say("Installing dependencies (a few minutes the first time) ...\n");
  const ticker = setInterval(() => say(`  still installing, ${seconds()}\n`), 15_000);
  const npm = process.env.npm_execpath;
  const [command, first] = npm?.endsWith(".js") ? [process.execPath, [npm]] : [process.platform === "win32" ? "npm.cmd" : "npm", []];
  const child = spawn(command, [...first, "ci", "--no-fund", "--no-audit", "--loglevel=error"], {
    cwd: root,
    stdio: ["ignore", "pipe", "pipe"],
    // Otherwise onnxruntime-node's install script downloads CUDA, or fails offline.
    env: { ONNXRUNTIME_NODE_INSTALL: "skip", ...process.env },
    shell: command === "npm.cmd",
  });
  let output = "";
  for (const stream of [child.stdout, child.stderr])
    stream.on("data", (chunk) => {
      output = (output + chunk).slice(-20_000);
    });
  const code = await new Promise((resolve) => {
    child.on("error", (error) => {
      output += error.message;
      resolve(127);
    });
    child.on("close", (exit, signal) => resolve(signal ? 130 : exit));
  });
  clearInterval(ticker);
  if (code === 0) return say(`Installed dependencies in ${seconds()}.\n`);
  say(output);
  fail(explainInstallFailure(output, code));
}

function explainInstallFailure(output, code) {
  if (/ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|ERR_SOCKET_TIMEOUT/.test(output))
    return "Could not reach the npm registry. Connect to the internet (or set npm's proxy) and run the same command again.";
  if (/EACCES|EPERM|EROFS/.test(output)) return `No permission to write ${modules}. Make the folder writable, or clone into another one.`;
  if (/ENOSPC/.test(output)) return "The disk is full. Dependencies need about 1.5 GB. Free some space and run the same command again.";
  if (code === 127) return "npm was not found. Install Node with npm and run the same command again.";
  return `Could not install dependencies (npm ci exited with code ${code}). See npm's output above.`;
}

/**
 * Each platform's Node is a package of its own. The package `node` would install it by a script that starts a second npm, which costs
 * as much as a tenth of all the packages.
 */
function nodeBinary() {
  const { platform, arch } = process;
  if (platform === "win32") return path.join(modules, `node-win-${arch}`, "bin", "node.exe");
  const name = platform === "darwin" && arch === "arm64" ? "node-bin" : "node";
  return path.join(modules, `${name}-${platform}-${arch}`, "bin", "node");
}

/**
 * Runs a script under Node 22 in this process group. Signals from the terminal reach it directly; others are forwarded. A SIGINT may be from
 * either, so the first one is forwarded as a SIGTERM, which no terminal sends. The IPC channel closes with this process, so the script stops
 * even if this process is killed.
 */
function handOver(entry, args) {
  // npm 10 does not link Node in .bin, as the packages of other platforms have the same link.
  const programs = [path.join(modules, ".bin"), path.dirname(nodeBinary()), process.env.PATH].join(path.delimiter);
  const child = spawn(nodeBinary(), ["--conditions=source", "--disable-warning=ExperimentalWarning", entry, ...args], {
    cwd: root,
    stdio: ["inherit", "inherit", "inherit", "ipc"],
    env: { ...process.env, PATH: programs, NEXT_TELEMETRY_DISABLED: "1" },
  });
  let interrupted = false;
  process.on("SIGINT", () => {
    // Windows would end the script at once, and sends Ctrl-C to all processes of the console.
    if (!interrupted && process.platform !== "win32") child.kill("SIGTERM");
    interrupted = true;
  });
  for (const signal of ["SIGTERM", "SIGHUP"]) process.on(signal, () => child.kill(signal));
  if (process.env.npm_lifecycle_event !== undefined) endWithNpm();
  child.on("error", (error) => fail(`Could not start Node 22 from node_modules (${error.message}). Delete node_modules and try again.`));
  child.on("exit", (code, signal) => process.exit(code ?? (signal === "SIGINT" || interrupted ? 130 : 1)));
}

/** npm forwards SIGINT and SIGTERM, but a killed npm leaves its script running. The script's parent process then changes. */
function endWithNpm() {
  const parent = process.ppid;
  setInterval(() => {
    if (process.ppid !== parent) process.exit(1);
  }, 500).unref();
}

const [given, ...args] = process.argv.slice(2);
// A release is a file and needs no database; a run has a key.
const task = given === "verify" && args.some((text) => /^RUN-\d+$/i.test(text)) ? "verify:run" : given;
const entry = entries[task];
if (entry === undefined) fail(`Usage: node apps/launcher/bootstrap.mjs ${Object.keys(entries).join("|")} [options]`);
checkNode();
await install();
handOver(entry, args);

/** The command line as it is written: its guide, help, completion, exit codes, addresses and stored keys. */
import { execFile } from "node:child_process";
import { chmod, mkdtemp, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import { isConfidential, readAccess } from "@pareidolia/cli/access/access";
import { configFolder } from "@pareidolia/cli/access/configFolder";
import { readCredentials, writeCredentials } from "@pareidolia/cli/access/credentials";
import * as adminDocuments from "@pareidolia/cli/adminDocuments";
import { listCommands, shells, writeCompletion } from "@pareidolia/cli/completion";
import { openContext } from "@pareidolia/cli/context";
import * as documents from "@pareidolia/cli/documents";
import { exitCodes } from "@pareidolia/cli/exitCodes";
import { CliError, describeFailure, SearchFailure } from "@pareidolia/cli/failure";
import * as noteDocuments from "@pareidolia/cli/noteDocuments";
import { buildProgram } from "@pareidolia/cli/program";
import { fileNameOf, webAddressOf } from "@pareidolia/cli/serverNames";
import type { Terminal } from "@pareidolia/cli/terminal";
import * as verbDocuments from "@pareidolia/cli/verbDocuments";
import { version } from "@pareidolia/cli/version";
import { PareidoliaError } from "@pareidolia/client/errors";
import { buildSchema, parse, validate } from "graphql";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openCommandLine } from "../../support/commandLine.ts";

const root = path.resolve(import.meta.dirname, "../../..");
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "pareidolia-cli-unit-"));
});
afterAll(() => rm(folder, { recursive: true }));

const fail = (text: string): never => {
  throw new Error(text);
};
const surroundings = {
  out: fail,
  err: fail,
  environment: {},
  platform: "linux",
  homeFolder: "/home/ada",
  columns: 80,
} as unknown as Terminal;

type Command = ReturnType<typeof buildProgram>;

function everyCommand(command: Command): Command[] {
  return [command, ...command.commands.flatMap(everyCommand)];
}

/** Parses a command line without carrying it out, and returns the names of the commands on its way. */
async function parseOnly(words: readonly string[]): Promise<string> {
  const program = buildProgram(surroundings);
  let called = "";
  for (const command of everyCommand(program))
    if (command.commands.length === 0)
      command.action((...given: unknown[]) => {
        for (let each: Command | null = given.at(-1) as Command; each.parent !== null; each = each.parent)
          called = `${each.name()} ${called}`;
      });
  await program.parseAsync([...words], { from: "user" });
  return called.trim();
}

/** The words of a line as a shell reads them, up to a redirection. */
function wordsOf(line: string): string[] {
  const words: string[] = [];
  for (const [, single, double, plain] of line.matchAll(/'([^']*)'|"([^"]*)"|(\S+)/g)) {
    if (plain !== undefined && /^(>>?|<)$/.test(plain)) break;
    words.push(single ?? double ?? plain ?? "");
  }
  return words;
}

const isCommandLine = (line: string): boolean => /^(npx )?pareidolia /.test(line);

describe("the guide of the command line", () => {
  it("has only command lines that the program accepts, and shows every command", async () => {
    const guide = await readFile(path.join(root, "docs/cli.md"), "utf8");
    const readme = await readFile(path.join(root, "apps/cli/README.md"), "utf8");
    const blocks = [...`${guide}\n${readme}`.matchAll(/```sh\n([\s\S]*?)```/g)].flatMap(([, block = ""]) => block.split("\n"));
    const lines = blocks.filter(isCommandLine).map((line) => line.replace(/^npx /, "").replace(/^pareidolia /, ""));
    expect(lines.length).toBeGreaterThan(50);
    const shown = new Set<string>();
    for (const line of lines.filter((each) => each !== "--version")) shown.add(await parseOnly(wordsOf(line)));
    const leaves = listCommands(buildProgram(surroundings)).filter(({ commands }) => commands.length === 0);
    expect([...shown].sort()).toEqual(leaves.map(({ path: names }) => names.join(" ")).sort());
  });

  it("has the table of exit codes", async () => {
    const guide = await readFile(path.join(root, "docs/cli.md"), "utf8");
    for (const { code, meaning } of Object.values(exitCodes)) expect(guide).toContain(`| ${code} | ${meaning} |`);
  });

  it("has the version of the package", async () => {
    expect(JSON.parse(await readFile(path.join(root, "apps/cli/package.json"), "utf8")).version).toBe(version);
  });
});

describe("help", () => {
  it("describes every command, option and argument, with examples that the program accepts", async () => {
    for (const command of everyCommand(buildProgram(surroundings))) {
      expect([command.name(), command.description()]).toEqual([command.name(), expect.stringMatching(/\.$/)]);
      for (const { flags, description } of command.options) expect([flags, description]).toEqual([flags, expect.stringMatching(/\w/)]);
    }
    const cli = openCommandLine({});
    const { commands } = buildProgram(surroundings);
    for (const name of ["", ...commands.map((each) => each.name())]) {
      const { code, out } = await cli.run([...name.split(" ").filter((word) => word !== ""), "--help"]);
      expect([name, code]).toEqual([name, 0]);
      for (const [, line = ""] of out.matchAll(/^ {2}\$ pareidolia (.*)$/gm)) expect(await parseOnly(wordsOf(line))).not.toBe("");
    }
  });

  it("is refused with 2 for an unknown command or option, and suggests the nearest", async () => {
    const cli = openCommandLine({});
    expect(await cli.run(["qeury"])).toEqual({ code: 2, out: "", err: "error: unknown command 'qeury'\n(Did you mean query?)\n" });
    expect((await cli.run(["query", "--colums", "key"])).err).toContain("Did you mean --columns?");
    expect((await cli.run(["--version"])).out).toBe(`${version}\n`);
  });
});

describe("completion", () => {
  it("completes commands, options and values of the line so far in bash", async () => {
    const script = writeCompletion(buildProgram(surroundings), "bash");
    const complete = async (...words: string[]): Promise<string[]> => {
      const line = words.map((word) => `'${word}'`).join(" ");
      const body = `${script}\nCOMP_WORDS=(pareidolia ${line}); COMP_CWORD=${words.length}; _pareidolia; printf '%s\\n' "\${COMPREPLY[@]}"`;
      const { stdout } = await promisify(execFile)("bash", ["-c", body]);
      return stdout.trim().split("\n");
    };
    expect(await complete("lo")).toEqual(["login", "logout"]);
    expect(await complete("admin", "re")).toEqual(["restore", "remove", "revoke-invitation", "revoke-key"]);
    expect(await complete("query", "--col")).toEqual(["--columns"]);
    expect(await complete("admin", "role", "ada@lab.example", "re")).toEqual(["researcher"]);
    expect(await complete("completion", "")).toEqual(expect.arrayContaining([...shells]));
  });

  it("names every command in each shell", () => {
    const program = buildProgram(surroundings);
    for (const shell of shells) {
      const script = writeCompletion(program, shell);
      for (const command of everyCommand(program).slice(1)) expect([shell, script.includes(command.name())]).toEqual([shell, true]);
    }
    expect(writeCompletion(program, "fish")).toContain(
      "complete -c pareidolia -f -n '__fish_use_subcommand' -a whoami -d 'Show who you are",
    );
  });
});

describe("operations of the command line", () => {
  it("fit the API's schema", async () => {
    const schema = buildSchema(await readFile(path.join(root, "apps/api/schema.graphql"), "utf8"));
    const texts = Object.entries({ ...documents, ...adminDocuments, ...verbDocuments, ...noteDocuments }) as [string, string][];
    expect(texts.length).toBeGreaterThan(15);
    for (const [name, text] of texts) expect([name, validate(schema, parse(text)).map(({ message }) => message)]).toEqual([name, []]);
  });
});

describe("errors", () => {
  it("are sentences with an exit code, and show the place of a mistake", () => {
    const refused = new PareidoliaError("UNAUTHENTICATED", "Sign in first.");
    expect(describeFailure(refused)).toEqual({
      exit: "refused",
      lines: ["Sign in first.", "Sign in with `pareidolia login`, or set PAREIDOLIA_TOKEN."],
    });
    const errors = [{ message: "Unknown field `a`.", extensions: { position: { from: 4, to: 5 } } }];
    const wrong = new SearchFailure("NOT a = 1", new PareidoliaError("INVALID_INPUT", "Unknown field `a`.", { errors }));
    expect(describeFailure(wrong)).toEqual({ exit: "usage", lines: ["Unknown field `a`.", "  NOT a = 1", "      ^"] });
    const limited = new PareidoliaError("RATE_LIMITED", "Too much.", { retryAfter: 2.1 });
    for (const code of ["TOO_COMPLEX", "OPERATION_RESOLUTION_FAILURE", "SUBSCRIPTION_OVER_HTTP"])
      expect(describeFailure(new PareidoliaError(code, "Too large.")), code).toMatchObject({ exit: "usage" });
    expect(describeFailure(limited)).toEqual({ exit: "limited", lines: ["Too much.", "Try again in 3 s."] });
    const missing = Object.assign(new Error("ENOENT: no such file"), { code: "ENOENT", path: "a.json" });
    expect(describeFailure(missing)).toEqual({ exit: "notFound", lines: ["There is no file a.json."] });
    expect(describeFailure(new CliError("conflict", "No."))).toEqual({ exit: "conflict", lines: ["No."] });
  });
});

describe("what a server sends", () => {
  it("becomes a file only if it is a key, and reaches the browser only as the address of a page", () => {
    expect([fileNameOf("RUN-142"), webAddressOf("https://lab.example/device")]).toEqual(["RUN-142", "https://lab.example/device"]);
    for (const key of ["../RUN-1", "RUN-1/..", "", "run"]) expect(() => fileNameOf(key)).toThrow("Nothing was written.");
    for (const address of ["file:///etc/passwd", "javascript:alert(1)", "--help", "vnc://lab"])
      expect(() => webAddressOf(address)).toThrow("invalid page address");
  });

  it("does not reach the terminal as its commands, such as in the name of a workspace", async () => {
    let written = "";
    const out = (text: string): void => void (written += text);
    const { print } = await openContext({ ...surroundings, environment: { PAREIDOLIA_CONFIG: folder }, out }, {});
    await print({ json: null, text: () => "You are in Lab\u001b]52;c;aGk=\u0007.\nNext line\n" });
    expect(written).toBe("You are in Lab ]52;c;aGk= .\nNext line\n");
  });
});

describe("stored keys", () => {
  it("are in the system's folder for settings", () => {
    const of = (changes: object) => configFolder({ ...surroundings, ...changes } as Terminal);
    expect(of({})).toBe("/home/ada/.config/pareidolia");
    expect(of({ environment: { XDG_CONFIG_HOME: "/etc/ada" } })).toBe("/etc/ada/pareidolia");
    expect(of({ environment: { XDG_CONFIG_HOME: "relative" } })).toBe("/home/ada/.config/pareidolia");
    expect(of({ platform: "darwin" })).toBe("/home/ada/Library/Application Support/pareidolia");
    expect(of({ platform: "win32", environment: { APPDATA: "/data" } })).toBe("/data/pareidolia");
    expect(of({ environment: { PAREIDOLIA_CONFIG: "/own" } })).toBe("/own");
  });

  it("are readable by their user only, also where the file was open to others before", async () => {
    const own = path.join(folder, "keys");
    const stored = { current: "https://lab.example", servers: { "https://lab.example": { token: "pdl_x", expiresAt: null } } };
    await writeCredentials(own, stored);
    const file = path.join(own, "credentials.json");
    await chmod(file, 0o644);
    await writeCredentials(own, stored);
    expect([(await stat(file)).mode & 0o777, (await stat(own)).mode & 0o777]).toEqual([0o600, 0o700]);
    expect(await readCredentials(own)).toEqual(stored);
    await writeFile(file, "{");
    await expect(readCredentials(own)).rejects.toThrow("Delete it and sign in again.");
  });

  it("are sent to their own server only, and after the environment's", async () => {
    const own = path.join(folder, "several");
    const servers = { "https://a.example": { token: "pdl_a", expiresAt: null }, "https://b.example": { token: "pdl_b", expiresAt: null } };
    await writeCredentials(own, { current: "https://b.example", servers });
    const access = (environment: object, url?: string) =>
      readAccess({ ...surroundings, environment: { PAREIDOLIA_CONFIG: own, ...environment } }, url);
    expect(await access({})).toEqual({ url: "https://b.example", token: "pdl_b", source: "stored" });
    expect(await access({}, "a.example/graphql")).toEqual({ url: "https://a.example", token: "pdl_a", source: "stored" });
    expect(await access({ PAREIDOLIA_URL: "https://c.example" })).toEqual({ url: "https://c.example", token: null, source: "none" });
    const given = { url: "https://a.example", token: "pdl_e", source: "environment" };
    expect(await access({ PAREIDOLIA_TOKEN: "pdl_e" }, "https://a.example")).toEqual(given);
    await expect(access({}, "ftp://a.example")).rejects.toThrow("Begin it with https://.");
  });

  it("are confidential over https, and on this computer", () => {
    for (const url of [
      "https://lab.example",
      "http://localhost:3000",
      "http://web.localhost",
      "http://127.0.0.1:3000",
      "http://[::1]:3000",
    ])
      expect([url, isConfidential(url)]).toEqual([url, true]);
    for (const url of ["http://lab.example", "http://localhost.example", "http://127.0.0.1.example", "http://10.0.0.7:3000"])
      expect([url, isConfidential(url)]).toEqual([url, false]);
  });
});

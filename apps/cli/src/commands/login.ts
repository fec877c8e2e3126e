/** `pareidolia login`, `logout` and `whoami`: the key with which this computer acts as a member. */
import { viewer } from "@pareidolia/client/operations";
import { type Command, InvalidArgumentError } from "commander";
import { isConfidential, readAddress } from "../access/access.ts";
import { configFolder } from "../access/configFolder.ts";
import { type Credentials, readCredentials, type StoredServer, writeCredentials } from "../access/credentials.ts";
import { askServer, type IssuedKey, signInByCode } from "../access/deviceFlow.ts";
import { type CommandHost, examples } from "../commandHost.ts";
import { type Context, clientOf } from "../context.ts";
import { CliError } from "../failure.ts";
import { printable } from "../output/controlCharacters.ts";
import { formatTime } from "../output/numbers.ts";
import { drawPairs } from "../output/table.ts";
import { webAddressOf } from "../serverNames.ts";

interface LoginOptions {
  readonly withKey?: boolean;
  readonly scopes: string;
  readonly days: number;
  readonly browser: boolean;
  readonly insecure?: boolean;
}

const knownScopes = ["READ", "RUN", "VOTE", "ADMIN"];

function readScopes(text: string): string {
  const scopes = text.toUpperCase().split(/[\s,]+/);
  if (!scopes.every((scope) => knownScopes.includes(scope)))
    throw new InvalidArgumentError(`Scopes are ${knownScopes.join(", ").toLowerCase()}, separated by commas.`);
  return scopes.join(" ");
}

function readDays(text: string): number {
  const days = Number(text);
  if (!Number.isInteger(days) || days < 1 || days > 365) throw new InvalidArgumentError("Give 1 to 365 days.");
  return days;
}

async function store({ terminal }: Context, url: string, server: StoredServer): Promise<void> {
  const folder = configFolder(terminal);
  const before = await readCredentials(folder);
  await writeCredentials(folder, { current: url, servers: { ...before.servers, [url]: server } });
}

/** Servers with a single user have no routes for accounts. */
async function hasAccounts({ access, terminal }: Context): Promise<boolean> {
  const { status } = await askServer(access.url, "/auth/methods", terminal.signal);
  if (status === 200) return true;
  if (status === 404) return false;
  throw new CliError("unreachable", `${access.url} answered with status ${status}. Check the address: it must be that of Pareidolia.`);
}

async function readKey(context: Context): Promise<IssuedKey | { readonly token: string; readonly expiresAt: null }> {
  const token = (await context.terminal.readInput()).trim();
  if (!/^pdl_[\w-]+$/.test(token))
    throw new CliError("usage", "Send the key by standard input, such as `pareidolia login --with-key < key.txt`.");
  return { token, expiresAt: null };
}

function requestKey(context: Context, { scopes, days, browser }: LoginOptions): Promise<IssuedKey> {
  const { terminal, access } = context;
  return signInByCode({
    url: access.url,
    clientName: `pareidolia on ${terminal.hostName}`.slice(0, 100),
    scopes,
    days,
    signal: terminal.signal,
    async onCode(code, address, addressWithCode) {
      terminal.err(`Open ${webAddressOf(address)} and enter the code\n\n    ${printable(code)}\n\n`);
      const opened = browser && terminal.errIsTty && (await terminal.openBrowser(webAddressOf(addressWithCode)));
      terminal.err(`${opened ? "Your browser has opened the page. " : ""}Waiting for a member to approve, for ten minutes at most.\n`);
    },
  });
}

async function login(context: Context, options: LoginOptions): Promise<void> {
  const { access, terminal } = context;
  if (options.insecure !== true && !isConfidential(access.url))
    throw new CliError(
      "usage",
      `${access.url} is not encrypted: anyone on the network between could read your key and act as you. Use https://, or add --insecure if you trust that network.`,
    );
  if (!(await hasAccounts(context))) {
    await store(context, access.url, { token: null, expiresAt: null });
    return context.print({
      json: { url: access.url, signIn: "not needed" },
      text: () => `${access.url} has a single user: no sign-in is needed. Commands use this server from now on.\n`,
    });
  }
  const key = options.withKey === true ? await readKey(context) : await requestKey(context, options);
  const answer = await clientOf({ url: access.url, token: key.token }).query(viewer, {}, { signal: terminal.signal });
  await store(context, access.url, key);
  const { user, workspace, role } = answer.viewer;
  const expires = key.expiresAt === null ? "" : ` The key expires on ${formatTime(key.expiresAt).slice(0, 10)}.`;
  await context.print({
    json: { url: access.url, user: user.name, workspace: workspace.name, role, expiresAt: key.expiresAt },
    text: () => `You are signed in to ${access.url} as ${user.name}, ${role.toLowerCase()} of ${workspace.name}.${expires}\n`,
  });
}

function without(credentials: Credentials, url: string): Credentials {
  const { [url]: _, ...servers } = credentials.servers;
  return { current: credentials.current === url ? null : credentials.current, servers };
}

async function logout(context: Context): Promise<void> {
  const { access, terminal } = context;
  const folder = configFolder(terminal);
  const credentials = await readCredentials(folder);
  const server = credentials.servers[access.url];
  if (server === undefined) throw new CliError("notFound", `You are not signed in to ${access.url} on this computer.`);
  let revoked = false;
  if (server.token !== null) {
    const headers = { authorization: `Bearer ${server.token}`, "content-type": "application/json" };
    const { status } = await askServer(access.url, "/auth/revoke-key", terminal.signal, { method: "POST", headers, body: "{}" });
    // A key that has ended already needs no revoking.
    if (status !== 200 && status !== 401 && status !== 404)
      throw new CliError("failed", `The key could not be revoked: the server answered with status ${status}. Try again.`);
    revoked = status === 200;
  }
  await writeCredentials(folder, without(credentials, access.url));
  await context.print({
    json: { url: access.url, revoked },
    text: () => `You are signed out of ${access.url}.${revoked ? " The key is revoked." : ""}\n`,
  });
}

const sources = { environment: "PAREIDOLIA_TOKEN", stored: "stored by `pareidolia login`", none: "none" } as const;

async function whoami({ access, client, terminal, print }: Context): Promise<void> {
  const { user, workspace, role } = (await client.query(viewer, {}, { signal: terminal.signal })).viewer;
  await print({
    json: { url: access.url, user, workspace: { id: workspace.id, name: workspace.name }, role, key: access.source },
    text: () =>
      drawPairs([
        ["Server", access.url],
        ["User", user.name],
        ["Workspace", workspace.name],
        ["Role", role.toLowerCase()],
        ["Key", sources[access.source]],
      ]),
  });
}

export function addLogin(program: Command, { run }: CommandHost): void {
  program
    .command("login")
    .description("Sign in to a server: approve a code in the browser, or give a key.")
    .argument("[address]", "address of the server, such as https://lab.example")
    .option("--with-key", "read an API key from standard input instead")
    .option("--scopes <scopes>", "what the key permits: read, run, vote, admin", readScopes, "READ RUN")
    .option("--days <days>", "days until the key expires: 1 to 365", readDays, 90)
    .option("--no-browser", "do not open the browser")
    .option("--insecure", "allow an address without encryption (http://) that is not this computer's")
    .addHelpText(
      "after",
      examples("login https://lab.example", "login https://lab.example --scopes read --days 7", "login --with-key < key.txt"),
    )
    .action((address: string | undefined, options: object, command: Command) => {
      if (address !== undefined) command.setOptionValue("url", readAddress(address));
      return run<LoginOptions>(login)(options, command);
    });
  program.command("logout").description("Revoke this computer's key and forget it.").action(run(logout));
  program.command("whoami").description("Show who you are, where, and with which key.").action(run(whoami));
}

/** What the program's exit code says. docs/cli.md has the same table, and a test compares them. */

export const exitCodes = {
  ok: { code: 0, meaning: "It worked." },
  failed: { code: 1, meaning: "It failed for any other reason, or `verify` found a difference." },
  usage: { code: 2, meaning: "The command line or a value in it is wrong." },
  notFound: { code: 3, meaning: "There is no such run, experiment, study or file." },
  refused: { code: 4, meaning: "You are not signed in, or your role or key does not permit it." },
  failedWork: { code: 5, meaning: "The run, export, import, bulk query or verification failed or was cancelled." },
  limited: { code: 6, meaning: "A limit or quota is exceeded; try again later." },
  conflict: { code: 7, meaning: "The state of an object does not allow it, such as deleting a locked run." },
  unreachable: { code: 8, meaning: "The server did not answer." },
  interrupted: { code: 130, meaning: "You interrupted it with Ctrl-C." },
} as const;

export type ExitName = keyof typeof exitCodes;

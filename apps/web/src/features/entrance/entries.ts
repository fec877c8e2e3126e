/** Checks of what a user enters to get an account. The API checks the same again. */

const passwordLengths = { minimum: 10, maximum: 128 } as const;

export type Problems<Name extends string> = Partial<Record<Name, string>>;

export function findNameProblem(name: string): string | undefined {
  return name.trim() === "" ? "Enter a name." : undefined;
}

export function findEmailProblem(email: string): string | undefined {
  if (email.trim() === "") return "Enter an e-mail address.";
  return /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(email.trim()) ? undefined : "This is not an e-mail address. Its form is name@lab.example.";
}

export function findPasswordProblem(password: string): string | undefined {
  const { minimum, maximum } = passwordLengths;
  if (password.length < minimum) return `Choose a password of at least ${minimum} characters.`;
  return password.length > maximum ? `Choose a password of at most ${maximum} characters.` : undefined;
}

/** Beside the label of a new password while it is entered. */
export function describeLength(password: string): string {
  const { length } = password;
  if (length === 0) return `at least ${passwordLengths.minimum} characters`;
  if (length < passwordLengths.minimum) return `${length} of at least ${passwordLengths.minimum} characters`;
  return length > passwordLengths.maximum ? `${length}, at most ${passwordLengths.maximum} characters` : `${length} characters, enough`;
}

/** The problems that were found, without the fields that have none. */
export function collectProblems<Name extends string>(found: Readonly<Record<Name, string | undefined>>): Problems<Name> {
  return Object.fromEntries(Object.entries(found).filter(([, problem]) => problem !== undefined)) as Problems<Name>;
}

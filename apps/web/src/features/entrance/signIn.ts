/** Signs in by e-mail address and password, and finds out whether the user may enter a workspace. */
import { postAccount, type Refusal } from "../session/account.ts";

const wrongPassword =
  "This e-mail address and password do not belong together. Check both, or ask an owner of your workspace for an invitation.";

/** Returns why the user is not signed in; null if they are. */
export async function signIn(email: string, password: string): Promise<Refusal | null> {
  const answer = await postAccount("/sign-in/email", { email: email.trim(), password });
  if ("data" in answer) return null;
  const { refusal } = answer;
  return refusal.code === "INVALID_EMAIL_OR_PASSWORD" ? { ...refusal, message: wrongPassword } : refusal;
}

/** Ends the session again if the user is suspended or belongs to no workspace, and returns the reason. */
export async function leaveWithoutWorkspace(): Promise<Refusal | null> {
  try {
    const response = await fetch("/graphql", {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ query: "query Membership { viewer { user { id } } }" }),
    });
    const { errors } = (await response.json()) as { errors?: readonly { message: string; extensions?: { code?: string } }[] };
    const refused = errors?.find(({ extensions }) => extensions?.code === "UNAUTHENTICATED");
    if (refused === undefined) return null;
    await postAccount("/sign-out", {});
    return { code: "NO_WORKSPACE", message: refused.message, secondsToWait: null };
  } catch {
    return null;
  }
}

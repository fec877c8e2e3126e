/**
 * Why a sign-in with the provider was refused, by the code in the address to which the browser returned. Its author may be anyone, so a page
 * shows only texts of its own.
 */
const texts: Readonly<Record<string, string>> = {
  not_invited: "No owner has invited this address. Ask an owner of a workspace for an invitation, then sign in again.",
  email_not_verified: "Your provider has not verified your e-mail address. Verify it there, then sign in again.",
  account_not_linked:
    "This address has an account here that has not verified it. Sign in with the password and verify the address, or reset the password.",
  state_mismatch: "The sign-in took too long, or started in another browser. Start it again.",
  access_denied: "The provider did not let you in, or you cancelled there. Start again, or sign in with your password.",
};

const otherText = "The sign-in with your provider failed. Start it again, or sign in with your password.";

/** Null without a code. */
export function explainProviderRefusal(code: string | null): string | null {
  return code === null ? null : ((Object.hasOwn(texts, code) ? texts[code] : undefined) ?? otherText);
}

const origin = "http://pareidolia.invalid";

/** The provider returns to the page that was to be opened, with the code. Takes the code out of that path. */
export function splitRefusal(path: string): { readonly next: string; readonly code: string | null } {
  const url = new URL(path, origin);
  const code = url.searchParams.get("error");
  if (code === null) return { next: path, code };
  for (const name of ["error", "error_description"]) url.searchParams.delete(name);
  return { next: `${url.pathname}${url.search}${url.hash}`, code };
}

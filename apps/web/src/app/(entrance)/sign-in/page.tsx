import type { Metadata } from "next";
import { cookies } from "next/headers";
import { exhibit } from "../../../features/entrance/exhibit.ts";
import { readNextPath } from "../../../features/entrance/nextPath.ts";
import { explainProviderRefusal, splitRefusal } from "../../../features/entrance/providerRefusal.ts";
import { SignInPage } from "../../../features/entrance/SignInPage.tsx";
import { findSignInMethods } from "../../../server/findSignInMethods.ts";

export const metadata: Metadata = { title: "Sign in" };

type Props = { searchParams: Promise<{ next?: string | string[]; error?: string | string[] }> };

export default async function Page({ searchParams }: Props) {
  const { next: wanted, error } = await searchParams;
  const { next, code } = splitRefusal(readNextPath(typeof wanted === "string" ? wanted : null));
  const refusal = explainProviderRefusal(typeof error === "string" ? error : code);
  const provider = (await findSignInMethods())?.oidc?.name ?? null;
  // Signing out removes the cookie, and a working session does not see this page.
  const hadSession = (await cookies()).getAll().some(({ name }) => name.endsWith("pareidolia.session"));
  return <SignInPage next={next} exhibit={exhibit} provider={provider} providerRefusal={refusal} hadSession={hadSession} />;
}

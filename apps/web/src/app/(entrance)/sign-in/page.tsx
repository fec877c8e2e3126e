import type { Metadata } from "next";
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
  return <SignInPage next={next} exhibit={exhibit} provider={(await findSignInMethods())?.oidc?.name ?? null} providerRefusal={refusal} />;
}

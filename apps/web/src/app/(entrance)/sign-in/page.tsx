import type { Metadata } from "next";
import { exhibit } from "../../../features/entrance/exhibit.ts";
import { readNextPath } from "../../../features/entrance/nextPath.ts";
import { SignInPage } from "../../../features/entrance/SignInPage.tsx";

export const metadata: Metadata = { title: "Sign in" };

type Props = { searchParams: Promise<{ next?: string | string[] }> };

export default async function Page({ searchParams }: Props) {
  const { next } = await searchParams;
  return <SignInPage next={readNextPath(typeof next === "string" ? next : null)} exhibit={exhibit} />;
}

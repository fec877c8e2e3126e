import type { Metadata } from "next";
import { cookies } from "next/headers";
import { DevicePage } from "../../../features/deviceLogin/DevicePage.tsx";
import { findAccount } from "../../../server/findAccount.ts";

export const metadata: Metadata = { title: "Approve a program" };

type Props = { searchParams: Promise<{ code?: string | string[] }> };

export default async function Page({ searchParams }: Props) {
  const { code } = await searchParams;
  return <DevicePage code={typeof code === "string" ? code : ""} account={await findAccount((await cookies()).toString())} />;
}

import type { Metadata } from "next";
import { cookies } from "next/headers";
import { JoinPage } from "../../../../features/entrance/JoinPage.tsx";
import { findAccount } from "../../../../server/findAccount.ts";

export const metadata: Metadata = { title: "Join a workspace" };

type Props = { params: Promise<{ token: string }> };

export default async function Page({ params }: Props) {
  return <JoinPage token={(await params).token} account={await findAccount((await cookies()).toString())} />;
}

import type { Metadata } from "next";
import { cookies } from "next/headers";
import { VerifyPage } from "../../../../features/entrance/VerifyPage.tsx";
import { findAccount } from "../../../../server/findAccount.ts";

export const metadata: Metadata = { title: "Verify your e-mail address" };

type Props = { params: Promise<{ token: string }> };

export default async function Page({ params }: Props) {
  return <VerifyPage token={(await params).token} account={await findAccount((await cookies()).toString())} />;
}

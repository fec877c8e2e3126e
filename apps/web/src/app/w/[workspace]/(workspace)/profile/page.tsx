import type { Metadata } from "next";
import { cookies } from "next/headers";
import { notFound } from "next/navigation";
import { ProfilePage } from "../../../../../features/profile/ProfilePage.tsx";
import { findAccount } from "../../../../../server/findAccount.ts";

export const metadata: Metadata = { title: "Profile" };

/** There is no profile in single-user mode. */
export default async function Page() {
  const account = await findAccount((await cookies()).toString());
  if (account === null) notFound();
  return <ProfilePage account={account} />;
}

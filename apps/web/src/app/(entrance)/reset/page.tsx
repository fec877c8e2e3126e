import type { Metadata } from "next";
import { RequestResetPage } from "../../../features/entrance/RequestResetPage.tsx";
import { findSignInMethods } from "../../../server/findSignInMethods.ts";

export const metadata: Metadata = { title: "Choose a new password" };

export default async function Page() {
  return <RequestResetPage sendsEmails={(await findSignInMethods())?.email ?? null} />;
}

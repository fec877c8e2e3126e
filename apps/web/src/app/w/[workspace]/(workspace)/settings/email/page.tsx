import type { Metadata } from "next";
import { EmailPage } from "../../../../../../features/emails/EmailPage.tsx";

export const metadata: Metadata = { title: "E-mail" };

export default function Page() {
  return <EmailPage />;
}

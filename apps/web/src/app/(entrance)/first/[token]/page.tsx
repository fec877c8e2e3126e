import type { Metadata } from "next";
import { FirstOwnerPage } from "../../../../features/entrance/FirstOwnerPage.tsx";

export const metadata: Metadata = { title: "Make the owner account" };

type Props = { params: Promise<{ token: string }> };

export default async function Page({ params }: Props) {
  return <FirstOwnerPage token={(await params).token} startsDemo={process.env["PAREIDOLIA_DEMO"] !== "off"} />;
}

import type { Metadata } from "next";
import { UnsubscribePage } from "../../../../features/notifications/UnsubscribePage.tsx";

export const metadata: Metadata = { title: "No more e-mails" };

export default async function Page({ params }: { params: Promise<{ token: string }> }) {
  return <UnsubscribePage token={(await params).token} />;
}

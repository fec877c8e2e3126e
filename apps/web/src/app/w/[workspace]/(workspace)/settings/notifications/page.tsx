import type { Metadata } from "next";
import { NotificationSettingsPage } from "../../../../../../features/notifications/NotificationSettingsPage.tsx";

export const metadata: Metadata = { title: "Choices of notifications" };

export default function Page() {
  return <NotificationSettingsPage />;
}

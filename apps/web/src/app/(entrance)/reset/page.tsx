import type { Metadata } from "next";
import { RequestResetPage } from "../../../features/entrance/RequestResetPage.tsx";

export const metadata: Metadata = { title: "Choose a new password" };

export default function Page() {
  return <RequestResetPage />;
}

import type { Metadata } from "next";
import { KeysPage } from "../../../../../../features/apiKeys/KeysPage.tsx";

export const metadata: Metadata = { title: "Keys" };

export default function Page() {
  return <KeysPage />;
}

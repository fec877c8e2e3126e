import type { Metadata } from "next";
import { RegisterModelPage } from "../../../../../../features/models/RegisterModelPage.tsx";

export const metadata: Metadata = { title: "Register a model" };

export default function Page() {
  return <RegisterModelPage />;
}

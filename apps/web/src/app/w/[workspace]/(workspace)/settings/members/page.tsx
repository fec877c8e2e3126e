import type { Metadata } from "next";
import { MembersPage } from "../../../../../../features/members/MembersPage.tsx";

export const metadata: Metadata = { title: "Members" };

export default function Page() {
  return <MembersPage />;
}

import { workspaceAddress } from "@pareidolia/core/workspaceAddress";
import { redirect } from "next/navigation";

export default async function Page({ params }: { params: Promise<{ workspace: string }> }) {
  redirect(workspaceAddress((await params).workspace, "/settings/members"));
}

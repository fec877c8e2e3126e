"use client";
/** Switches this session to another workspace, and creates one. Both end with a new document, so that no data of the former one is left. */
import { useState } from "react";
import { useMutation } from "urql";
import { CreateWorkspaceDocument, SwitchWorkspaceDocument } from "../../graphql/generated/graphql.ts";
import { mutationProblem } from "../marks/mutationProblem.ts";
import { useClearPage } from "../session/SessionGuard.tsx";
import { openWithNewSession } from "../session/sessionChange.ts";

interface WorkspaceSwitch {
  readonly busy: boolean;
  /** Resolves to the reason if the session stays in its workspace. */
  switchTo(workspaceId: string): Promise<string | null>;
  /** Resolves to the reason if the workspace was not created. */
  create(name: string): Promise<string | null>;
}

export function useWorkspaceSwitch(): WorkspaceSwitch {
  const [busy, setBusy] = useState(false);
  const clearPage = useClearPage();
  const [, sendSwitch] = useMutation(SwitchWorkspaceDocument);
  const [, sendCreate] = useMutation(CreateWorkspaceDocument);
  const leave = async (request: () => Promise<string | null>): Promise<string | null> => {
    setBusy(true);
    const problem = await request();
    if (problem === null) {
      clearPage();
      openWithNewSession("/");
    } else setBusy(false);
    return problem;
  };
  return {
    busy,
    switchTo: (workspaceId) =>
      leave(async () => {
        const { data, error } = await sendSwitch({ workspaceId });
        return mutationProblem(data?.switchWorkspace, error);
      }),
    create: (name) =>
      leave(async () => {
        const { data, error } = await sendCreate({ name });
        return mutationProblem(data?.createWorkspace, error);
      }),
  };
}

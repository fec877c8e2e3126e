"use client";
/** The button that starts a study of chosen images, for members who may create one. */
import { useState } from "react";
import { toast } from "sonner";
import { Button } from "../marks/Button.tsx";
import { usePermissions } from "../permissions/usePermissions.ts";
import { useCreateStudy } from "./useCreateStudy.ts";

/** The API's limit of images chosen by hand. */
export const maxAskedImages = 1000;

interface AskPeopleButtonProps {
  readonly label: string;
  /** Number of chosen images. */
  readonly count: number;
  /** IDs of the images; they may have to be loaded. */
  imageIds(): readonly string[] | Promise<readonly string[]>;
  readonly look?: "primary" | "plain";
}

export function AskPeopleButton({ label, count, imageIds, look = "primary" }: AskPeopleButtonProps) {
  const { may } = usePermissions();
  const { creating, create } = useCreateStudy();
  const [loading, setLoading] = useState(false);
  if (!may("createStudy")) return null;
  const ask = async (): Promise<void> => {
    setLoading(true);
    try {
      create({ imageIds: await imageIds() });
    } catch (error) {
      toast.error(`No study was created. ${(error as Error).message}`);
    }
    setLoading(false);
  };
  return (
    <Button
      look={look}
      needs="createStudy"
      disabled={count === 0 || count > maxAskedImages || creating || loading}
      onClick={() => void ask()}
    >
      {creating || loading ? "Drawing images" : label}
    </Button>
  );
}

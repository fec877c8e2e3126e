"use client";
/** Creates the draft of a study from images or runs, and opens its page. */
import { useRouter } from "next/navigation";
import { useRef, useState } from "react";
import { toast } from "sonner";
import { useMutation } from "urql";
import { CreateStudyDocument } from "../../graphql/generated/graphql.ts";
import { mutationProblem } from "../marks/mutationProblem.ts";

export interface StudyImages {
  readonly title?: string;
  readonly runIds?: readonly string[];
  readonly imageIds?: readonly string[];
}

const usualTitle = "What did the machine see?";

export function useCreateStudy() {
  const router = useRouter();
  const [, send] = useMutation(CreateStudyDocument);
  const [creating, setCreating] = useState(false);
  // A repeated request after a lost answer must not create a second draft.
  const attempt = useRef({ images: "", key: "" });
  const create = async ({ title = usualTitle, runIds = [], imageIds = [] }: StudyImages): Promise<void> => {
    setCreating(true);
    const images = JSON.stringify({ title, runIds, imageIds });
    if (attempt.current.images !== images) attempt.current = { images, key: crypto.randomUUID() };
    const idempotencyKey = attempt.current.key;
    const { data, error } = await send({ input: { title, runIds: [...runIds], imageIds: [...imageIds], idempotencyKey } });
    setCreating(false);
    const answer = data?.createStudy;
    if (answer !== undefined) attempt.current = { images: "", key: "" };
    if (answer?.__typename === "StudySuccess") router.push(`/studies/${answer.study.key}`);
    else toast.error(`No study was created. ${mutationProblem(answer, error)}`);
  };
  return { creating, create: (images: StudyImages) => void create(images) };
}

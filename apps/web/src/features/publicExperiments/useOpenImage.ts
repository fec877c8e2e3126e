"use client";
/** The image that is open on a run's page: part of its address, so that a link opens it and Back closes it. */
import { parseAsString, useQueryState } from "nuqs";
import { useCallback, useRef } from "react";

const parser = parseAsString.withOptions({ history: "push" });

export function useOpenImage() {
  const [image, setImage] = useQueryState("image", parser);
  const pushed = useRef(false);
  const open = useCallback(
    (id: string) => {
      pushed.current = true;
      void setImage(id);
    },
    [setImage],
  );
  return {
    image,
    open,
    /** Leaves no second entry of the same page in the history. */
    close() {
      if (image === null) return;
      if (pushed.current) history.back();
      else void setImage(null, { history: "replace" });
      pushed.current = false;
    },
  };
}

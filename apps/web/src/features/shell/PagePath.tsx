"use client";
/** The breadcrumb path of the current page, which each page sets and the top bar shows. */
import { createContext, type ReactNode, useContext, useEffect, useMemo, useState } from "react";

export interface PathStep {
  readonly label: string;
  readonly href: string;
}
interface Path {
  readonly steps: readonly PathStep[];
  readonly here: string;
}

const emptyPath: Path = { steps: [], here: "" };
const CurrentPath = createContext<Path>(emptyPath);
const SetPath = createContext<(path: Path) => void>(() => {});

export function PathProvider({ children }: { children: ReactNode }) {
  const [path, setPath] = useState(emptyPath);
  return (
    <SetPath value={setPath}>
      <CurrentPath value={path}>{children}</CurrentPath>
    </SetPath>
  );
}

export function useCurrentPath(): Path {
  return useContext(CurrentPath);
}

/** Sets the path; every page renders one. It has no output itself. */
export function PagePath({ steps = [], here }: { steps?: readonly PathStep[]; here: string }) {
  const setPath = useContext(SetPath);
  const key = JSON.stringify({ steps, here });
  const path = useMemo(() => JSON.parse(key) as Path, [key]);
  useEffect(() => setPath(path), [path, setPath]);
  return null;
}

"use client";
/** Where one is, said by the page and shown in the top bar. */
import { createContext, type ReactNode, useContext, useEffect, useMemo, useState } from "react";

export interface PathStep {
  readonly label: string;
  readonly href: string;
}
interface Path {
  readonly steps: readonly PathStep[];
  readonly here: string;
}

const nowhere: Path = { steps: [], here: "" };
const CurrentPath = createContext<Path>(nowhere);
const SetPath = createContext<(path: Path) => void>(() => {});

export function PathProvider({ children }: { children: ReactNode }) {
  const [path, setPath] = useState(nowhere);
  return (
    <SetPath value={setPath}>
      <CurrentPath value={path}>{children}</CurrentPath>
    </SetPath>
  );
}

export function useCurrentPath(): Path {
  return useContext(CurrentPath);
}

/** Put one on every page; renders nothing in place. */
export function PagePath({ steps = [], here }: { steps?: readonly PathStep[]; here: string }) {
  const setPath = useContext(SetPath);
  const key = JSON.stringify({ steps, here });
  const path = useMemo(() => JSON.parse(key) as Path, [key]);
  useEffect(() => setPath(path), [path, setPath]);
  return null;
}

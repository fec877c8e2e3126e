/** The page of an address that names no study, in the reader's language. */
export { default } from "../../../(voting)/not-found.tsx";

import type { Metadata } from "next";
import { GalleryPage } from "../../../../../features/gallery/GalleryPage.tsx";

export const metadata: Metadata = { title: "Gallery" };

export default function Page() {
  return <GalleryPage />;
}

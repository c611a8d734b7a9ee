import type { Metadata } from "next";
import type { ReactElement, ReactNode } from "react";
import "./globals.css";
import { Messenger } from "./messenger/messenger";
import { germanSiteUrl, shopName, siteUrl } from "./site";

export const metadata: Metadata = {
  metadataBase: siteUrl,
  title: shopName,
  description: "Good books, and someone to ask about them.",
  alternates: { canonical: "/", languages: { de: germanSiteUrl } },
};

export default function RootLayout({ children }: { readonly children: ReactNode }): ReactElement {
  return (
    <html lang="en">
      <body>
        {children}
        <Messenger />
      </body>
    </html>
  );
}

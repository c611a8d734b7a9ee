import type { NextConfig } from "next";

const nextConfig: NextConfig = {
  // The development server, as the rest of the team reaches it: without this, Next.js refuses any host but localhost.
  allowedDevOrigins: ["dev.example.com"],
};

export default nextConfig;

"use client";

import type { ReactElement } from "react";
import { useMessengerState } from "./messenger";
import { openMessenger } from "./store";

/** Opens the Messenger, once there is one to open. */
export function ChatButton(): ReactElement {
  const isReady = useMessengerState() === "ready";
  return (
    <button type="button" className="chat" disabled={!isReady} onClick={openMessenger}>
      Ask a bookseller
    </button>
  );
}

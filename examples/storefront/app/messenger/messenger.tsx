"use client";

import { useEffect, useSyncExternalStore } from "react";
import { boot, currentState, serverState, subscribe, type MessengerState } from "./store";

// Next.js writes the values into the bundle where it finds these very expressions.
const environment = process.env.NEXT_PUBLIC_GENESYS_ENVIRONMENT;
const deploymentId = process.env.NEXT_PUBLIC_GENESYS_DEPLOYMENT_ID;

/** Where the Messenger of this document stands. */
export function useMessengerState(): MessengerState {
  return useSyncExternalStore(subscribe, currentState, serverState);
}

/** Loads the Genesys Messenger of this build. It belongs into the root layout, which no navigation replaces. */
export function Messenger(): null {
  const state = useMessengerState();

  useEffect(() => {
    if (environment && deploymentId) boot({ environment, deploymentId });
    else explain("missing");
  }, []);

  useEffect(() => {
    if (state === "blocked" || state === "failed") explain(state);
  }, [state]);

  return null;
}

const explained = new Set<string>();

/** Logs once, in development only, why the Messenger is missing. Visitors' consoles stay empty. */
function explain(reason: "missing" | "blocked" | "failed"): void {
  if (process.env.NODE_ENV !== "development" || explained.has(reason)) return;
  explained.add(reason);
  const { hostname } = window.location;
  const explanation = {
    missing: "NEXT_PUBLIC_GENESYS_ENVIRONMENT and NEXT_PUBLIC_GENESYS_DEPLOYMENT_ID are not set in this build.",
    blocked: `"${hostname}" is not among the deployment's allowed domains. Name it in this environment's env file and deploy.`,
    failed: `it did not start. Is "${String(deploymentId)}" a deployment in the region "${String(environment)}"?`,
  };
  console.warn(`No Genesys Messenger: ${explanation[reason]}`);
}

/** What a test says of a program that declares Messengers: texts for snapshots, matchers for jest and vitest. */
export { allowLists, findings, type TextOptions } from "./texts";
export { type MatcherContext, type MatcherResult, matchers } from "./matchers";
export { type MessengerMatchers } from "./messenger-matchers";
export { resources } from "./texts";
export { review } from "./texts";
export { type Subject } from "./subject";

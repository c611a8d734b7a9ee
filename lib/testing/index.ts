/** What a test says of a program that declares Messengers: texts for snapshots, matchers for jest and vitest. */
export { allowLists, findings, type TextOptions } from "./allow-lists";
export { type MatcherResult, matchers } from "./matchers";
export { type MessengerMatchers } from "./messenger-matchers";
export { resources } from "./resources";
export { review } from "./review";
export { type Subject } from "./subject";

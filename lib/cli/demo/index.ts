export { registerDemo } from "./demo";

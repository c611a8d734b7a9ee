/** The program that declares what somebody made by hand. Pure: the live deployment in, text out. */
export { adopt, type Adoption, type AdoptionInput, type OtherDeployment } from "./adoption";
export { type ComparedDomains, type EntryAdvice } from "./domains";
export { environmentNameOf, kindOf, type ReproducedEnvironment } from "./environment";
export { type Note } from "./notes";
export { environmentText, messengerText } from "./program";

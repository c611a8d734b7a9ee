export { readDomainPolicy, type LiveDomainPolicy } from "./domain-policy";

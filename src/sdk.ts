// All that the SDK is at run time, but for what pages import without a client: that is in files of its own (tsup.config.ts).
export { MsbClient } from "./client/client.ts";
export { contract } from "./client/contract/make-contract.ts";
export { ComplexDataFormat } from "./core/data-format/index.ts";
export { createUuid } from "./support/uuid.ts";

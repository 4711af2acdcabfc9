// What is different in Node.js and in browsers, and finds out at run time where it is. The bundles of pages have browser.ts in
// its place (`browser` in package.json).
export { isomorphicSocket } from "../socket/isomorphic-socket.ts";
export { nodeSocket } from "../socket/node-socket.ts";
export { NO_TLS_OPTIONS } from "../socket/not-in-browsers.ts";
export { isNodePlatform } from "../socket/platform-socket.ts";
export { connectRemedy } from "./connect-remedy.ts";
export { readPropertiesFile } from "./properties-file.ts";

// What the pages use of vis-network; viz/assets/build.mjs bundles it.
export { DataSet } from "vis-data/esnext";
export { Network } from "vis-network/esnext";

// Builds viz/static/vendor from the pinned packages: `npm ci && npm run build` in this folder.
// The result is checked in, so that neither users nor tests need Node.
import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const here = dirname(fileURLToPath(import.meta.url));
const modules = join(here, "node_modules");
const vendor = join(here, "..", "static", "vendor");

// The esnext builds come without polyfills for browsers long gone: half the bytes.
const bundled = ["vis-network", "vis-data", "vis-util", "@egjs/hammerjs", "component-emitter", "keycharm", "uuid"];

async function bundle() {
  const result = await build({
    entryPoints: [join(here, "entry.mjs")],
    absWorkingDir: here,
    bundle: true,
    format: "esm",
    target: "es2020",
    minify: true,
    legalComments: "none",
    charset: "utf8",
    metafile: true,
    outfile: join(vendor, "vis-network.js"),
    banner: { js: `/*! vis-network ${version("vis-network")}, vis-data ${version("vis-data")} and what they need; licences in LICENSES.txt */` },
  });
  checkLicences(Object.keys(result.metafile.inputs));
}

function version(name) {
  return JSON.parse(readFileSync(join(modules, name, "package.json"), "utf8")).version;
}

function checkLicences(inputs) {
  for (const input of inputs.filter((path) => path.includes("node_modules/"))) {
    const name = input.match(/node_modules\/((?:@[^/]+\/)?[^/]+)/)[1];
    if (!bundled.includes(name)) throw new Error(`${name} is in the bundle, but its licence is not collected`);
  }
}

function licences() {
  const parts = bundled.map((name) => {
    const folder = join(modules, name);
    const files = readdirSync(folder).filter((file) => /^licen[cs]e/i.test(file)).sort();
    if (files.length === 0) throw new Error(`${name} has no licence file`);
    const texts = files.map((file) => readFileSync(join(folder, file), "utf8").trim());
    return [`${"=".repeat(78)}\n${name} ${version(name)}\n${"=".repeat(78)}`, ...texts].join("\n\n");
  });
  writeFileSync(join(vendor, "LICENSES.txt"), parts.join("\n\n\n").replaceAll("\r\n", "\n") + "\n");
}

function sums() {
  const lines = readdirSync(vendor).sort().map((file) => {
    const sum = createHash("sha256").update(readFileSync(join(vendor, file))).digest("hex");
    return `${sum}  ${file}\n`;
  });
  writeFileSync(join(vendor, "SHA256SUMS"), lines.join(""));
}

rmSync(vendor, { recursive: true, force: true });
mkdirSync(vendor, { recursive: true });
await bundle();
licences();
sums();

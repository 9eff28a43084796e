// SPDX-License-Identifier: BSD-2-Clause
// browser.mjs BINDIR [NAME...] - does the picture work?  Runs browser/*.mjs, or those NAMEd, in one Chromium; prints TAP.
import { readdirSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { go, ok, start, stop } from "./browser/driver.mjs";

const [bindir, ...wanted] = process.argv.slice(2);
if (bindir === undefined) {
	console.error("usage: node browser.mjs BINDIR [NAME...]");
	process.exit(2);
}
const dir = join(dirname(fileURLToPath(import.meta.url)), "browser");
const names = readdirSync(dir).filter((f) => f.endsWith(".mjs")).map((f) => basename(f, ".mjs")).sort();

// A file of tests is one function, or does its tests when it is loaded.
async function runFile(name) {
	try {
		const tests = await import(pathToFileURL(join(dir, `${name}.mjs`)));
		if (tests.default !== undefined)
			await tests.default(bindir);
		await go("data:,");
	} catch (e) {
		ok(false, `${name}: unexpected: ${e.message}`);
		console.log(`# ${String(e.stack).replaceAll("\n", "\n# ")}`);
	}
}

try {
	await start(bindir);
	for (const name of wanted.length > 0 ? wanted : names)
		await runFile(name);
} catch (e) {
	ok(false, `unexpected: ${e.message}`);
}
process.exit(await stop());

// SPDX-License-Identifier: BSD-2-Clause
// The page of a small batch of real stacks, beside pictures of it that were looked at by eye.
import { spawnSync } from "node:child_process";
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { pathToFileURL } from "node:url";
import { call, dir, filter, go, is, noErrors, ok, run, until, wait, windowSize } from "./driver.mjs";
import { compare } from "./screens.mjs";

const demo = "testdata/demo", DAYS = ["2026-11-17", "2026-11-18", "2026-11-19", "2026-11-20"], HOSTS = ["db1", "db2", "db3"];
const GROWN = "sqlite3VdbeRecordCompareWithSkip";

// STACKS as another run would have counted them; in those of GROWN more by SLOWER.
function varied(stacks, seed, slower) {
	let state = seed;
	const next = () => (state = (Math.imul(state, 1664525) + 1013904223) >>> 0) / 2 ** 32;

	for (let i = 0; i < 16; i++)
		next();
	return stacks.map((line) => {
		const at = line.lastIndexOf(" "), mean = 40 * Number(line.slice(at)) * (line.includes(GROWN) ? slower : 1);
		return `${line.slice(0, at)} ${Math.max(1, Math.round(mean * (.85 + .3 * next())))}\n`;
	}).join("");
}

function archive() {
	const stacks = filter("bt-collapse", ["-q", `${demo}/native.bt`]).toString().trim().split("\n"), root = join(dir, "archive");

	rmSync(root, { recursive: true, force: true });
	DAYS.forEach((day, d) => {
		mkdirSync(join(root, day), { recursive: true });
		HOSTS.forEach((host, h) => writeFileSync(join(root, day, `${host}.folded`), varied(stacks, 1 + d * 7 + h, d === 3 ? 1.8 : 1)));
	});
	writeFileSync(join(root, DAYS[2], "db4.bt.gz"), gzipSync(readFileSync(`${demo}/native.bt`)).subarray(0, 9000));
	return root;
}

function makeSite(bindir) {
	const root = archive(), site = join(dir, "archive-site");

	rmSync(site, { recursive: true, force: true });
	const made = spawnSync(join(bindir, "bt-batch"), ["-q", "-o", site, "--page-title", "sqlite3, four days", "--baseline", DAYS[0], root]);
	is(made.status, 1, "one trace of the batch is cut off");
	return pathToFileURL(join(site, "index.html")).href;
}

const screens = [
	["batch", {}],
	["batch-groups", { view: "groups" }],
	["batch-functions", { view: "functions", f: GROWN }],
	["batch-compare", { view: "compare", a: `${DAYS[0]}/db1.folded`, b: `${DAYS[3]}/db1.folded` }],
	["batch-details", { trace: `${DAYS[2]}/db4.bt.gz` }]
];

const ready = "return document.documentElement.getAttribute('data-page') === 'ready' && [...document.images].filter((i) => i.getClientRects().length > 0).every((i) => i.complete)";

export default async function batchScreens(bindir) {
	const url = makeSite(bindir);

	await windowSize(1296, 900);
	for (const [name, at] of screens) {
		await go("data:,");
		await go(`${url}#${new URLSearchParams(at)}`);
		ok(await until(() => run(ready)), `${name}: the page is ready`);
		await run("for (const s of document.querySelectorAll('.command code')) s.textContent = s.textContent.replace(/\\/\\S*\\//g, '')");
		await wait(200);
		await noErrors(name);
		await compare(name, await call("GET", "/screenshot"));
	}
	await windowSize(1300, 900);
}

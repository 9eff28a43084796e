// SPDX-License-Identifier: BSD-2-Clause
// panels-diff.mjs BINDIR - the switches, the legend and the table of a differential; prints TAP.
import { finish, go, is, keys, noErrors, ok, picture, run, start, until } from "./driver.mjs";
import { escapePanel, fillOf, frame, press, pressed } from "./panels-page.mjs";

const CHANGES = `main;same 100 100
main;grown 50 150
main;parent;inner 100 20
main;gone;deep 80 0
main;new 0 60
`;

async function showing(url) {
	await go(url);
	ok(await frame("gone") === null && await frame("new") !== null, "after: what is gone has no frame");
	await keys("m");
	await press("show:before");
	ok(await until(async () => await frame("new") === null && await frame("gone") !== null), "before: what is new has none");
	await press("show:elided");
	ok(await until(async () => await frame("same") === null && await frame("deep") !== null), "elided: only what is gone");
	await press("show:after");
	ok(await until(async () => await frame("new") !== null), "and back");
	await escapePanel();
	await keys("e");
	ok(await until(async () => await frame("gone") !== null && await frame("same") !== null), "e: before");
	await keys("e");
	ok(await until(async () => await frame("same") === null), "e: elided");
	await keys("e");
}

async function colouring(url) {
	await go(url);
	const red = await fillOf("grown");
	is([red, await fillOf("same"), await fillOf("parent")], ["rgb(255, 0, 0)", "rgb(255, 255, 255)", "rgb(255, 255, 255)"], "by the frame itself");
	await keys("d");
	ok(await until(async () => /rgb\((\d+), \1, 255\)/.test(await fillOf("parent"))), "d: by the whole subtree", await fillOf("parent"));
	await keys("d");
	await keys("m");
	is(await pressed("color:delta"), "true", "the menu: by change");
	const before = await run("return Array.from(document.querySelectorAll('.legend rect'), (r) => r.getAttribute('fill'))");
	ok(before.length >= 5 && before[0] === "#0000ff" && before.at(-1) === "#ff0000", "the legend goes from blue to red", before);
	ok(/-100.*\+100/s.test(await run("return document.querySelector('.legend').textContent")), "with its numbers",
	    await run("return document.querySelector('.legend').textContent"));
	await press("blind:true");
	ok(await until(async () => await fillOf("grown") === "rgb(230, 97, 0)"), "colour-blind safe: orange", await fillOf("grown"));
	is((await run("return Array.from(document.querySelectorAll('.legend rect'), (r) => r.getAttribute('fill'))")).at(-1), "#e66100", "in the legend too");
	await press("color:name");
	ok(await until(async () => !/^rgb\(255, (\d+), \1\)$/.test(await fillOf("grown"))), "a differential can be coloured by name");
	await escapePanel();
}

async function table(url) {
	await go(url);
	await keys("t");
	await press("sort-selfDelta");
	const rows = await run(`return Array.from(document.querySelectorAll(".panel tbody tr"), (tr) => Array.from(tr.children, (td) => td.firstChild.textContent))`);
	is(rows[0], ["150", "50", "+100", "150", "50", "+100", "grown"], "after, before, change: of its own and in all");
	is(rows.slice(-2).map((r) => r[6]).sort(), ["deep", "inner"], "what shrank comes last");
	is(rows.find((r) => r[6] === "deep"), ["0", "80", "-80", "0", "80", "-80", "deep"], "what is gone is in the table");
	await escapePanel();
}

await start(process.argv[2]);
const url = picture("changes", CHANGES, ["--diff"]);
for (const test of [showing, colouring, table]) {
	await test(url);
	await noErrors(test.name);
	await go("data:,");
}
await finish();

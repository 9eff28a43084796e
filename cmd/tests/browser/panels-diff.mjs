// SPDX-License-Identifier: BSD-2-Clause
// panels-diff.mjs BINDIR - the switches, the legend and the table of a differential; prints TAP.
import { finish, go, is, keys, noErrors, ok, picture, pointAt, run, start, until } from "./driver.mjs";
import { escapePanel, fillOf, middleOf, press, pressed, widest } from "./panels-page.mjs";

const CHANGES = `main;same 100 100
main;grown 50 150
main;parent;inner 100 20
main;gone;deep 80 0
main;new 0 60
`;

async function showing(url) {
	await go(url);
	ok(await widest("gone") === null && await widest("new") !== null, "after: what is gone has no frame");
	await keys("m");
	await press("show:before");
	ok(await until(async () => await widest("new") === null && await widest("gone") !== null), "before: what is new has none");
	await press("show:elided");
	ok(await until(async () => await widest("same") === null && await widest("deep") !== null), "elided: only what is gone");
	await press("show:after");
	ok(await until(async () => await widest("new") !== null), "and back");
	await escapePanel();
	await keys("e");
	ok(await until(async () => await widest("gone") !== null && await widest("same") !== null), "e: before");
	await keys("e");
	ok(await until(async () => await widest("same") === null), "e: elided");
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

// [text, fill] of the ends of the legend's ramp.
const ramp = () => run(`const boxes = document.querySelectorAll(".legend rect"), words = document.querySelectorAll(".legend text");
	return [[words[0].textContent, boxes[0].getAttribute("fill")], [words[words.length - 1].textContent, boxes[boxes.length - 1].getAttribute("fill")]]`);

// With --negate and --total numbers and colours agree: in titles, in the table, and in the legend.
async function negate() {
	await go(picture("negate", CHANGES, ["--negate", "--total", "1000"]));
	is(await ramp(), [["less: -100", "#0000ff"], ["more: +100", "#ff0000"]], "--negate: less is blue, more is red");
	await pointAt(await middleOf("grown"));
	ok(/, -100 \(-10\.00% of all/.test(await run("return document.querySelector('[id$=more]').textContent")), "--negate: the details have the sign",
	    await run("return document.querySelector('[id$=more]').textContent"));
	is(await fillOf("grown"), "rgb(0, 0, 255)", "--negate: what grew is what was less");
	await keys("t");
	await press("sort-selfDelta");
	const rows = await run(`return Array.from(document.querySelectorAll(".panel tbody tr"), (tr) => Array.from(tr.children, (td) =>
		Array.from(td.childNodes, (n) => n.textContent).join(" ")))`);
	is(rows.at(-1), ["150 15.00%", "50 5.00%", "-100", "150 15.00%", "50 5.00%", "-100", "grown"], "the table has the same sign, and its percentages are of --total");
	is(rows[0].slice(0, 3), ["0 0.00%", "80 8.00%", "+80"], "what comes first, too");
	await escapePanel();
}

await start(process.argv[2]);
const url = picture("changes", CHANGES, ["--diff"]);
for (const test of [showing, colouring, table, negate]) {
	await test(url);
	await noErrors(test.name);
	await go("data:,");
}
await finish();

// SPDX-License-Identifier: BSD-2-Clause
// The upper row: what the view leaves out stays there as buttons that end it, and the title keeps clear of them.
import { back, click, go, is, KEY, keys, noErrors, ok, picture, run, windowSize } from "./driver.mjs";
import { clickFrame, frame, hash, shown } from "./frames.mjs";

const STACKS = `main;walk;walk;leaf 60
main;sort;walk;leaf 20
main;sort 15
idle 5
`;
const DIFF = "main;same 100 100\nmain;gone 50 0\nmain;new 0 25\n";
const hidden = encodeURIComponent(JSON.stringify([{ kind: "name", name: "sort" }, { kind: "path", path: ["idle"] }]));

// The buttons that are shown: [text, left, right].
const texts = () => run(`return Array.from(document.querySelectorAll("[id*='-status-']")).filter((e) => getComputedStyle(e).display !== "none")
	.map((e) => { const r = e.getBoundingClientRect(); return [e.textContent, r.left, r.right]; }).sort((a, b) => a[1] - b[1])`);
const words = async () => (await texts()).map((t) => t[0]);

async function opened(url, hash, want) {
	await go("data:,");
	await go(`${url}#${hash}`);
	is(await words(), want, `a link with ${hash.slice(0, 20)} says so`);
}

async function links(url) {
	await go(url);
	is(await words(), [], "all is shown: nothing to say");
	await opened(url, "focus=walk", ["focus: walk \u00d7"]);
	await opened(url, "focus=no%20such", []);
	await opened(url, `hide=${hidden}`, ["2 hidden (40 samples) \u00d7"]);
	await opened(url, "reversed=1", ["callers \u00d7"]);
	await opened(url, "collapse=1", ["recursion collapsed \u00d7"]);
	await opened(picture("status-reverse", STACKS, ["--reverse"]), "x=0", []);
	const diff = picture("status-diff", DIFF);
	await opened(diff, "show=before", ["before \u00d7"]);
	await opened(diff, "show=elided", ["gone after \u00d7"]);
	await opened(diff, `show=before&hide=${encodeURIComponent(JSON.stringify([{ kind: "name", name: "gone" }]))}`,
	    ["1 hidden (50 samples) \u00d7", "before \u00d7"]);
}

async function ending(url) {
	await opened(url, `hide=${hidden}&focus=walk&collapse=1`, ["focus: walk \u00d7", "2 hidden (40 samples) \u00d7", "recursion collapsed \u00d7"]);
	await click("[id$='status-hide']");
	is([await words(), Object.keys(await hash()).sort()], [["focus: walk \u00d7", "recursion collapsed \u00d7"], ["collapse", "focus"]], "a click ends that one");
	await back();
	is((await words()).length, 3, "Back undoes it");
	await run("document.querySelector('[id$=status-focus]').focus()");
	is(await run("return document.activeElement.getAttribute('aria-label')"), "End: focus: walk", "its name says what it does");
	await keys(KEY.enter);
	is(Object.keys(await hash()).sort(), ["collapse", "hide"], "so does Enter");
	await opened(url, "focus=walk", ["focus: walk \u00d7"]);
	await clickFrame("leaf");
	is(await shown("unzoom"), "Reset Zoom", "zoomed in a focus");
	const line = await run("return document.querySelector('[id$=unzoom]').getBoundingClientRect().right");
	ok((await texts())[0][1] >= line, "the status stands right of Reset Zoom", [line, await texts()]);
	await keys(KEY.escape);
	is([await shown("unzoom"), await words()], [null, ["focus: walk \u00d7"]], "Esc ends the zoom");
	await keys(KEY.escape);
	is([await hash(), await words()], [{}, []], "and then the focus");
	await opened(url, "focus=walk", ["focus: walk \u00d7"]);
	await clickFrame("leaf");
	await keys(KEY.home);
	is([await hash(), (await frame("idle")).width], [{}, 59], "Home ends both");
}

async function marked(url) {
	const mark = () => run("const r = document.querySelector('.focus-mark'); return getComputedStyle(r).display === 'none' ? null : ['x', 'y', 'width'].map((k) => +r.getAttribute(k))");

	await go("data:,");
	await go(`${url}#focus=walk`);
	const walk = await frame("walk");
	is(await mark(), [10, walk.y, 1180], "the function in focus is marked");
	await clickFrame("leaf");
	is((await mark())[2], 1180, "also as an ancestor");
	await keys(KEY.home);
	is(await mark(), null, "without a focus nothing is");
}

// No two of the upper row may cover each other: their ends, in order.
const row = () => run(`return Array.from(document.querySelectorAll("[id$='-title'], .bar:not(:last-of-type) .control")).filter((e) => e.closest("foreignObject") === null &&
	getComputedStyle(e).display !== "none" && e.textContent !== "" && Math.abs(e.getAttribute("y") - 24) < 1)
	.map((e) => { const r = e.getBoundingClientRect(); return [e.textContent, r.left, r.right]; }).sort((a, b) => a[1] - b[1])`);

async function isClear(what) {
	const all = await row();

	ok(all.length >= 3 && all.every((e, i) => i === 0 || e[1] >= all[i - 1][2] - 1), `${what}: nothing covers another`, all);
	return all;
}

async function room() {
	const name = `namespace::${"a_long_part::".repeat(12)}method`, title = "What the server does by day and by night";
	const url = picture("status-long", `main;${name};leaf 60\nmain;other 40\n`, ["--title", title, "--width", "fluid"]);

	await go(`${url}#focus=${encodeURIComponent(name)}&collapse=1`);
	let all = await isClear("a long name in focus");
	ok(all.some((e) => e[0] === title), "the title is whole", all);
	const text = all.find((e) => e[0].startsWith("focus: "))[0];
	ok(text.startsWith("focus: names") && text.endsWith("method \u00d7") && text.includes(".."), "its middle is cut", text);
	await go("data:,");
	for (const width of [900, 700, 520]) {
		await windowSize(width, 700);
		await go(`${url}#x=0&y=2&collapse=1`);
		all = await isClear(`${width} px`);
		ok(all.some((e) => e[0].startsWith("recursion")), `${width} px: the status stays`, all);
		await keys(KEY.escape);
		await click("[id$='status-collapse']");
		await isClear(`${width} px, without a status`);
		await go("data:,");
	}
	await go(picture("status-narrow", "a 1\n", ["--title", title, "--width", "400"]));
	is(await shown("title"), null, "a title without room is not shown");
	await windowSize(1300, 900);
	await go(picture("status-plain", "a 1\n", ["--title", title]));
	is(await shown("title"), title, "else it is");
}

export default async function () {
	const url = picture("status", STACKS);

	for (const test of [links, ending, marked, room]) {
		await test(url);
		await noErrors(test.name);
		await go("data:,");
	}
}

// SPDX-License-Identifier: BSD-2-Clause
// The script's picture: the same as the static one, and every other view of the same stacks.
import { back, go, is, keys, noErrors, ok, picture, reload, run, until } from "./driver.mjs";
import { clickFrame, frame, geometry, names, pointFrame, SMALL, shown } from "./frames.mjs";

const LUA = `start_thread;lua_pcall;@/srv/app/handler.lua:12;string.format 30
start_thread;lua_pcall;=router.lua:7 [C] 20
start_thread;read_[k];vfs_read_[k] 11
start_thread;<script>&quot; 5
`;
const RECURSIVE = `main;walk;walk;walk;leaf 50
main;walk;leaf 30
main;sort;walk;leaf 15
main;sort 5
`;
const DIFF = `main;alpha;leaf 100 160
main;alpha 20 20
main;beta 80 40
main;gone;deep 60 0
main;new 0 40
`;
const CHART = `main;a 10
main;b;x 20
main 5
main;a 10
main;b;x 30
`;

// Numbers that are the same in each run.
function generator(seed) {
	let s = seed;

	return (n) => {
		s = Math.imul(s ^ s >>> 15, 0x2c1b3c6d) + 0x9e3779b9 | 0;
		return ((s ^ s >>> 13) >>> 0) % n;
	};
}

function randomStacks(seed, two) {
	const random = generator(seed), lines = [];

	for (let i = 0; i < 60; i++) {
		const path = Array.from({ length: 1 + random(9) }, () => `fn_${"abcdefghij".charAt(random(10)).repeat(1 + random(12))}`);
		lines.push(`${path.join(";")}${two ? ` ${random(90)}` : ""} ${1 + random(400)}`);
	}
	return `${lines.join("\n")}\n`;
}

// [title, x, y, width, fill, label] of each frame at least 2 px wide.
const wideFrames = () => run(`return Array.from(document.querySelectorAll(".frames > g"), function (g) {
	const r = g.querySelector("rect");
	return [g.querySelector("title").textContent, +r.getAttribute("x"), +r.getAttribute("y"), +r.getAttribute("width"), getComputedStyle(r).fill,
		g.querySelector("text")?.textContent ?? ""];
}).filter((f) => f[3] >= 2.2).sort()`);

async function likeStatic() {
	const cases = [["small", SMALL, []], ["lua", LUA, []], ["recursive", RECURSIVE, ["--inverted"]], ["callers", RECURSIVE, ["--reverse"]],
		["diff", DIFF, []], ["negate", DIFF, ["--negate"]], ["chart", CHART, ["--flamechart"]], ["wide", SMALL, ["--width", "2400", "--height", "20",
		"--fontsize", "15", "--subtitle", "under"]], ["total", SMALL, ["--total", "20000"]],
		["factor", SMALL, ["--factor", "0.37", "--countname", "ms"]],
		["fractions", "a;b 1.25\na;c 0.5\na;b;d 2.125\n", []], ["diff-reverse", DIFF, ["--reverse"]], ["chart-reverse", CHART, ["--flamechart", "--reverse"]],
		["random", randomStacks(1, false), ["--colors", "java"]],
		["random2", randomStacks(2, true), []], ["random3", randomStacks(3, false), ["--minwidth", "5"]], ["big numbers", "a;b 9007199254740\na;c 123456789\n", []]];

	for (const [name, text, options] of cases) {
		await go(picture(`static-${name}`, text, [...options, "--static"]));
		const want = await wideFrames();
		await go(picture(`view-${name}`, text, options));
		is(await run("return document.documentElement.getAttribute('data-viewer')"), "ready", `${name}: the table is read`);
		const got = await wideFrames();
		ok(JSON.stringify(got) === JSON.stringify(want), `${name}: the script draws what the static picture has (${want.length} frames)`,
		    got.map((g, i) => [g, want[i]]).filter(([g, w]) => JSON.stringify(g) !== JSON.stringify(w)).slice(0, 3));
	}
}

// One element for a frame, one more for its words where there are some.
async function elements() {
	await go(picture("elements", SMALL));
	is(await run("return document.querySelectorAll('.frames text').length"), 8, "a text only where there is a label");
	ok(await run("return Array.from(document.querySelectorAll('.frames rect, .narrow rect')).every((r) => +r.getAttribute('width') >= 0.5)"),
	    "nothing narrower than half a pixel is in the document");
	is(await names(), ["all", "main", "alpha", "Alpha_inner", "x", "leaf", "beta", "alpha", "gamma"], "in the order of the tree");
	is(await run("const f = document.querySelector('.frames'); return [f.id.endsWith('-frames') && f.id !== 'frames', document.getElementById('frames')]"), [true, null],
	    "the frames' id has the prefix");
	let text = "";
	for (let i = 0; i < 3000; i++)
		text += `main;fn_${i} 1\n`;
	await go(picture("narrow", text));
	is(await run("return document.querySelectorAll('.narrow > rect').length"), 0, "what is narrower than that is not drawn");
	await go(picture("narrow2", text.split("\n").slice(0, 1500).join("\n") + "\n"));
	is(await run("return [document.querySelectorAll('.narrow > rect').length, document.querySelectorAll('.narrow *').length]"), [1500, 1500],
	    "narrow frames are a box and no more");
	await run("document.querySelector('.narrow > rect').dispatchEvent(new MouseEvent('mouseover', { bubbles: true }))");
	is(await run("return document.querySelector('.narrow > rect > title').textContent"), "fn_0 (1 samples, 0.07%)", "its title comes when it is pointed at");
	ok((await shown("details")).startsWith("Function: fn_0 (1 samples"), "and the details");
	await go(picture("half", "main;exact 49\nmain;rest 115591\n"));
	is(await run("return Array.from(document.querySelectorAll('.narrow > rect'), (r) => r.getAttribute('width'))"), ["0.5"], "what is half a pixel wide is drawn");
}

async function icicle(url) {
	await go(url);
	const before = await geometry();
	await keys("i");
	ok((await frame("main")).y < (await frame("alpha")).y, "icicle: the root is on top");
	is((await frame("all")).y, 36, "icicle: below the title");
	is([(await frame("gamma")).x, (await frame("gamma")).width], [246, 944], "icicle: nothing moves to the side");
	is(await run("return location.hash"), "#inverted=1", "icicle: the URL has it");
	await back();
	is(await geometry(), before, "icicle: Back undoes it");
}

async function callers() {
	await go(picture("reverse", RECURSIVE));
	await keys("r");
	is([(await frame("leaf")).width, (await frame("sort")).width], [1121, 177], "callers: leaves stand on the root, callers on them");
	is((await frame("walk")).title, "walk (95 samples, 95.00%)", "callers: those of a leaf are merged");
	await keys("r");
	is((await frame("main")).width, 1180, "callers: and back");
	await go(picture("reversed", RECURSIVE, ["--reverse"]));
	is((await frame("leaf")).width, 1121, "--reverse: leaf first");
	await keys("r");
	is((await frame("main")).width, 1180, "--reverse: the switch turns it");
}

async function order() {
	await go(picture("order", "main;a 10\nmain;b 70\nmain;c 20\n"));
	is(await names(), ["all", "main", "a", "b", "c"], "order: by name at first");
	await keys("s");
	is(await names(), ["all", "main", "b", "c", "a"], "order: by size");
	is((await frame("b")).x, 10, "order: the largest is on the left");
	await keys("s");
	is(await names(), ["all", "main", "a", "b", "c"], "order: by name");
	await go(picture("chart", CHART, ["--flamechart"]));
	is(await names(), ["all", "main", "a", "b", "x", "a", "b", "x"], "a flame chart keeps its time");
	await keys("s");
	is((await names()).filter((n) => n === "a" || n === "b"), ["a", "a", "b", "b"], "and can be ordered");
	await back();
	is((await names()).filter((n) => n === "a" || n === "b"), ["a", "b", "a", "b"], "and Back brings time back");
}

async function labels() {
	const long = "a_rather_long_name_of_a_function_that_ends_in_the_part_that_matters";

	await go(picture("cut", `main;${long} 20\nmain;other 80\n`));
	is((await frame(long)).label, "a_rather_long_name_of_a_function_..".slice(0, Math.floor(236 / 7.08) - 2) + "..", "a label loses its end");
	await keys("l");
	const label = (await frame(long)).label;
	ok(label.startsWith("..") && label.endsWith("matters") && label.length === 33, "or its beginning", label);
	await keys("l");
	await go(picture("cut-left", `main;${long} 20\nmain;other 80\n`, ["--truncate-text-left"].slice(1)));
	await run("location.hash = '#cut=left'");
	ok(await until(async () => (await frame(long)).label.startsWith("..")), "the URL can say so");
}

async function contrast(what) {
	const least = await run(`const light = (c) => c.map((b) => b / 255).map((v) => v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4)
		.reduce((sum, v, i) => sum + v * [0.2126, 0.7152, 0.0722][i], 0);
	const rgb = (e) => getComputedStyle(e).fill.match(/\\d+/g).slice(0, 3).map(Number);
	return Math.min(...Array.from(document.querySelectorAll(".frames > g > text"), function (t) {
		const a = light(rgb(t)), b = light(rgb(t.parentNode.querySelector("rect")));
		return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
	}))`);

	ok(least >= 4.5, `${what}: words can be read`, least);
}

async function colours() {
	await go(picture("colours", LUA));
	const fills = new Set([(await frame("lua_pcall")).fill]);
	for (const by of ["name", "module", "kind", "self"]) {
		await keys("c");
		is(await run("return location.hash"), `#color=${by}`, `colour by ${by}: the URL has it`);
		fills.add((await frame("lua_pcall")).fill);
		await contrast(`colour by ${by}`);
	}
	ok(fills.size >= 4, "colours differ", Array.from(fills));
	for (const options of [["--colors", "blue"], ["--colors", "red"], ["--colors", "wakeup"], ["--theme", "dark"]]) {
		await go(picture(`contrast${options.join("")}`, LUA, options));
		await contrast(options.join(" "));
		await run("location.hash = '#s=lua%7Cstart'");
		await until(async () => (await frame("lua_pcall")).class === "match");
		await contrast(`${options.join(" ")}, matches`);
		await run("location.hash = '#y=2'");
		await until(async () => (await frame("all")).class === "parent");
		await contrast(`${options.join(" ")}, faded`);
	}
}

async function shapes() {
	const url = picture("shapes", RECURSIVE), item = (i) => `${url}#hide=${encodeURIComponent(JSON.stringify([i]))}`;

	await go(url);
	await keys("k");
	is(await names(), ["all", "main", "sort", "walk", "leaf", "walk", "leaf"], "recursion collapsed");
	is((await frame("walk")).title, "walk (15 samples, 15.00%)", "with its sums");
	await back();
	is((await names()).filter((n) => n === "walk").length, 4, "Back undoes it");
	await go("data:,");
	await go(item({ kind: "name", name: "sort" }));
	is([(await frame("sort")), (await frame("main")).title], [null, "main (80 samples, 100.00%)"], "hide: a function, and what is left is all");
	await go("data:,");
	await go(item({ kind: "path", path: ["main", "sort", "walk"] }));
	is((await frame("main")).title, "main (85 samples, 100.00%)", "hide: one frame");
	await go("data:,");
	await go(picture("collapsed", "a;a;a;b 10\na;c 10\na;b 5\n"));
	await keys("k");
	await clickFrame("b");
	await keys("h");
	is(await names(), ["all", "a", "c"], "hide: a frame of the tree without recursion");
	await keys("k");
	is(await names(), ["all", "a", "c"], "hide: is hidden with recursion as well");
	await reload();
	is(await names(), ["all", "a", "c"], "hide: the URL has that");
	await keys("r");
	await keys("k");
	await go(picture("collapsed-total", RECURSIVE, ["--total", "200"]));
	await keys("k");
	is((await frame("main")).width, 590, "a pretended total stays without recursion");
	await go("data:,");
	await go(item({ kind: "name", name: "no such" }) + "&collapse=nonsense&order=7&x=-1");
	is((await frame("main")).title, "main (100 samples, 100.00%)", "what is not known is left out");
	await go("data:,");
	await go(`${url}#hide=%5B%7B%22kind%22%3A%22path%22%7D%2Cnull%5D`);
	is((await frame("main")).title, "main (100 samples, 100.00%)", "a broken list harms nothing");
}

async function focus() {
	const url = picture("focus", RECURSIVE);

	await go(`${url}#focus=walk`);
	const walk = await frame("walk"), leaf = await frame("leaf"), sort = await frame("sort"), main = await frame("main");
	is([walk.width, walk.title], [1180, "walk (95 samples, 95.00%)"], "focus: the function is as wide as the picture");
	ok(leaf.y < walk.y && main.y > walk.y && sort.y > walk.y, "focus: what it calls stands on it, its callers are below", { walk, leaf, sort, main });
	is((await names()).filter((n) => n === "all").length, 0, "focus: the root has no row");
	is([sort.width, main.y], [186.3, sort.y], "focus: callers have their shares");
	await keys("i");
	ok((await frame("leaf")).y > (await frame("walk")).y && (await frame("sort")).y < (await frame("walk")).y, "focus: the icicle is turned around");
	await keys("i");
	await run("history.pushState(null, '', location.href.split('#')[0] + '#focus=walk&part=1&x=80&y=1'); dispatchEvent(new PopStateEvent('popstate'))");
	is([(await frame("sort")).width, (await frame("main")).width, (await frame("leaf")).width], [1180, 1180, leaf.width],
	    "focus: a caller can be zoomed, and callees stay");
	await go(`${url}#focus=nothing`);
	is((await frame("main")).width, 1180, "focus: a function that is not there is none");
	await go("data:,");
	await go(`${picture("focus-reverse", RECURSIVE, ["--reverse"])}#focus=walk`);
	ok((await frame("leaf")).y < (await frame("walk")).y && (await frame("sort")).y > (await frame("walk")).y, "focus: the same with --reverse");
}

async function changes() {
	const url = picture("changes", DIFF);

	await go(url);
	is((await frame("alpha")).title, "alpha (180 samples, 69.23%; 0.00%)", "differential: own change");
	is([(await frame("alpha")).fill, (await frame("beta")).fill, (await frame("leaf")).fill], ["#ffffff", "#4646ff", "#ff0000"], "differential: red and blue");
	await keys("d");
	is((await frame("alpha")).title, "alpha (180 samples, 69.23%; +23.08%)", "inclusive: that of the subtree");
	is((await frame("alpha")).fill, "#ff0000", "inclusive: the colour too");
	await keys("d");
	const blind = (await frame("beta")).fill;
	await keys("b");
	ok((await frame("beta")).fill !== blind, "a palette for the colour-blind", (await frame("beta")).fill);
	await contrast("colour-blind");
	is(await frame("gone"), null, "what has vanished is not shown");
	await keys("e");
	is((await frame("gone")).title, "gone (60 samples, 23.08%; 0.00%)", "before: it is, as wide as it was");
	await keys("e");
	is(await names(), ["all", "main", "gone", "deep"], "elided: nothing else");
	is((await frame("deep")).width, 1180, "elided: it has all the room");
	await keys("e");
	is(await frame("gone"), null, "after: gone again");
	await pointFrame("alpha");
	const total = "total before 120, after 180, +60 (+23.08% of all, +50.00% of before)";
	is(await shown("more"), `${total} \u00b7 69.23% of its parent \u00b7 self 20 (7.69%)`,
	    "the details have before, after and change");
	ok((await frame("alpha")).title.endsWith(`\n${total}`), "and so do the words beside the mouse", (await frame("alpha")).title);
	await pointFrame("new");
	ok((await shown("more")).startsWith("total before 0, after 40, +40 (+15.38% of all, new)"), "what is new is called so", await shown("more"));
	await go(picture("changes-negate", DIFF, ["--negate"]));
	await pointFrame("beta");
	ok((await shown("more")).startsWith("total before 80, after 40, +40 (+15.38% of all, +50.00% of before)"), "--negate turns the sign", await shown("more"));
}

const details = async (name) => {
	await pointFrame(name);
	return shown("more");
};

// Own samples, where stacks stand leaf first too.
async function own() {
	const text = "main;a;hot 90\nmain;b 10\n", two = "main;a;hot 10 90\nmain;b 10 10\n";
	const pale = await fillBySelf(`${picture("own", text)}#color=self`, "main");

	for (const url of [`${picture("own", text)}#reversed=1&color=self`, `${picture("own-reverse", text, ["--reverse"])}#color=self`]) {
		const hot = await fillBySelf(url, "hot");
		ok((await details("hot")).startsWith("self 90 (90.00%)"), "callers: a function on the root has its own samples", await shown("more"));
		ok((await details("b")).startsWith("self 10 (10.00%)"), "callers: each of them", await shown("more"));
		for (const name of ["a", "main"])
			is([(await details(name)).split(" \u00b7")[0], (await frame(name)).fill], ["self 0 (0.00%)", pale], `callers: ${name} calls only`);
		ok(hot !== pale, "callers: the heaviest has the colour for that", hot);
		await run("location.hash = '#color=self&focus=a'");
		await until(async () => await frame("b") === null);
		ok(!(await details("main")).includes("self"), "focus: nothing is known of callers' own samples", await shown("more"));
		is((await frame("main")).fill, pale, "focus: they are pale");
		is([(await details("a")).split(" \u00b7")[0], (await details("hot")).split(" \u00b7")[0]], ["self 0 (0.00%)", "self 90 (90.00%)"],
		    "focus: those of the function and of what it calls are");
	}
	await go(`${picture("own-diff", two)}#reversed=1`);
	is([(await frame("hot")).title, (await frame("main")).title], ["hot (90 samples, 90.00%; +80.00%)", "main (10 samples, 10.00%; 0.00%)"], "callers: the change of a frame itself");
	await go(`${picture("own-diff", two)}#focus=hot`);
	is((await frame("main")).title, "main (90 samples, 90.00%; +80.00%)", "focus: callers have that of all");
	await go(`${picture("own-focus", "main;f 90\nmain;f;g 10\n")}#focus=f&color=self`);
	ok((await frame("f")).fill !== (await frame("g")).fill, "focus: the function itself may be the heaviest", (await frame("g")).fill);
}

async function fillBySelf(url, name) {
	await go("data:,");
	await go(url);
	return (await frame(name)).fill;
}

// Trees that were made are there when they are wanted again.
async function kept(url) {
	await go(url);
	await run(`window.made = 0; window.Float64Array = new Proxy(Float64Array, { construct(target, args, to) {
		window.made += args[0] > 5 && args[0] < 100 ? 1 : 0;
		return Reflect.construct(target, args, to);
	} })`);
	const made = async (key) => {
		const before = await run("return window.made");
		await keys(key);
		return await run("return window.made") > before;
	};
	is([await made("r"), await made("r"), await made("k"), await made("k"), await made("s"), await made("r")], [true, false, true, false, true, true], "each view is made once");
	is([await made("s"), await made("s"), await made("r"), await made("s"), await made("k")], [false, false, false, false, false], "and is kept");
}

export default async function () {
	const url = picture("view", SMALL);

	for (const test of [likeStatic, elements, icicle, callers, order, labels, colours, shapes, focus, changes, own, kept]) {
		await test(url);
		await noErrors(test.name);
		await go("data:,");
	}
}

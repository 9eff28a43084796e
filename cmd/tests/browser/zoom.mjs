// SPDX-License-Identifier: BSD-2-Clause
// Zoom by mouse, the details, what is shown that no static picture has, and bars that stay in sight.
import { readFile } from "node:fs/promises";
import { click, go, is, KEY, keys, noErrors, ok, page, picture, pointAt, run, until, windowSize } from "./driver.mjs";
import { clickFrame, focused, frame, geometry, place, pointFrame, shown, SMALL } from "./frames.mjs";

async function zooming(url) {
	await go(url);
	is(await shown("unzoom"), null, "Reset Zoom is hidden at first");
	is(await frame("its_child_name"), null, "a frame of 0.2 px is not drawn");
	const all = await geometry();
	await clickFrame("alpha");
	is([(await frame("main")).class, (await frame("main")).x, (await frame("main")).width], ["parent", 10, 1180], "the ancestor is faded, and as wide as the picture");
	is(await frame("beta"), null, "what stands beside is gone");
	is([...await place("leaf"), (await frame("leaf")).class], [482, 708, "leaf", ""], "what stands above is scaled by its samples");
	is(await place("Alpha_inner"), [10, 472, "Alpha_inner"], "and gets the label that fits");
	is(await shown("unzoom"), "Reset Zoom", "Reset Zoom appears");
	await click("[id$='unzoom']");
	is(await geometry(), all, "Reset Zoom shows all again");
	for (const name of ["alpha", "Alpha_inner", "x"])
		await clickFrame(name);
	is((await place("x")), [10, 1180, "x"], "step by step to the top");
	await clickFrame("alpha");
	is((await place("leaf")), [482, 708, "leaf"], "a click on an ancestor zooms out to it");
	await clickFrame("all");
	is(await geometry(), all, "a click on the root ends it");
	await clickFrame("gamma");
	is(await frame("narrow_frame_name"), null, "0.3 px: still not drawn");
}

// Every level has a hundredth of the one below it: the deepest is one sample of 10^14.
async function deep() {
	let path = "main", text = "", n = 1e14;

	for (let i = 1; i <= 6; i++) {
		text += `${path};beside_${i} ${n - n / 100}\n`;
		path += `;level_${i}`;
		n /= 100;
	}
	const url = picture("deep", `${text}${path};a_last_one 1\n${path};z_last_one 99\n`);
	await go(url);
	for (const i of [1, 2, 3, 4, 5, 6])
		await clickFrame(`level_${i}`);
	is(await place("level_6"), [10, 1180, "level_6"], "the deepest zoom");
	is(await place("z_last_one"), [21.8, 1168.2, "z_last_one"], "is exact");
	is((await frame("a_last_one")).title, "a_last_one (1 samples, 0.00%)", "to the sample");
	const state = await run("return location.href");
	await go("data:,");
	await go(state);
	is(await place("z_last_one"), [21.8, 1168.2, "z_last_one"], "and so is its URL");
}

async function narrow() {
	const url = picture("narrow", `main;wide 1000000\nmain;tower_a;tower_b;tower_c;tower_d;tower_e;tower_f 3\nmain;tower_a;tower_b;tower_c;other 1\n`);

	await go(url);
	const high = await run("return document.documentElement.viewBox.baseVal.height");
	is(await frame("tower_a"), null, "a tower of 0.005 px is not drawn");
	const first = (await frame("wide")).y;
	await run("location.hash = '#x=0&y=2'");
	ok(await until(async () => await frame("tower_a") !== null), "the URL zooms to it");
	is(await place("tower_a"), [10, 1180, "tower_a"], "it is as wide as the picture");
	is(await place("other"), [10, 295, "other"], "each frame of it has its share");
	is((await frame("tower_f")).title, "tower_f (3 samples, 0.00%)", "and its count");
	const now = await run("return document.documentElement.viewBox.baseVal.height");
	is(now, 36 + 34 + 8 * 16, "the picture is as high as that needs");
	ok(now > high && (await frame("tower_f")).y === 36 + 1, "the topmost row is below the title", await frame("tower_f"));
	await click("[id$='unzoom']");
	is([await run("return document.documentElement.viewBox.baseVal.height"), (await frame("wide")).y], [high, first], "Reset Zoom: as high as before");
}

async function merged() {
	let text = "";

	for (let i = 0; i < 40000; i++)
		text += `main;f${(i * 2654435761 % 4294967296).toString(36)};g${(i * 40503 % 1000003).toString(36)} ${1 + i % 3}\n`;
	await go(picture("merged", `${text}main;rest 100000\n`, ["--full-limit", "100000"]));
	const more = await run("return Array.from(document.querySelectorAll('.frames > g > title'), (t) => t.textContent).filter((t) => / more\\) \\(/.test(t))");
	ok(more.length > 0 && /^\([0-9,]+ more\) \([0-9,]+ samples, [0-9.]+%\)$/.test(more[0]), "what is only a sum is a frame that says so", more.slice(0, 3));
	const label = await run("return Array.from(document.querySelectorAll('.frames text'), (t) => t.textContent).filter((t) => /^\\([0-9]/.test(t))[0]");
	ok(label !== undefined, "with a label", label);
}

async function details(url) {
	await go(url);
	await pointFrame("beta");
	is(await shown("details"), "Function: beta (1,000 samples, 10.00%)", "the mouse shows name and count");
	is(await shown("more"), "self 0 (0.00%) \u00b7 10.00% of its parent", "and its own, and its share of its parent");
	await pointAt({ x: 600, y: 500 });
	is([await shown("details"), await shown("more")], ["", ""], "nothing where it points at nothing");
	await clickFrame("alpha");
	await pointFrame("leaf");
	is(await shown("details"), "Function: leaf (600 samples, 6.00%)", "zoomed: the same");
	is(await shown("more"), "self 600 (6.00%) \u00b7 60.00% of the zoomed frame \u00b7 60.00% of its parent", "and its share of the zoomed frame");
	await pointAt({ x: 600, y: 500 });
	is(await shown("details"), "Function: alpha (1,000 samples, 10.00%)", "beside the frames: the selected one");
}

// Lines have the room that there is, and no more.
async function room() {
	const ends = (id) => run("const b = document.querySelector('[id$=\"-' + arguments[0] + '\"]').getBBox(); return b.x + b.width", id);
	const thin = "l".repeat(250), wide = "W".repeat(150);

	await go(picture("room", `main;${thin} 60\nmain;${wide} 40\n`));
	await pointFrame(thin);
	is(await shown("details"), `Function: ${thin} (60 samples, 60.00%)`, "a long name of narrow letters is there in full");
	await pointFrame(wide);
	ok((await shown("details")).includes("..") && await ends("details") <= 1190, "one of wide letters is cut", await ends("details"));
	ok(await ends("details") > 1000, "to what fits", await ends("details"));
	await go(`${picture("room-diff", "main;alpha;leaf 100000 160000\nmain;alpha 30000 20000\nmain;beta 80000 40000\n")}`);
	await pointFrame("alpha");
	const legend = await run("return document.querySelector('.legend').getBBox().x");
	ok(legend > 595 && await ends("more") < legend, "the second line ends before the legend", [await ends("more"), legend]);
	ok((await shown("more")).startsWith("total before 130,000, after 180,000"), "and begins as ever", await shown("more"));
	ok(/ of its parent \u00b7 self before [^%]*\.\.$/.test(await shown("more")), "a frame's own change is cut first", await shown("more"));
}

// On a page of others keys are heard while the focus is in the picture.
async function focusing() {
	const svg = (await readFile(new URL(picture("focusing", "main;wide;x 1500\nmain;thin_a 1\nmain;thin_b 2\n")), "utf8")).replace(/^<\?xml[^>]*>\s*(<!DOCTYPE[^>]*>)?/, "");
	const inside = () => run("return document.querySelector('svg').contains(document.activeElement)");
	const inverted = () => run("const y = (t) => +Array.from(document.querySelectorAll('.frames title')).find((e) => e.textContent.startsWith(t)).parentNode.querySelector('rect').getAttribute('y');" +
	    "return y('main (') < y('wide (')");

	await go(page("focusing.html", `<!doctype html><body>${svg}</body>`));
	await clickFrame("wide");
	await keys("r");
	is(await inside(), true, "the focus stays in the picture when the selected frame goes");
	await keys("r");
	await keys("i");
	is(await inverted(), true, "and keys go on");
	await clickFrame("all");
	for (const key of [KEY.down, KEY.down, KEY.left, KEY.left])
		await keys(key);
	const narrow = "return document.activeElement.parentNode.getAttribute('class').startsWith('narrow')";
	is(await run(narrow), true, "a narrow frame has the focus");
	await keys("s");
	is([await run(narrow), (await focused()).replace(/ .*/, "")], [true, "thin_a"], "and keeps it where another element shows it");
	is(await run("const f = document.querySelector('.frames'), n = document.querySelector('.narrow'); return [f.getAttribute('aria-owns') === n.id, n.id !== '', n.getAttribute('role')]"),
	    [true, true, "group"], "narrow frames are in the tree");
	await keys("i");
	is([await run(narrow), await inverted()], [true, false], "also where it moves");
}

async function source() {
	await go(picture("source", "main [nginx];@/srv/app/x.lua:12 300000\nmain [nginx];f(a.c:7) 1234567\n", ["--countname", "us", "--nametype", "What:"]));
	await pointFrame("@/srv/app/x.lua:12");
	is(await shown("details"), "What: @/srv/app/x.lua:12 (300,000 us, 19.55%)", "the words of the options");
	is(await shown("more"), "self 300,000 (19.55%) \u00b7 19.55% of its parent \u00b7 in x.lua \u00b7 at /srv/app/x.lua:12", "module and source of Lua");
	await pointFrame("main [nginx]");
	ok((await shown("more")).endsWith("in nginx"), "a module", await shown("more"));
	await pointFrame("f(a.c:7)");
	ok((await shown("more")).endsWith("at a.c:7"), "a line", await shown("more"));
	await go(picture("factor", "main;a 1.5\nmain;b 2.25\n", ["--factor", "1000"]));
	await pointFrame("b");
	is(await shown("details"), "Function: b (2,250 samples, 60.00%)", "fractions and a factor");
}

// Is what an id names inside of the window?
const inWindow = (id) => run("const r = document.querySelector('[id$=\"-' + arguments[0] + '\"]').getBoundingClientRect();" +
    "return r.height > 0 && r.top >= 0 && r.bottom <= innerHeight && r.left >= 0 && r.right <= innerWidth", id);

async function scrolling() {
	const path = Array.from({ length: 120 }, (_, i) => `level_${i}`).join(";");
	const url = picture("tall", `${path} 100\n${path.split(";").slice(0, 60).join(";")};x 100\n`);

	await go(url);
	await run("scrollTo(0, 0)");
	await pointAt((await frame("level_110")).at);
	for (const y of [0, 400, 100000]) {
		await run("scrollTo(0, arguments[0])", y);
		await run("return new Promise((r) => requestAnimationFrame(() => requestAnimationFrame(r)))");
		is([await inWindow("details"), await inWindow("search")], [true, true], `scrolled to ${y}: details and buttons are in sight`);
	}
	const scrolled = await run("return scrollY");
	ok(scrolled > 500, "the page is scrolled", scrolled);
	await clickFrame("level_3");
	is(await run("return scrollY"), scrolled, "a zoom leaves the page where it is");
	await keys("/");
	ok(await inWindow("search"), "the search box too");
	const box = await run("const r = document.querySelector('.search-box input').getBoundingClientRect(); return [r.top >= 0, r.bottom <= innerHeight]");
	is(box, [true, true], "the box is in sight");
	await keys(KEY.escape);
	for (let i = 0; i < 60; i++)
		await keys(KEY.up);
	const at = await run("const r = document.activeElement.getBoundingClientRect(); return [r.top > 20, r.bottom < innerHeight - 20, document.activeElement.getAttribute('aria-label')]");
	is(at.slice(0, 2), [true, true], "the selected frame is scrolled into view");
	ok(/^level_6\d /.test(at[2]), "it is the right one", at[2]);
	await keys("i");
	const root = () => run("const r = document.querySelector('.frames > g:not(.parent) rect').getBoundingClientRect(); return r.top >= 0 && r.bottom <= innerHeight");
	ok(await root(), "the icicle shows the zoomed frame, wherever the page was scrolled to");
	await keys("i");
	ok(await root(), "and so does the flame graph again");
	await go(picture("broad", "main;a_first 40\nmain;b_last 60\n", ["--width", "4000"]));
	const inside = () => run("const r = document.activeElement.getBoundingClientRect(); return r.right > 20 && r.left < innerWidth - 20");
	await keys(KEY.up);
	await keys(KEY.up);
	await keys(KEY.up);
	is([await inside(), await inWindow("details")], [true, true], "a broad picture: what is selected is in sight, the details too");
	await keys(KEY.left);
	ok(await inside(), "to the left as well");
}

async function fluid() {
	const url = picture("fluid", SMALL, ["--width", "fluid"]);

	await windowSize(1000, 700);
	await go(url);
	const width = await run("return Math.floor(document.documentElement.getBoundingClientRect().width)");
	ok(width > 900 && width <= 1000, "the picture is as wide as the window", width);
	is((await place("main"))[1], width - 20, "and so are its frames");
	is(await run("return document.querySelector('[id$=title]').getAttribute('x')"), String(width / 2), "the title is in the middle");
	await clickFrame("alpha");
	await windowSize(700, 700);
	ok(await until(async () => (await place("main"))[1] < 690), "it follows the window");
	const now = await run("return Math.floor(document.documentElement.getBoundingClientRect().width)");
	is([(await place("main"))[1], (await place("leaf"))[1]], [now - 20, Math.round(6 * (now - 20)) / 10], "the zoom stays");
	is(await run("return document.documentElement.scrollWidth <= innerWidth"), true, "nothing sticks out");
	const tall = `main;${Array.from({ length: 80 }, (_, i) => `level_${i}`).join(";")} 1\nmain;wide 99999\n`;
	await go(picture("fluid-tall", tall, ["--width", "fluid"]));
	await run("location.hash = '#x=0&y=2'");
	await until(async () => await frame("level_9") !== null);
	const scale = await run("return document.documentElement.getScreenCTM().a");
	ok(Math.abs(scale - 1) < 0.002, "a scroll bar that comes with a zoom changes the width, not the scale", scale);
	await windowSize(1300, 900);
	await go(picture("fixed", SMALL));
	is((await place("main"))[1], 1180, "a fixed width stays");
}

// A table that cannot be read: the static picture stays.
async function broken() {
	const url = picture("whole", SMALL), text = await readFile(new URL(url), "utf8");
	const table = /<metadata class="table">([^<]*)</.exec(text)[1], half = text.replace(table, table.slice(0, table.length / 2));

	for (const [name, svg] of [["half", half], ["garbage", text.replace(table, "AAAA")], ["empty", text.replace(table, "")], ["letters", text.replace(table, "!!")]]) {
		await go(page(`broken-${name}.svg`, svg));
		is(await run("return document.documentElement.getAttribute('data-viewer')"), "failed", `${name} table: noticed`);
		is([(await frame("main")).width, (await frame("alpha")).label], [1180, "alpha"], `${name} table: the static picture stays`);
		ok((await shown("details")).startsWith("The table of frames cannot be read:"), `${name} table: and says why`, await shown("details"));
	}
	await go(page("old.svg", text.replace("<script><![CDATA[", "<script><![CDATA[ delete globalThis.DecompressionStream;")));
	is([(await frame("main")).width, await shown("details")], [1180, "The table of frames cannot be read: this browser cannot unpack the table of frames"],
	    "a browser that cannot unpack it shows the static picture");
	const script = text.slice(text.indexOf("<script>"), text.indexOf("</script>") + "</script>".length);
	await go(page("early.svg", text.replace(script, "").replace("<g id=\"frames\"", () => `${script}<g id="frames"`)));
	is([await run("return document.documentElement.getAttribute('data-viewer')"), (await frame("main")).width], ["ready", 1180], "a script before the frames waits for them");
	is(await run("return getComputedStyle(document.querySelector('.frames')).display"), "inline", "and shows them");
	await go(picture("static", SMALL, ["--static"]));
	is([(await frame("main")).width, await run("return document.querySelectorAll('script, metadata').length")], [1180, 0], "--static: no script, no table");
	await go(picture("no-full", SMALL, ["--no-full"]));
	await clickFrame("gamma");
	is([(await place("gamma"))[1], await frame("its_child_name")], [1180, null], "--no-full: zoom works with what is drawn");
}

export default async function () {
	const url = picture("zoom", SMALL);

	for (const test of [zooming, deep, narrow, merged, details, room, focusing, source, scrolling, fluid, broken]) {
		await test(url);
		await noErrors(test.name);
		await go("data:,");
	}
}

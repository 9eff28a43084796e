// SPDX-License-Identifier: BSD-2-Clause
// Pictures in pages: --html, two inlined in one page, in an <img>, and themes.
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { call, clickAt, dir, go, is, KEY, keys, noErrors, ok, page, picture, reload, run, until } from "./driver.mjs";
import { clickFrame, frame, hash, shown, SMALL } from "./frames.mjs";

const OTHER = "first;second 30\nfirst;third 70\n";
const inline = async (url) => (await readFile(new URL(url), "utf8")).replace(/^<\?xml[^>]*>\s*/, "");

async function html() {
	await go(picture("page", SMALL, ["--html"], "html"));
	is(await run("return [document.documentElement.localName, document.querySelector('.bt-flame').getAttribute('data-viewer')]"), ["html", "ready"], "--html: a page");
	await clickFrame("beta");
	is([(await frame("beta")).width, await hash()], [1180, { x: "1000", y: "2" }], "--html: zoom, and the URL is the picture's");
	await run("document.activeElement.blur()");
	await keys(KEY.escape);
	is((await frame("beta")).width, 118, "--html: keys work wherever the focus is");
	await keys("/");
	is(await run("return document.activeElement.localName"), "input", "--html: search");
	await keys(KEY.escape);
}

async function two() {
	const a = await inline(picture("one", SMALL)), b = await inline(picture("other", OTHER));
	const text = `<!DOCTYPE html><meta charset="utf-8"><title>two</title><p style="height:30px">text <input id="own"></p><div>${a}</div><hr><div>${b}</div><p style="height:900px"></p>`;

	await go(page("two.html", text));
	is(await run("return Array.from(document.querySelectorAll('.bt-flame'), (s) => s.getAttribute('data-viewer'))"), ["ready", "ready"], "two pictures: both run");
	is(await run("const ids = Array.from(document.querySelectorAll('[id]'), (e) => e.id); return ids.filter((id, i) => ids.indexOf(id) !== i)"), [], "two pictures: no id twice");
	is([(await frame("main", 0)).width, (await frame("third", 1)).width], [1180, 826], "two pictures: each has its frames");
	await clickFrame("beta", 0);
	is([(await frame("beta", 0)).width, (await frame("third", 1)).width], [1180, 826], "a click zooms in one");
	await clickFrame("second", 1);
	is([(await frame("beta", 0)).width, (await frame("second", 1)).width], [1180, 1180], "and in the other");
	const state = Object.keys(await hash());
	ok(state.length === 3 && state.every((k) => /^bt-.*-[xy]$/.test(k)) && new Set(state.map((k) => k.slice(0, -1))).size === 2, "the URL has both, each with its prefix", state);
	await reload();
	is([(await frame("beta", 0)).width, (await frame("second", 1)).width], [1180, 1180], "and gives both back");
	await run("document.activeElement.blur()");
	await keys("i");
	await keys(KEY.escape);
	is([(await frame("beta", 0)).width, (await frame("all", 0)).y > (await frame("beta", 0)).y], [1180, true], "keys beside the pictures are not theirs");
	await run("document.getElementById('own').focus()");
	await keys("/");
	await keys("i");
	is(await run("return [document.getElementById('own').value, document.querySelectorAll('.search-box').length]"), ["/i", 0], "nor are those in a field of the page");
	await clickFrame("second", 1);
	await keys(KEY.escape);
	is([(await frame("beta", 0)).width, (await frame("second", 1)).width], [1180, 354], "Esc unzooms the one that has the focus");
	await keys("/");
	is(await run("return document.querySelectorAll('.bt-flame')[1].querySelectorAll('.search-box').length"), 1, "and its search opens");
	await keys("f", KEY.escape);
	await keys(KEY.escape);
	await run("scrollTo(0, 400)");
	await run("return new Promise((r) => requestAnimationFrame(() => requestAnimationFrame(r)))");
	is(await run("return document.querySelectorAll('.bt-flame').length"), 2, "scrolling harms nothing");
}

// The same picture twice.
async function copies() {
	const one = await inline(picture("copy", SMALL));

	await go(page("copies.html", `<!DOCTYPE html><meta charset="utf-8"><title>copies</title><div>${one}</div><div>${one}</div><div>${one}</div>`));
	is(await run("const ids = Array.from(document.querySelectorAll('[id]:not(linearGradient)'), (e) => e.id); return ids.filter((id, i) => ids.indexOf(id) !== i)"), [], "three copies: no id twice");
	is(await run("return Array.from(document.querySelectorAll('.frames'), (f) => /^bt-[0-9a-f]+-(.*)frames$/.exec(f.id)?.[1])"), ["", "2-", "3-"], "each has a prefix");
	await clickFrame("beta", 1);
	is([(await frame("beta", 0)).width, (await frame("beta", 1)).width, (await frame("beta", 2)).width], [118, 1180, 118], "a click zooms in one");
	ok(Object.keys(await hash()).every((k) => /-2-[xy]$/.test(k)), "the URL says in which", await hash());
	await reload();
	is([(await frame("beta", 0)).width, (await frame("beta", 1)).width], [118, 1180], "and gives it back");
}

async function image() {
	const url = picture("image", SMALL);

	await go(page("image.html", `<!DOCTYPE html><title>image</title><img src="${url}" id="i">`));
	ok(await run("const i = document.getElementById('i'); return i.complete && i.naturalWidth === 1200"), "as <img> it is a picture");
}

// Light, dark, and as the system has it.
async function themes() {
	const back = () => run("const r = document.querySelector('.backdrop'); r.classList.remove('hide'); const f = getComputedStyle(r).fill; r.classList.add('hide');" +
	    " return [f, getComputedStyle(document.querySelector('.control.button')).fill]");
	const dark = (value) => call("POST", "/goog/cdp/execute", { cmd: "Emulation.setEmulatedMedia", params: { features: [{ name: "prefers-color-scheme", value }] } });

	await go(picture("light", SMALL));
	is(await back(), ["rgb(255, 255, 255)", "rgb(0, 0, 0)"], "light");
	await go(picture("dark", SMALL, ["--theme", "dark"]));
	is(await back(), ["rgb(38, 38, 43)", "rgb(232, 232, 232)"], "dark");
	await go(picture("auto", SMALL, ["--theme", "auto"]));
	is(await back(), ["rgb(255, 255, 255)", "rgb(0, 0, 0)"], "auto: light");
	await clickFrame("alpha");
	const faded = (await frame("main")).fill;
	await dark("dark");
	is(await back(), ["rgb(38, 38, 43)", "rgb(232, 232, 232)"], "auto: dark");
	ok(await until(async () => (await frame("main")).fill !== faded), "faded frames follow");
	await dark("light");
	await go(picture("own-colours", SMALL, ["--search-color", "#00f", "--uicolor", "#633"]));
	await run("location.hash = '#s=leaf'");
	await run("return new Promise((r) => requestAnimationFrame(() => requestAnimationFrame(r)))");
	is([(await frame("leaf")).fill, (await frame("leaf")).color], ["#0000ff", "#fff"], "a colour of one's own for matches");
}

async function links() {
	const attrs = join(dir, "attrs");

	await writeFile(attrs, "alpha\thref=#y=2\ttarget=_self\ttitle=A title\tclass=mine\n");
	await go(picture("attrs", SMALL, ["--nameattr", attrs]));
	is(await run("const g = document.querySelector('.frames > .mine'); return g.querySelector('title').textContent"), "A title", "attributes of a function: title and class");
	const at = await run("const r = document.querySelector('.frames > .mine rect').getBoundingClientRect(); return { x: r.x + 5, y: r.y + 5 }");
	await clickAt(at);
	is(await run("return location.hash"), "#y=2", "a click follows its link");
	is(await shown("unzoom") !== null, true, "which may be a state of this picture");
}

export default async function () {
	for (const test of [html, two, copies, image, themes, links]) {
		await test();
		await noErrors(test.name);
		await go("data:,");
	}
}

// SPDX-License-Identifier: BSD-2-Clause
// Everything by keyboard, and what an assistant is told.
import { go, is, KEY, keys, noErrors, ok, picture, run } from "./driver.mjs";
import { clickFrame, focused, frame, hash, place, shown, SMALL } from "./frames.mjs";

const name = async () => (await focused()).replace(/ \(.*/, "");
const ring = () => run("const r = document.querySelector('.ring'); return r.classList.contains('hide') ? null : ['x', 'y', 'width'].map((k) => +r.getAttribute(k))");

async function arrows(url) {
	const walk = [["up", "all"], ["up", "main"], ["up", "gamma"], ["left", "beta"], ["left", "alpha"], ["left", "alpha"], ["up", "leaf"],
		["left", "Alpha_inner"], ["right", "leaf"], ["right", "alpha"], ["down", "beta"], ["right", "gamma"], ["down", "main"], ["down", "all"], ["down", "all"]];

	await go(url);
	is(await ring(), null, "nothing is selected at first");
	for (const [key, want] of walk) {
		await keys(KEY[key]);
		is(await name(), want, `${key}: ${want}`);
	}
	is(await ring(), [10, 101, 1180], "the ring stands around it");
	is(await shown("details"), "Function: all (10,000 samples, 100%)", "the details say what it is");
	await keys(KEY.up);
	is(await shown("details"), "Function: main (10,000 samples, 100.00%)", "and follow");
}

async function zooming(url) {
	await go(url);
	for (const k of [KEY.up, KEY.up, KEY.up])
		await keys(k);
	await keys(KEY.left);
	await keys(KEY.enter);
	is([await place("beta"), await name(), await hash()], [[10, 1180, "beta"], "beta", { x: "1000", y: "2" }], "Enter zooms to the selected frame");
	is(await ring(), [10, 69, 1180], "the ring goes with it");
	await keys(KEY.down);
	is([await name(), (await place("beta"))[1]], ["main", 1180], "an ancestor is selected");
	await keys(KEY.enter);
	is((await place("beta"))[1], 118, "Enter zooms out to it");
	await keys(KEY.up);
	await keys(KEY.enter);
	await keys(KEY.escape);
	is([(await place("gamma"))[1], await name()], [944, "gamma"], "Esc ends the zoom, the selection stays");
	await keys(KEY.enter);
	await keys(KEY.up);
	is([await name(), await shown("details")], ["gamma", "What stands on it is too narrow: Enter zooms in."], "what cannot be seen cannot be selected");
	await keys(KEY.home);
	is([(await place("gamma"))[1], await name()], [944, "all"], "Home: everything, and the root");
}

async function icicle(url) {
	await go(url);
	await keys("i");
	await keys(KEY.down);
	await keys(KEY.down);
	is(await name(), "main", "icicle: down goes away from the root");
	await keys(KEY.up);
	is(await name(), "all", "icicle: up to it");
	await go("data:,");
	await go(`${picture("both", "a;f;x 10\nb;f;y 5\n")}#focus=f`);
	const walk = [["up", "f"], ["up", "x"], ["down", "f"], ["down", "a"], ["right", "b"], ["up", "f"], ["up", "x"]];
	for (const [key, want] of walk) {
		await keys(KEY[key]);
		is(await name(), want, `focus, ${key}: ${want}`);
	}
}

async function roles(url) {
	await go(url);
	is(await run("return [document.querySelectorAll('.frames > [tabindex=\"0\"]').length, document.querySelector('.frames').getAttribute('role')]"), [1, "tree"],
	    "one frame can be reached by Tab");
	await keys(KEY.tab);
	const order = [];
	for (let i = 0; i < 5; i++) {
		order.push(await focused());
		await keys(KEY.tab);
	}
	ok(order.includes("all (10,000 samples, 100%)") && ["Menu", "Search", "Ignore case"].every((b) => order.includes(b)), "Tab finds frames and buttons", order);
	await go(url);
	for (let i = 0; i < 9 && await focused() !== "all (10,000 samples, 100%)"; i++)
		await keys(KEY.tab);
	is([await ring(), await shown("details")], [[10, 101, 1180], "Function: all (10,000 samples, 100%)"], "the frame that Tab comes to has the ring");
	await clickFrame("beta");
	const item = await run("const e = document.activeElement; return ['role', 'aria-label', 'aria-level', 'aria-selected', 'tabindex'].map((k) => e.getAttribute(k))");
	is(item, ["treeitem", "beta (1,000 samples, 10.00%)", "3", "true", "0"], "the selected frame has role, name and level");
	await keys(KEY.home);
	is(await run("return document.querySelectorAll('[role=treeitem]').length"), 1, "one at a time");
	await run("document.querySelector('[id$=search]').focus()");
	await keys(KEY.enter);
	is(await run("return document.activeElement.localName"), "input", "Enter on a button presses it");
	await keys(KEY.escape);
	await run("document.querySelector('[id$=ignorecase]').focus()");
	await keys(KEY.space);
	is([await hash(), await run("return document.querySelector('[id$=ignorecase]').getAttribute('aria-pressed')")], [{ ic: "1" }, "true"], "so does Space");
	const outline = await run("document.querySelector('[id$=menu]').focus(); return getComputedStyle(document.querySelector('[id$=menu]')).outlineStyle");
	is(outline, "solid", "the focus of a button can be seen");
}

// Caps Lock, layouts without Latin letters, and words that are being composed.
async function layouts(url) {
	const press = (init, css) => run("(arguments[1] === null ? document.documentElement : document.querySelector(arguments[1]))" +
	    ".dispatchEvent(new KeyboardEvent('keydown', Object.assign({ bubbles: true, cancelable: true }, arguments[0])))", init, css ?? null);
	const open = () => run("return document.querySelector('.search-box') !== null");

	await go(url);
	await clickFrame("beta");
	await press({ key: "H", code: "KeyH", shiftKey: false });
	is((await hash()).hide, "[{\"kind\":\"path\",\"path\":[\"main\",\"beta\"]}]", "Caps Lock and h: the frame is hidden");
	await go("data:,");
	await go(url);
	await clickFrame("beta");
	await press({ key: "h", code: "KeyH", shiftKey: true });
	is((await hash()).hide, "[{\"kind\":\"name\",\"name\":\"beta\"}]", "Caps Lock and shift-h: its function");
	await go("data:,");
	await go(url);
	await press({ key: "\u0430", code: "KeyF", ctrlKey: true });
	is(await open(), true, "Ctrl-F on a Cyrillic layout searches");
	await press({ key: "\u0448", code: "KeyI", ctrlKey: true }, ".search-box input");
	is(await hash(), { ic: "1" }, "Ctrl-I too");
	await press({ key: "Enter", isComposing: true }, ".search-box input");
	await press({ key: "Escape", isComposing: true }, ".search-box input");
	is(await open(), true, "Enter and Esc that end a composition leave the box open");
	await press({ key: "Escape" }, ".search-box input");
	is(await open(), false, "Esc closes it");
	await keys("t");
	await press({ key: "Escape", isComposing: true }, ".panel-filter");
	is(await run("return document.querySelectorAll('.panel').length"), 1, "nor does it close a panel");
}

// Keys of the browser are left to it.
async function others(url) {
	await go(url);
	await run("window.heard = []; addEventListener('keydown', (e) => heard.push(e.key + e.defaultPrevented))");
	await keys("q");
	await keys(KEY.alt, "n");
	await keys(KEY.escape);
	await keys(KEY.pageDown);
	is(await run("return heard.filter((h) => h.endsWith('true'))"), [], "what is no command is not taken");
	const globals = () => run("return Object.getOwnPropertyNames(window)"), after = await globals();
	await go(picture("plain", SMALL, ["--static"]));
	const before = new Set([...await globals(), "heard"]);
	is(after.filter((k) => !before.has(k)), [], "no global is left behind");
}

export default async function () {
	const url = picture("keys", SMALL);

	for (const test of [arrows, zooming, icicle, roles, layouts, others]) {
		await test(url);
		await noErrors(test.name);
		await go("data:,");
	}
}

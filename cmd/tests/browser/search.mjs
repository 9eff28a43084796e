// SPDX-License-Identifier: BSD-2-Clause
// The search: the box, matches while typing, what they sum up to, and steps from one to the next.
import { click, go, is, KEY, keys, noErrors, ok, picture, run, type } from "./driver.mjs";
import { clickFrame, focused, frame, hash, search, searchFor, shown, SMALL } from "./frames.mjs";

const boxes = () => run("return document.querySelectorAll('.search-box input').length");
const matches = () => run("return Array.from(document.querySelectorAll('.frames > .match > title'), (t) => t.textContent.replace(/ \\(.*/, ''))");
const problem = () => run("return document.querySelector('.search-box p').textContent");

async function searching(url) {
	await go(url);
	await searchFor("alpha");
	is(await shown("matched"), "Matched: 20.0%", "nested matches count once");
	is(await shown("search"), "Reset Search", "the button resets now");
	is(await matches(), ["alpha", "alpha"], "others are not marked");
	is((await frame("alpha")).fill, "#e600e6", "matches have their colour");
	await keys(KEY.control, "i");
	is(await matches(), ["alpha", "Alpha_inner", "alpha"], "Ctrl-I: any case");
	await click("[id$='ignorecase']");
	is(await matches(), ["alpha", "alpha"], "ic: exact case again");
	await clickFrame("beta");
	is(await shown("matched"), "Matched: 100% (20.0% of all)", "zoomed: of the zoomed frame, and of all");
	await click("[id$='unzoom']");
	await click("[id$='search']");
	is([await shown("matched"), await matches()], ["", []], "Reset Search");
	await click("[id$='search']");
	await type("^leaf$");
	await keys(KEY.enter);
	is(await shown("matched"), "Matched: 6.0%", "the Search button opens the box");
	await keys(KEY.escape);
	is(await shown("matched"), "", "Esc ends the search");
	for (const pressed of [[KEY.f3], [KEY.meta, "f"], [KEY.control, "f"], ["/"]]) {
		await keys(...pressed);
		is([await boxes(), await run("return document.activeElement.localName")], [1, "input"], `${pressed.length}: a key opens the box`);
		await keys(KEY.escape);
		is(await boxes(), 0, "and Esc closes it");
	}
	await searchFor("zzz");
	is(await shown("matched"), "Matched: 0.0%", "no match");
}

async function live(url) {
	await go("data:,");
	await go(url);
	await run("window.steps = 0; const push = history.pushState; history.pushState = function (...a) { window.steps++; return push.apply(this, a); }");
	await keys("/");
	const seen = [];
	for (const c of "alpha$") {
		await type(c);
		seen.push(await shown("matched"));
	}
	is(seen, ["Matched: 100%", "Matched: 20.0%", "Matched: 20.0%", "Matched: 20.0%", "Matched: 20.0%", "Matched: 20.0%"], "matches come with each letter");
	is(await run("return window.steps"), 1, "and are one step for Back");
	is(await boxes(), 1, "the box stays");
	await keys(KEY.control, "i");
	is([await hash(), await boxes()], [{ ic: "1", s: "alpha$" }, 1], "Ctrl-I works in the box");
	await keys(KEY.escape);
	is(await shown("matched"), "Matched: 20.0%", "Esc closes the box and keeps the matches");
	await search("");
	await type("nih");
	is(await hash().then((h) => h.s), "nih", "keys that are commands elsewhere are letters in it");
	await keys(KEY.enter);
	is(await boxes(), 0, "Enter closes the box");
}

async function patterns(url) {
	await go(url);
	await searchFor("^leaf$");
	await keys("/");
	await type("(");
	ok(/regular expression/i.test(await problem()), "a bad pattern gives a message", await problem());
	is(await run("return document.querySelector('.search-box input').getAttribute('aria-invalid')"), "true", "and the box is marked");
	await keys(KEY.enter);
	is(await boxes(), 1, "Enter leaves it open");
	is(await shown("matched"), "Matched: 6.0%", "the matches before stay");
	await type("?:leaf|x)");
	is([await problem(), await shown("matched")], ["", "Matched: 10.0%"], "what is good again is searched");
	await keys(KEY.escape);
	await go("data:,");
	await go(`${url}#s=%28`);
	ok(/regular expression/i.test(await shown("details")), "a bad pattern of the URL gives a message", await shown("details"));
	is((await frame("main")).width, 1180, "and harms nothing");
}

// A match of 0.2 px, and one that the table has and the picture has not.
async function narrow(url) {
	await go(url);
	await searchFor("its_child_name");
	is([await matches(), await shown("matched")], [[], "Matched: 0.0%"], "a match too narrow to be drawn");
	await keys("n");
	is((await frame("its_child_name")).width, 1180, "n zooms to it");
	is(await shown("matched"), "Matched: 100% (0.0% of all)", "and it is counted");
	let text = "";
	for (let i = 0; i < 5000; i++)
		text += `main;f${i};${i % 2 ? "odd" : "even"} 1\n`;
	await go(picture("many", text));
	await searchFor("^odd$");
	is([await matches(), await shown("matched")], [[], "Matched: 50.0%"], "narrow ones are counted, all of them");
	await keys("n");
	ok((await shown("more")).startsWith("Match 1 of 2,500 "), "they are numbered", await shown("more"));
	await keys("n");
	ok((await shown("more")).startsWith("Match 2 of 2,500 "), "the next one is found from within a zoom", await shown("more"));
	is((await frame("odd")).width, 1180, "and zoomed to");
}

async function stepping(url) {
	await go(url);
	await keys("n");
	is(await shown("details"), "Nothing is searched for.", "n without a search says so");
	await searchFor("a$");
	const seen = [];
	for (let i = 0; i < 5; i++) {
		await keys("n");
		seen.push((await focused()).replace(/ \(.*/, ""));
	}
	is(seen, ["alpha", "beta", "alpha", "gamma", "alpha"], "n steps through the matches and begins again");
	await keys(KEY.shift, "N");
	is((await focused()).replace(/,.*/, ""), "gamma (8", "shift-n steps back");
	ok(await run("return document.querySelector('.ring:not(.hide)') !== null"), "the match has a ring");
	is(await shown("details"), "Function: gamma (8,000 samples, 80.00%)", "and the details");
	await clickFrame("alpha");
	await searchFor("^beta$");
	await keys("n");
	ok((await frame("beta")).width >= 118, "a match beside the zoomed frame is zoomed out to", await frame("beta"));
	await searchFor("nothing_has_this_name");
	await keys("n");
	is(await shown("details"), "Nothing matches.", "no match");
	await go(`${picture("elided", "main;gone;x 10 0\nmain;stays;x 10 10\nmain;new;x 0 10\n")}#show=before&s=x`);
	const met = [];
	for (let i = 0; i < 3; i++) {
		await keys("n");
		met.push([(await focused()).replace(/ \(.*/, ""), (await shown("more")).replace(/ \u00b7.*/, "")]);
	}
	is(met, [["x", "Match 1 of 2"], ["x", "Match 2 of 2"], ["x", "Match 1 of 2"]], "a match without samples is none to step to");
}

// Of the function that has the focus, of what is zoomed there, and of all.
async function focus(url) {
	for (const [pattern, want] of [["main|beta", "Matched: 100% (100% of all)"], ["^beta$", "Matched: 50.0% (10.0% of all)"], ["^leaf$", "Matched: 30.0% (6.0% of all)"],
		["beta|leaf", "Matched: 80.0% (16.0% of all)"], ["gamma", "Matched: 0.0% (80.0% of all)"]]) {
		await go("data:,");
		await go(`${url}#focus=alpha&s=${encodeURIComponent(pattern)}`);
		is(await shown("matched"), want, `focus: ${pattern}`);
	}
	await clickFrame("Alpha_inner");
	is(await shown("matched"), "Matched: 0.0% (80.0% of all)", "focus: zoomed");
}

// What is only there as a sum may match too.
async function sums() {
	let text = "main;rest 100000\n";

	for (let i = 0; i < 2000; i++)
		text += `main;f${i};odd 1\n`;
	await go(`${picture("sums", text, ["--no-full"])}#s=rest`);
	is(await shown("matched"), "Matched: at least 98.0%", "no-full: what is summed up may match");
	await clickFrame("rest");
	is(await shown("matched"), "Matched: 100% (at least 98.0% of all)", "no-full: and where all matches it does");
}

// What is hidden is not counted, in percent of what is left.
async function hidden(url) {
	await go(`${url}#s=alpha&hide=${encodeURIComponent(JSON.stringify([{ kind: "name", name: "gamma" }]))}`);
	is(await shown("matched"), "Matched: 100%", "hidden frames are not in the whole");
	await go("data:,");
	await go(`${url}#s=alpha&hide=${encodeURIComponent(JSON.stringify([{ kind: "name", name: "beta" }]))}`);
	is(await shown("matched"), "Matched: 11.1%", "and no matches");
	await go("data:,");
	await go(picture("overlap", "a;a;b;a 10\na;c 30\nb;a 20\nd 40\n"));
	await searchFor("a|b");
	is(await shown("matched"), "Matched: 60.0%", "overlaps count once");
	await keys("r");
	is(await shown("matched"), "Matched: 60.0%", "in the callers' view too");
	await click("[id$='matched']");
	is(await run("return document.querySelector('.panel')?.dataset.panel"), "matches", "a click on it opens the list");
	await keys(KEY.escape);
}

export default async function () {
	const url = picture("search", SMALL);

	for (const test of [searching, live, patterns, narrow, stepping, focus, sums, hidden]) {
		await test(url);
		await noErrors(test.name);
		await go("data:,");
	}
}

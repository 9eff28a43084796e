// SPDX-License-Identifier: BSD-2-Clause
// The URL: it has the state, gives it back, and Back and Forward go through it.
import { back, click, clickAt, forward, go, is, KEY, keys, noErrors, ok, picture, pointAt, reload, run, until } from "./driver.mjs";
import { clickFrame, focused, frame, geometry, hash, names, place, searchFor, shown, SMALL } from "./frames.mjs";

async function saved(url) {
	await go(url);
	is(await run("return location.href"), url, "at first the URL is left alone");
	await clickFrame("beta");
	await searchFor("ALPHA");
	await keys(KEY.control, "i");
	const before = [await frame("alpha"), await shown("matched"), await run("return location.href")];
	ok(/#x=1000&y=2&s=ALPHA&ic=1$/.test(before[2]), "the URL has zoom, search and case", before[2]);
	await reload();
	is([await frame("alpha"), await shown("matched"), await run("return location.href")], before, "and gives them back");
	await click("[id$='unzoom']");
	is(await hash(), { ic: "1", s: "ALPHA" }, "what is as at first is not in it");
}

async function queries(url) {
	await go(`${url}?x=1000&y=2&s=alpha&ic=1`);
	is([(await place("beta"))[1], await shown("matched")], [1180, "Matched: 100% (20.0% of all)"], "the query is read");
	await click("[id$='unzoom']");
	await reload();
	is([(await place("beta"))[1], await shown("matched")], [118, "Matched: 20.0%"], "and does not come back", await run("return location.href"));
	await go(`${url}?x=nonsense&y=-1&s=`);
	is((await frame("main")).class, "", "a wrong state is none");
	await go(`${url}#x=1001&y=2`);
	is((await frame("main")).class, "", "a zoom to where no frame begins is none");
	await go(`${url}#x=99999999999999999999&y=2&part=7&color=%22&show=elided&delta=x&order=time`);
	is((await frame("main")).width, 1180, "wrong values are left out");
	await go(`${url}?other=1#x=1000&y=2`);
	await keys(KEY.escape);
	ok((await run("return location.search")) === "?other=1", "a query of others stays", await run("return location.href"));
	await go(`${url}#section`);
	await keys("i");
	is(await run("return location.hash"), "#section&inverted=1", "a fragment of others stays");
	await keys("i");
	is(await run("return location.hash"), "#section", "and is left as it was");
	for (const wrong of ["color=delta", "order=time", "show=before", "blind=1", "delta=inclusive"]) {
		await go("data:,");
		await go(`${url}#${wrong}&cut=left`);
		await keys("i");
		is(await hash(), { cut: "left", inverted: "1" }, `${wrong}: not of this picture`);
	}
}

async function history(url) {
	await go("data:,");
	await go(url);
	const start = await geometry();
	await clickFrame("alpha");
	const one = await geometry();
	await clickFrame("Alpha_inner");
	const two = await geometry();
	await keys("i");
	const three = await geometry();
	await back();
	is(await geometry(), two, "Back undoes a switch");
	await back();
	is(await geometry(), one, "Back undoes a zoom");
	await forward();
	is(await geometry(), two, "Forward does it again");
	await forward();
	is(await geometry(), three, "and the switch");
	await back();
	await back();
	await back();
	is([await geometry(), await run("return location.hash")], [start, ""], "back to the beginning");
	await run("location.hash = '#x=1000&y=2'");
	ok(await until(async () => (await place("beta"))[1] === 1180), "a fragment that is typed is read");
}

// What the URL asks for and the picture has not is told, once.
async function problems(url) {
	await go("data:,");
	await go(`${url}#focus=no_such`);
	is(await shown("details"), "This picture has no function no_such to focus on.", "a focus that is not there");
	await clickFrame("beta");
	is(await shown("details"), "Function: beta (1,000 samples, 10.00%)", "is told once");
	await pointAt({ x: 600, y: 500 });
	await run("location.hash = '#s=%28'");
	ok(await until(async () => /^Search: .*regular expression/i.test(await shown("details"))), "a bad pattern in a new fragment", await shown("details"));
	await run("location.hash = arguments[0]", `#hide=${encodeURIComponent(JSON.stringify([{ kind: "name", name: "no_such" }, { kind: "name", name: "beta" }]))}`);
	ok(await until(async () => await shown("details") === "Hidden: 1 of 2 are not in this picture."), "what is to be hidden and is not there", await shown("details"));
}

// Back and forward keep the selected frame where it stays what it is.
async function selection(url) {
	await go("data:,");
	await go(url);
	await clickFrame("leaf");
	await keys("s");
	await back();
	is([await focused(), await shown("details")], ["leaf (600 samples, 6.00%)", "Function: leaf (600 samples, 6.00%)"], "Back keeps the selected frame");
	await forward();
	is([await focused(), await shown("details")], ["leaf (600 samples, 6.00%)", "Function: leaf (600 samples, 6.00%)"], "and so does Forward");
	await go(picture("both", "a;b 10\nb;a 10\n"));
	await clickFrame("b");
	is(await shown("details"), "Function: b (10 samples, 50.00%)", "a frame of which callers have the path too");
	await run("location.hash = '#reversed=1'");
	ok(await until(async () => await shown("details") === ""), "is not kept where stacks are turned around", await shown("details"));
	is(await run("return document.querySelector('.ring').classList.contains('hide')"), true, "its ring is gone");
}

async function forbidden(url) {
	await go("data:,");
	await go(url);
	await run("history.pushState = history.replaceState = function () { throw new Error('forbidden'); }");
	await clickFrame("beta");
	ok(/#x=1000&y=2$/.test(await run("return location.href")), "without pushState the fragment is used", await run("return location.href"));
	await back();
	is((await place("beta"))[1], 118, "and Back undoes it");
}

// A switch of the view keeps the zoomed frame where the new view has it.
async function followed(url) {
	await go(url);
	await clickFrame("alpha");
	await keys("s");
	is([(await place("alpha"))[1], (await frame("main")).class], [1180, "parent"], "another order keeps the zoom");
	is(await names(), ["all", "main", "alpha", "leaf", "Alpha_inner", "x"], "in its own order");
	await reload();
	is(await names(), ["all", "main", "alpha", "leaf", "Alpha_inner", "x"], "and the URL has it");
	await back();
	is(await names(), ["all", "main", "alpha", "Alpha_inner", "x", "leaf"], "Back");
	await keys("r");
	is((await frame("all")).class, "", "callers begin without zoom");
	await back();
	is((await frame("main")).class, "parent", "and Back zooms again");
	await go(picture("followed", "a;b 10\na;c 10\na;b;d 30\na;c 5\n", ["--flamechart"]));
	await clickAt((await run(`return Array.from(document.querySelectorAll(".frames > g")).filter((g) => g.querySelector("title").textContent.startsWith("b ("))
		.map((g) => g.getBoundingClientRect()).map((r) => ({ x: r.x + r.width / 2, y: r.y + r.height / 2 }))`))[1]);
	await keys("k");
	is([(await frame("b")).title, (await frame("b")).width, await frame("c")], ["b (30 samples, 54.55%)", 1180, null], "a flame chart: of several equal frames the one that is zoomed");
}

export default async function () {
	const url = picture("state", SMALL);

	for (const test of [saved, queries, history, problems, selection, forbidden, followed]) {
		await test(url);
		await noErrors(test.name);
		await go("data:,");
	}
}

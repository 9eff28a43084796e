// SPDX-License-Identifier: BSD-2-Clause
// The URL: it has the state, gives it back, and Back and Forward go through it.
import { back, click, forward, go, is, KEY, keys, noErrors, ok, picture, reload, run, until } from "./driver.mjs";
import { clickFrame, frame, geometry, hash, names, place, searchFor, shown, SMALL } from "./frames.mjs";

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
}

export default async function () {
	const url = picture("state", SMALL);

	for (const test of [saved, queries, history, forbidden, followed]) {
		await test(url);
		await noErrors(test.name);
		await go("data:,");
	}
}

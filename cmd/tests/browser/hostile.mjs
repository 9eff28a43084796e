// SPDX-License-Identifier: BSD-2-Clause
// Names and options that mean harm stay text, in the document and in all that the script does with them.
import { go, is, KEY, keys, noErrors, ok, picture, run } from "./driver.mjs";
import { searchFor, shown } from "./frames.mjs";

const HOSTILE = ["<script>window.pwned=1</script>", "\"><g onload=\"window.pwned=2\">", "]]><b>", "'-alert(1)-'",
    "&lt;not a tag&gt;", "a--b-->", "x (12 samples, 3.00%)", "tab\there", "\u0001\u001b[31mred\u007f", "\ud83d\ude00".repeat(99),
    "javascript:window.pwned=3", "${window.pwned=4}", "</style><script>window.pwned=5</script>", "\\u003cscript>", "</metadata></svg>",
    "\ufffdelif\ufffd", "__proto__", "constructor", "hasOwnProperty", "N".repeat(10000), "\u0000null\u0000", "$& $1 $`", "\ud800".toWellFormed?.() ?? "\ufffd"];
const PLAIN = HOSTILE.map((h) => h.replaceAll(";", ",").replaceAll(/[\u0000-\u001f]/g, (c) => String.fromCharCode(0x2400 + c.charCodeAt(0)))
    .replaceAll("\u007f", "\u2421"));
const EVIL = "</title></style><script>window.pwned=6</script>\"';}--> ]]>";

const titles = () => run("return Array.from(document.querySelectorAll('.frames title'), t => t.textContent)");

async function names(end, html) {
	const text = HOSTILE.map((h) => `main;${h.replaceAll(";", ",")};in_it 10\n`).join("");
	const folded = Buffer.concat([Buffer.from(text), Buffer.from([0x62, 0x61, 0x64, 0xff, 0xfe, 0x20, 0x35, 0x0a])]);
	const options = ["title", "subtitle", "notes", "countname", "nametype", "fonttype"].flatMap((o) => [`--${o}`, EVIL]);
	const percent = (1000 / (10 * HOSTILE.length + 5)).toFixed(2);

	await go(picture("hostile", folded, [...options, ...html, "--inverted", "--minwidth", "0"], end));
	is(await run("return document.documentElement.localName"), end, `${end}: still a document`);
	is(await run("return document.querySelector('.bt-flame').getAttribute('data-viewer')"), "ready", `${end}: the table is read`);
	is(await run("return document.querySelectorAll('script').length"), 1, `${end}: one script, ours`);
	is(await run("return document.querySelector('.bt-flame [id$=title]').textContent"), EVIL, `${end}: the title stays text`);
	const all = await titles();
	for (const want of PLAIN)
		ok(all.includes(`${want} (10 ${EVIL}, ${percent}%)`), `${end}: stays text: ${JSON.stringify(want.slice(0, 40))}`, all.find((t) => t.startsWith(want.slice(0, 5))));
	ok(all.some((t) => t.startsWith("bad\ufffd\ufffd (5 ")), `${end}: malformed UTF-8 is U+FFFD`);
	await run("for (const g of document.querySelectorAll('.frames > g')) for (const type of ['mouseover', 'click', 'mouseout'])" +
	    " g.querySelector('rect').dispatchEvent(new MouseEvent(type, { bubbles: true }))");
	await keys(KEY.escape);
	await searchFor("^x \\(12 samples, 3\\.00%\\)$");
	is(await shown("matched"), `Matched: ${(1000 / (10 * HOSTILE.length + 5)).toFixed(1)}%`, `${end}: a name that looks like a count is searched as a name`);
	for (const key of ["c", "c", "c", "c", "c", "s", "r", "k", "l", "n", "N", "m", "t", "x", "a", "?", KEY.escape, KEY.escape])
		await keys(key);
	for (const want of PLAIN.slice(0, 20)) {
		await run("location.hash = arguments[0]", `#focus=${encodeURIComponent(want)}&s=${encodeURIComponent(want)}`);
		await run("return new Promise((r) => requestAnimationFrame(r))");
	}
	is(await run("return document.querySelectorAll('.frames b, .panel script, .frames script, img').length"), 0, `${end}: nothing became an element`);
	await run("location.hash = '#l=1'");
	const halves = (await run("return Array.from(document.querySelectorAll('.bt-flame text'), t => t.textContent)"))
		.filter((t) => /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/.test(t)).length;
	is(halves, 0, `${end}: labels are cut between characters`);
	is(await run("return window.pwned ?? null"), null, `${end}: nothing ran`);
}

async function details() {
	await go(picture("long", `main;${"\ud83d\ude00".repeat(5000)};x 10\n`));
	await keys(KEY.up);
	await keys(KEY.up);
	await keys(KEY.up);
	const text = await shown("details");
	ok(text.length < 400 && text.includes("..") && text.endsWith("(10 samples, 100.00%)"), "a long name is cut in its middle", text);
	ok(!/[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/.test(text), "between characters");
	await go(`${picture("url", "main;a 10\n")}#s=${encodeURIComponent("<script>window.pwned=1</script>")}&hide=${encodeURIComponent("[{\"kind\":\"name\",\"name\":{\"a\":1}}]")}` +
	    "&focus=__proto__&color=constructor&order=toString&__proto__=1&x=1e9");
	is([await shown("matched"), await run("return window.pwned ?? null"), (await titles()).length], ["Matched: 0.0%", null, 3], "a hostile URL does nothing");
}

export default async function () {
	await names("svg", []);
	await noErrors("hostile names, SVG");
	await go("data:,");
	await names("html", ["--html"]);
	await noErrors("hostile names, HTML");
	await details();
	await noErrors("long names, hostile URL");
}

/* SPDX-License-Identifier: BSD-2-Clause */
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include "diff-options.h"

static const char *const forms[] = { "text", "json", "md", "junit", "github", "folded", "svg", "none", NULL };
static const char *const bys[] = { "share", "work", NULL };
static const char *const gates[] = { "func", "ci", "none", NULL };
static const char *const fdrs[] = { "bh", "by", NULL };
static const char *const keeps[] = { "keep", "drop", NULL };
static const char *const widths[] = { "max", "new", "base", "abs-delta", NULL };
static const char *const whens[] = { "auto", "always", "never", NULL };

#define AT(field)	offsetof(struct diff_conf, field)
static const struct post_opt opts[] = {
	{ 0, "base", "FILE ...", "the runs before: all the files up to the next option", POST_OPT_LIST, AT(base), NULL },
	{ 0, "new", "FILE ...", "the runs after: all the files up to the next option", POST_OPT_LIST, AT(new), NULL },
	{ 0, "baseline", "FILE", "the runs before, as --update keeps them", POST_OPT_FILE, AT(baseline), NULL },
	{ 0, "update", NULL, "add the new runs to the baseline; nothing is compared", POST_OPT_FLAG, AT(update), NULL },
	{ 0, "keep", "N", "how many runs a baseline has, 20 by default; the oldest go", POST_OPT_COUNT, AT(keep), NULL },
	{ 'f', "format", "text|json|md|junit|github|folded|svg|none", "what is written to standard output or -o", POST_OPT_CHOICE, AT(format), forms },
	{ 0, "out", "FORMAT=FILE", "write that, too; may be given several times", POST_OPT_LIST, AT(out), NULL },
	{ 0, "folded", NULL, "as difffolded.pl: both counts of each stack, no verdict, names as they are", POST_OPT_FLAG, AT(folded), NULL },
	{ 'n', "normalize", NULL, "folded: scale the base to the total of the new side", POST_OPT_FLAG, AT(normalize), NULL },
	{ 's', "strip-hex", NULL, "0x7f2a is 0x... in names", POST_OPT_FLAG, AT(hex), NULL },
	{ 0, "columns", NULL, "folded: behind both counts those of every run", POST_OPT_FLAG, AT(columns), NULL },
	{ 0, "by", "share|work", "compare shares of all samples, or samples per unit of work", POST_OPT_CHOICE, AT(by), bys },
	{ 0, "work", "FILE=N", "FILE did N units of work: requests, seconds", POST_OPT_LIST, AT(work), NULL },
	{ 0, "q", "Q", "what part of the changes that are told may be wrong, 0.05 by default; -q Q is the same", POST_OPT_REAL, AT(diff.q), NULL },
	{ 0, "fdr", "bh|by", "how that is held: by Benjamini and Hochberg, or Benjamini and Yekutieli, which is stricter", POST_OPT_CHOICE, AT(fdr), fdrs },
	{ 0, "min-pp", "POINTS", "changes under so many percentage points are none, 0.5 by default", POST_OPT_REAL, AT(min_points), NULL },
	{ 0, "min-rel", "PERCENT", "nor those under so much of what was before, 5 by default", POST_OPT_REAL, AT(min_percent), NULL },
	{ 0, "gate", "func|ci|none", "fail when a function grew; ci: by --min-pp at the least", POST_OPT_CHOICE, AT(gate), gates },
	{ 0, "gate-moved", NULL, "fail when its cost only moved, too", POST_OPT_FLAG, AT(diff.gate_moved), NULL },
	{ 0, "gate-single", NULL, "fail with one run a side, too, whose noise is assumed", POST_OPT_FLAG, AT(diff.gate_single), NULL },
	{ 0, "budget", "FUNC<=N%", "fail when FUNC has more of the new side, incl:FUNC with what it calls; no statistics", POST_OPT_LIST, AT(budgets), NULL },
	{ 0, "no-fail", NULL, "exit 0 where it would be 1", POST_OPT_FLAG, AT(no_fail), NULL },
	{ 0, "require-data", NULL, "exit 2 when there is too little data to tell", POST_OPT_FLAG, AT(require_data), NULL },
	{ 0, "trust", NULL, "decide on partial and biased traces, too", POST_OPT_FLAG, AT(trust), NULL },
	{ 0, "max-skipped", "PERCENT", "do not decide on a trace with more skipped probes, 1 by default", POST_OPT_REAL, AT(max_skipped), NULL },
	{ 0, "explain", NULL, "tell how large a change these runs could have shown", POST_OPT_FLAG, AT(explain), NULL },
	{ 'm', "with-module", NULL, "names keep their [module]", POST_OPT_FLAG, AT(canon.modules), NULL },
	{ 0, "lines", "keep|drop|bucket=N", "what becomes of the lines in names, drop by default", POST_OPT_TEXT, AT(lines), NULL },
	{ 0, "inlines", "keep|drop", "drop: inlined calls are their caller's", POST_OPT_CHOICE, AT(inlines), keeps },
	{ 0, "map", "OLD=NEW", "the frame OLD is called NEW", POST_OPT_LIST, AT(map), NULL },
	{ 0, "map-file", "FILE", "lines REGEX<tab>NEW: what matches in a name is replaced", POST_OPT_FILE, AT(map_file), NULL },
	{ 0, "id", "TEXT", "md: by which the comment is found again, bt-diff by default", POST_OPT_TEXT, AT(id), NULL },
	{ 0, "title", "TEXT", "svg: its title", POST_OPT_TEXT, AT(title), NULL },
	{ 0, "width", "max|new|base|abs-delta", "svg: what frames are as wide as", POST_OPT_CHOICE, AT(width), widths },
	{ 0, "static", NULL, "svg: without script and table", POST_OPT_FLAG, AT(no_script), NULL },
	{ 0, "color", "auto|always|never", "text: colours; auto: on a terminal", POST_OPT_CHOICE, AT(color), whens },
	{ 'j', "jobs", "N", "read with N threads; by default as many as there are cores", POST_OPT_COUNT, AT(jobs), NULL },
	{ 0 }
};

const struct post_tool diff_tool = {
	.name = "bt-diff", .operands = "[base new]", .opts = opts, .shared = tool_shared,
	.does = "Compare two profiles, or two sets of them: what changed, and is it more than noise?",
};

void
diff_refuse(const char *what, const char *value)
{
	struct post_err err;

	post_fail(&err, POST_EUSAGE, "%s%s%s", what, value != NULL ? ": " : "", value != NULL ? value : "");
	tool_usage(&diff_tool, &err);
}

static bool
is_option(const char *s)
{
	return s[0] == '-' && s[1] != '\0';
}

/* Is S a Q, and no file's name that is to follow -q, --quiet? */
static bool
is_level(const char *s)
{
	double q;

	return s != NULL && post_parse_real(post_str_of(s), &q) == 0 && ((q > 0 && q < 1) || access(s, F_OK) == -1);
}

static char *
joined(struct diff_conf *c, const char *option, const char *value)
{
	size_t n = strlen(option), m = strlen(value) + 1;
	char *s = post_take(&c->words, n + m);

	memcpy(s, option, n);
	memcpy(s + n, value, m);
	return s;
}

/* "--base=" when WORD is --base or --base=FILE, the same for --new, or NULL. */
static const char *
side_of(const char *word)
{
	static const char *const sides[] = { "--base=", "--new=" };

	for (size_t i = 0; i < 2; i++) {
		size_t n = strlen(sides[i]) - 1;

		if (strncmp(word, sides[i], n) == 0 && (word[n] == '\0' || word[n] == '='))
			return sides[i];
	}
	return NULL;
}

/*
 * ARGV as getopt_long(3) takes it: "--base a b" is "--base=a --base=b", and
 * "-q 0.01" is "--q=0.01".  The words made for that are C's.
 */
static char **
expand(struct diff_conf *c, int argc, char **argv, int *n)
{
	char **to = post_take(&c->words, ((size_t)argc + 1) * sizeof *to);
	const char *side = NULL;
	int i;

	for (i = *n = 0; i < argc && strcmp(argv[i], "--") != 0; i++) {
		const char *begun = side_of(argv[i]);

		if (strcmp(argv[i], "-q") == 0 && is_level(argv[i + 1])) {
			to[(*n)++] = joined(c, "--q=", argv[++i]);
			side = NULL;
			continue;
		}
		if (side != NULL && !is_option(argv[i]))
			to[(*n)++] = joined(c, side, argv[i]);
		else if (begun == NULL || strchr(argv[i], '=') != NULL || argv[i + 1] == NULL || is_option(argv[i + 1]))
			to[(*n)++] = argv[i];
		side = is_option(argv[i]) ? begun : side;
	}
	for (; i < argc; i++)
		to[(*n)++] = argv[i];
	to[*n] = NULL;
	return to;
}

static void
add(struct post_list *l, const char *s)
{
	l->v = post_room(l->v, l->n, &l->cap, sizeof *l->v);
	l->v[l->n++] = s;
}

/* Which operands are which side. */
static void
set_sides(struct diff_conf *c, char **operand, int n)
{
	if (c->update && c->baseline == NULL)
		diff_refuse("--update is of a --baseline", NULL);
	if (c->baseline != NULL && c->base.n > 0)
		diff_refuse("--base and --baseline are both the runs before", NULL);
	if (c->update && c->out.n > 0)
		diff_refuse("--update compares nothing: there is no --out", NULL);
	if (c->baseline == NULL && c->base.n + c->new.n == 0 && n == 2) {
		add(&c->base, operand[0]);
		add(&c->new, operand[1]);
		n = 0;
	}
	for (int i = 0; i < n && c->baseline != NULL; i++)
		add(&c->new, operand[i]);
	if (c->new.n == 0 || (c->base.n == 0 && c->baseline == NULL) || (n > 0 && c->baseline == NULL))
		diff_refuse("two files, or --base FILE ... --new FILE ..., or --baseline FILE and new files", NULL);
}

/* Standard input can be read once. */
static void
check_stdin(const struct diff_conf *c)
{
	size_t n = 0, i;

	for (i = 0; i < c->base.n; i++)
		n += strcmp(c->base.v[i], "-") == 0;
	for (i = 0; i < c->new.n; i++)
		n += strcmp(c->new.v[i], "-") == 0;
	if (n > 1)
		diff_refuse("only one of the files can be standard input", NULL);
}

static void
add_output(struct diff_conf *c, const char *text)
{
	const char *equals = strchr(text, '=');
	size_t n = equals != NULL ? (size_t)(equals - text) : 0;

	for (int f = 0; forms[f] != NULL && f != DIFF_NONE; f++)
		if (n == strlen(forms[f]) && memcmp(text, forms[f], n) == 0 && equals[1] != '\0') {
			c->output[c->outputs++] = (struct diff_output){ f, equals + 1 };
			return;
		}
	diff_refuse("--out is FORMAT=FILE, and FORMAT one of text, json, md, junit, github, folded, svg", text);
}

static bool
is_stdout(const char *path)
{
	return path == NULL || strcmp(path, "-") == 0;
}

/* Two outputs in one file would be one, or none. */
static void
check_outputs(const struct diff_conf *c)
{
	for (size_t i = 0; i < c->outputs; i++)
		for (size_t j = 0; j < i; j++) {
			const char *a = c->output[i].path, *b = c->output[j].path;

			if (is_stdout(a) ? is_stdout(b) : !is_stdout(b) && strcmp(a, b) == 0)
				diff_refuse("two outputs for one file", is_stdout(a) ? "standard output; --format none leaves out the first" : a);
		}
}

static void
set_outputs(struct diff_conf *c)
{
	c->output = post_resize(NULL, c->out.n + 1, sizeof *c->output);
	if (c->folded && c->out.n > 0)
		diff_refuse("--folded has no verdict and nothing besides: write --out folded=FILE", NULL);
	if (c->folded)
		c->format = DIFF_FOLDED;
	if (c->format != DIFF_NONE)
		c->output[c->outputs++] = (struct diff_output){ c->format, c->common.output };
	for (size_t i = 0; i < c->out.n; i++)
		add_output(c, c->out.v[i]);
	check_outputs(c);
}

static void
set_thresholds(struct diff_conf *c)
{
	struct post_err err;

	if (!(c->diff.q > 0 && c->diff.q < 1))
		diff_refuse("--q is over 0 and under 1", NULL);
	if (c->min_points > 100 || c->max_skipped > 100)
		diff_refuse("--min-pp and --max-skipped are percents", NULL);
	c->diff.work = c->by == 1;
	c->diff.dependent = c->fdr == 1;
	c->diff.gate = (enum post_gate)c->gate;
	c->diff.min_change = c->min_points / 100;
	c->diff.min_relative = c->min_percent / 100;
	c->budget = post_resize(NULL, c->budgets.n, sizeof *c->budget);
	for (size_t i = 0; i < c->budgets.n; i++)
		if (post_budget_parse(&c->budget[i], c->budgets.v[i], &err) == -1)
			tool_usage(&diff_tool, &err);
}

static void
set_lines(struct diff_conf *c)
{
	const char *s = c->lines;

	if (s == NULL || strcmp(s, "drop") == 0)
		c->canon.lines = POST_LINES_DROP;
	else if (strcmp(s, "keep") == 0)
		c->canon.lines = POST_LINES_KEEP;
	else if (strncmp(s, "bucket=", 7) == 0 && post_parse_count(s + 7, &c->canon.bucket) == 0 && c->canon.bucket > 0)
		c->canon.lines = POST_LINES_BUCKET;
	else
		diff_refuse("--lines is keep, drop or bucket=N", s);
}

/* Read all of a file of rules for names. */
static void
read_map_file(struct diff_conf *c)
{
	char *path = (char *)(uintptr_t)c->map_file;
	struct post_input *in = tool_input_lines(&diff_tool, &c->common, &path, 1);
	struct post_buf text = { 0 };
	struct post_block *b;
	struct post_err err;

	while ((b = post_input_next(in)) != NULL) {
		post_put(&text, (struct post_str){ b->p, b->n });
		post_input_release(in, b);
	}
	if (post_input_status(in) != TOOL_DONE)
		exit(TOOL_TROUBLE);
	post_input_free(in);
	if (post_canon_map_file(&c->canon, post_buf_str(&text), &err) == -1) {
		tool_warn(&diff_tool, c->map_file, &err);
		exit(TOOL_TROUBLE);
	}
	post_buf_free(&text);
}

/* difffolded.pl's job leaves names as they are, unless a rule is asked for. */
static void
set_names(struct diff_conf *c)
{
	struct post_err err;

	c->canon.off = c->folded && !c->canon.modules && c->lines == NULL && c->inlines == 0;
	c->canon.no_inlines = c->inlines == 1;
	c->canon.hex = c->hex;
	set_lines(c);
	for (size_t i = 0; i < c->map.n; i++)
		if (post_canon_map(&c->canon, c->map.v[i], &err) == -1)
			tool_usage(&diff_tool, &err);
	if (c->map_file != NULL)
		read_map_file(c);
}

void
diff_options(struct diff_conf *c, int argc, char **argv)
{
	int n, first;
	char **words;

	*c = (struct diff_conf){ .keep = 20, .min_points = 0.5, .min_percent = 5, .max_skipped = 1, .id = "bt-diff" };
	post_diff_defaults(&c->diff);
	words = expand(c, argc, argv, &n);
	first = tool_options(&diff_tool, n, words, c);
	set_sides(c, words + first, n - first);
	check_stdin(c);
	set_outputs(c);
	set_thresholds(c);
	set_names(c);
	if (c->id[0] == '\0' || c->id[strspn(c->id, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.")] != '\0')
		diff_refuse("--id has letters, digits, \"-\", \"_\" and \".\"", c->id);
}

void
diff_options_free(struct diff_conf *c)
{
	post_canon_free(&c->canon);
	free(c->base.v);
	free(c->new.v);
	free(c->out.v);
	free(c->work.v);
	free(c->budgets.v);
	free(c->map.v);
	free(c->output);
	free(c->budget);
	post_drop(&c->words);
}

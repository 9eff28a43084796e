/* SPDX-License-Identifier: BSD-2-Clause */
/* Shell completions out of the option tables. */
#include "opt.h"

/* The commands of T as words. */
static void
put_commands(struct post_buf *b, const struct post_tool *t)
{
	for (const struct post_command *c = t->command; c != NULL && c->name != NULL; c++)
		post_putf(b, "%s%s", c > t->command ? " " : "", c->name);
}

typedef void row_fn(struct post_buf *, const struct post_tool *, const struct post_opt *);

static void
each(const struct post_tool *t, row_fn *f, struct post_buf *b)
{
	const struct post_opt *o;

	for (o = t->opts; o != NULL && o->name != NULL; o++)
		f(b, t, o);
	for (o = t->shared; o != NULL && o->name != NULL; o++)
		f(b, t, o);
}

static void
put_choices(struct post_buf *b, const struct post_opt *o)
{
	int i;

	for (i = 0; o->choices[i] != NULL; i++)
		post_putf(b, "%s%s", i > 0 ? " " : "", o->choices[i]);
}

static void
bash_word(struct post_buf *b, const struct post_tool *t, const struct post_opt *o)
{
	(void)t;
	post_putf(b, " --%s%s", o->name, o->arg != NULL ? "=" : "");
}

static void
bash_choices(struct post_buf *b, const struct post_tool *t, const struct post_opt *o)
{
	(void)t;
	if (o->kind != POST_OPT_CHOICE)
		return;
	post_putf(b, "\t--%s) COMPREPLY=($(compgen -W '", o->name);
	put_choices(b, o);
	post_puts(b, "' -- \"$cur\")); return ;;\n");
}

/* bash hands over "--name", "=", "value" as words of their own. */
static void
bash(const struct post_tool *t, struct post_buf *b)
{
	post_putf(b, "# bash completion for %s\n_%s()\n{\n", t->name, t->name);
	post_puts(b, "\tlocal cur=${COMP_WORDS[COMP_CWORD]} prev=${COMP_WORDS[COMP_CWORD-1]}\n"
	    "\tif [ \"$cur\" = = ]; then cur=; elif [ \"$prev\" = = ]; then prev=${COMP_WORDS[COMP_CWORD-2]}; fi\n"
	    "\tcase $prev in\n");
	each(t, bash_choices, b);
	post_puts(b, "\tesac\n\tif [[ $cur == -* ]]; then\n\t\tCOMPREPLY=($(compgen -W '--help --version");
	each(t, bash_word, b);
	post_puts(b, "' -- \"$cur\"))\n"
	    "\t\t[[ ${COMPREPLY[0]-} == *= ]] && compopt -o nospace\n"
	    "\telse\n\t\tCOMPREPLY=($(compgen -f -- \"$cur\"))\n");
	if (t->command != NULL) {
		post_puts(b, "\t\t[ \"$COMP_CWORD\" = 1 ] && COMPREPLY+=($(compgen -W '");
		put_commands(b, t);
		post_puts(b, "' -- \"$cur\"))\n");
	}
	post_puts(b, "\tfi\n}\n");
	post_putf(b, "complete -o filenames -F _%s %s\n", t->name, t->name);
}

/* Inside '...' of zsh's _arguments: no quote, bracket or colon that it would read. */
static void
put_zsh(struct post_buf *b, const char *s)
{
	for (; *s != '\0'; s++) {
		if (*s == '\'')
			post_puts(b, "'\\'");
		else if (strchr("[]:\\", *s) != NULL)
			post_putc(b, '\\');
		post_putc(b, *s);
	}
}

static void
zsh_row(struct post_buf *b, const struct post_tool *t, const struct post_opt *o)
{
	(void)t;
	post_putf(b, " \\\n\t'%s--%s%s[", o->kind == POST_OPT_LIST ? "*" : "", o->name, o->arg != NULL ? "=" : "");
	put_zsh(b, o->help);
	post_puts(b, "]");
	if (o->arg != NULL) {
		post_puts(b, ":");
		put_zsh(b, o->kind == POST_OPT_CHOICE ? o->name : o->arg);
		post_puts(b, ":");
	}
	if (o->kind == POST_OPT_CHOICE) {
		post_puts(b, "(");
		put_choices(b, o);
		post_puts(b, ")");
	} else if (o->kind == POST_OPT_FILE || o->kind == POST_OPT_LIST)
		post_puts(b, "_files");
	post_puts(b, "'");
}

static void
zsh(const struct post_tool *t, struct post_buf *b)
{
	post_putf(b, "#compdef %s\n_arguments -s", t->name);
	each(t, zsh_row, b);
	post_puts(b, " \\\n\t'(-h --help)'{-h,--help}'[print help and exit]'"
	    " \\\n\t'(-V --version)'{-V,--version}'[print the version and exit]'"
	    " \\\n\t");
	if (t->command != NULL) {
		post_puts(b, "'1:command or file:{ compadd ");
		put_commands(b, t);
		post_puts(b, "; _files }' \\\n\t");
	}
	post_puts(b, "'*:file:_files'\n");
}

static void
put_fish(struct post_buf *b, const char *s)
{
	post_putc(b, '\'');
	for (; *s != '\0'; s++) {
		if (*s == '\'' || *s == '\\')
			post_putc(b, '\\');
		post_putc(b, *s);
	}
	post_putc(b, '\'');
}

static void
fish_row(struct post_buf *b, const struct post_tool *t, const struct post_opt *o)
{
	post_putf(b, "complete -c %s -l %s", t->name, o->name);
	if (o->key != 0)
		post_putf(b, " -s %c", o->key);
	if (o->kind == POST_OPT_CHOICE) {
		post_puts(b, " -x -a '");
		put_choices(b, o);
		post_puts(b, "'");
	} else if (o->arg != NULL)
		post_puts(b, " -r");
	post_puts(b, " -d ");
	put_fish(b, o->help);
	post_putc(b, '\n');
}

static void
fish(const struct post_tool *t, struct post_buf *b)
{
	each(t, fish_row, b);
	for (const struct post_command *c = t->command; c != NULL && c->name != NULL; c++) {
		post_putf(b, "complete -c %s -n __fish_use_subcommand -a %s -d ", t->name, c->name);
		put_fish(b, c->does);
		post_putc(b, '\n');
	}
	post_putf(b, "complete -c %s -l help -s h -d 'print help and exit'\n", t->name);
	post_putf(b, "complete -c %s -l version -s V -d 'print the version and exit'\n", t->name);
}

int
post_opt_completion(const struct post_tool *t, const char *shell, struct post_buf *b)
{
	static const struct {
		const char	*name;
		void		(*write)(const struct post_tool *, struct post_buf *);
	} shells[] = { { "bash", bash }, { "zsh", zsh }, { "fish", fish } };
	size_t i;

	for (i = 0; i < sizeof shells / sizeof *shells; i++)
		if (strcmp(shells[i].name, shell) == 0) {
			shells[i].write(t, b);
			return 0;
		}
	return -1;
}

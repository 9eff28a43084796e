/* SPDX-License-Identifier: BSD-2-Clause */
#include <inttypes.h>
#include <sqlite3.h>
#include <stdlib.h>
#include "store.h"

enum { FORM = 1 };	/* of the tables: user_version */

struct post_store {
	sqlite3		*db;
	sqlite3_stmt	*put, *remove, *get, *set, *unset;
	bool		 changed;	/* a transaction is open */
};

static const char tables[] = "BEGIN;"
    "CREATE TABLE trace (name BLOB PRIMARY KEY, size, mtime, read, inode, hash1, hash2, rules, status, message, samples, stacks, verdict,"
    " findings, costs) WITHOUT ROWID;"
    "CREATE TABLE value (key TEXT PRIMARY KEY, value) WITHOUT ROWID;"
    "PRAGMA user_version = 1; COMMIT;";

static int
fail(const struct post_store *s, struct post_err *err)
{
	int code = sqlite3_errcode(s->db), system = code == SQLITE_IOERR || code == SQLITE_FULL || code == SQLITE_CANTOPEN ? sqlite3_system_errno(s->db) : 0;

	bool damaged = code == SQLITE_CORRUPT || code == SQLITE_NOTADB;

	return post_fail(err, POST_EIO, "database: %s%s%s", sqlite3_errmsg(s->db), system != 0 ? ": " : damaged ? "; without it all is made anew" : "",
	    system != 0 ? strerror(system) : "");
}

static int
run(struct post_store *s, const char *sql, struct post_err *err)
{
	return sqlite3_exec(s->db, sql, NULL, NULL, NULL) == SQLITE_OK ? 0 : fail(s, err);
}

static int
form_of(struct post_store *s)
{
	sqlite3_stmt *q = NULL;
	int form = -1;

	if (sqlite3_prepare_v2(s->db, "PRAGMA user_version", -1, &q, NULL) == SQLITE_OK && sqlite3_step(q) == SQLITE_ROW)
		form = sqlite3_column_int(q, 0);
	sqlite3_finalize(q);
	return form;
}

static int
prepare(struct post_store *s, const char *sql, sqlite3_stmt **q, struct post_err *err)
{
	return sqlite3_prepare_v3(s->db, sql, -1, SQLITE_PREPARE_PERSISTENT, q, NULL) == SQLITE_OK ? 0 : fail(s, err);
}

static int
make_ready(struct post_store *s, struct post_err *err)
{
	int form;

	if (run(s, "PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL", err) == -1)
		return -1;
	form = form_of(s);
	if (form == -1)
		return fail(s, err);
	if (form == 0 && run(s, tables, err) == -1)
		return -1;
	if (form != 0 && form != FORM)
		return post_fail(err, POST_EFORMAT, "the database is of another version of bt-batch; without it all is made anew");
	return prepare(s, "REPLACE INTO trace VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)", &s->put, err) == -1 ||
	    prepare(s, "DELETE FROM trace WHERE name = ?", &s->remove, err) == -1 ||
	    prepare(s, "SELECT value FROM value WHERE key = ?", &s->get, err) == -1 ||
	    prepare(s, "REPLACE INTO value VALUES (?,?)", &s->set, err) == -1 ||
	    prepare(s, "DELETE FROM value WHERE key = ?", &s->unset, err) == -1 ? -1 : 0;
}

int
post_store_open(struct post_store **store, const char *path, struct post_err *err)
{
	struct post_store *s = post_resize(NULL, 1, sizeof *s);

	*s = (struct post_store){ 0 };
	if (sqlite3_open_v2(path, &s->db, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX, NULL) != SQLITE_OK)
		(void)fail(s, err);
	else if (make_ready(s, err) == 0) {
		*store = s;
		return 0;
	}
	post_store_close(s);
	return -1;
}

/* Column I as text that lives in MEM. */
static const char *
text(sqlite3_stmt *q, int i, struct post_arena *mem)
{
	const char *p = sqlite3_column_blob(q, i);

	return post_keep(mem, (struct post_str){ p, (size_t)sqlite3_column_bytes(q, i) }).p;
}

static struct post_trace_record
record(sqlite3_stmt *q, struct post_arena *mem)
{
	struct post_trace_record r = { .name = text(q, 0, mem), .size = (uint64_t)sqlite3_column_int64(q, 1), .mtime = sqlite3_column_int64(q, 2),
	    .read = sqlite3_column_int64(q, 3), .inode = (uint64_t)sqlite3_column_int64(q, 4),
	    .hash = { (uint64_t)sqlite3_column_int64(q, 5), (uint64_t)sqlite3_column_int64(q, 6) }, .rules = text(q, 7, mem),
	    .status = sqlite3_column_int(q, 8), .message = text(q, 9, mem), .samples = text(q, 10, mem),
	    .stacks = (uint64_t)sqlite3_column_int64(q, 11), .verdict = text(q, 12, mem), .findings = text(q, 13, mem) };

	r.costs = (struct post_str){ text(q, 14, mem), (size_t)sqlite3_column_bytes(q, 14) };
	return r;
}

int64_t
post_store_load(struct post_store *s, struct post_arena *mem, struct post_trace_record **all, struct post_err *err)
{
	sqlite3_stmt *q = NULL;
	size_t n = 0, cap = 0;
	int got;

	*all = NULL;
	if (prepare(s, "SELECT * FROM trace ORDER BY name", &q, err) == -1)
		return -1;
	while ((got = sqlite3_step(q)) == SQLITE_ROW) {
		*all = post_room(*all, n, &cap, sizeof **all);
		(*all)[n++] = record(q, mem);
	}
	sqlite3_finalize(q);
	return got == SQLITE_DONE ? (int64_t)n : fail(s, err);
}

/* Begin a transaction unless one is open. */
static int
begin(struct post_store *s, struct post_err *err)
{
	if (!s->changed && run(s, "BEGIN", err) == -1)
		return -1;
	s->changed = true;
	return 0;
}

static int
step(struct post_store *s, sqlite3_stmt *q, struct post_err *err)
{
	int got = sqlite3_step(q);

	sqlite3_reset(q);
	sqlite3_clear_bindings(q);
	return got == SQLITE_DONE ? 0 : fail(s, err);
}

static void
bind_text(sqlite3_stmt *q, int i, const char *p)
{
	sqlite3_bind_blob64(q, i, p, strlen(p), SQLITE_STATIC);
}

int
post_store_put(struct post_store *s, const struct post_trace_record *r, struct post_err *err)
{
	sqlite3_stmt *q = s->put;

	if (begin(s, err) == -1)
		return -1;
	bind_text(q, 1, r->name);
	sqlite3_bind_int64(q, 2, (int64_t)r->size);
	sqlite3_bind_int64(q, 3, r->mtime);
	sqlite3_bind_int64(q, 4, r->read);
	sqlite3_bind_int64(q, 5, (int64_t)r->inode);
	sqlite3_bind_int64(q, 6, (int64_t)r->hash[0]);
	sqlite3_bind_int64(q, 7, (int64_t)r->hash[1]);
	bind_text(q, 8, r->rules);
	sqlite3_bind_int(q, 9, r->status);
	bind_text(q, 10, r->message);
	bind_text(q, 11, r->samples);
	sqlite3_bind_int64(q, 12, (int64_t)r->stacks);
	bind_text(q, 13, r->verdict);
	bind_text(q, 14, r->findings);
	sqlite3_bind_blob64(q, 15, r->costs.p != NULL ? r->costs.p : "", r->costs.n, SQLITE_STATIC);
	return step(s, q, err);
}

int
post_store_void(struct post_store *s, const char *name, struct post_err *err)
{
	const struct post_trace_record none = { .name = name, .rules = "", .status = 2, .message = "", .samples = "", .verdict = "", .findings = "" };

	return post_store_put(s, &none, err);
}

int
post_store_remove(struct post_store *s, const char *name, struct post_err *err)
{
	if (begin(s, err) == -1)
		return -1;
	bind_text(s->remove, 1, name);
	return step(s, s->remove, err);
}

int
post_store_commit(struct post_store *s, struct post_err *err)
{
	if (!s->changed)
		return 0;
	s->changed = false;
	return run(s, "COMMIT", err);
}

const char *
post_store_get(struct post_store *s, const char *key, struct post_arena *mem)
{
	const char *value = "";

	sqlite3_bind_text(s->get, 1, key, -1, SQLITE_STATIC);
	if (sqlite3_step(s->get) == SQLITE_ROW)
		value = text(s->get, 0, mem);
	sqlite3_reset(s->get);
	return value;
}

int
post_store_set(struct post_store *s, const char *key, const char *value, struct post_err *err)
{
	if (begin(s, err) == -1)
		return -1;
	sqlite3_bind_text(s->set, 1, key, -1, SQLITE_STATIC);
	bind_text(s->set, 2, value);
	return step(s, s->set, err);
}

int
post_store_unset(struct post_store *s, const char *key, struct post_err *err)
{
	if (begin(s, err) == -1)
		return -1;
	sqlite3_bind_text(s->unset, 1, key, -1, SQLITE_STATIC);
	return step(s, s->unset, err);
}

int64_t
post_store_keys(struct post_store *s, const char *prefix, struct post_arena *mem, const char ***keys, struct post_err *err)
{
	sqlite3_stmt *q = NULL;
	size_t n = 0, cap = 0, skip = strlen(prefix);
	int got;

	*keys = NULL;
	if (prepare(s, "SELECT key FROM value", &q, err) == -1)
		return -1;
	while ((got = sqlite3_step(q)) == SQLITE_ROW) {
		const char *key = text(q, 0, mem);

		if (strncmp(key, prefix, skip) != 0)
			continue;
		*keys = post_room(*keys, n, &cap, sizeof **keys);
		(*keys)[n++] = key + skip;
	}
	sqlite3_finalize(q);
	return got == SQLITE_DONE ? (int64_t)n : fail(s, err);
}

void
post_store_close(struct post_store *s)
{
	sqlite3_finalize(s->put);
	sqlite3_finalize(s->remove);
	sqlite3_finalize(s->get);
	sqlite3_finalize(s->set);
	sqlite3_finalize(s->unset);
	sqlite3_close(s->db);
	free(s);
}

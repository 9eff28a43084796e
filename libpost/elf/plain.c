/* SPDX-License-Identifier: BSD-2-Clause */
#include <errno.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>
#include "../base/mem.h"
#include "../io/decode.h"
#include "../io/output.h"
#include "image.h"
#include "plain.h"

enum { CHUNK = 64 << 10, ALIGN = 16 };

/* Unpack FD of N bytes to a file in memory. */
static int
decode(int fd, uint64_t n, const char *path, struct post_err *err)
{
	int to = memfd_create("module", MFD_CLOEXEC);
	struct post_decode *d = post_decode_new(fd, POST_WINDOW_DEFAULT_LOG);
	char *chunk = post_resize(NULL, CHUNK, 1);
	struct post_err why;
	uint64_t total = 0;
	ptrdiff_t got = 0;

	lseek(fd, 0, SEEK_SET);
	while (to != -1 && (got = post_decode_read(d, chunk, CHUNK, &why)) > 0) {
		total += (uint64_t)got;
		if (!post_unpack_allowed(n, total) || !post_write_all(to, (struct post_str){ chunk, (size_t)got }))
			break;
	}
	post_decode_free(d);
	free(chunk);
	if (to != -1 && got == 0)
		return to;
	if (to == -1)
		return post_fail(err, POST_EIO, "%s: %s", path, strerror(errno));
	close(to);
	if (got == -1)
		return post_fail(err, why.code, "%.*s: %.200s", PATH_MAX, path, why.msg);
	return post_fail(err, POST_ELIMIT, "%s: unpacks to too much", path);
}

enum kind { OTHER, ELF_FILE, GZIP_OR_ZSTD, XZ };

static enum kind
kind_of(int fd)
{
	char magic[8] = "";
	ssize_t n = pread(fd, magic, sizeof magic, 0);
	struct post_str s = { magic, n > 0 ? (size_t)n : 0 };

	if (post_str_starts(s, POST_STR(ELFMAG)))
		return ELF_FILE;
	if (post_str_starts(s, POST_STR("\x1f\x8b")) || post_str_starts(s, POST_STR("\x28\xb5\x2f\xfd")))
		return GZIP_OR_ZSTD;
	return post_str_starts(s, POST_STR("\xfd" "7zXZ\0")) ? XZ : OTHER;
}

/* libdwfl unpacks it, and would not stop. */
static int
check_xz(int fd, uint64_t n, const char *path, struct post_err *err)
{
	void *map = mmap(NULL, n, PROT_READ, MAP_PRIVATE, fd, 0);
	int64_t size;

	if (map == MAP_FAILED)
		return post_fail(err, POST_EIO, "%s: %s", path, strerror(errno));
	size = post_xz_size((struct post_str){ map, n });
	munmap(map, n);
	if (size == -1)
		return post_fail(err, POST_EFORMAT, "%s: damaged xz data", path);
	if (!post_unpack_allowed(n, (uint64_t)size))
		return post_fail(err, POST_ELIMIT, "%s: unpacks to too much", path);
	return 0;
}

/* Put the bytes of a section at the end of FD, and change its header there. */
static bool
move_section(int fd, Elf *elf, size_t index, struct post_str bytes, uint64_t align)
{
	static const char zeros[ALIGN];
	off_t end = lseek(fd, 0, SEEK_END);
	Elf64_Shdr h;
	GElf_Ehdr e;
	off_t at;

	if (end == -1 || gelf_getehdr(elf, &e) == NULL)
		return false;
	at = (off_t)(e.e_shoff + index * sizeof h);
	if (pread(fd, &h, sizeof h, at) != (ssize_t)sizeof h)
		return false;
	if (!post_write_all(fd, (struct post_str){ zeros, ALIGN - (size_t)end % ALIGN }))
		return false;
	h.sh_offset = (uint64_t)end + ALIGN - (uint64_t)end % ALIGN;
	h.sh_size = bytes.n;
	h.sh_flags &= ~(uint64_t)SHF_COMPRESSED;
	h.sh_addralign = align;
	return pwrite(fd, &h, sizeof h, at) == (ssize_t)sizeof h && post_write_all(fd, bytes);
}

static bool
unpack_sections(int fd, Elf *elf)
{
	struct post_unpack u;
	struct post_str bytes;
	Elf_Scn *scn = NULL;
	const char *name;
	uint64_t align;
	GElf_Shdr h;
	bool done = true;

	while (done && (scn = elf_nextscn(elf, scn)) != NULL) {
		if (!post_elf_section(elf, scn, &h, &name, &bytes) || !post_elf_zstd(elf, &h, bytes, &u, &align))
			continue;
		post_unpack_all(&u, 1, 1);
		done = u.error == NULL && move_section(fd, elf, elf_ndxscn(scn), u.to, align);
		post_unpack_free(&u, 1);
	}
	return done;
}

int
post_plain_copy(Elf *elf)
{
	struct post_str bytes = post_elf_bytes(elf);
	int fd;

	if (gelf_getclass(elf) != ELFCLASS64 && post_elf_has_zstd(elf))
		return -1;
	if ((fd = memfd_create("sections", MFD_CLOEXEC)) == -1)
		return -1;
	if (post_write_all(fd, bytes) && unpack_sections(fd, elf))
		return fd;
	close(fd);
	return -1;
}

/* Put a copy in the place of *FD where one is needed. */
static int
plain_elf(int *fd, const char *path, struct post_err *err)
{
	struct post_image m;
	int copy = -1, other = dup(*fd), got;
	GElf_Ehdr e;

	if (other == -1)
		return post_fail(err, POST_EIO, "%s: %s", path, strerror(errno));
	if (post_image_open(&m, other, path, err) == -1)
		return -1;
	got = post_elf_check(m.elf, path, err);
	if (got == 0 && gelf_getehdr(m.elf, &e) != NULL && e.e_type == ET_REL && post_elf_has_zstd(m.elf))
		copy = post_plain_copy(m.elf);
	post_image_close(&m);
	if (copy != -1) {
		close(*fd);
		*fd = copy;
	}
	return got;
}

static int
plain_packed(int *fd, uint64_t n, const char *path, struct post_err *err)
{
	int to = decode(*fd, n, path, err);

	if (to == -1)
		return -1;
	close(*fd);
	*fd = to;
	if (kind_of(to) != ELF_FILE)
		return post_fail(err, POST_EFORMAT, "%s: no ELF file is packed in it", path);
	return plain_elf(fd, path, err);
}

static int
plain(int *fd, const char *path, struct post_err *err)
{
	struct stat st;
	uint64_t n;

	if (fstat(*fd, &st) == -1 || !S_ISREG(st.st_mode))
		return post_fail(err, POST_EIO, "%s: no regular file", path);
	n = (uint64_t)st.st_size;
	switch (kind_of(*fd)) {
	case ELF_FILE:
		return plain_elf(fd, path, err);
	case XZ:
		return check_xz(*fd, n, path, err);
	case GZIP_OR_ZSTD:
		return plain_packed(fd, n, path, err);
	case OTHER:
		break;
	}
	return post_fail(err, POST_EFORMAT, "%s: no ELF file", path);
}

int
post_plain_fd(int fd, const char *path, struct post_err *err)
{
	if (plain(&fd, path, err) == 0)
		return fd;
	close(fd);
	return -1;
}

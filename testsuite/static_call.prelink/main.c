/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A program with keys of every kind that can be prelinked. Its argument says what it looks at:
 *
 *	start		do all sites lead to their targets, and how much of the text is the
 *			process's own?
 *	update		all keys change, by updates and by stores, and back
 *	mdwe, seccomp	the same where text can never be written: nothing changes, and a store
 *			stops the program
 *	early		stores and updates before and after the runtime knows of the module; how:
 *			EARLY of the environment
 *	off		STATIC_CALL=off: all sites go the long way, and what they reach is right
 *	nostate, stuck	the runtime cannot work; and text cannot be written, either
 *	damaged		a site of key is not as it was prelinked
 *	probed		somebody's breakpoint is on a site; and pages of the file come back
 */
#include "check.h"
#include "child.h"
#include "../static_call.runtime/seccomp.h"
#include <signal.h>
#include <stdbool.h>

#ifndef PR_SET_MDWE
#define PR_SET_MDWE 65
#endif
#ifndef MADV_WIPEONFORK
#define MADV_WIPEONFORK 18
#endif

static int hooked;

NOIPA static int one(int x)
{
	return x + 1;
}

NOIPA static int two(int x)
{
	return x * 2;
}

NOIPA static int seven_too(int x)
{
	(void)x;
	return hooked - hooked + 7;
}

NOIPA static void count(void)
{
	hooked++;
}

/* A body, and what is inlined under a guard. */
NOIPA static int seven(void)
{
	return 7;
}

static int small(int x)
{
	return x + 5;
}

struct ops {
	int pad;
	int (*call)(int) STATIC_CALL_KEY;
};

static int (*key)(int) STATIC_CALL_KEY = one;
static int (*body)(void) STATIC_CALL_KEY = seven;
static int (*guarded)(int) STATIC_CALL_KEY = small;
static void (*hook)(void) STATIC_CALL_KEY_NOP_IF_NULL;
static struct ops ops = { 1, two };
static int (*const constant)(int) STATIC_CALL_KEY = two;

NOIPA static int call_key(int x)
{
	return key(x) + 100;
}

NOIPA static int tail_key(int x)
{
	return key(x);
}

NOIPA static int call_body(void)
{
	return body() + 1;
}

NOIPA static int call_guarded(int x)
{
	return guarded(x) + 100;
}

NOIPA static void call_hook(void)
{
	hook();
	hooked += 100;
}

NOIPA static int call_ops(int x)
{
	return ops.call(x) + constant(x);
}

NOIPA static void store(int (*fn)(int))
{
	key = fn;
}

/* ---- before the constructor of this module, and after its destructor ---- */

static const char *how;

NOIPA static void early_fail(int line)
{
	dprintf(2, "%s:%d: not so\n", __FILE__, line);
	_exit(3);
}

#define EARLY_CHECK(condition) ((condition) ? (void)0 : early_fail(__LINE__))

/* Change the key in the way that is asked for, and call through it. */
NOIPA static void change(int (*fn)(int))
{
	struct static_call_key_change many = { &key, (static_call_key_fn)fn };

	switch (*how) {
	case 's':
		store(fn);
		break;
	case 'u':
		EARLY_CHECK(static_call_key_update(&key, fn) == 0);
		break;
	case 'm':
		EARLY_CHECK(static_call_key_update_many(&many, 1) == 0);
		break;
	case 'y':
		__asm__ volatile("movq %1, (%0)" : : "r"(&key), "r"(fn) : "memory");
		EARLY_CHECK(static_call_key_sync(&key, sizeof(key)) == 0);
		break;
	}
	EARLY_CHECK(key == fn);
	EARLY_CHECK(call_key(5) == fn(5) + 100);
	EARLY_CHECK(tail_key(5) == fn(5));
}

static void preinit(int argc, char **argv, char **envp)
{
	(void)argc;
	(void)argv;
	for (; *envp; envp++)
		if (!strncmp(*envp, "EARLY=", 6))
			how = *envp + 6;
	if (how && how[1] == 'p')
		change(two);
}

__attribute__((section(".preinit_array"), used)) static void (*const at_preinit)(int, char **,
										 char **) = preinit;

/* A library that this program needs: its constructor comes before, its destructor after. */
__attribute__((visibility("default"))) void program_called(int last)
{
	/* At the end the sites are as the file has them. */
	EARLY_CHECK(!how || !last || key == one);
	if (how && how[1] == 'l')
		change(two);
}

/* ---- looks ---- */

static void check_start(void)
{
	struct static_call_key_info info;

	CHECK_SITES(&key, one, 2);
	CHECK_KEY(&body, seven);
	CHECK_KEY(&guarded, small);
	CHECK_KEY(&ops.call, two);
	/* Which need not be called by way of the key at all. */
	if (static_call_key_query(&constant, &info) == 0)
		CHECK_KEY(&constant, two);
	CHECK(static_call_key_why(&hook) == 0);
	CHECK(call_key(5) == 106 && tail_key(5) == 6 && call_body() == 8);
	CHECK(call_guarded(5) == 110 && call_ops(5) == 20);
	hooked = 0;
	call_hook();
	CHECK(hooked == 100);
	CHECK(static_call_key_verify() == 0);
}

/* Of the linker. */
extern const char __executable_start[], etext[];

/* How many kB of the program's code, which may be in several mappings, are not the file's any more? */
static long text_own(void)
{
	uintptr_t lo, hi;
	FILE *maps = fopen("/proc/self/smaps", "r");
	char line[512], perms[8];
	bool inside = false;
	long kb, own = -1;

	CHECK(maps != NULL);
	while (fgets(line, sizeof(line), maps)) {
		if (sscanf(line, "%lx-%lx %7s", &lo, &hi, perms) == 3)
			inside = lo < (uintptr_t)etext && hi > (uintptr_t)__executable_start;
		if (inside && sscanf(line, "Anonymous: %ld", &kb) == 1)
			own = (own < 0 ? 0 : own) + kb;
	}
	fclose(maps);
	return own;
}

static void test_start(void)
{
	long own = text_own();

	check_start();
	printf("own text: %ld kB\n", own);
}

static void check_changed(void)
{
	CHECK_SITES(&key, two, 2);
	CHECK(call_key(5) == 110 && tail_key(5) == 10);
	CHECK(static_call_key_verify() == 0);
}

static void test_update(void)
{
	check_start();
	CHECK(static_call_key_update(&key, two) == 0);
	check_changed();
	CHECK(static_call_key_update(&key, one) == 0);
	check_start();
	store(two);
	check_changed();
	store(one);
	CHECK(static_call_key_update(&guarded, one) == 0);
	CHECK_KEY(&guarded, one);
	CHECK(call_guarded(5) == 106);
	CHECK(static_call_key_update(&guarded, small) == 0);
	CHECK(static_call_key_update(&hook, count) == 0);
	call_hook();
	CHECK(hooked == 201);
	CHECK(static_call_key_update(&hook, NULL) == 0);
	CHECK(static_call_key_update(&ops.call, one) == 0);
	CHECK_KEY(&ops.call, one);
	CHECK(call_ops(5) == 16);
	CHECK(static_call_key_update(&ops.call, two) == 0);
	CHECK(static_call_key_seal(&body) == 0);
	check_start();
	/* What is left is withdrawn at the end, or stays. */
	CHECK(static_call_key_update(&key, two) == 0);
}

/* The program stops, and says of which key. */
static void check_stops(void)
{
	struct child child;
	char text[1024];
	int status;

	if (!child_start(&child)) {
		store(two);
		dprintf(2, "reached %s\n", call_key(5) == 110 ? "the new target" : "the old target");
		_exit(0);
	}
	status = child_end(&child, text, sizeof(text));
	CHECK(WIFSIGNALED(status) && WTERMSIG(status) == SIGILL);
	CHECK(strstr(text, "a store changed the key key, but its call sites cannot follow") != NULL);
	CHECK(strstr(text, "reached") == NULL);
}

static void test_hardened(void)
{
	struct static_call_key_change changes[2] = {
		{ &key, (static_call_key_fn)two },
		{ &ops.call, (static_call_key_fn)one },
	};

	check_start();
	CHECK(text_own() == 0);
	CHECK(static_call_key_update(&key, two) < 0);
	CHECK(static_call_key_update_many(changes, 2) < 0);
	CHECK(key == one && ops.call == two);
	check_start();
	/* The same value is no change. */
	store(one);
	check_start();
	check_stops();
}

static void test_off(void)
{
	CHECK(static_call_key_why(&key) == -ECANCELED);
	CHECK(call_key(5) == 106 && call_body() == 8 && call_guarded(5) == 110);
	CHECK(static_call_key_update(&key, two) == 0);
	CHECK(call_key(5) == 110 && tail_key(5) == 10);
	CHECK(static_call_key_why(&key) == -ECANCELED);
	store(one);
	CHECK(call_key(5) == 106);
	CHECK(static_call_key_verify() == 0);
}

static void test_nostate(void)
{
	CHECK(static_call_key_verify() < 0);
	CHECK(static_call_key_update(&key, two) < 0 && key == one);
	CHECK(call_key(5) == 106 && call_body() == 8 && call_guarded(5) == 110);
	store(two);
	CHECK(call_key(5) == 110 && tail_key(5) == 10);
}

static void test_stuck(void)
{
	CHECK(static_call_key_update(&key, two) < 0 && key == one);
	CHECK(call_key(5) == 106 && call_body() == 8 && call_guarded(5) == 110);
	check_stops();
}

static void test_damaged(void)
{
	struct static_call_key_info info;

	CHECK(static_call_key_why(&key) == -EILSEQ);
	CHECK(static_call_key_query(&key, &info) == 0 && info.sites == 2 && info.patched == 1);
	/* Where that site leads nobody knows: so the key cannot change. */
	CHECK(static_call_key_update(&key, two) == -EILSEQ && key == one);
	CHECK(static_call_key_update(&ops.call, one) == 0);
	CHECK_KEY(&ops.call, one);
	CHECK(call_ops(5) == 16);
	check_stops();
}

/* The first site of key, in memory that may be written. */
static int find_site(const struct static_call_key_site_info *info, void *data)
{
	*(unsigned char **)data = (unsigned char *)info->site;
	return 1;
}

static unsigned char *open_site(void)
{
	unsigned char *site = NULL;

	CHECK(static_call_key_for_each_site(&key, find_site, &site) == 1);
	if (mprotect((void *)((uintptr_t)site & ~4095ul), 4096,
		     PROT_READ | PROT_WRITE | PROT_EXEC))
		UNSUPPORTED("text cannot be made writable");
	return site;
}

static void test_probed(void)
{
	unsigned char *site = open_site(), opcode = *site;

	/* A uprobe does what the file has there, which is to call one(). */
	*site = 0xcc;
	CHECK(static_call_key_verify() == 0);
	CHECK(static_call_key_update(&key, two) == -ETXTBSY && key == one);
	CHECK(*site == 0xcc);
	*site = opcode;
	check_start();
	CHECK(static_call_key_update(&key, two) == 0);
	check_changed();
	/* ... and no more once it leads elsewhere: then nothing that is put back is right. */
	site = open_site();
	opcode = *site;
	*site = 0xcc;
	CHECK(static_call_key_update(&key, seven_too) == -ETXTBSY && key == two);
	/* Back to what the file has is right in any case. */
	CHECK(static_call_key_update(&key, one) == 0);
	site = open_site();
	*site = opcode;
	check_start();
	/* Whoever drops pages of text, drops what was written there: only a look finds that. */
	CHECK(static_call_key_update(&key, two) == 0);
	CHECK(madvise((void *)((uintptr_t)site & ~4095ul), 4096, MADV_DONTNEED) == 0);
	CHECK(static_call_key_verify() > 0);
	CHECK(static_call_key_update(&key, two) == 0);
	check_changed();
}

/* ---- a process like this ---- */

/* No state: neither MADV_WIPEONFORK nor the process's number. */
static int forbid_state(void)
{
	struct sock_filter filter[] = {
		LOAD(nr),
		BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_getpid, 3, 0),
		BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_madvise, 0, 3),
		LOAD(args[2]),
		BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, MADV_WIPEONFORK, 0, 1),
		REFUSE,
		ALLOW,
	};
	struct sock_fprog program = { sizeof(filter) / sizeof(filter[0]), filter };

	if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0))
		return -1;
	return prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program);
}

/* The program anew, in a process that is as the mode wants it from its first instruction on. */
static void restart(char **argv)
{
	const char *mode = argv[1];
	char *again[] = { argv[0], argv[1], "again", NULL };

	if (!strcmp(mode, "mdwe") && prctl(PR_SET_MDWE, 1, 0, 0, 0))
		UNSUPPORTED("the kernel has no PR_SET_MDWE");
	if ((!strcmp(mode, "seccomp") || !strcmp(mode, "stuck")) && forbid_writing_text())
		UNSUPPORTED("no seccomp filter");
	if ((!strcmp(mode, "nostate") || !strcmp(mode, "stuck")) && forbid_state())
		UNSUPPORTED("no seccomp filter");
	execv(argv[0], again);
	CHECK(!"execv");
}

int main(int argc, char **argv)
{
	static const struct {
		const char *mode;
		void (*test)(void);
		bool again;
	} modes[] = {
		{ "start", test_start, false },	  { "update", test_update, false },
		{ "mdwe", test_hardened, true },  { "seccomp", test_hardened, true },
		{ "off", test_off, false },	  { "nostate", test_nostate, true },
		{ "stuck", test_stuck, true },	  { "damaged", test_damaged, false },
		{ "probed", test_probed, false },
	};
	size_t i;

	CHECK(argc > 1);
	if (!strcmp(argv[1], "early")) {
		CHECK(how != NULL);
		if (key != one)
			check_changed();
		else
			change(two);
		change(one);
		check_start();
		return 0;
	}
	for (i = 0; i < sizeof(modes) / sizeof(*modes); i++) {
		if (strcmp(argv[1], modes[i].mode))
			continue;
		if (modes[i].again && argc == 2)
			restart(argv);
		modes[i].test();
		printf("done\n");
		return 0;
	}
	CHECK(!"no such mode");
}
